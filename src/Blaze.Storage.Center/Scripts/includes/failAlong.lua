--- @include failTask
-- Fails a task because one it waits for failed; points at the first that did, however long the way.
function blaze.failAlong(task, key)
  local text = redis.call('HGET', blaze.errors, key)
  if text and string.sub(text, 1, 1) == '@' then
    blaze.failTask(task, text)
  else
    blaze.failTask(task, '@' .. key)
  end
end
