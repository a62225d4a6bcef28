-- Purpose: completes tasks, does a bounded share of the upkeep, and claims the next tasks.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 worker, 2 lease in ms, 3 how many to claim, 4 losses allowed, 5 retention in ms, 6 ended jobs kept, 7 silence in ms,
--   8 the worker's places (separated by spaces), 9 locality wait in ms, 10 number of completions, then for each: key, attempt,
--   what was read (bytes, bytes of these from another host, 1 when found in a cache else 0; separated by spaces, empty for 0 0 0),
--   its value as in `results`, empty for none
-- Output: {status, ready left, upkeep left (1 or 0), {status per completion}, {key, attempt, job, recipe, retries, {key, value, ...}
--   of its needs, key, ...}, ms until a task that was left to others or for later may be claimed, or -1};
--   status: DONE, or NOTHING when nothing was completed or claimed;
--   of a completion: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, CORRUPT
-- Idempotency: a completion is accepted once per attempt. A claim whose answer is lost comes back when its lease runs out.
-- Events: ready, ended, cancelled, finished, dropped
--- @include slots
--- @include status
--- @include completePlain
--- @include drainWake
--- @include sweepDue
--- @include purgeDue
--- @include untilLater
--- @include notePlaces
--- @include claimTasks
--- @include flush
--- @include queued
--- @include hasWord
--- @rarely completeTask
--- @rarely dropEnded
local worker, lease, count, maxLosses = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local retention, maxEnded, silence = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local places, wait = blaze.notePlaces(ARGV[8], lease), tonumber(ARGV[9])
local statuses, effect = {}, blaze.status.NOTHING
local keys = {}
for number = 1, tonumber(ARGV[10]) do keys[number] = ARGV[7 + 4 * number] end
blaze.completePlain(keys, statuses)
for number, key in ipairs(keys) do
  local at = 7 + 4 * number
  if not statuses[number] then
    blaze.rest()
    statuses[number] = blaze.completeTask(key, ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
  end
  if statuses[number] == blaze.status.DONE then effect = blaze.status.DONE end
end
blaze.drainWake(1000)
local known = redis.call('HMGET', blaze.meta, 'virtual', 'idle', 'given ' .. worker)
local more = blaze.sweepDue(maxLosses, not blaze.noUpkeep)
local claimed, soonest = blaze.claimTasks(worker, count, lease, places, wait, known, keys)
if #claimed > 0 then effect = blaze.status.DONE end
if blaze.noUpkeep then
  -- What an ended job leaves behind must not be taken for an answer to the next question.
  more = blaze.purgeDue(64) or more
else
  blaze.rest()
  more = blaze.dropEnded(retention, maxEnded, silence) or more
end
blaze.flush()
local pending = 0
if more or blaze.hasWord() then pending = 1 end
return { effect, blaze.queued(), pending, statuses, claimed, blaze.untilLater(soonest) }
