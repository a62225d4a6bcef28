-- The state of a job, or false where there is none. Reads its priority along, for priorityOf.lua.
function blaze.jobState(job)
  local state = blaze.jobStates[job]
  if state == nil then
    local about = redis.call('HMGET', blaze.jobs, job .. ' state', job .. ' priority')
    state = about[1]
    blaze.jobStates[job] = state
    if state then blaze.priorities[job] = tonumber(about[2] or '0') end
  end
  return state
end
