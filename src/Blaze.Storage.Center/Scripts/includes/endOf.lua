--- @include hasFlag
--- @include errorOf
-- How a task ended, for a message: length of its key, letter of its state, length of its value or error or - for none with it,
-- each with a space behind it, then key and value or error.
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
  if not text or #text > blaze.smallMessage then return #task.key .. ' ' .. letter .. ' - ' .. task.key end
  return #task.key .. ' ' .. letter .. ' ' .. #text .. ' ' .. task.key .. text
end
