--- @include contains
--- @include with
--- @include without
--- @include touch
--- @include hasFlag
--- @include noteLeft
--- @include removeTask
-- A session no longer wants a task: it goes at once where nobody else does, or once no task uses it any more.
function blaze.leaveTask(task, session)
  if task.uses or blaze.hasFlag(task, 'w') then
    if not blaze.contains(task.loose, session) then task.loose = blaze.with(task.loose, session) end
    blaze.touch(task)
    return
  end
  task.jobs = blaze.without(task.jobs, session) or blaze.none
  task.loose = blaze.without(task.loose, session)
  blaze.noteLeft(session, 1)
  if task.jobs[1] then blaze.touch(task) else blaze.removeTask(task) end
end
