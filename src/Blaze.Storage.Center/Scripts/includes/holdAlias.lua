--- @include hasJob
--- @include addJob
--- @include isSession
--- @include serial
--- @include use
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
  task.holdsAlias = blaze.serial()
  blaze.touch(task)
  blaze.use(other)
end
