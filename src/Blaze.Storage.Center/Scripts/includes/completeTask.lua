--- @include status
--- @include checkLease
--- @include account
--- @include finish
-- Ends a leased task as done; answers the status.
function blaze.completeTask(key, attempt, bytesRead, bytesRemote, fromCache)
  local task, status = blaze.checkLease(key, attempt)
  if status == blaze.status.DONE then
    blaze.account(task, bytesRead, bytesRemote, fromCache)
    blaze.finish(task, 'done')
  elseif status == blaze.status.NO_LEASE and task.state == 'done' and task.attempt == attempt then
    status = blaze.status.ALREADY_DONE
  end
  return status
end
