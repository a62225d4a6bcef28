--- @include now
--- @include num
--- @include takeDemands
-- Records that a worker of these places was heard of; answers the places, separated by spaces, as a list. The words =, ! and -
-- are no places: they say that the worker takes only what may run at its places only, that it has nothing to do, and that it
-- leaves the upkeep to other calls. Demands are places for this call alone.
function blaze.notePlaces(text, lease)
  local list, moves, expiry, demands = {}, {}, blaze.num(blaze.now() + lease), nil
  text, demands = blaze.takeDemands(text)
  for place in string.gmatch(text, '%S+') do
    if place == '=' then
      blaze.onlyHard = true
    elseif place == '!' then
      blaze.isIdle = true
    elseif place == '-' then
      blaze.noUpkeep = true
    else
      list[#list + 1] = place
      moves[#moves + 1] = expiry
      moves[#moves + 1] = place
      blaze.placeLives[place] = true
    end
  end
  blaze.ownPlaces = #list
  for _, demand in ipairs(demands) do list[#list + 1] = demand end
  if moves[1] then redis.call('ZADD', blaze.places, unpack(moves)) end
  return list
end
