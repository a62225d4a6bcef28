-- Purpose: a session no longer wants tasks; those nobody else wants go at once, with their values, once no other task uses them.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 session (with its @), then the keys
-- Output: {status}: DONE, NOTHING (it had none of them)
-- Idempotency: a task is left once.
-- Events: dropped, finished, ready
--- @include slots
--- @include status
--- @include leavePlain
--- @include drainWake
--- @include tidyOwned
--- @include flush
--- @rarely getTask
--- @rarely loadTasks
--- @rarely hasJob
--- @rarely leaveTask
local session, status, keys = ARGV[1], blaze.status.NOTHING, {}
for number = 2, #ARGV do keys[number - 1] = ARGV[number] end
local others = blaze.leavePlain(session, keys)
if #others < #keys then status = blaze.status.DONE end
if others[1] then
  blaze.rest()
  blaze.loadTasks(others)
  for _, key in ipairs(others) do
    local task = blaze.getTask(key)
    if task and blaze.hasJob(task, session) then
      blaze.leaveTask(task, session)
      status = blaze.status.DONE
    end
  end
end
blaze.drainWake(200)
blaze.tidyOwned()
blaze.flush()
return { status }
