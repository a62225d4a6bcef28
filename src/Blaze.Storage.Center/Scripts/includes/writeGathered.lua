--- @include gathered
--- @include formatTask
--- @include num
--- @include writeLinks
--- @include dropLinks
--- @include writeOwned
--- @include writeMoves
--- @include writeResults
--- @include writeTold
--- @include writeWords
--- @include writeRemoved
--- @include tidyOwned
--- @include setFields
--- @include writeDropped
-- Writes what a call gathered that read tasks one by one: tasks, queues, counters, feeds, and what ended.
function blaze.writeGathered()
  blaze.tidyOwned()
  blaze.writeLinks()
  blaze.dropLinks()
  blaze.writeOwned()
  blaze.writeMoves()
  blaze.setFields(blaze.recipes, blaze.newRecipes)
  blaze.writeResults()
  local needs = {}
  for key, text in pairs(blaze.newNeeds) do
    needs[#needs + 1] = key
    needs[#needs + 1] = text
  end
  blaze.setFields(blaze.needs, needs)
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
  blaze.writeWords()
  blaze.writeTold()
  blaze.writeDropped()
  blaze.writeRemoved()
end
