--- @include gathered
--- @include now
--- @include num
--- @include sizeOfJob
-- Ends a job: nothing is counted for it any more, its tasks are removed in time, and its record counts among the bytes of ended jobs.
function blaze.endJob(job, state, result, failure)
  local at = blaze.num(blaze.now())
  redis.call('HSET', blaze.jobs, job .. ' state', state, job .. ' ended', at)
  if result then redis.call('HSET', blaze.jobs, job .. ' result', result) end
  if failure then redis.call('HSET', blaze.jobs, job .. ' error', failure) end
  local owner = 'running ' .. (redis.call('HGET', blaze.jobs, job .. ' owner') or '')
  if redis.call('HINCRBY', blaze.meta, owner, '-1') <= 0 then redis.call('HDEL', blaze.meta, owner) end
  local size = blaze.num(blaze.sizeOfJob(job))
  redis.call('HSET', blaze.jobs, job .. ' size', size)
  redis.call('HINCRBY', blaze.meta, 'ended', size)
  blaze.jobStates[job] = state
  blaze.looks = {}
  redis.call('ZADD', blaze.ended, at, job)
  redis.call('RPUSH', blaze.purge, job)
  redis.call('PUBLISH', blaze.channels .. 'ended', job)
end
