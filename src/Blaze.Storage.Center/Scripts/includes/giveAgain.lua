--- @include contains
--- @rarely getTask
--- @rarely lookAt
--- @rarely readRecipes
-- Answers a worker that has nothing to do and gets nothing else the task that was handed over to it, if it never heard of that; else notes
-- that it has nothing to do, or with `lease` false, because it wants nothing, that it is not to be given anything. `meta`, `completed`: see claimTasks.lua.
function blaze.giveAgain(worker, lease, places, meta, completed, reply)
  local given, fields = meta[3], {}
  if not lease and meta[2] and string.match(meta[2], '^%S+') == worker then redis.call('HDEL', blaze.meta, 'idle') end
  if given and given ~= '' then
    fields[1], fields[2] = 'given ' .. worker, ''
    if not blaze.contains(completed, given) then
      blaze.rest()
      -- Others may want it or wait for it by now.
      local task = blaze.getTask(given)
      local session = task and task.state == 'leased' and task.worker == worker and blaze.lookAt(task.jobs).owner
      local recipe = session and blaze.readRecipes({ given }, task)
      if recipe then
        redis.call('HSET', blaze.meta, unpack(fields))
        reply[1], reply[2], reply[3], reply[4], reply[5], reply[6] = given, task.attempt, session, recipe, task.retries or 0, blaze.none
        return
      end
    end
  end
  if lease then
    fields[#fields + 1] = 'idle'
    fields[#fields + 1] = table.concat({ worker, lease, unpack(places, 1, blaze.ownPlaces) }, ' ')
  end
  if fields[1] then redis.call('HSET', blaze.meta, unpack(fields)) end
end
