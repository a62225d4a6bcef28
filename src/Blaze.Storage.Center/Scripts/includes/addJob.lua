--- @include touch
-- Adds a job to those that want the task, and the task to those to be removed after the job (see writeOwned.lua).
function blaze.addJob(task, job)
  task.jobs[#task.jobs + 1] = job
  blaze.touch(task)
  local keys = blaze.newOwned[job]
  if not keys then
    keys = {}
    blaze.newOwned[job] = keys
    blaze.newOwnedOrder[#blaze.newOwnedOrder + 1] = job
  end
  keys[#keys + 1] = task.key
end
