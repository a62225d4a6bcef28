--- @include touch
--- @include hasFlag
--- @include jobState
--- @include endJob
--- @include errorOf
--- @include dequeue
--- @include move
--- @include letGo
--- @include tellSessions
--- @include dropLoose
--- @include leaveWord
-- Ends a task as done or failed: takes it out of the queues, leaves word for its dependants, tells sessions, ends the jobs it is
-- the root of. A value that lies with workers may be lost; what it was made of is kept for that case.
function blaze.finish(task, state)
  blaze.dequeue(task)
  if task.state == 'leased' or task.corrupt then blaze.move(blaze.leased, task.key, false) end
  if state == 'done' and (task.losses or task.retries) then redis.call('HDEL', blaze.errors, task.key) end
  task.state = state
  task.missing = nil
  blaze.touch(task)
  blaze.tellSessions(task)
  if task.flags and blaze.hasFlag(task, 'w') then blaze.leaveWord('w ' .. task.key) end
  if task.holds and not blaze.hasFlag(task, 'x') then blaze.letGo(task) end
  if task.loose then blaze.dropLoose(task) end
  if not task.flags or not blaze.hasFlag(task, 'r') then return end
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
