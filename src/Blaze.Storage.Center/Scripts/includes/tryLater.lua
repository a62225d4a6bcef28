--- @include now
--- @include num
--- @include loadTasks
--- @include getTask
--- @include move
--- @include enqueue
-- Makes ready what is due to be tried again, a bounded number. Answers whether there may be more.
function blaze.tryLater(limit)
  local keys = redis.call('ZRANGEBYSCORE', blaze.later, '-inf', blaze.num(blaze.now()), 'LIMIT', '0', blaze.num(limit))
  blaze.loadTasks(keys)
  for _, key in ipairs(keys) do
    local task = blaze.getTask(key)
    blaze.move(blaze.later, key, false)
    if task and task.state == 'waiting' and task.retries and not task.missing then blaze.enqueue(task) end
  end
  return #keys == limit
end
