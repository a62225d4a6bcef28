--- @include now
-- Enters in the history of a task's attempts how the last one ended; answers the history.
function blaze.noteLoss(task, reason, failure)
  local text = redis.call('HGET', blaze.errors, task.key)
  local history = {}
  if text and string.sub(text, 1, 1) == '[' then history = cjson.decode(text) end
  history[#history + 1] = { worker = task.worker, reason = reason, error = failure, at = blaze.now() }
  redis.call('HSET', blaze.errors, task.key, cjson.encode(history))
  return history
end
