-- Purpose: tells a worker which demands ready tasks have, and lets it keep its resources for those that wait for one of them.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 worker, 2 its places (separated by spaces), 3 a demand it would make room for (empty for none), 4 for how many ms; 0: no longer
-- Output: {status, {demands of ready tasks}}: DONE when it may make room, else NOTHING; at most 256 demands
-- Idempotency: sets a time only.
-- Events: none
--- @include slots
--- @include status
--- @include readDemands
--- @include makeRoom
local worker, demand, lasting = ARGV[1], ARGV[3], tonumber(ARGV[4])
local here, status = { [demand] = true }, blaze.status.NOTHING
for place in string.gmatch(ARGV[2], '%S+') do here[place] = true end
if demand ~= '' and blaze.makeRoom(worker, demand, lasting, here) then status = blaze.status.DONE end
return { status, blaze.readDemands(256) }
