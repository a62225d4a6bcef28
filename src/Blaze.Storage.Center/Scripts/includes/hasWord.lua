-- Whether there is word left that drainWake.lua has not worked off.
function blaze.hasWord()
  return blaze.wordsHeard < #blaze.words or (not blaze.isWakeEmpty and redis.call('LLEN', blaze.wake) > 0)
end
