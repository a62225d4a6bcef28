--- @include num
--- @include getTask
--- @include loadTasks
--- @include touch
--- @include without
--- @include removeTask
--- @include writeOwned
--- @include forgetSession
--- @include hasWord
-- Takes ended jobs out of their tasks and removes those no other job has, a bounded number: pages until so many tasks were gone through.
-- Waits while there is word for dependants, because that may speak of the tasks. Answers whether there is more.
function blaze.purgeJobs(limit)
  blaze.writeOwned()
  while limit > 0 do
    local job = redis.call('LINDEX', blaze.purge, '0')
    if not job or blaze.hasWord() then break end
    local progress = redis.call('HMGET', blaze.jobs, job .. ' purged', job .. ' owned')
    local number, total = tonumber(progress[1] or '0'), tonumber(progress[2] or '0')
    if number < total then
      local field, keys = job .. ' ' .. blaze.num(number), {}
      for key in string.gmatch(redis.call('HGET', blaze.owned, field) or '', '%S+') do keys[#keys + 1] = key end
      blaze.loadTasks(keys)
      for _, key in ipairs(keys) do
        local task = blaze.getTask(key)
        if task then
          task.jobs = blaze.without(task.jobs, job) or blaze.none
          task.loose = blaze.without(task.loose, job)
          if task.jobs[1] then blaze.touch(task) else blaze.removeTask(task) end
        end
      end
      redis.call('HDEL', blaze.owned, field)
      redis.call('HSET', blaze.jobs, job .. ' purged', blaze.num(number + 1))
      limit = limit - math.max(#keys, 1)
    end
    if number + 1 >= total then
      redis.call('LPOP', blaze.purge)
      redis.call('HDEL', blaze.jobs, job .. ' purged', job .. ' owned')
      blaze.forgetSession(job)
      limit = limit - 1
    end
  end
  return redis.call('LLEN', blaze.purge) > 0
end
