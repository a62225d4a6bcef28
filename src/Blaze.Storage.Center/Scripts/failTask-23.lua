-- Purpose: fails a running task; what waits for it fails in the course of the upkeep.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 key, 2 attempt, 3 error (JSON)
-- Output: {status}: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, CORRUPT
-- Idempotency: ends the lease, so that the same attempt is ALREADY_DONE.
-- Events: ended, ready
--- @include slots
--- @include status
--- @include checkLease
--- @include failTask
--- @include drainWake
--- @include flush
local key, attempt, failure = ARGV[1], ARGV[2], ARGV[3]
local task, status = blaze.checkLease(key, attempt)
if status == blaze.status.DONE then
  blaze.failTask(task, failure)
  blaze.drainWake(1000)
elseif status == blaze.status.NO_LEASE and task.state == 'failed' and task.attempt == attempt then
  status = blaze.status.ALREADY_DONE
end
blaze.flush()
return { status }
