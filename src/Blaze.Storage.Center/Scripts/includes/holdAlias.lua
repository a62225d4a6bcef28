--- @include hasJob
--- @include addJob
--- @include isSession
--- @include setFlag
--- @include touch
-- Counts a task that a session wants as a use of its alias, until it is removed.
function blaze.holdAlias(task, other)
  local wanted = false
  for _, job in ipairs(task.jobs) do
    if blaze.isSession(job) then
      wanted = true
      if other.state == 'done' and not blaze.hasJob(other, job) then blaze.addJob(other, job, false) end
    end
  end
  if not wanted then return end
  blaze.setFlag(task, 'h')
  other.uses = (other.uses or 0) + 1
  blaze.touch(other)
end
