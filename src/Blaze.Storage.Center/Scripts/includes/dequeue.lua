--- @include nearMembers
--- @include move
--- @include touch
-- Takes a task out of the queue it is in, if any.
function blaze.dequeue(task)
  if task.order then
    for _, member in ipairs(blaze.nearMembers(task)) do blaze.move(blaze.near, member, false) end
    task.order = nil
    blaze.touch(task)
  elseif task.state == 'ready' or task.corrupt then
    blaze.move(blaze.ready, task.key, false)
  elseif task.state == 'waiting' and task.retries then
    blaze.move(blaze.later, task.key, false)
  end
end
