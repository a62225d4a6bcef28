--- @include now
-- Those of a list of places that were heard of in time.
function blaze.livePlaces(places)
  local live = {}
  for _, place in ipairs(places) do
    local alive = blaze.placeLives[place]
    if alive == nil then
      local silentFrom = redis.call('ZSCORE', blaze.places, place)
      alive = silentFrom and tonumber(silentFrom) > blaze.now()
      blaze.placeLives[place] = alive
    end
    if alive then live[#live + 1] = place end
  end
  return live
end
