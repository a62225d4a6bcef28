-- Purpose: completes tasks, does a bounded share of the upkeep, and claims the next tasks.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta
-- ARGV: 1 worker, 2 lease in ms, 3 how many to claim, 4 losses allowed, 5 retention in ms, 6 ended jobs kept, 7 silence in ms,
--   8 number of completions, then for each: key, attempt, bytes read, 1 when found in a cache else 0
-- Output: {status, ready left, upkeep left (1 or 0), {status per completion}, {key, attempt, job, recipe, key, ...}};
--   status: DONE, or NOTHING when nothing was completed or claimed;
--   of a completion: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, CORRUPT
-- Idempotency: a completion is accepted once per attempt. A claim whose answer is lost comes back when its lease runs out.
-- Events: ready, ended
--- @include slots
--- @include status
--- @include completeTask
--- @include drainWake
--- @include sweepLeases
--- @include claimTasks
--- @include purgeJobs
--- @include dropJobs
--- @include dropWorkers
--- @include flush
local worker, lease, count, maxLosses = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local retention, maxEnded, silence = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local statuses, effect = {}, blaze.status.NOTHING
local keys = {}
for number = 1, tonumber(ARGV[8]) do keys[number] = ARGV[5 + 4 * number] end
blaze.loadTasks(keys)
for number, key in ipairs(keys) do
  local at = 5 + 4 * number
  statuses[number] = blaze.completeTask(key, tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), ARGV[at + 3] == '1')
  if statuses[number] == blaze.status.DONE then effect = blaze.status.DONE end
end
blaze.drainWake(1000)
local more = blaze.sweepLeases(64, maxLosses)
local claimed = blaze.claimTasks(worker, count, lease)
if #claimed > 0 then effect = blaze.status.DONE end
more = blaze.purgeJobs(64) or more
more = blaze.dropJobs(retention, maxEnded) or more
blaze.dropWorkers(silence)
blaze.flush()
local pending = 0
if more or redis.call('LLEN', blaze.wake) > 0 then pending = 1 end
return { effect, redis.call('ZCARD', blaze.ready), pending, statuses, claimed }
