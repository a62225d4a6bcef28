-- About how many bytes the record and the feed of a job take.
function blaze.sizeOfJob(job)
  local size = 1024 + 128 * tonumber(redis.call('HGET', blaze.jobs, job .. ' feed') or '0')
  for _, name in ipairs({ 'spec', 'detail' }) do size = size + redis.call('HSTRLEN', blaze.jobs, job .. ' ' .. name) end
  return size
end
