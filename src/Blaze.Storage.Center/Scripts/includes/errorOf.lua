-- The error of a failed task.
function blaze.errorOf(key)
  return redis.call('HGET', blaze.errors, key)
    or cjson.encode({ type = 'Unknown', task = key, message = 'Task ' .. key .. ' failed; its error is no longer known.' })
end
