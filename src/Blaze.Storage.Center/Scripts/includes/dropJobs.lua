--- @include now
--- @include num
-- Forgets the record and the feed of the job that ended first, once it is old or there are too many; a page at a time.
-- Answers whether there is more to forget.
function blaze.dropJobs(retention, maxEnded)
  local oldest = redis.call('ZRANGE', blaze.ended, '0', '0', 'WITHSCORES')
  if #oldest == 0 then return false end
  local job = oldest[1]
  if blaze.now() - tonumber(oldest[2]) < retention and redis.call('ZCARD', blaze.ended) <= maxEnded then return false end
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
  for _, name in ipairs({ 'state', 'spec', 'created', 'ended', 'priority', 'root', 'result', 'error', 'detail', 'feed',
    'blocks.total', 'blocks.cached', 'blocks.computed', 'bytes.total', 'bytes.cached', 'bytes.computed', 'bytes.read', 'bytes.remote' }) do
    redis.call('HDEL', blaze.jobs, job .. ' ' .. name)
  end
  redis.call('ZREM', blaze.joblist, job)
  redis.call('ZREM', blaze.ended, job)
  return true
end
