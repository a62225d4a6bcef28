--- @include getTask
--- @include lookAt
-- Answers a worker that has nothing to do and gets nothing else the task that was handed over to it, if it never heard of that; else notes
-- that it has nothing to do.
function blaze.giveAgain(worker, lease, given, reply)
  if given and given ~= '' then
    -- Others may want it or wait for it by now.
    local task = blaze.getTask(given)
    local session = task and task.state == 'leased' and task.worker == worker and blaze.lookAt(task.jobs).owner
    if session then
      redis.call('HSET', blaze.meta, 'given ' .. worker, '')
      reply[1], reply[2], reply[3], reply[4], reply[5], reply[6] = given, task.attempt, session, task.recipe, task.retries or 0, blaze.none
      return
    end
    redis.call('HSET', blaze.meta, 'idle', worker .. ' ' .. lease, 'given ' .. worker, '')
    return
  end
  redis.call('HSET', blaze.meta, 'idle', worker .. ' ' .. lease)
end
