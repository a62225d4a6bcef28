--- @include formatRest
-- A task as its line: state attempt born tag worker jobs rest, and a recipe that is small.
function blaze.formatTask(task)
  local jobs = task.jobs[1] or '-'
  if task.jobs[2] then jobs = table.concat(task.jobs, ',') end
  local line = task.state .. ' ' .. task.attempt .. ' ' .. task.born .. ' ' .. task.tag .. ' ' .. task.worker .. ' ' .. jobs .. ' '
    .. blaze.formatRest(task)
  if task.recipe ~= '' then line = line .. ' ' .. task.recipe end
  return line
end
