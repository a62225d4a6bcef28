--- @include now
--- @include num
-- Forgets workers that were silent for too long, at most 16.
function blaze.dropWorkers(silence)
  local names = redis.call('ZRANGEBYSCORE', blaze.seen, '-inf', blaze.num(blaze.now() - silence), 'LIMIT', '0', '16')
  for _, name in ipairs(names) do
    redis.call('HDEL', blaze.workers, name)
    redis.call('ZREM', blaze.seen, name)
    redis.call('HDEL', blaze.meta, 'given ' .. name)
  end
end
