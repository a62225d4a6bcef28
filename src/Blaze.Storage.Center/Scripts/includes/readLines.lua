-- The lines of tasks as they are in the table, at most 500. One that this call has met before is left out (false), because its
-- line may be out of date.
function blaze.readLines(keys)
  if not keys[1] then return blaze.none end
  local lines = redis.call('HMGET', blaze.tasks, unpack(keys, 1, math.min(#keys, 500)))
  for number, key in ipairs(keys) do
    if blaze.cache[key] ~= nil then lines[number] = false end
  end
  return lines
end
