--- @include gathered
--- @include jobList
--- @include readUsual
--- @include parseRest
-- Reads a task's line; nil where it is none. Numbers that are only handed on stay text. What most tasks lack is absent: counts
-- that are 0, flags, lists of places.
function blaze.parseTask(key, line)
  local state, attempt, tag, worker, jobs, rest, recipe = string.match(line, '^(%l+) (%d+) (%d+) (%S+) (%S+) (%S+) ?(.*)$')
  if not state or not blaze.states[state] then return nil end
  local task = {
    key = key, state = state, attempt = attempt, tag = tag, worker = worker, jobs = blaze.jobList(jobs), recipe = recipe,
    dirty = false,
  }
  if rest ~= '-' and not blaze.readUsual(task, rest) and not blaze.parseRest(task, rest) then return nil end
  return task
end
