--- @include touch
--- @include jobList
--- @include with
--- @include isSession
-- Adds a job to those that want the task, and the task to those to be removed after the job (see writeOwned.lua).
-- A session wants a task firmly that it asked for; any other loosely, for as long as other tasks use it.
function blaze.addJob(task, job, firm)
  if task.jobs[1] then task.jobs = blaze.with(task.jobs, job) else task.jobs = blaze.jobList(job) end
  if not firm and blaze.isSession(job) then task.loose = blaze.with(task.loose, job) end
  blaze.touch(task)
  local keys = blaze.newOwned[job]
  if not keys then
    keys = {}
    blaze.newOwned[job] = keys
    blaze.newOwnedOrder[#blaze.newOwnedOrder + 1] = job
  end
  keys[#keys + 1] = task.key
end
