-- Reads a task's line; nil where it is none.
function blaze.parseTask(key, line)
  local state, attempt, losses, missing, bytes, born, tag, pages, flags, since, order, places, worker, jobs =
    string.match(line, '^(%l+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%S+) (%d+) ([%d-]+) (%S+) (%S+) (%S+)$')
  if not state or not string.find(' waiting ready leased done failed cancelled ', ' ' .. state .. ' ', 1, true) then
    return nil
  end
  local list, preferred = {}, {}
  if jobs ~= '-' then
    for job in string.gmatch(jobs, '[^,]+') do list[#list + 1] = job end
  end
  if places ~= '-' then
    for place in string.gmatch(places, '[^,]+') do preferred[#preferred + 1] = place end
  end
  if order == '-' then order = nil end
  return {
    key = key, state = state, attempt = tonumber(attempt), losses = tonumber(losses), missing = tonumber(missing),
    bytes = tonumber(bytes), born = tonumber(born), tag = tonumber(tag), pages = tonumber(pages),
    flags = flags, since = tonumber(since), order = order, places = preferred, worker = worker, jobs = list,
  }
end
