--- @include now
--- @include num
--- @include serial
--- @include nextTasks
--- @include getTask
--- @include isLive
--- @include touch
--- @include move
--- @include cancelTask
--- @include failTask
--- @include lookAt
--- @include readRecipes
--- @include readInputs
-- Leases the next ready tasks to a worker of these places; answers key, attempt, job, recipe, retries, inputs for each, in one list,
-- and the milliseconds until there may be one more because its locality wait is over, or -1.
-- Tasks nobody wants any more are set aside on the way, at most 512.
function blaze.claimTasks(worker, count, lease, places, wait)
  local claimed, looked, soonest, reply = {}, 0, -1, {}
  local expiry = blaze.num(blaze.now() + lease)
  while #claimed < count and looked < 512 + count do
    local keys
    keys, soonest = blaze.nextTasks(count - #claimed, places, wait)
    if #keys == 0 then break end
    looked = looked + #keys
    for _, key in ipairs(keys) do
      local task = blaze.getTask(key)
      if task and task.state == 'ready' then
        if not blaze.isLive(task) then
          blaze.cancelTask(task)
        elseif blaze.readRecipes(keys, task) then
          task.state, task.attempt, task.worker, task.pages = 'leased', blaze.serial(), worker, nil
          blaze.touch(task)
          blaze.move(blaze.leased, key, expiry)
          claimed[#claimed + 1] = task
        else
          blaze.failTask(task, cjson.encode({
            type = 'CorruptEntry', task = key, message = 'The center has lost the recipe of task ' .. key .. '; submit the job again.',
          }))
        end
      end
    end
  end
  if not claimed[1] then return reply, soonest end
  local virtual = tonumber(redis.call('HGET', blaze.meta, 'virtual') or '0')
  local furthest = virtual
  local inputs = blaze.readInputs(claimed, 262144)
  for number, task in ipairs(claimed) do
    local tag, at = tonumber(task.tag), 6 * number - 5
    if tag > furthest then furthest = tag end
    reply[at], reply[at + 1], reply[at + 2] = task.key, task.attempt, blaze.lookAt(task.jobs).owner
    reply[at + 3], reply[at + 4], reply[at + 5] = blaze.readRecipes(nil, task), task.retries or 0, inputs[number] or blaze.none
  end
  if furthest > virtual then redis.call('HSET', blaze.meta, 'virtual', blaze.num(furthest)) end
  return reply, soonest
end
