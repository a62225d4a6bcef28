--- @include num
-- A task's place in the order of service, as text: its start tag, moved by bands of priority.
function blaze.turn(tag, band)
  if band == 0 then return tag end
  return blaze.num(tonumber(tag) - band * 1099511627776)
end
