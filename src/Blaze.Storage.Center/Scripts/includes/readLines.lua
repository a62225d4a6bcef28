-- The lines of tasks as they are in the table, at most 500. One that this call has met before is left out (false), because its
-- line may be out of date.
function blaze.readLines(keys)
  if not keys[1] then return blaze.none end
  local cache = blaze.cache
  if next(cache) == nil then return redis.call('HMGET', blaze.tasks, unpack(keys, 1, math.min(#keys, 500))) end
  local wanted, places, lines = {}, {}, {}
  for number = 1, math.min(#keys, 500) do
    local key = keys[number]
    lines[number] = false
    if cache[key] == nil then
      wanted[#wanted + 1] = key
      places[#places + 1] = number
    end
  end
  if wanted[1] then
    for at, line in ipairs(redis.call('HMGET', blaze.tasks, unpack(wanted))) do lines[places[at]] = line end
  end
  return lines
end
