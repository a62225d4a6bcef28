--- @include jobState
-- Whether any job that wants the task still runs.
function blaze.isLive(task)
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' then return true end
  end
  return false
end
