--- @include readLines
--- @rarely getTask
--- @rarely hasJob
-- Takes away a page of what a session owns, unless it is longer than a limit, and enters anew what the session still has of it.
-- Answers whether it did, and how many places that counts for: those of the page, but two for each that nothing was left of.
function blaze.tidyPage(session, field, limit)
  local keys, met, kept = {}, {}, blaze.newOwned[session] or {}
  for key in string.gmatch(redis.call('HGET', blaze.owned, field) or '', '%S+') do keys[#keys + 1] = key end
  if #keys > limit then return false, 0 end
  local lines, gone = blaze.readLines(keys), 0
  for number, key in ipairs(keys) do
    local has, line = false, lines[number]
    if not met[key] and (line or blaze.cache[key] or number > 500) then
      -- Most that are there are the session's alone, which their lines tell.
      has = line and string.match(line, '^%l+ %d+ %d+ %S+ (%S+) ') == session
      if not has then
        blaze.rest()
        local task = blaze.getTask(key)
        has = task and blaze.hasJob(task, session)
      end
    end
    met[key] = true
    if has then kept[#kept + 1] = key else gone = gone + 1 end
  end
  if kept[1] and not blaze.newOwned[session] then
    blaze.newOwned[session] = kept
    blaze.newOwnedOrder[#blaze.newOwnedOrder + 1] = session
  end
  redis.call('HDEL', blaze.owned, field)
  return true, math.max(#keys, 2 * gone, 1)
end
