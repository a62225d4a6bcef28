--- @include clearFlag
-- Leaves word that a task is no use of its alias any more.
function blaze.letGoAlias(task)
  if not task.flags or not blaze.clearFlag(task, 'h') then return end
  local alias = redis.call('HGET', blaze.aliases, task.key)
  if alias then redis.call('RPUSH', blaze.wake, 'u ' .. alias) end
end
