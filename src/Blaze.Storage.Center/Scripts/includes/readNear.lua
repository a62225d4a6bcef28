--- @include num
-- The first tasks under a place of `near` (~ stands for all), at most so many.
function blaze.readNear(place, limit)
  local found = {}
  local members = redis.call('ZRANGEBYLEX', blaze.near, '[' .. place .. ' ', '(' .. place .. '!', 'LIMIT', '0', blaze.num(limit))
  for _, member in ipairs(members) do
    local order, key = string.match(member, '^%S+ (%d+) (%S+)$')
    if order then
      found[#found + 1] = { key = key, order = order, score = tonumber(order) - blaze.orderZero, member = member }
    else
      redis.call('ZREM', blaze.near, member)
    end
  end
  return found
end
