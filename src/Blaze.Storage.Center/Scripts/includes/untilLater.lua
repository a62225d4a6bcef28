--- @include now
-- The smaller of a time in milliseconds (-1 for none) and the time until the next task is to be tried again.
function blaze.untilLater(soonest)
  local first = redis.call('ZRANGE', blaze.later, '0', '0', 'WITHSCORES')
  if not first[2] then return soonest end
  local left = math.max(tonumber(first[2]) - blaze.now(), 0)
  if soonest < 0 or left < soonest then return left end
  return soonest
end
