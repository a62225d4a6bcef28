--- @include size
-- How a task ended, for a message: length of its key, letter of its state, length of its value or error or - for none with it,
-- each with a space behind it, then key and value or error.
function blaze.endText(key, letter, text)
  if not text or #text > blaze.smallMessage then return blaze.size(#key) .. ' ' .. letter .. ' - ' .. key end
  return blaze.size(#key) .. ' ' .. letter .. ' ' .. blaze.size(#text) .. ' ' .. key .. text
end
