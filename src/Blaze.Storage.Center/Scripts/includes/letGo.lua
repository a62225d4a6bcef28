--- @include touch
--- @include needsOf
--- @include leaveWord
-- Leaves word that a task is no use of its needs any more, 64 keys in each, with the time from which on it was.
function blaze.letGo(task)
  if not task.holds then return end
  local met, keys, since = {}, {}, task.holds
  task.holds = nil
  blaze.touch(task)
  for _, key in ipairs(blaze.needsOf(task.key)) do
    if not met[key] then keys[#keys + 1] = key end
    met[key] = true
  end
  for from = 1, #keys, 64 do
    blaze.leaveWord('u ' .. since .. ' ' .. table.concat(keys, ' ', from, math.min(from + 63, #keys)))
  end
end
