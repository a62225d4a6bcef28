--- @include writeOwned
--- @include writeTold
--- @include tellReady
--- @rarely writeGathered
-- Writes what the call gathered, then tells what ended and that tasks are ready.
function blaze.flush()
  if blaze.gathers then
    blaze.rest()
    blaze.writeGathered()
  else
    blaze.writeOwned()
    blaze.writeTold()
  end
  if blaze.readied > 0 then blaze.tellReady() end
end
