-- Reads additions from ARGV: how many, then key, recipe, needs (separated by spaces), cost, bytes,
-- places (separated by spaces) of each.
-- Answers the list and the place after it.
function blaze.readAdditions(at)
  local list = {}
  local total = tonumber(ARGV[at])
  at = at + 1
  for number = 1, total do
    local needs, places = {}, {}
    for need in string.gmatch(ARGV[at + 2], '%S+') do needs[#needs + 1] = need end
    for place in string.gmatch(ARGV[at + 5], '%S+') do places[#places + 1] = place end
    list[number] = {
      key = ARGV[at], recipe = ARGV[at + 1], needs = needs, cost = tonumber(ARGV[at + 3]), bytes = tonumber(ARGV[at + 4]), places = places,
    }
    at = at + 6
  end
  return list, at
end
