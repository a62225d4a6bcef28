--- @include hasFlag
--- @include touch
-- Clears a flag of a task; answers whether it was set.
function blaze.clearFlag(task, flag)
  if not blaze.hasFlag(task, flag) then return false end
  task.flags = string.gsub(task.flags, flag, '')
  if task.flags == '' then task.flags = nil end
  blaze.touch(task)
  return true
end
