-- Those of a worker's places that may have members in `near`, as they are written there.
function blaze.markedPlaces(places)
  local names, fields, marked = {}, {}, {}
  for _, place in ipairs(places) do
    names[#names + 1] = place
    names[#names + 1] = '=' .. place
  end
  if not names[1] then return marked end
  for number, name in ipairs(names) do fields[number] = '@' .. name end
  local marks = redis.call('HMGET', blaze.meta, unpack(fields))
  for number, name in ipairs(names) do
    if marks[number] then marked[#marked + 1] = name end
  end
  return marked
end
