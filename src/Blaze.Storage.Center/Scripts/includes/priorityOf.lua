-- The priority of a job.
function blaze.priorityOf(job)
  local priority = blaze.priorities[job]
  if not priority then
    priority = tonumber(redis.call('HGET', blaze.jobs, job .. ' priority')) or 0
    blaze.priorities[job] = priority
  end
  return priority
end
