-- Purpose: sends a running task back to wait, because values it needs are lost: their tasks start anew. Counts as a loss.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 key, 2 attempt, 3 losses allowed, then the keys whose values are lost
-- Output: {status}: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, NO_RECIPE (nothing changed; then the key without a
--   task), CYCLE, CORRUPT
-- Idempotency: ends the lease, so that the same attempt is ALREADY_DONE while the task waits.
-- Events: ready, ended
--- @include slots
--- @include status
--- @include checkLease
--- @include valueTask
--- @include jobState
--- @include leadsTo
--- @include restart
--- @include addJob
--- @include hasJob
--- @include needsOf
--- @include needAlso
--- @include hold
--- @include waitFor
--- @include loseLease
--- @include drainWake
--- @include flush
local key, attempt, maxLosses = ARGV[1], ARGV[2], tonumber(ARGV[3])
local task, status = blaze.checkLease(key, attempt)
if status == blaze.status.NO_LEASE and task.state == 'waiting' and task.attempt == attempt then status = blaze.status.ALREADY_DONE end
local lost, names = {}, {}
if status == blaze.status.DONE then
  for number = 4, #ARGV do
    local other = blaze.valueTask(ARGV[number])
    if not other or (other.recipe == '' and redis.call('HEXISTS', blaze.recipes, other.key) == 0) then return { blaze.status.NO_RECIPE, ARGV[number] } end
    lost[#lost + 1] = other
    if other.state == 'done' then names[other.key] = true end
  end
  for _, other in ipairs(lost) do
    if blaze.leadsTo(other.key, key, {}, names) then return { blaze.status.CYCLE } end
  end
  if blaze.loseLease(task, 'input lost', maxLosses) then
    local keys = {}
    for _, other in ipairs(lost) do
      keys[#keys + 1] = other.key
      if other.state == 'done' then
        blaze.restart(other)
        other.tag = task.tag
        for _, job in ipairs(task.jobs) do
          if blaze.jobState(job) == 'running' and not blaze.hasJob(other, job) then blaze.addJob(other, job, false) end
        end
        local needs = blaze.needsOf(other.key)
        blaze.hold(other, needs)
        blaze.waitFor(other, needs)
      end
    end
    blaze.needAlso(task, keys)
    blaze.waitFor(task, keys)
  end
  blaze.drainWake(1000)
end
blaze.flush()
return { status }
