--- @include getTask
--- @include isLive
--- @include hasJob
--- @include addJob
--- @include contains
--- @include shareTask
--- @include without
--- @include touch
--- @include restart
--- @include setRecipe
--- @include hold
--- @include waitFor
-- Adds a task for jobs, or shares the one that is there; one that failed, was cancelled or is wanted by ended jobs only
-- starts anew. A session that asks once more for what failed for it has its answer. Answers whether the task is new or starts anew.
function blaze.addTask(addition, jobs, tag, parentTag, firm)
  local task = blaze.getTask(addition.key)
  if task then
    if firm and task.state == 'failed' and blaze.hasJob(task, jobs[1]) and not blaze.contains(task.loose, jobs[1]) then return false end
    if task.state == 'done' or (task.state ~= 'failed' and task.state ~= 'cancelled' and blaze.isLive(task)) then
      local place = tag
      if task.state == 'waiting' then place = parentTag end
      for _, job in ipairs(jobs) do blaze.shareTask(task, job, place, firm) end
      return false
    end
    blaze.restart(task)
    blaze.touch(task)
  else
    task = { key = addition.key, state = 'waiting', attempt = '0', tag = tag, worker = '-', jobs = blaze.none, recipe = '', dirty = false }
    blaze.cache[addition.key] = task
  end
  task.tag, task.bytes, task.priority, task.places, task.hard = tag, addition.bytes, addition.priority, addition.places, addition.hard
  for _, job in ipairs(jobs) do
    if not blaze.hasJob(task, job) then
      blaze.addJob(task, job, firm)
    elseif firm then
      task.loose = blaze.without(task.loose, job)
    end
  end
  blaze.setRecipe(task, addition)
  blaze.hold(task, addition.needs)
  -- What waits for others is to run before the rest of its job once it can: that frees what it merges.
  if blaze.waitFor(task, addition.needs) > 0 then task.tag = parentTag end
  return true
end
