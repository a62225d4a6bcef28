-- The first of what was found in several queues, each task once.
function blaze.firstOf(found, count)
  table.sort(found, function(one, other)
    if one.score ~= other.score then return one.score < other.score end
    return one.key < other.key
  end)
  local first, met = {}, {}
  for _, one in ipairs(found) do
    local name = one.key .. ' ' .. (one.order or '')
    if #first < count and not met[name] then
      met[name] = true
      first[#first + 1] = one
    end
  end
  return first
end
