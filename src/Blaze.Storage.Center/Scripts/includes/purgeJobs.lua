--- @include num
--- @include getTask
--- @include loadTasks
--- @include touch
--- @include removeTask
--- @include writeOwned
-- Takes ended jobs out of their tasks and removes those no other job has, a bounded number. Waits while there is word for
-- dependants, because that may speak of the tasks. Answers whether there is more.
function blaze.purgeJobs(limit)
  blaze.writeOwned()
  while limit > 0 do
    local job = redis.call('LINDEX', blaze.purge, '0')
    if not job or redis.call('LLEN', blaze.wake) > 0 then break end
    local progress = redis.call('HMGET', blaze.jobs, job .. ' purged', job .. ' owned')
    local from, total = tonumber(progress[1] or '0'), tonumber(progress[2] or '0')
    local to = math.min(from + limit, total)
    local fields = {}
    for number = from, to - 1 do fields[#fields + 1] = job .. ' ' .. blaze.num(number) end
    if #fields > 0 then
      local keys = redis.call('HMGET', blaze.owned, unpack(fields))
      local present = {}
      for _, key in ipairs(keys) do
        if key then present[#present + 1] = key end
      end
      blaze.loadTasks(present)
      for _, key in ipairs(present) do
        local task = blaze.getTask(key)
        if task then
          local others = {}
          for _, one in ipairs(task.jobs) do
            if one ~= job then others[#others + 1] = one end
          end
          task.jobs = others
          if #others == 0 then blaze.removeTask(task) else blaze.touch(task) end
        end
      end
      redis.call('HDEL', blaze.owned, unpack(fields))
    end
    limit = limit - math.max(#fields, 1)
    if to == total then
      redis.call('LPOP', blaze.purge)
      redis.call('HDEL', blaze.jobs, job .. ' purged', job .. ' owned')
    else
      redis.call('HSET', blaze.jobs, job .. ' purged', blaze.num(to))
    end
  end
  return redis.call('LLEN', blaze.purge) > 0
end
