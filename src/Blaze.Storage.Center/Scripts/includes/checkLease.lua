--- @include status
--- @include getTask
--- @include isLive
--- @include cancelTask
-- The task and DONE where the attempt holds it; else the task or false, and why not. A task that is not in the table was
-- removed after its jobs, which is the same as cancelled.
function blaze.checkLease(key, attempt)
  local task = blaze.getTask(key)
  if not task then return task, blaze.status.CANCELLED end
  if task.corrupt then return task, blaze.status.CORRUPT end
  if task.state == 'leased' then
    if task.attempt ~= attempt then return task, blaze.status.OTHER_OWNER end
    if blaze.isLive(task) then return task, blaze.status.DONE end
    blaze.cancelTask(task)
  end
  if task.state == 'cancelled' and task.attempt == attempt then return task, blaze.status.CANCELLED end
  return task, blaze.status.NO_LEASE
end
