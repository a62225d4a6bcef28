-- Purpose: enters chunks of one kind into its index.
-- KEYS: 1 index, 2 whats
-- ARGV: 1 what, then for each chunk: start, start_end
-- Output: {status}: DONE
-- Idempotency: a set.
-- Events: none
local blaze = {}
--- @include status
local index, whats, what = KEYS[1], KEYS[2], ARGV[1]
redis.call('ZADD', whats, '0', what)
for at = 2, #ARGV, 2 do redis.call('ZADD', index, ARGV[at], ARGV[at + 1]) end
return { blaze.status.DONE }
