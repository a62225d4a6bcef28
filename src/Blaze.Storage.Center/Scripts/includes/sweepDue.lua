--- @include sweepLater
--- @rarely sweepLeases
--- @rarely dropPlaces
--- @rarely sweepSessions
-- Does a bounded share of what time brings due; with `all` false only what may be claimed then. Answers whether there is more.
function blaze.sweepDue(maxLosses, all)
  if not all then return blaze.sweepLater(64) end
  blaze.rest()
  local more = blaze.sweepLeases(64, maxLosses)
  more = blaze.dropPlaces(64) or more
  more = blaze.sweepLater(64) or more
  blaze.sweepSessions()
  return more
end
