--- @include num
--- @include hasJob
--- @include jobState
-- Leaves word that the live jobs of a task also want one it waits for.
function blaze.wantAlso(task, dependency)
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' and (dependency.state == 'cancelled' or not blaze.hasJob(dependency, job)) then
      redis.call('RPUSH', blaze.wake, 'j ' .. dependency.key .. ' ' .. job .. ' ' .. blaze.num(task.tag))
    end
  end
end
