--- @include now
--- @include isLive
--- @include cancelTask
--- @include failTask
-- Counts a loss of a leased task, with the history of its attempts, and makes it ready again or gives it up.
-- Answers whether it may be tried again.
function blaze.loseLease(task, reason, maxLosses)
  redis.call('ZREM', blaze.leased, task.key)
  if not blaze.isLive(task) then
    blaze.cancelTask(task)
    return false
  end
  local text = redis.call('HGET', blaze.errors, task.key)
  local history = {}
  if text and string.sub(text, 1, 1) == '[' then history = cjson.decode(text) end
  history[#history + 1] = { worker = task.worker, reason = reason, at = blaze.now() }
  task.losses = task.losses + 1
  if task.losses < maxLosses then
    redis.call('HSET', blaze.errors, task.key, cjson.encode(history))
    return true
  end
  local attempts = {}
  for _, one in ipairs(history) do attempts[#attempts + 1] = one.worker .. ' (' .. one.reason .. ')' end
  blaze.failTask(task, cjson.encode({
    type = 'TaskLost', task = task.key, worker = task.worker, attempts = history,
    message = 'Task ' .. task.key .. ' was given up after ' .. #history .. ' attempts that did not end: '
      .. table.concat(attempts, ', ') .. '; look at the logs of these workers.',
  }))
  return false
end
