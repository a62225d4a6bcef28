--- @include readMore
-- Reads additions from ARGV: how many, then key, recipe, and what else there is to say of each, empty where that is the usual.
-- Answers the list and the place after it.
function blaze.readAdditions(at)
  local list, total = {}, tonumber(ARGV[at])
  at = at + 1
  for number = 1, total do
    local addition = { key = ARGV[at], recipe = ARGV[at + 1], needs = blaze.none, cost = 1 }
    if ARGV[at + 2] ~= '' then blaze.readMore(addition, ARGV[at + 2]) end
    list[number] = addition
    at = at + 3
  end
  return list, at
end
