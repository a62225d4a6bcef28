--- @include dequeue
--- @include move
--- @include letGo
--- @include touch
-- Sets a task aside that nobody wants any more; it starts anew should a job ask for it before it is removed.
function blaze.cancelTask(task)
  if task.state == 'leased' then blaze.move(blaze.leased, task.key, false) end
  blaze.dequeue(task)
  blaze.letGo(task)
  task.state = 'cancelled'
  blaze.touch(task)
end
