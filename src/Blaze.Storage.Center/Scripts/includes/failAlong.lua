--- @include errorOf
--- @include failTask
-- Fails a task with the error of one it waits for, which may be gone before it. A long one is taken without the stack.
function blaze.failAlong(task, key)
  local text = blaze.errorOf(key)
  if #text > blaze.smallMessage then
    local read, failure = pcall(cjson.decode, text)
    if read then
      failure.stack = nil
      text = cjson.encode(failure)
    end
  end
  blaze.failTask(task, text)
end
