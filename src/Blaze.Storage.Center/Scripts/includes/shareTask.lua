--- @include hasFlag
--- @include hasJob
--- @include addJob
--- @include isSession
--- @include without
--- @include getTask
--- @include loadTasks
--- @include needsOf
--- @include hold
--- @include wantAlso
--- @include enqueue
--- @include touch
--- @include accountKnown
-- Lets a job have a task of the table that is done or under way. What the task waits for becomes the job's too, so that it
-- goes on should the other jobs end; and it is served as early as the job asks.
function blaze.shareTask(task, job, tag, firm)
  local added = not blaze.hasJob(task, job)
  if added then
    blaze.addJob(task, job, firm)
  elseif firm and task.loose then
    task.loose = blaze.without(task.loose, job)
    blaze.touch(task)
  end
  if task.state == 'done' then
    if added then blaze.accountKnown(task, job) end
    return
  end
  if tonumber(tag) < tonumber(task.tag) then
    task.tag = tag
    blaze.touch(task)
  end
  if task.state == 'ready' then blaze.enqueue(task) end
  if not added or (task.state ~= 'waiting' and not (blaze.isSession(job) and blaze.hasFlag(task, 'n'))) then return end
  local needs = blaze.needsOf(task.key)
  blaze.hold(task, needs)
  if blaze.hasFlag(task, 'c') then needs = { redis.call('HGET', blaze.aliases, task.key) } end
  blaze.loadTasks(needs)
  for _, key in ipairs(needs) do
    local other = blaze.getTask(key)
    if other then blaze.wantAlso(task, other) end
  end
end
