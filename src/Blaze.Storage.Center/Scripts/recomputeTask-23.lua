-- Purpose: sends a running task back to wait, because it could not get values it needs: the tasks of those that are lost start anew, which counts
--   as a loss.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 key, 2 attempt, 3 losses allowed, then the keys whose values it could not get, each alone or followed by a space and the workers it asked,
--   with commas between: then the value is lost only where nobody else holds it by now
-- Output: {status}: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, NO_RECIPE (nothing changed; then the key without a
--   task), CYCLE, CORRUPT
-- Idempotency: ends the lease, so that the same attempt is ALREADY_DONE while the task waits or is ready.
-- Events: ready, ended
--- @include slots
--- @include status
--- @include checkLease
--- @include valueTask
--- @include jobState
--- @include isLost
--- @include leadsTo
--- @include restart
--- @include addJob
--- @include hasJob
--- @include needsOf
--- @include needAlso
--- @include hold
--- @include waitFor
--- @include move
--- @include loseLease
--- @include drainWake
--- @include flush
local key, attempt, maxLosses = ARGV[1], ARGV[2], tonumber(ARGV[3])
local task, status = blaze.checkLease(key, attempt)
if status == blaze.status.NO_LEASE and (task.state == 'waiting' or task.state == 'ready') and task.attempt == attempt then
  status = blaze.status.ALREADY_DONE
end
local inputs, lost, names = {}, {}, {}
if status == blaze.status.DONE then
  for number = 4, #ARGV do
    local name, asked = string.match(ARGV[number], '^(%S+)( ?%S*)$')
    local other = blaze.valueTask(name)
    if not other then return { blaze.status.NO_RECIPE, name } end
    inputs[#inputs + 1] = other.key
    if blaze.isLost(other, asked ~= '' and ',' .. string.sub(asked, 2) .. ',') then
      lost[#lost + 1] = other
      names[other.key] = true
    end
    if other.recipe == '' and (names[other.key] or asked == '') and redis.call('HEXISTS', blaze.recipes, other.key) == 0 then
      return { blaze.status.NO_RECIPE, name }
    end
  end
  for _, input in ipairs(inputs) do
    if blaze.leadsTo(input, key, {}, names) then return { blaze.status.CYCLE } end
  end
  if not lost[1] then blaze.move(blaze.leased, key, false) end
  if not lost[1] or blaze.loseLease(task, 'input lost', maxLosses) then
    -- A use first: one that fails at once, along with what it is made of, must still be there to be waited for.
    blaze.needAlso(task, inputs)
    for _, other in ipairs(lost) do
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
    blaze.waitFor(task, inputs)
  end
  blaze.drainWake(1000)
end
blaze.flush()
return { status }
