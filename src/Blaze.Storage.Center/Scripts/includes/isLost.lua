-- Whether the value of a task is to be made again, for a worker that could not get it: not where it is being made already, nor where others
-- hold it than the worker asked. `asked`: their names with commas between and around, or false where all that is known is that it is gone.
function blaze.isLost(task, asked)
  if task.state ~= 'done' then return false end
  local text = asked and redis.call('HGET', blaze.results, task.key)
  if not text then return true end
  local holders = string.match(text, '^w %S+ %d+ %x+ (%S+)$')
  if not holders then return string.sub(text, 1, 1) == 'w' end
  for worker in string.gmatch(holders, '[^,]+') do
    if not string.find(asked, ',' .. worker .. ',', 1, true) then return false end
  end
  return true
end
