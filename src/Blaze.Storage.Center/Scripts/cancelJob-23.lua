-- Purpose: cancels a job; its tasks are skipped, refused and removed from then on, unless other jobs want them.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 job
-- Output: {status}: DONE, NOTHING (it had ended, or is not known)
-- Idempotency: a job ends once.
-- Events: cancelled, ended
--- @include slots
--- @include status
--- @include jobState
--- @include endJob
local job = ARGV[1]
if blaze.jobState(job) ~= 'running' then return { blaze.status.NOTHING } end
blaze.endJob(job, 'cancelled', nil, nil)
redis.call('PUBLISH', blaze.channels .. 'cancelled', job)
return { blaze.status.DONE }
