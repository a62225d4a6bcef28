--- @include formatRest
-- A task as its line: state attempt tag worker jobs rest, and a recipe that is small.
function blaze.formatTask(task)
  local jobs = task.jobs[1] or '-'
  if task.jobs[2] then jobs = table.concat(task.jobs, ',') end
  local rest = blaze.formatRest(task)
  if task.recipe ~= '' then rest = rest .. ' ' .. task.recipe end
  return task.state .. ' ' .. task.attempt .. ' ' .. task.tag .. ' ' .. task.worker .. ' ' .. jobs .. ' ' .. rest
end
