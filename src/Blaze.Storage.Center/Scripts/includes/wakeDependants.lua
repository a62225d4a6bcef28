--- @include gathered
--- @include getTask
--- @include loadTasks
--- @include hasFlag
--- @include clearFlag
--- @include touch
--- @include enqueue
--- @include failAlong
--- @include finishAlias
--- @include dropLoose
-- Tells at most so many dependants of a task that it ended; answers how many were told. The rest stays in the wake list.
function blaze.wakeDependants(key, limit)
  local task = blaze.getTask(key)
  local text = blaze.knownLinks[key]
  if text == nil then text = redis.call('HGET', blaze.links, key) end
  blaze.knownLinks[key] = nil
  if not text or not task or (task.state ~= 'done' and task.state ~= 'failed') then return 1 end
  local names, births, after = {}, {}, 1
  for name, born, position in string.gmatch(text, '(%S+)@(%d+)()') do
    names[#names + 1] = name
    births[#births + 1] = born
    after = position
    if #names == limit then break end
  end
  local left = #names == limit and after <= #text
  if left then
    redis.call('HSET', blaze.links, key, string.sub(text, after + 1))
    redis.call('LPUSH', blaze.wake, 'w ' .. key)
    blaze.isWakeEmpty = false
  else
    blaze.knownLinks[key] = false
    blaze.goneLinks[#blaze.goneLinks + 1] = key
    blaze.clearFlag(task, 'w')
  end
  blaze.loadTasks(names)
  for index, name in ipairs(names) do
    local other = blaze.getTask(name)
    if other and other.born == births[index] and other.state == 'waiting' then
      if task.state == 'failed' then
        blaze.failAlong(other, key)
      elseif (other.missing or 0) > 1 then
        other.missing = other.missing - 1
        blaze.touch(other)
      elseif blaze.hasFlag(other, 'c') then
        blaze.finishAlias(other, key)
      else
        blaze.enqueue(other)
      end
    end
  end
  if not left then blaze.dropLoose(task) end
  return math.max(#names, 1)
end
