-- A text as a pattern that finds it alone.
function blaze.literal(text)
  return (string.gsub(text, '%W', '%%%0'))
end
