--- @include touch
--- @include hasFlag
--- @include jobState
--- @include endJob
--- @include errorOf
--- @include dequeue
-- Ends a task as done or failed: takes it out of the queues, leaves word for its dependants, ends the jobs it is the root of.
function blaze.finish(task, state)
  if task.state == 'ready' or task.corrupt then blaze.dequeue(task) end
  if task.state == 'leased' or task.corrupt then redis.call('ZREM', blaze.leased, task.key) end
  if state == 'done' and task.losses > 0 then redis.call('HDEL', blaze.errors, task.key) end
  task.state = state
  task.missing = 0
  blaze.touch(task)
  if redis.call('HEXISTS', blaze.links, task.key) == 1 then redis.call('RPUSH', blaze.wake, 'w ' .. task.key) end
  if not blaze.hasFlag(task, 'r') then return end
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' and redis.call('HGET', blaze.jobs, job .. ' root') == task.key then
      if state == 'done' then
        blaze.endJob(job, 'done', redis.call('HGET', blaze.aliases, task.key) or task.key, nil)
      else
        blaze.endJob(job, 'failed', nil, blaze.errorOf(task.key))
      end
    end
  end
end
