-- Purpose: renews leases, records that a worker is alive, and notes what waits.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 worker, 2 what it tells about itself (JSON), 3 lease in ms, 4 its places (separated by spaces), then for each task: key, attempt
-- Output: {status, {status per task}}: DONE; of a task: DONE, NO_LEASE, OTHER_OWNER, CANCELLED, CORRUPT
-- Idempotency: sets times only, and notes what waits once for each task.
-- Events: none
--- @include slots
--- @include status
--- @include now
--- @include num
--- @include notePlaces
--- @include checkLease
--- @include move
--- @include flush
--- @include noteWaiting
local worker, info, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])
local at, expiry = blaze.num(blaze.now()), blaze.num(blaze.now() + lease)
redis.call('HSET', blaze.workers, worker, info)
redis.call('ZADD', blaze.seen, at, worker)
blaze.notePlaces(ARGV[4], lease)
local statuses = {}
for index = 5, #ARGV, 2 do
  local task, status = blaze.checkLease(ARGV[index], ARGV[index + 1])
  if status == blaze.status.DONE then blaze.move(blaze.leased, task.key, expiry) end
  statuses[#statuses + 1] = status
end
blaze.flush()
blaze.noteWaiting()
return { blaze.status.DONE, statuses }
