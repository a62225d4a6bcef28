-- Purpose: gives back a running task whose attempt failed and may be repeated: it is ready again after a while. No loss is counted.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 key, 2 attempt, 3 ms until it is ready again, 4 error (JSON), kept in the history of its attempts
-- Output: {status}: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, CORRUPT
-- Idempotency: ends the lease, so that the same attempt is ALREADY_DONE until the task is claimed again.
-- Events: ready
--- @include slots
--- @include status
--- @include checkLease
--- @include noteLoss
--- @include enqueue
--- @include move
--- @include touch
--- @include now
--- @include num
--- @include flush
local key, attempt, delay, failure = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local task, status = blaze.checkLease(key, attempt)
if status == blaze.status.DONE then
  blaze.noteLoss(task, 'failed', failure)
  blaze.move(blaze.leased, key, false)
  task.retries = (task.retries or 0) + 1
  if delay <= 0 then
    blaze.enqueue(task)
  else
    task.state = 'waiting'
    blaze.move(blaze.later, key, blaze.num(blaze.now() + delay))
    blaze.touch(task)
  end
elseif status == blaze.status.NO_LEASE and (task.state == 'waiting' or task.state == 'ready') and task.attempt == attempt then
  status = blaze.status.ALREADY_DONE
end
blaze.flush()
return { status }
