--- @include formatTask
--- @include num
--- @include writeLinks
--- @include writeOwned
--- @include setFields
--- @include queued
-- Writes what the call gathered: tasks, counters, feeds; then tells that tasks are ready.
function blaze.flush()
  blaze.writeLinks()
  blaze.writeOwned()
  blaze.setFields(blaze.recipes, blaze.newRecipes)
  local lines = {}
  for _, task in ipairs(blaze.dirty) do
    if not task.removed then
      lines[#lines + 1] = task.key
      lines[#lines + 1] = blaze.formatTask(task)
    end
  end
  blaze.setFields(blaze.tasks, lines)
  for _, field in ipairs(blaze.counterOrder) do
    redis.call('HINCRBY', blaze.jobs, field, blaze.num(blaze.counters[field]))
  end
  for _, job in ipairs(blaze.feedOrder) do
    local entries, fields = blaze.feeds[job], {}
    local length = redis.call('HINCRBY', blaze.jobs, job .. ' feed', blaze.num(#entries))
    for number, entry in ipairs(entries) do
      fields[#fields + 1] = job .. ' ' .. blaze.num(length - #entries + number - 1)
      fields[#fields + 1] = entry
    end
    blaze.setFields(blaze.feed, fields)
  end
  if blaze.readied > 0 then
    local left = blaze.queued()
    if left > 0 then redis.call('PUBLISH', blaze.channels .. 'ready', blaze.num(math.min(left, blaze.readied))) end
  end
end
