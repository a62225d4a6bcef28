--- @include getTask
--- @include hasFlag
--- @include touch
--- @include finish
-- Ends a continued task whose alias is done; the alias is shortened to the key that has the value.
function blaze.finishAlias(task, alias)
  local last = redis.call('HGET', blaze.aliases, alias) or alias
  if last ~= alias then
    redis.call('HSET', blaze.aliases, task.key, last)
    local holder = blaze.hasFlag(task, 'h') and blaze.getTask(last)
    if holder then
      holder.uses = (holder.uses or 0) + 1
      blaze.touch(holder)
      redis.call('RPUSH', blaze.wake, 'u ' .. alias)
    end
  end
  blaze.finish(task, 'done')
end
