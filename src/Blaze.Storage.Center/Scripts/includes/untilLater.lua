--- @include now
-- The smaller of a time in milliseconds (-1 for none) and the time until the next task is to be tried again. Calls that ask add none to these.
function blaze.untilLater(soonest)
  if blaze.isLaterEmpty then return soonest end
  local score = redis.call('ZRANGE', blaze.later, '0', '0', 'WITHSCORES')[2]
  if not score then
    blaze.isLaterEmpty = true
    return soonest
  end
  local left = math.max(tonumber(score) - blaze.now(), 0)
  if soonest < 0 or left < soonest then return left end
  return soonest
end
