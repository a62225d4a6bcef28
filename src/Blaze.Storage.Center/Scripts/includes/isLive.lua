--- @include lookAt
-- Whether any job that wants the task still runs.
function blaze.isLive(task)
  return blaze.lookAt(task.jobs).owner ~= false
end
