-- The error of a failed task: its own text, or by @key that of the task it waited for.
function blaze.errorOf(key)
  local text = redis.call('HGET', blaze.errors, key)
  if text and string.sub(text, 1, 1) == '@' then text = redis.call('HGET', blaze.errors, string.sub(text, 2)) end
  return text or cjson.encode({ type = 'Unknown', task = key, message = 'Task ' .. key .. ' failed; its error is no longer known.' })
end
