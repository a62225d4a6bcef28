-- Reads a task's line; nil where it is none.
function blaze.parseTask(key, line)
  local state, attempt, losses, missing, bytes, born, tag, pages, flags, worker, jobs =
    string.match(line, '^(%l+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%S+) (%S+) (%S+)$')
  if not state or not string.find(' waiting ready leased done failed cancelled ', ' ' .. state .. ' ', 1, true) then
    return nil
  end
  local list = {}
  if jobs ~= '-' then
    for job in string.gmatch(jobs, '[^,]+') do list[#list + 1] = job end
  end
  return {
    key = key, state = state, attempt = tonumber(attempt), losses = tonumber(losses), missing = tonumber(missing),
    bytes = tonumber(bytes), born = tonumber(born), tag = tonumber(tag), pages = tonumber(pages),
    flags = flags, worker = worker, jobs = list,
  }
end
