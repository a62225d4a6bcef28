--- @include gathered
--- @include hasFlag
-- Reads together what needsOf.lua is to be asked for of tasks, at most 1,000.
function blaze.readNeeds(tasks)
  local keys = {}
  for _, task in ipairs(tasks) do
    if task and #keys < 1000 and blaze.knownNeeds[task.key] == nil and blaze.hasFlag(task, 'n') then keys[#keys + 1] = task.key end
  end
  if not keys[2] then return end
  for number, text in ipairs(redis.call('HMGET', blaze.needs, unpack(keys))) do blaze.knownNeeds[keys[number]] = text end
end
