--- @include hasFlag
--- @include hasJob
--- @include addJob
--- @include getTask
--- @include loadTasks
--- @include needsOf
--- @include wantAlso
--- @include enqueue
--- @include touch
--- @include accountKnown
-- Lets a job have a task of the table that is done or under way. What the task waits for becomes the job's too, so that it
-- goes on should the other jobs end; and it is served as early as the job asks.
function blaze.shareTask(task, job, tag)
  local added = not blaze.hasJob(task, job)
  if added then blaze.addJob(task, job) end
  if task.state == 'done' then
    if added then blaze.accountKnown(task, job) end
    return
  end
  if tag < task.tag then
    task.tag = tag
    blaze.touch(task)
  end
  if task.state == 'ready' then
    blaze.enqueue(task)
  elseif added and task.state == 'waiting' then
    local needs = blaze.needsOf(task.key)
    if blaze.hasFlag(task, 'c') then needs = { redis.call('HGET', blaze.aliases, task.key) } end
    blaze.loadTasks(needs)
    for _, key in ipairs(needs) do
      local other = blaze.getTask(key)
      if other then blaze.wantAlso(task, other) end
    end
  end
end
