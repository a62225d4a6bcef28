--- @include now
--- @include num
--- @include serial
--- @include nextTasks
--- @include getTask
--- @include isLive
--- @include touch
--- @include cancelTask
--- @include failTask
--- @include jobState
-- Leases the next ready tasks to a worker of these places; answers key, attempt, job, recipe for each, in one list, and the
-- milliseconds until there may be one more because its locality wait is over, or -1.
-- Tasks nobody wants any more are set aside on the way, at most 512.
function blaze.claimTasks(worker, count, lease, places, wait)
  local reply, claimed, looked, soonest = {}, 0, 0, -1
  local expiry = blaze.num(blaze.now() + lease)
  local virtual = tonumber(redis.call('HGET', blaze.meta, 'virtual') or '0')
  local furthest = virtual
  while claimed < count and looked < 512 + count do
    local keys
    keys, soonest = blaze.nextTasks(count - claimed, places, wait)
    if #keys == 0 then break end
    looked = looked + #keys
    local recipes = redis.call('HMGET', blaze.recipes, unpack(keys))
    for index, key in ipairs(keys) do
      local task = blaze.getTask(key)
      if task and task.state == 'ready' then
        if not blaze.isLive(task) then
          blaze.cancelTask(task)
        elseif not recipes[index] then
          blaze.failTask(task, cjson.encode({
            type = 'CorruptEntry', task = key, message = 'The center has lost the recipe of task ' .. key .. '; submit the job again.',
          }))
        else
          task.state, task.attempt, task.worker, task.pages = 'leased', blaze.serial(), worker, 0
          blaze.touch(task)
          redis.call('ZADD', blaze.leased, expiry, key)
          if task.tag > furthest then furthest = task.tag end
          local owner = ''
          for _, job in ipairs(task.jobs) do
            if owner == '' and blaze.jobState(job) == 'running' then owner = job end
          end
          reply[#reply + 1] = key
          reply[#reply + 1] = blaze.num(task.attempt)
          reply[#reply + 1] = owner
          reply[#reply + 1] = recipes[index]
          claimed = claimed + 1
        end
      end
    end
  end
  if furthest > virtual then redis.call('HSET', blaze.meta, 'virtual', blaze.num(furthest)) end
  return reply, soonest
end
