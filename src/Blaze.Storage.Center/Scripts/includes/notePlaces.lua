--- @include now
--- @include num
--- @include takeDemands
-- Records that a worker of these places was heard of; answers the places, separated by spaces, as a list. The words =, ! and -
-- are no places: they say that the worker takes only what may run at its places only, that it has nothing to do, and that it
-- leaves the upkeep, that of its places too, to other calls. Demands are places for this call alone.
function blaze.notePlaces(text, lease)
  local list, demands = {}, nil
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
      blaze.placeLives[place] = true
    end
  end
  blaze.ownPlaces = #list
  if list[1] and not blaze.noUpkeep then
    local moves, expiry = {}, blaze.num(blaze.now() + lease)
    for number, place in ipairs(list) do moves[2 * number - 1], moves[2 * number] = expiry, place end
    redis.call('ZADD', blaze.places, unpack(moves))
  end
  for _, demand in ipairs(demands) do list[#list + 1] = demand end
  return list
end
