--- @include gathered
--- @include tellDemand
-- Notes which places have members in `near`, so that a worker of many places looks at these only. A mark is taken away by the
-- claim that finds nothing under it.
function blaze.markPlaces(members)
  for _, member in ipairs(members) do
    local place = string.match(member, '^%S+')
    if place ~= '~' and not blaze.marked[place] then
      blaze.marked[place] = true
      redis.call('HSET', blaze.meta, '@' .. place, '1')
      blaze.tellDemand(place)
    end
  end
end
