--- @include hasJob
--- @include addJob
--- @include isSession
--- @include jobState
--- @include leaveWord
-- Leaves word that the live jobs of a task also want one it waits for. A session has what is done at once, before others drop it.
function blaze.wantAlso(task, dependency)
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' and (dependency.state == 'cancelled' or not blaze.hasJob(dependency, job)) then
      if dependency.state == 'done' and blaze.isSession(job) then
        blaze.addJob(dependency, job, false)
      else
        blaze.leaveWord('j ' .. dependency.key .. ' ' .. job .. ' ' .. task.tag)
      end
    end
  end
end
