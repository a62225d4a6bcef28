--- @include now
--- @include num
-- Ends a job: nothing is counted for it any more, and its tasks are removed in time.
function blaze.endJob(job, state, result, failure)
  local at = blaze.num(blaze.now())
  redis.call('HSET', blaze.jobs, job .. ' state', state, job .. ' ended', at)
  if result then redis.call('HSET', blaze.jobs, job .. ' result', result) end
  if failure then redis.call('HSET', blaze.jobs, job .. ' error', failure) end
  blaze.jobStates[job] = state
  blaze.looks = {}
  redis.call('ZADD', blaze.ended, at, job)
  redis.call('RPUSH', blaze.purge, job)
  redis.call('PUBLISH', blaze.channels .. 'ended', job)
end
