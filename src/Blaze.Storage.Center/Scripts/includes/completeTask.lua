--- @include gathered
--- @include status
--- @include checkLease
--- @include account
--- @include setFlag
--- @include finish
-- Ends a leased task as done, with a value or none (empty); answers the status.
function blaze.completeTask(key, attempt, counts, result)
  local task, status = blaze.checkLease(key, attempt)
  if status == blaze.status.DONE then
    blaze.account(task, counts)
    if result ~= '' then
      task.result = result
      blaze.newResults[#blaze.newResults + 1] = key
      blaze.newResults[#blaze.newResults + 1] = result
      blaze.values[key] = result
      if string.byte(result) == 119 then
        blaze.setFlag(task, 'x')
      else
        -- What the table itself has cannot be lost, so it need not be made again.
        task.recipe = ''
      end
    end
    blaze.finish(task, 'done')
  elseif status == blaze.status.NO_LEASE and task.state == 'done' and task.attempt == attempt then
    status = blaze.status.ALREADY_DONE
  end
  return status
end
