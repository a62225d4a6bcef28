--- @include getTask
--- @include jobState
--- @include isLive
--- @include shareTask
--- @include restart
--- @include addJob
--- @include hasJob
--- @include needsOf
--- @include hold
--- @include waitFor
-- Carries out the word wantAlso left: the job also wants the task. One that nobody wanted starts anew.
function blaze.joinTask(key, job, tag)
  local task = blaze.getTask(key)
  if not task or blaze.jobState(job) ~= 'running' or task.state == 'failed' then return end
  if task.state == 'done' or (task.state ~= 'cancelled' and blaze.isLive(task)) then
    blaze.shareTask(task, job, tag, false)
    return
  end
  blaze.restart(task)
  task.tag = tag
  if not blaze.hasJob(task, job) then blaze.addJob(task, job, false) end
  local needs = blaze.needsOf(key)
  blaze.hold(task, needs)
  blaze.waitFor(task, needs)
end
