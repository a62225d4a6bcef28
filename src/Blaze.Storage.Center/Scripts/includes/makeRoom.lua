--- @include now
--- @include num
--- @include readNear
--- @include loadTasks
--- @include getTask
--- @include isQueued
--- @include mayRun
-- Lets a worker make room for tasks with a demand, for so many ms; with 0 it does so no longer. No more workers do than there are such tasks ready that they
-- may run, of the first 64. Answers whether it may.
function blaze.makeRoom(worker, demand, lasting, here)
  local field, others, count = 'room ' .. demand, {}, 0
  for name, ending in string.gmatch(redis.call('HGET', blaze.meta, field) or '', '(%S+) (%d+)') do
    if name ~= worker and tonumber(ending) > blaze.now() then others[#others + 1] = name .. ' ' .. ending end
  end
  if lasting > 0 then
    local candidates, keys = blaze.readNear('=' .. demand, 64), {}
    for number, one in ipairs(candidates) do keys[number] = one.key end
    blaze.loadTasks(keys)
    for _, one in ipairs(candidates) do
      if blaze.isQueued(one) and blaze.mayRun(blaze.getTask(one.key), here) then count = count + 1 end
    end
  end
  local mayMake = count > #others
  if mayMake then others[#others + 1] = worker .. ' ' .. blaze.num(blaze.now() + lasting) end
  if others[1] then
    redis.call('HSET', blaze.meta, field, table.concat(others, ' '))
  else
    redis.call('HDEL', blaze.meta, field)
  end
  return mayMake
end
