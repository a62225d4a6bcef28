--- @include getTask
--- @include hasFlag
-- The task that makes the value of a key: the one an alias leads to, else its own. False where there is none.
function blaze.valueTask(key)
  local task = blaze.getTask(key)
  if task and blaze.hasFlag(task, 'c') and task.state == 'done' then
    return blaze.getTask(redis.call('HGET', blaze.aliases, key))
  end
  return task
end
