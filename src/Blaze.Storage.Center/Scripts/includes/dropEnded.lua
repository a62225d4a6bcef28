--- @include purgeDue
--- @include dropJobs
--- @include dropWorkers
-- Removes a bounded share of what has ended. Answers whether there is more.
function blaze.dropEnded(retention, maxEnded, silence)
  local more = blaze.purgeDue(64)
  more = blaze.dropJobs(retention, maxEnded) or more
  blaze.dropWorkers(silence)
  return more
end
