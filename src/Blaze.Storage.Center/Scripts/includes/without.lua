-- A list without one of its words; nil where nothing is left.
function blaze.without(list, word)
  local rest = {}
  for _, one in ipairs(list or {}) do
    if one ~= word then rest[#rest + 1] = one end
  end
  if not rest[1] then return nil end
  return rest
end
