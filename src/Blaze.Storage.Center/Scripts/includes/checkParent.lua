--- @include status
--- @include checkLease
--- @include hasFlag
-- Checks the lease of a task that adds others, and that it sent all pages before this one; answers the task and the status.
-- What a task that has continued sends once more is ALREADY_DONE.
function blaze.checkParent(key, attempt, page)
  local task, status = blaze.checkLease(key, attempt)
  if status == blaze.status.DONE then
    if page > (task.pages or 0) then status = blaze.status.PAGE_OUT_OF_ORDER end
  elseif status == blaze.status.NO_LEASE and task.attempt == attempt and blaze.hasFlag(task, 'c') then
    status = blaze.status.ALREADY_DONE
  end
  return task, status
end
