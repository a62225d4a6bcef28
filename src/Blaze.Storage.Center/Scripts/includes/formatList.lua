-- An item for each value of a list.
function blaze.formatList(item, values)
  local text = ''
  for _, value in ipairs(values) do text = text .. item .. value end
  return text
end
