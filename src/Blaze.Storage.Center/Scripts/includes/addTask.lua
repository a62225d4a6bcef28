--- @include getTask
--- @include isLive
--- @include hasJob
--- @include addJob
--- @include shareTask
--- @include restart
--- @include serial
--- @include waitFor
-- Adds a task for jobs, or shares the one that is there; one that failed, was cancelled or is wanted by ended jobs only
-- starts anew.
function blaze.addTask(addition, jobs, tag, parentTag)
  local task = blaze.getTask(addition.key)
  if task and (task.state == 'done' or (task.state ~= 'failed' and task.state ~= 'cancelled' and blaze.isLive(task))) then
    local place = tag
    if task.state == 'waiting' then place = parentTag end
    for _, job in ipairs(jobs) do blaze.shareTask(task, job, place) end
    return
  end
  local known = task
  if task then
    blaze.restart(task)
    task.bytes = addition.bytes
  else
    task = {
      key = addition.key, state = 'waiting', attempt = 0, losses = 0, missing = 0, bytes = addition.bytes,
      born = blaze.serial(), tag = tag, pages = 0, flags = '-', since = 0, places = {}, worker = '-', jobs = {},
    }
    blaze.cache[addition.key] = task
  end
  task.tag = tag
  task.places = addition.places
  for _, job in ipairs(jobs) do
    if not blaze.hasJob(task, job) then blaze.addJob(task, job) end
  end
  blaze.newRecipes[#blaze.newRecipes + 1] = task.key
  blaze.newRecipes[#blaze.newRecipes + 1] = addition.recipe
  if #addition.needs > 0 then
    redis.call('HSET', blaze.needs, task.key, table.concat(addition.needs, ' '))
  elseif known then
    redis.call('HDEL', blaze.needs, task.key)
  end
  -- What waits for others is to run before the rest of its job once it can: that frees what it merges.
  if blaze.waitFor(task, addition.needs) > 0 then task.tag = parentTag end
end
