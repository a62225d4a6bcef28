--- @include nextWord
--- @rarely hearWord
--- @rarely readWords
--- @rarely writeLinks
-- Works off the wake list, and the word this call left, within a limit.
function blaze.drainWake(limit)
  if blaze.words[1] then
    blaze.rest()
    blaze.writeLinks()
    blaze.readWords()
  end
  while limit > 0 do
    local word = blaze.nextWord()
    if not word then return end
    blaze.rest()
    limit = limit - blaze.hearWord(word, limit)
  end
end
