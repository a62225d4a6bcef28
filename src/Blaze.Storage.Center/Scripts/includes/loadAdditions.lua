--- @include loadTasks
-- Reads what the table has of additions and of what they need.
function blaze.loadAdditions(additions)
  local keys = {}
  for _, addition in ipairs(additions) do
    keys[#keys + 1] = addition.key
    for _, need in ipairs(addition.needs) do keys[#keys + 1] = need end
  end
  blaze.loadTasks(keys)
end
