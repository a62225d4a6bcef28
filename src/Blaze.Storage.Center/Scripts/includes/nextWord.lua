-- Takes the next word out of the wake list, or when that is empty of what this call left; nil for none.
function blaze.nextWord()
  local word = not blaze.isWakeEmpty and redis.call('LPOP', blaze.wake)
  if word then return word end
  blaze.isWakeEmpty = true
  if blaze.wordsHeard == #blaze.words then return nil end
  blaze.wordsHeard = blaze.wordsHeard + 1
  return blaze.words[blaze.wordsHeard]
end
