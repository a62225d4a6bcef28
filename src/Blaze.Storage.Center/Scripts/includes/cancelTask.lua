--- @include dequeue
--- @include touch
-- Sets a task aside that nobody wants any more; it starts anew should a job ask for it before it is removed.
function blaze.cancelTask(task)
  redis.call('ZREM', blaze.leased, task.key)
  blaze.dequeue(task)
  task.state = 'cancelled'
  blaze.touch(task)
end
