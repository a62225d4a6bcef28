-- Reads together what needsOf.lua is to be asked for, at most 1,000.
function blaze.readNeeds(keys)
  local wanted = {}
  for _, key in ipairs(keys) do
    if #wanted < 1000 and blaze.knownNeeds[key] == nil then wanted[#wanted + 1] = key end
  end
  if not wanted[2] then return end
  for number, text in ipairs(redis.call('HMGET', blaze.needs, unpack(wanted))) do blaze.knownNeeds[wanted[number]] = text end
end
