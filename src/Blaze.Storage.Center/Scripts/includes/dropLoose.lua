--- @include without
--- @include hasFlag
--- @include touch
--- @include noteLeft
--- @include removeTask
-- Takes the sessions out of a task that want it only while others use it or wait for it, once none does; removes it where nobody
-- else wants it.
function blaze.dropLoose(task)
  if not task.loose or task.uses or blaze.hasFlag(task, 'w') then return end
  for _, job in ipairs(task.loose) do
    task.jobs = blaze.without(task.jobs, job) or blaze.none
    blaze.noteLeft(job, 1)
  end
  task.loose = nil
  if task.jobs[1] then blaze.touch(task) else blaze.removeTask(task) end
end
