-- Keeps the word this call left and did not work off.
function blaze.writeWords()
  for from = blaze.wordsHeard + 1, #blaze.words, 1000 do
    redis.call('RPUSH', blaze.wake, unpack(blaze.words, from, math.min(from + 999, #blaze.words)))
    blaze.isWakeEmpty = false
  end
  blaze.words, blaze.wordsHeard = {}, 0
end
