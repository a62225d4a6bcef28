--- @include num
--- @include setFields
-- Writes which tasks this call added to which jobs: a page for each job.
function blaze.writeOwned()
  if not blaze.newOwnedOrder[1] then return end
  local fields = {}
  for _, job in ipairs(blaze.newOwnedOrder) do
    local total = redis.call('HINCRBY', blaze.jobs, job .. ' owned', '1')
    fields[#fields + 1] = job .. ' ' .. blaze.num(total - 1)
    fields[#fields + 1] = table.concat(blaze.newOwned[job], ' ')
  end
  blaze.setFields(blaze.owned, fields)
  blaze.newOwned, blaze.newOwnedOrder = {}, {}
end
