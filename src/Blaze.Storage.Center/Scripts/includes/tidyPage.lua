--- @include getTask
--- @include readLines
--- @include loadTasks
--- @include hasJob
-- Takes away a page of what a session owns, unless it is longer than a limit, and enters anew what the session still has of it.
-- Answers the page's length, at least 1.
function blaze.tidyPage(session, field, limit)
  local keys, met, kept = {}, {}, blaze.newOwned[session] or {}
  for key in string.gmatch(redis.call('HGET', blaze.owned, field) or '', '%S+') do keys[#keys + 1] = key end
  if #keys > limit then return #keys end
  -- Most are gone from the table, and need no look of their own.
  local lines, there = blaze.readLines(keys), {}
  for number, key in ipairs(keys) do
    if lines[number] or blaze.cache[key] or number > 500 then there[#there + 1] = key end
  end
  blaze.loadTasks(there)
  for _, key in ipairs(there) do
    local task = blaze.getTask(key)
    if task and not met[key] and blaze.hasJob(task, session) then kept[#kept + 1] = key end
    met[key] = true
  end
  if kept[1] and not blaze.newOwned[session] then
    blaze.newOwned[session] = kept
    blaze.newOwnedOrder[#blaze.newOwnedOrder + 1] = session
  end
  redis.call('HDEL', blaze.owned, field)
  return math.max(#keys, 1)
end
