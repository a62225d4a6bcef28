--- @include hasFlag
--- @include touch
-- Sets a flag of a task.
function blaze.setFlag(task, flag)
  if blaze.hasFlag(task, flag) then return end
  if task.flags == '-' then task.flags = flag else task.flags = task.flags .. flag end
  blaze.touch(task)
end
