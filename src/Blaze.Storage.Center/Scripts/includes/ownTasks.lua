--- @include num
--- @include markedPlaces
--- @include readNear
--- @include readHard
--- @include firstOf
-- The first ready tasks that prefer no place or one of these, or may run here only. Answers them, and the milliseconds until the first
-- of those that may run here and prefer another place becomes this worker's too, or -1.
function blaze.ownTasks(count, places, wait)
  local found, soonest = {}, -1
  local plain = blaze.onlyHard and blaze.none or redis.call('ZRANGE', blaze.ready, '0', blaze.num(count - 1), 'WITHSCORES')
  for at = 1, #plain, 2 do found[#found + 1] = { key = plain[at], score = tonumber(plain[at + 1]) } end
  local here = {}
  for _, place in ipairs(places) do here[place] = true end
  for _, place in ipairs(blaze.markedPlaces(places)) do
    local members
    if string.sub(place, 1, 1) == '=' then
      local left
      members, left = blaze.readHard(place, count, here, wait)
      if left >= 0 and (soonest < 0 or left < soonest) then soonest = left end
    elseif not blaze.onlyHard then
      members = blaze.readNear(place, count)
      if not members[1] then redis.call('HDEL', blaze.meta, '@' .. place) end
    end
    for _, one in ipairs(members or blaze.none) do found[#found + 1] = one end
  end
  return blaze.firstOf(found, count), soonest
end
