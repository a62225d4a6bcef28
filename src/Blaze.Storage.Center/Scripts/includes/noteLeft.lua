-- Counts tasks that a session has left, for tidyOwned.lua.
function blaze.noteLeft(session, count)
  if not blaze.left then blaze.left = { order = {} } end
  if not blaze.left['@' .. session] then
    blaze.left['@' .. session] = 0
    blaze.left.order[#blaze.left.order + 1] = session
  end
  blaze.left['@' .. session] = blaze.left['@' .. session] + count
end
