-- Purpose: accounts for values as gone that were found missing.
-- KEYS: 1 used, 2 sizes
-- ARGV: the keys
-- Output: {status, bytes of all values}: DONE, or NOTHING when none was accounted for
-- Idempotency: a value is taken off once.
-- Events: none
local blaze = {}
--- @include status
--- @include num
local used, sizes = KEYS[1], KEYS[2]
local freed, found = 0, 0
for _, key in ipairs(ARGV) do
  local entry = redis.call('HGET', sizes, key)
  if entry then
    freed = freed + tonumber(string.match(entry, '^%d+'))
    found = found + 1
    redis.call('HDEL', sizes, key)
    redis.call('ZREM', used, key)
  end
end
local total = redis.call('HINCRBY', sizes, ' total', blaze.num(-freed))
if found == 0 then return { blaze.status.NOTHING, total } end
return { blaze.status.DONE, total }
