--- @include writeLinks
--- @include wakeDependants
--- @include dropUses
--- @include joinTask
-- Does what one word of the wake list says, within a limit; answers how much of it that took.
function blaze.hearWord(word, limit)
  blaze.writeLinks()
  local kind, rest = string.sub(word, 1, 1), string.sub(word, 3)
  if kind == 'w' then return blaze.wakeDependants(rest, limit) end
  if kind == 'u' then return blaze.dropUses(rest) end
  local key, job, tag = string.match(rest, '^(%S+) (%S+) (%d+)$')
  if key then blaze.joinTask(key, job, tag) end
  return 1
end
