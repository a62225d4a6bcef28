--- @include keepLive
--- @include touch
--- @include clearFlag
--- @include dequeue
--- @include move
--- @include letGo
--- @include letGoAlias
--- @include dropResult
-- Begins a new life of a task: no lease, no alias, no value, no losses.
function blaze.restart(task)
  blaze.dequeue(task)
  if task.state == 'leased' then blaze.move(blaze.leased, task.key, false) end
  if task.state == 'done' then blaze.dropResult(task) end
  blaze.letGo(task)
  blaze.letGoAlias(task)
  if blaze.clearFlag(task, 'c') then redis.call('HDEL', blaze.aliases, task.key) end
  redis.call('HDEL', blaze.errors, task.key)
  blaze.keepLive(task)
  task.state = 'waiting'
  task.losses, task.retries, task.pages, task.since, task.born = nil, nil, nil, nil, nil
  blaze.touch(task)
end
