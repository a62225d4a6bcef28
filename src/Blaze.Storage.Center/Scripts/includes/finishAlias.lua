--- @include getTask
--- @include serial
--- @include use
--- @include finish
--- @include leaveWord
-- Ends a continued task whose alias is done; the alias is shortened to the key that has the value.
function blaze.finishAlias(task, alias)
  local last = redis.call('HGET', blaze.aliases, alias) or alias
  if last ~= alias then
    redis.call('HSET', blaze.aliases, task.key, last)
    local holder = task.holdsAlias and blaze.getTask(last)
    if holder then
      blaze.leaveWord('u ' .. task.holdsAlias .. ' ' .. alias)
      task.holdsAlias = blaze.serial()
      blaze.use(holder)
    end
  end
  blaze.finish(task, 'done')
end
