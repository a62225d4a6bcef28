--- @include clearFlag
--- @include needsOf
-- Leaves word that a task is no use of its needs any more, 64 keys in each.
function blaze.letGo(task)
  if not task.flags or not blaze.clearFlag(task, 'u') then return end
  local met, keys = {}, {}
  for _, key in ipairs(blaze.needsOf(task.key)) do
    if not met[key] then keys[#keys + 1] = key end
    met[key] = true
  end
  for from = 1, #keys, 64 do
    redis.call('RPUSH', blaze.wake, 'u ' .. table.concat(keys, ' ', from, math.min(from + 63, #keys)))
  end
end
