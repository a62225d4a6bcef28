--- @include contains
-- Whether a job wants the task.
function blaze.hasJob(task, job)
  return blaze.contains(task.jobs, job)
end
