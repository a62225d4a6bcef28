-- Leaves word for drainWake.lua, of this call or a later one.
function blaze.leaveWord(word)
  blaze.words[#blaze.words + 1] = word
end
