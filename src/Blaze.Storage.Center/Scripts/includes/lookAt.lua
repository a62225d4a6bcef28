--- @include gathered
--- @include jobState
--- @include isSession
-- Which of the jobs of a list run: the first of them (false where none does), and the sessions. Tasks with equal jobs share the list,
-- so a page of them looks once.
function blaze.lookAt(jobs)
  local look = blaze.looks[jobs]
  if look then return look end
  look = { owner = false, sessions = {} }
  for _, job in ipairs(jobs) do
    if blaze.jobState(job) == 'running' then
      look.owner = look.owner or job
      if blaze.isSession(job) then look.sessions[#look.sessions + 1] = job end
    end
  end
  blaze.looks[jobs] = look
  return look
end
