--- @include gathered
-- Writes what was noted for the sorted sets: before they are read, and at the end of the call. One command takes 500 members.
function blaze.writeMoves()
  for _, set in ipairs(blaze.moveOrder) do
    local moves, added, gone = blaze.moves[set], {}, {}
    for _, member in ipairs(moves.order) do
      local score = moves.scores[member]
      if score then
        added[#added + 1] = score
        added[#added + 1] = member
      else
        gone[#gone + 1] = member
      end
    end
    for from = 1, #gone, 500 do redis.call('ZREM', set, unpack(gone, from, math.min(from + 499, #gone))) end
    for from = 1, #added, 1000 do redis.call('ZADD', set, unpack(added, from, math.min(from + 999, #added))) end
  end
  blaze.moves, blaze.moveOrder = {}, {}
end
