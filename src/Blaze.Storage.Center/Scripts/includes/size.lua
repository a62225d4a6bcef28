--- @include num
-- A small number as text, remembered for the call: to write one out takes as long as a dozen looks into a table.
function blaze.size(value)
  local text = blaze.sizes[value]
  if not text then
    text = blaze.num(value)
    blaze.sizes[value] = text
  end
  return text
end
