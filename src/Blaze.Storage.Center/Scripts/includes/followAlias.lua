--- @include getTask
--- @include setFlag
--- @include touch
--- @include move
--- @include finishAlias
--- @include failAlong
--- @include linkTo
--- @include wantAlso
--- @include holdAlias
-- Makes a leased task's value that of another key: ends it at once where that has ended, else lets it wait. It is no leaf any more.
function blaze.followAlias(task, alias)
  blaze.move(blaze.leased, task.key, false)
  redis.call('HSET', blaze.aliases, task.key, alias)
  blaze.setFlag(task, 'c')
  task.bytes = nil
  task.state = 'waiting'
  blaze.touch(task)
  local other = blaze.getTask(alias)
  if other then blaze.holdAlias(task, other) end
  if not other or other.state == 'done' then
    blaze.finishAlias(task, alias)
  elseif other.state == 'failed' then
    blaze.failAlong(task, alias)
  else
    task.missing = 1
    blaze.linkTo(other, task)
    blaze.wantAlso(task, other)
  end
end
