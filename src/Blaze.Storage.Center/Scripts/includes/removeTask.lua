--- @include gathered
--- @include dequeue
--- @include move
--- @include hasFlag
--- @include letGo
--- @include letGoAlias
--- @include dropResult
--- @include tellWorker
-- Removes every trace of a task at the end of the call; whoever runs it or has its value is told.
function blaze.removeTask(task)
  blaze.dequeue(task)
  if task.state == 'leased' or task.corrupt then
    blaze.move(blaze.leased, task.key, false)
    blaze.tellWorker(task.worker, task.key)
  end
  if task.flags and blaze.hasFlag(task, 'x') then blaze.dropResult(task) end
  blaze.letGo(task)
  blaze.letGoAlias(task)
  task.removed = true
  blaze.removed[#blaze.removed + 1] = task.key
  blaze.cache[task.key] = false
end
