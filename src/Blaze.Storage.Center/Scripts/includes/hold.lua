--- @include getTask
--- @include loadTasks
--- @include isSession
--- @include serial
--- @include use
--- @include touch
-- Counts a task that a session wants as a use of what it needs, so that this stays in the table although nobody asked for it.
function blaze.hold(task, needs)
  if not needs[1] or task.holds then return end
  local wanted = false
  for _, job in ipairs(task.jobs) do wanted = wanted or blaze.isSession(job) end
  if not wanted then return end
  task.holds = blaze.serial()
  blaze.touch(task)
  blaze.loadTasks(needs)
  local met = {}
  for _, key in ipairs(needs) do
    local other = blaze.getTask(key)
    if other and not met[key] then
      met[key] = true
      blaze.use(other)
    end
  end
end
