-- Whether no addition needs itself or a later one, and none is the task that adds them.
function blaze.inOrder(additions, parent)
  local place = {}
  for number, addition in ipairs(additions) do
    if addition.key == parent then return false end
    place[addition.key] = place[addition.key] or number
  end
  for number, addition in ipairs(additions) do
    for _, need in ipairs(addition.needs) do
      if place[need] and place[need] >= number then return false end
    end
  end
  return true
end
