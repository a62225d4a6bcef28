-- Purpose: ends a session; its tasks that nobody else wants are refused from then on, and removed in the course of the upkeep.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 session (with its @)
-- Output: {status}: DONE, NOTHING (it has ended, or is not known)
-- Idempotency: a session ends once.
-- Events: cancelled
--- @include slots
--- @include status
--- @include jobState
--- @include endSession
if blaze.jobState(ARGV[1]) ~= 'running' then return { blaze.status.NOTHING } end
blaze.endSession(ARGV[1])
return { blaze.status.DONE }
