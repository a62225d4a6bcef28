--- @include untilLater
--- @rarely tryLater
-- Makes ready what failed and was to be tried again after a time that is over, a bounded number. Answers whether there may be more.
function blaze.sweepLater(limit)
  if blaze.untilLater(-1) ~= 0 then return false end
  blaze.rest()
  return blaze.tryLater(limit)
end
