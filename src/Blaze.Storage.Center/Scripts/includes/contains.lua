-- Whether a list, or nil, has a word.
function blaze.contains(list, word)
  if not list then return false end
  for _, one in ipairs(list) do
    if one == word then return true end
  end
  return false
end
