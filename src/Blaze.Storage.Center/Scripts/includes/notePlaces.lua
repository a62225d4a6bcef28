--- @include now
--- @include num
-- Records that a worker of these places was heard of; answers the places, separated by spaces, as a list.
function blaze.notePlaces(text, lease)
  local list = {}
  for place in string.gmatch(text, '%S+') do
    list[#list + 1] = place
    redis.call('ZADD', blaze.places, blaze.num(blaze.now() + lease), place)
    blaze.placeLives[place] = true
  end
  return list
end
