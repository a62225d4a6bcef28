--- @include now
--- @include num
-- Forgets the records and the feeds of the jobs that ended first, once they are old, or too many, or have more than 64 MiB together; at
-- most four jobs and 512 feed entries at a time. Answers whether there is more to forget.
function blaze.dropJobs(retention, maxEnded)
  for _ = 1, 4 do
    local oldest = redis.call('ZRANGE', blaze.ended, '0', '0', 'WITHSCORES')
    if #oldest == 0 then return false end
    local job = oldest[1]
    if blaze.now() - tonumber(oldest[2]) < retention and redis.call('ZCARD', blaze.ended) <= maxEnded
      and tonumber(redis.call('HGET', blaze.meta, 'ended') or '0') <= 67108864 then return false end
    if redis.call('HEXISTS', blaze.jobs, job .. ' owned') == 1 then return false end
    local length = tonumber(redis.call('HGET', blaze.jobs, job .. ' feed') or '0')
    local from = math.max(length - 512, 0)
    local fields = {}
    for number = from, length - 1 do fields[#fields + 1] = job .. ' ' .. blaze.num(number) end
    if #fields > 0 then redis.call('HDEL', blaze.feed, unpack(fields)) end
    if from > 0 then
      redis.call('HSET', blaze.jobs, job .. ' feed', blaze.num(from))
      return true
    end
    local size = tonumber(redis.call('HGET', blaze.jobs, job .. ' size') or '0')
    if redis.call('HINCRBY', blaze.meta, 'ended', blaze.num(-size)) <= 0 then redis.call('HDEL', blaze.meta, 'ended') end
    local names = {}
    for _, name in ipairs({ 'state', 'spec', 'created', 'ended', 'priority', 'root', 'result', 'error', 'detail', 'feed', 'size', 'owner',
      'blocks.total', 'blocks.cached', 'blocks.computed', 'bytes.total', 'bytes.cached', 'bytes.computed', 'bytes.read', 'bytes.remote' }) do
      names[#names + 1] = job .. ' ' .. name
    end
    redis.call('HDEL', blaze.jobs, unpack(names))
    redis.call('ZREM', blaze.joblist, job)
    redis.call('ZREM', blaze.ended, job)
    if length > 0 then return true end
  end
  return true
end
