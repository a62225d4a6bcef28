--- @include num
--- @include now
--- @include serial
-- Hands a new plain task over to a worker that has nothing to do (given as in `meta`, or nothing): leased without its asking. Answers whether
-- there was one that hears of it. What it then does not hear after all it is given when it asks (see giveAgain.lua).
function blaze.handOver(key, session, recipe, tag, idle)
  local worker, lease = string.match(idle or '', '^(%S+) (%d+)$')
  if not worker or redis.call('ZCARD', blaze.ready) > 0 then return false end
  local channel = blaze.channels .. 'given:' .. worker
  -- A message reaches those who listen at other nodes of a cluster, and does not count them: for a task that is queued none may be sent.
  if redis.call('PUBSUB', 'NUMSUB', channel)[2] == 0 then
    redis.call('HDEL', blaze.meta, 'idle')
    return false
  end
  local attempt = blaze.serial()
  redis.call('PUBLISH', channel, key .. ' ' .. attempt .. ' ' .. session .. ' ' .. recipe)
  redis.call('HSET', blaze.tasks, key, 'leased ' .. attempt .. ' ' .. tag .. ' ' .. worker .. ' ' .. session .. ' - ' .. recipe)
  redis.call('ZADD', blaze.leased, blaze.num(blaze.now() + lease), key)
  redis.call('HSET', blaze.meta, 'virtual', tag, 'idle', '', 'given ' .. worker, key)
  return true
end
