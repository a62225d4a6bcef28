--- @include gathered
-- Ends a session: whoever works for it is told, and its tasks are removed in time.
function blaze.endSession(session)
  redis.call('HSET', blaze.jobs, session .. ' state', 'cancelled')
  redis.call('ZREM', blaze.sessions, session)
  redis.call('RPUSH', blaze.purge, session)
  redis.call('PUBLISH', blaze.channels .. 'cancelled', session)
  blaze.jobStates[session] = 'cancelled'
  blaze.looks = {}
end
