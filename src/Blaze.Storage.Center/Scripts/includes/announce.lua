--- @include gathered
-- Appends to a job's feed at the end of the call.
function blaze.announce(job, entry)
  local entries = blaze.feeds[job]
  if not entries then
    entries = {}
    blaze.feeds[job] = entries
    blaze.feedOrder[#blaze.feedOrder + 1] = job
  end
  entries[#entries + 1] = entry
end
