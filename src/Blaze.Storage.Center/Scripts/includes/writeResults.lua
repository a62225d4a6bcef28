--- @include gathered
--- @include setFields
-- Writes the values that came with this call: before any is read, and at the end of the call.
function blaze.writeResults()
  if not blaze.newResults[1] then return end
  blaze.setFields(blaze.results, blaze.newResults)
  blaze.newResults = {}
end
