--- @include gathered
-- Marks a task to be written at the end of the call.
function blaze.touch(task)
  if not task.dirty then
    task.dirty = true
    blaze.dirty[#blaze.dirty + 1] = task
  end
end
