-- Purpose: renews the lease of a session.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 session (with its @), 2 lease in ms
-- Output: {status}: DONE, NOTHING (it has ended, or is not known)
-- Idempotency: sets a time only.
-- Events: none
--- @include slots
--- @include status
--- @include now
--- @include num
--- @include jobState
local session, lease = ARGV[1], tonumber(ARGV[2])
if blaze.jobState(session) ~= 'running' then return { blaze.status.NOTHING } end
redis.call('ZADD', blaze.sessions, blaze.num(blaze.now() + lease), session)
return { blaze.status.DONE }
