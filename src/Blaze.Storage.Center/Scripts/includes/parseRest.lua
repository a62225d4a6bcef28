--- @include gathered
--- @include readRest
-- Sets what a task's word for the rest says; answers whether all of it was known. Tasks that came together have the same word, which is read once.
function blaze.parseRest(task, rest)
  local found = blaze.rests[rest]
  if found == nil then
    found = blaze.readRest(rest)
    blaze.rests[rest] = found
  end
  if not found then return false end
  for name, value in pairs(found) do task[name] = value end
  return true
end
