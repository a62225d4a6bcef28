-- Purpose: picks the values used least recently while all together are over the budget, at most 64, and accounts for them as
--   gone. The caller removes them; until it has, or their lifetime ends, they only take room.
-- KEYS: 1 used, 2 sizes
-- ARGV: 1 budget in bytes
-- Output: {status, {keys to remove}}: DONE, or NOTHING when within the budget
-- Idempotency: acts only while over the budget.
-- Events: none
local blaze = {}
--- @include status
--- @include num
local used, sizes, budget = KEYS[1], KEYS[2], tonumber(ARGV[1])
local total = tonumber(redis.call('HGET', sizes, ' total') or '0')
local victims, freed = {}, 0
if total > budget then
  for _, key in ipairs(redis.call('ZRANGE', used, '0', '63')) do
    if total - freed <= budget then break end
    local entry = redis.call('HGET', sizes, key)
    if entry then freed = freed + tonumber(string.match(entry, '^%d+')) end
    redis.call('HDEL', sizes, key)
    redis.call('ZREM', used, key)
    victims[#victims + 1] = key
  end
end
if #victims == 0 then return { blaze.status.NOTHING, victims } end
redis.call('HINCRBY', sizes, ' total', blaze.num(-freed))
return { blaze.status.DONE, victims }
