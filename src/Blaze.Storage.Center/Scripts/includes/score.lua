--- @include jobState
--- @include priorityOf
--- @include turn
-- A ready task's place, as text: the band of its priority above the highest among its live jobs', then its start tag.
function blaze.score(task)
  local best = nil
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' then
      local priority = blaze.priorityOf(job)
      if not best or priority > best then best = priority end
    end
  end
  return blaze.turn(task.tag, (best or 0) + (task.priority or 0))
end
