--- @include clearFlag
--- @include tellWorker
-- Forgets the value of a task; workers that hold it are told.
function blaze.dropResult(task)
  if blaze.clearFlag(task, 'x') then
    local text = redis.call('HGET', blaze.results, task.key) or ''
    for worker in string.gmatch(string.match(text, '^w %S+ %d+ %x+ (%S+)$') or '', '[^,]+') do blaze.tellWorker(worker, task.key) end
  end
  redis.call('HDEL', blaze.results, task.key)
end
