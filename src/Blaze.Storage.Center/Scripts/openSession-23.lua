-- Purpose: opens a session: a job without a root task, which lasts for as long as it is renewed.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 session (with its @), 2 what its owner tells about it (JSON), 3 priority, 4 lease in ms
-- Output: {status}: DONE, ALREADY_DONE (it is open; its lease is renewed), CANCELLED (one of this name has ended)
-- Idempotency: a session that is open is renewed.
-- Events: none
--- @include slots
--- @include status
--- @include now
--- @include num
--- @include jobState
local session, info, priority, lease = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local state = blaze.jobState(session)
if state and state ~= 'running' then return { blaze.status.CANCELLED } end
redis.call('ZADD', blaze.sessions, blaze.num(blaze.now() + lease), session)
if state then return { blaze.status.ALREADY_DONE } end
redis.call('HSET', blaze.jobs, session .. ' state', 'running', session .. ' spec', info, session .. ' priority', priority,
  session .. ' created', blaze.num(blaze.now()))
return { blaze.status.DONE }
