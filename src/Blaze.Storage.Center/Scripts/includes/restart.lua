--- @include serial
--- @include keepLive
--- @include touch
--- @include hasFlag
--- @include dequeue
-- Begins a new life of a task: no lease, no alias, no losses.
function blaze.restart(task)
  blaze.dequeue(task)
  redis.call('ZREM', blaze.leased, task.key)
  redis.call('HDEL', blaze.aliases, task.key)
  redis.call('HDEL', blaze.errors, task.key)
  blaze.keepLive(task)
  local flags = ''
  if blaze.hasFlag(task, 'r') then flags = flags .. 'r' end
  if blaze.hasFlag(task, 'a') then flags = flags .. 'a' end
  if flags == '' then flags = '-' end
  task.flags = flags
  task.state = 'waiting'
  task.losses = 0
  task.pages = 0
  task.since = 0
  task.born = blaze.serial()
  blaze.touch(task)
end
