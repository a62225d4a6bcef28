--- @include hasFlag
--- @include errorOf
--- @include endText
-- How a task of the call ended, for a message.
function blaze.endOf(task)
  local letter, text = string.sub(task.state, 1, 1), nil
  if letter == 'd' then
    text = task.result
    if not text and task.flags and blaze.hasFlag(task, 'c') then
      text = redis.call('HGET', blaze.results, redis.call('HGET', blaze.aliases, task.key) or task.key)
    end
  elseif letter == 'f' then
    text = blaze.errorOf(task.key)
    if string.find(text, '^{"type":"Cancelled"') then letter = 'c' end
  end
  return blaze.endText(task.key, letter, text)
end
