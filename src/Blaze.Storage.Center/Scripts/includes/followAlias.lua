--- @include getTask
--- @include setFlag
--- @include touch
--- @include finishAlias
--- @include failAlong
--- @include linkTo
--- @include wantAlso
-- Makes a leased task's value that of another key: ends it at once where that has ended, else lets it wait. It is no leaf any more.
function blaze.followAlias(task, alias)
  redis.call('ZREM', blaze.leased, task.key)
  redis.call('HSET', blaze.aliases, task.key, alias)
  blaze.setFlag(task, 'c')
  task.bytes = 0
  task.state = 'waiting'
  blaze.touch(task)
  local other = blaze.getTask(alias)
  if not other or other.state == 'done' then
    blaze.finishAlias(task, alias)
  elseif other.state == 'failed' then
    blaze.failAlong(task, alias)
  else
    task.missing = 1
    blaze.linkTo(alias, task)
    blaze.wantAlso(task, other)
  end
end
