--- @include now
--- @include num
-- Records that a worker of these places was heard of; answers the places, separated by spaces, as a list.
function blaze.notePlaces(text, lease)
  local list, moves, expiry = {}, {}, blaze.num(blaze.now() + lease)
  for place in string.gmatch(text, '%S+') do
    list[#list + 1] = place
    moves[#moves + 1] = expiry
    moves[#moves + 1] = place
    blaze.placeLives[place] = true
  end
  if moves[1] then redis.call('ZADD', blaze.places, unpack(moves)) end
  return list
end
