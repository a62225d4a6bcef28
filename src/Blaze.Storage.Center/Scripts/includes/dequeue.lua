--- @include nearMembers
--- @include touch
-- Takes a task out of the queue it is in, if any.
function blaze.dequeue(task)
  if task.order then
    redis.call('ZREM', blaze.near, unpack(blaze.nearMembers(task)))
    task.order = nil
    blaze.touch(task)
  else
    redis.call('ZREM', blaze.ready, task.key)
  end
end
