-- The state of a job, or false where there is none.
function blaze.jobState(job)
  local state = blaze.jobStates[job]
  if state == nil then
    state = redis.call('HGET', blaze.jobs, job .. ' state') or false
    blaze.jobStates[job] = state
  end
  return state
end
