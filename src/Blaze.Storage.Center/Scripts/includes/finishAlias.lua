--- @include finish
-- Ends a continued task whose alias is done; the alias is shortened to the key that has the value.
function blaze.finishAlias(task, alias)
  redis.call('HSET', blaze.aliases, task.key, redis.call('HGET', blaze.aliases, alias) or alias)
  blaze.finish(task, 'done')
end
