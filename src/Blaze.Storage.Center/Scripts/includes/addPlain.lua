--- @include num
--- @include priorityOf
--- @include readLines
--- @include setFields
--- @include turn
-- Adds a page of plain tasks: new ones with small recipes and nothing else to say of them, for one session. Their lines need no more
-- than the page itself tells. Answers the first letters of their states, or false where the page is no such one, and then nothing was done.
function blaze.addPlain(session, total, tag)
  local keys, met = {}, {}
  if total < 1 or total > 500 then return false end
  for number = 1, total do
    local key, recipe = ARGV[3 * number], ARGV[3 * number + 1]
    if ARGV[3 * number + 2] ~= '' or recipe == '' or #recipe > blaze.smallRecipe or met[key] then return false end
    keys[number], met[key] = key, true
  end
  for _, line in ipairs(blaze.readLines(keys)) do
    if line then return false end
  end
  local priority = blaze.priorityOf(session)
  local lines, scores, rest = {}, {}, ' - ' .. session .. ' - '
  for number, key in ipairs(keys) do
    local place = blaze.num(tag + number - 1)
    lines[2 * number - 1] = key
    lines[2 * number] = 'ready 0 ' .. place .. rest .. ARGV[3 * number + 1]
    scores[2 * number - 1] = blaze.turn(place, priority)
    scores[2 * number] = key
  end
  blaze.setFields(blaze.tasks, lines)
  redis.call('ZADD', blaze.ready, unpack(scores))
  blaze.readied = blaze.readied + total
  blaze.newOwned[session] = keys
  blaze.newOwnedOrder[#blaze.newOwnedOrder + 1] = session
  return string.rep('r', total)
end
