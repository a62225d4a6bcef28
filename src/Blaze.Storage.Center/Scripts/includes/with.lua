-- A list with one more word at its end.
function blaze.with(list, word)
  local longer = {}
  for number, one in ipairs(list or {}) do longer[number] = one end
  longer[#longer + 1] = word
  return longer
end
