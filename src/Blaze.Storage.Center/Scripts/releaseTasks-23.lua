-- Purpose: gives back tasks that were claimed and not started; no loss is counted.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: for each task: key, attempt
-- Output: {status, {status per task}}: DONE, or NOTHING when none was given back;
--   of a task: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, CORRUPT
-- Idempotency: ends the lease, so that the same attempt is ALREADY_DONE while the task is ready.
-- Events: ready
--- @include slots
--- @include status
--- @include checkLease
--- @include move
--- @include enqueue
--- @include flush
local statuses, effect = {}, blaze.status.NOTHING
for at = 1, #ARGV, 2 do
  local attempt = ARGV[at + 1]
  local task, status = blaze.checkLease(ARGV[at], attempt)
  if status == blaze.status.DONE then
    blaze.move(blaze.leased, task.key, false)
    blaze.enqueue(task)
    effect = status
  elseif status == blaze.status.NO_LEASE and task.state == 'ready' and task.attempt == attempt then
    status = blaze.status.ALREADY_DONE
  end
  statuses[#statuses + 1] = status
end
blaze.flush()
return { effect, statuses }
