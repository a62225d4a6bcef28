--- @include getTask
-- Whether what was found under a place is that of a ready task; if not, it is removed.
function blaze.isQueued(one)
  local task = blaze.getTask(one.key)
  if task and task.state == 'ready' and task.order == one.order then return true end
  redis.call('ZREM', blaze.near, one.member)
  return false
end
