-- Purpose: accounts for values that were just stored.
-- KEYS: 1 used, 2 sizes
-- ARGV: for each value: key, bytes, how many ms in the future it is taken to be used last (until it is read, which sets that time)
-- Output: {status, bytes of all values}: DONE
-- Idempotency: a value is accounted for once, with its latest size.
-- Events: none
local blaze = {}
--- @include status
--- @include num
--- @include now
local used, sizes = KEYS[1], KEYS[2]
local now = blaze.num(blaze.now())
local added = 0
for at = 1, #ARGV, 3 do
  local key, bytes, ahead = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local before = redis.call('HGET', sizes, key)
  if before then added = added - tonumber(string.match(before, '^%d+')) end
  added = added + bytes
  redis.call('HSET', sizes, key, blaze.num(bytes) .. ' ' .. now)
  redis.call('ZADD', used, blaze.num(blaze.now() + ahead), key)
end
return { blaze.status.DONE, redis.call('HINCRBY', sizes, ' total', blaze.num(added)) }
