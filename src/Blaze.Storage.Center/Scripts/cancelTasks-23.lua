-- Purpose: cancels tasks for a session that have not ended. One that others want goes on for them; any other fails as cancelled,
--   with all that wait for it.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 session (with its @), then the keys
-- Output: {status}: DONE, NOTHING (it had none of them that had not ended)
-- Idempotency: a task is cancelled once.
-- Events: finished, dropped, ready
--- @include slots
--- @include status
--- @include getTask
--- @include loadTasks
--- @include hasJob
--- @include cancelFor
--- @include drainWake
--- @include flush
local session, status, keys = ARGV[1], blaze.status.NOTHING, {}
for number = 2, #ARGV do keys[number - 1] = ARGV[number] end
blaze.loadTasks(keys)
for _, key in ipairs(keys) do
  local task = blaze.getTask(key)
  if task and task.state ~= 'done' and task.state ~= 'failed' and blaze.hasJob(task, session) then
    blaze.cancelFor(task, session)
    status = blaze.status.DONE
  end
end
blaze.drainWake(200)
blaze.flush()
return { status }
