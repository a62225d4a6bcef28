--- @include num
--- @include touch
-- Adds a job to those that want the task, and the task to those to be removed after the job.
function blaze.addJob(task, job)
  task.jobs[#task.jobs + 1] = job
  blaze.touch(task)
  local number = redis.call('HINCRBY', blaze.jobs, job .. ' owned', '1')
  redis.call('HSET', blaze.owned, job .. ' ' .. blaze.num(number - 1), task.key)
end
