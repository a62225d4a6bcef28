--- @include finish
-- Fails a task with an error, JSON text.
function blaze.failTask(task, failure)
  redis.call('HSET', blaze.errors, task.key, failure)
  blaze.finish(task, 'failed')
end
