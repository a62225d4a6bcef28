--- @include num
-- A number no call had before, as text: the token of what this call claims, and the birth of what waits from it on.
function blaze.serial()
  if not blaze.thisSerial then blaze.thisSerial = blaze.num(redis.call('HINCRBY', blaze.meta, 'serial', '1')) end
  return blaze.thisSerial
end
