--- @include num
--- @include setFields
-- Writes which tasks this call added to which jobs.
function blaze.writeOwned()
  for _, job in ipairs(blaze.newOwnedOrder) do
    local keys = blaze.newOwned[job]
    local total = redis.call('HINCRBY', blaze.jobs, job .. ' owned', blaze.num(#keys))
    local fields = {}
    for number, key in ipairs(keys) do
      fields[#fields + 1] = job .. ' ' .. blaze.num(total - #keys + number - 1)
      fields[#fields + 1] = key
    end
    blaze.setFields(blaze.owned, fields)
  end
  blaze.newOwned = {}
  blaze.newOwnedOrder = {}
end
