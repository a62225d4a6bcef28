-- Purpose: takes chunks of one kind out of its index, and the index out of the list of indexes when it is empty.
-- KEYS: 1 index, 2 whats
-- ARGV: 1 what, then start_end of each chunk
-- Output: {status}: DONE, or NOTHING when none was there
-- Idempotency: a set.
-- Events: none
local blaze = {}
--- @include status
local index, whats, what = KEYS[1], KEYS[2], ARGV[1]
local removed = 0
for at = 2, #ARGV do removed = removed + redis.call('ZREM', index, ARGV[at]) end
if redis.call('ZCARD', index) == 0 then redis.call('ZREM', whats, what) end
if removed == 0 then return { blaze.status.NOTHING } end
return { blaze.status.DONE }
