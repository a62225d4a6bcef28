--- @include jobState
--- @include without
-- Drops jobs that ended from a task; what they had to remove of it is no longer theirs.
function blaze.keepLive(task)
  local live = {}
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' then
      live[#live + 1] = job
    else
      task.loose = blaze.without(task.loose, job)
    end
  end
  task.jobs = live
end
