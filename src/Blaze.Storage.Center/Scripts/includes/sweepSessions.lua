--- @include now
--- @include num
--- @include endSession
-- Ends sessions that were not renewed in time, at most 16.
function blaze.sweepSessions()
  for _, session in ipairs(redis.call('ZRANGEBYSCORE', blaze.sessions, '-inf', blaze.num(blaze.now()), 'LIMIT', '0', '16')) do
    blaze.endSession(session)
  end
end
