--- @include hasFlag
--- @include touch
-- Sets a flag of a task.
function blaze.setFlag(task, flag)
  if blaze.hasFlag(task, flag) then return end
  task.flags = (task.flags or '') .. flag
  blaze.touch(task)
end
