--- @include gathered
-- Adds to a counter of a job at the end of the call.
function blaze.count(job, name, by)
  if by == 0 then return end
  local field = job .. ' ' .. name
  if not blaze.counters[field] then
    blaze.counters[field] = 0
    blaze.counterOrder[#blaze.counterOrder + 1] = field
  end
  blaze.counters[field] = blaze.counters[field] + by
end
