-- A whole number as text; the servers' own conversions differ and round above 14 digits.
function blaze.num(value)
  return string.format('%.0f', value)
end
