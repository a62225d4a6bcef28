--- @include isSession
--- @include jobState
--- @include contains
--- @include tellEnd
-- Has the sessions told that asked for a task which ended.
function blaze.tellSessions(task)
  for _, job in ipairs(task.jobs) do
    if blaze.isSession(job) and blaze.jobState(job) == 'running' and not blaze.contains(task.loose, job) then blaze.tellEnd(job, task) end
  end
end
