-- Whether a job wants the task.
function blaze.hasJob(task, job)
  for _, one in ipairs(task.jobs) do
    if one == job then return true end
  end
  return false
end
