-- Reads what an addition says besides key and recipe: cost, bytes, priority, places it prefers and places it may run at only (each
-- separated by commas, or -), then its needs; separated by spaces.
function blaze.readMore(addition, text)
  local cost, bytes, priority, places, hard, needs = string.match(text, '^(%d+) (%d+) (-?%d+) (%S+) (%S+) ?(.*)$')
  local function list(words, separator)
    local found = {}
    for word in string.gmatch(words, separator) do found[#found + 1] = word end
    return found
  end
  addition.cost = tonumber(cost)
  if bytes ~= '0' then addition.bytes = tonumber(bytes) end
  if priority ~= '0' then addition.priority = tonumber(priority) end
  if places ~= '-' then addition.places = list(places, '[^,]+') end
  if hard ~= '-' then addition.hard = list(hard, '[^,]+') end
  if needs ~= '' then addition.needs = list(needs, '%S+') end
end
