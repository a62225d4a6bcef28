-- A whole number as text; the servers' own conversions differ and round above 14 digits. Adding 0 turns -0 into 0.
function blaze.num(value)
  return string.format('%.0f', value + 0)
end
