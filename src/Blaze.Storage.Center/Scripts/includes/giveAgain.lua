--- @include getTask
--- @include lookAt
--- @include readRecipes
-- Answers a worker that has nothing to do and gets nothing else the task that was handed over to it, if it never heard of that; else notes
-- that it has nothing to do, or with `lease` false, because it wants nothing, that it is not to be given anything. `meta`: see claimTasks.lua.
function blaze.giveAgain(worker, lease, places, meta, reply)
  local given = meta[3]
  if not lease and meta[2] and string.match(meta[2], '^%S+') == worker then redis.call('HDEL', blaze.meta, 'idle') end
  if given and given ~= '' then
    redis.call('HSET', blaze.meta, 'given ' .. worker, '')
    -- Others may want it or wait for it by now.
    local task = blaze.getTask(given)
    local session = task and task.state == 'leased' and task.worker == worker and blaze.lookAt(task.jobs).owner
    if session and blaze.readRecipes({ given }, task) then
      reply[1], reply[2], reply[3], reply[4], reply[5], reply[6] = given, task.attempt, session, blaze.readRecipes({ given }, task), task.retries or 0, blaze.none
      return
    end
  end
  if lease then redis.call('HSET', blaze.meta, 'idle', table.concat({ worker, lease, unpack(places, 1, blaze.ownPlaces) }, ' ')) end
end
