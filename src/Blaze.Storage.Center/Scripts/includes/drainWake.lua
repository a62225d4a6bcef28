--- @include wakeDependants
--- @include joinTask
--- @include dropUses
--- @include writeLinks
--- @include nextWord
--- @include readWords
-- Works off the wake list, and the word this call left, within a limit.
function blaze.drainWake(limit)
  blaze.writeLinks()
  blaze.readWords()
  while limit > 0 do
    blaze.writeLinks()
    local word = blaze.nextWord()
    if not word then return end
    local kind, rest = string.sub(word, 1, 1), string.sub(word, 3)
    if kind == 'w' then
      limit = limit - blaze.wakeDependants(rest, limit)
    elseif kind == 'u' then
      limit = limit - blaze.dropUses(rest)
    else
      local key, job, tag = string.match(rest, '^(%S+) (%S+) (%d+)$')
      if key then blaze.joinTask(key, job, tag) end
      limit = limit - 1
    end
  end
end
