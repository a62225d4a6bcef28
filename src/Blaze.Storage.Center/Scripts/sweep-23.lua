-- Purpose: does a bounded share of the upkeep: dependants, expired leases and sessions, tasks to be tried again, ended jobs, silent places and workers.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 losses allowed, 2 retention in ms, 3 ended jobs kept, 4 silence in ms
-- Output: {status, ready}: DONE when more upkeep is left, else NOTHING; then how many tasks are ready
-- Idempotency: does what is due, and that only once.
-- Events: ready, ended, cancelled, finished, dropped
--- @include slots
--- @include status
--- @include drainWake
--- @include sweepDue
--- @include dropEnded
--- @include flush
--- @include queued
--- @include hasWord
local maxLosses, retention, maxEnded, silence = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
blaze.drainWake(1000)
local more = blaze.sweepDue(maxLosses, true)
more = blaze.dropEnded(retention, maxEnded, silence) or more
blaze.flush()
if blaze.hasWord() then more = true end
local status = blaze.status.NOTHING
if more then status = blaze.status.DONE end
return { status, blaze.queued() }
