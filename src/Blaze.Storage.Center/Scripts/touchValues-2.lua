-- Purpose: notes that values were read, and says whose lifetime is to be renewed.
-- KEYS: 1 used, 2 sizes
-- ARGV: 1 ms between renewals of a lifetime, then the keys
-- Output: {status, {keys to renew}}: DONE, or NOTHING when none is to be renewed
-- Idempotency: sets times only.
-- Events: none
local blaze = {}
--- @include status
--- @include num
--- @include now
local used, sizes, interval = KEYS[1], KEYS[2], tonumber(ARGV[1])
local now = blaze.num(blaze.now())
local renew = {}
for at = 2, #ARGV do
  local entry = redis.call('HGET', sizes, ARGV[at])
  if entry then
    redis.call('ZADD', used, now, ARGV[at])
    local bytes, refreshed = string.match(entry, '^(%d+) (%d+)$')
    if blaze.now() - tonumber(refreshed) >= interval then
      redis.call('HSET', sizes, ARGV[at], bytes .. ' ' .. now)
      renew[#renew + 1] = ARGV[at]
    end
  end
end
local status = blaze.status.NOTHING
if #renew > 0 then status = blaze.status.DONE end
return { status, renew }
