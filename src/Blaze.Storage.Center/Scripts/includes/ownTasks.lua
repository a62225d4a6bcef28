--- @include num
--- @include readNear
--- @include firstOf
-- The first ready tasks that prefer no place or one of these.
function blaze.ownTasks(count, places)
  local found = {}
  local plain = redis.call('ZRANGE', blaze.ready, '0', blaze.num(count - 1), 'WITHSCORES')
  for at = 1, #plain, 2 do found[#found + 1] = { key = plain[at], score = tonumber(plain[at + 1]) } end
  for _, place in ipairs(places) do
    for _, one in ipairs(blaze.readNear(place, count)) do found[#found + 1] = one end
  end
  return blaze.firstOf(found, count)
end
