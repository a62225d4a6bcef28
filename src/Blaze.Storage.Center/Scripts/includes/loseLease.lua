--- @include move
--- @include noteLoss
--- @include isLive
--- @include cancelTask
--- @include failTask
-- Counts a loss of a leased task, with the history of its attempts, and makes it ready again or gives it up.
-- Answers whether it may be tried again.
function blaze.loseLease(task, reason, maxLosses)
  blaze.move(blaze.leased, task.key, false)
  if not blaze.isLive(task) then
    blaze.cancelTask(task)
    return false
  end
  local history = blaze.noteLoss(task, reason, nil)
  task.losses = (task.losses or 0) + 1
  if task.losses < maxLosses then return true end
  local attempts = {}
  for _, one in ipairs(history) do attempts[#attempts + 1] = one.worker .. ' (' .. one.reason .. ')' end
  blaze.failTask(task, cjson.encode({
    type = 'TaskLost', task = task.key, worker = task.worker, attempts = history,
    message = 'Task ' .. task.key .. ' was given up after ' .. #history .. ' attempts that did not end: '
      .. table.concat(attempts, ', ') .. '; look at the logs of these workers.',
  }))
  return false
end
