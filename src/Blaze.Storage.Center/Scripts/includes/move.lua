--- @include gathered
-- Notes that a member of a sorted set is to have a score (as text), or with false that it is to go; the last word counts.
function blaze.move(set, member, score)
  local moves = blaze.moves[set]
  if not moves then
    moves = { order = {}, scores = {} }
    blaze.moves[set] = moves
    blaze.moveOrder[#blaze.moveOrder + 1] = set
  end
  if moves.scores[member] == nil then moves.order[#moves.order + 1] = member end
  moves.scores[member] = score
end
