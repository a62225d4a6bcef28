--- @include isSession
-- Forgets the record of a session that ended, if the job is one.
function blaze.forgetSession(job)
  if not blaze.isSession(job) then return end
  redis.call('HDEL', blaze.jobs, job .. ' state', job .. ' spec', job .. ' priority', job .. ' created', job .. ' tag', job .. ' left')
  for _, name in ipairs({ 'feed', 'blocks.total', 'blocks.cached', 'blocks.computed', 'bytes.total', 'bytes.cached', 'bytes.computed',
    'bytes.read', 'bytes.remote', 'detail' }) do
    redis.call('HDEL', blaze.jobs, job .. ' ' .. name)
  end
end
