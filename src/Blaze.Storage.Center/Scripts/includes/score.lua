--- @include jobState
-- A ready task's place: the band of the highest priority among its live jobs, then its start tag.
function blaze.score(task)
  local best = nil
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' then
      local priority = blaze.priorities[job]
      if not priority then
        priority = tonumber(redis.call('HGET', blaze.jobs, job .. ' priority')) or 0
        blaze.priorities[job] = priority
      end
      if not best or priority > best then best = priority end
    end
  end
  return task.tag - (best or 0) * 1099511627776
end
