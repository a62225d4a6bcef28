--- @include size
-- An item of a number; nothing for 0.
function blaze.formatNumber(item, value)
  if value == 0 then return '' end
  return item .. blaze.size(value)
end
