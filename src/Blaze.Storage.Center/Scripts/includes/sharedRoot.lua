--- @include getTask
--- @include loadTasks
-- Of the names of a task, separated by spaces, the first of one that is ready, else the first that is free; false for none.
-- A task that was begun may have looked at the world already, so it does not answer what is asked now.
function blaze.sharedRoot(names)
  local keys, free = {}, false
  for key in string.gmatch(names, '%S+') do keys[#keys + 1] = key end
  blaze.loadTasks(keys)
  for _, key in ipairs(keys) do
    local task = blaze.getTask(key)
    if not task then
      free = free or key
    elseif task.state == 'ready' then
      return key
    end
  end
  return free
end
