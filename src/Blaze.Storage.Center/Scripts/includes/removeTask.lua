--- @include dequeue
-- Removes every trace of a task.
function blaze.removeTask(task)
  for _, hash in ipairs({ blaze.tasks, blaze.recipes, blaze.needs, blaze.links, blaze.aliases, blaze.errors }) do
    redis.call('HDEL', hash, task.key)
  end
  blaze.dequeue(task)
  redis.call('ZREM', blaze.leased, task.key)
  task.removed = true
  blaze.cache[task.key] = false
end
