--- @include loadTasks
-- A task, or false.
function blaze.getTask(key)
  local task = blaze.cache[key]
  if task == nil then
    blaze.loadTasks({ key })
    task = blaze.cache[key]
  end
  return task
end
