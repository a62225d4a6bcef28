--- @include touch
--- @include leaveWord
-- Leaves word that a task is no use of its alias any more.
function blaze.letGoAlias(task)
  if not task.holdsAlias then return end
  local alias = redis.call('HGET', blaze.aliases, task.key)
  if alias then blaze.leaveWord('u ' .. task.holdsAlias .. ' ' .. alias) end
  task.holdsAlias = nil
  blaze.touch(task)
end
