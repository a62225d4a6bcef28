--- @rarely purgeJobs
-- Does a bounded share of purgeJobs.lua, where any job has ended. Answers whether there is more.
function blaze.purgeDue(limit)
  if not redis.call('LINDEX', blaze.purge, '0') then return false end
  blaze.rest()
  return blaze.purgeJobs(limit)
end
