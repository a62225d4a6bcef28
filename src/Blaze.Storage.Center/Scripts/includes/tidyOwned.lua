--- @include num
--- @include jobState
--- @include tidyPage
-- Keeps the pages that say what a session owns from growing with what it has left: for every task left, two places of the oldest
-- pages are gone through, or one whose task is gone; at most 4 pages in a call.
function blaze.tidyOwned()
  if not blaze.left then return end
  for _, session in ipairs(blaze.left.order) do
    if blaze.jobState(session) == 'running' then
      local progress = redis.call('HMGET', blaze.jobs, session .. ' purged', session .. ' owned', session .. ' left')
      local from, total = tonumber(progress[1] or '0'), tonumber(progress[2] or '0')
      local debt = tonumber(progress[3] or '0') + 2 * blaze.left['@' .. session]
      local last = math.min(from + 4, total)
      while from < last do
        local isDone, places = blaze.tidyPage(session, session .. ' ' .. blaze.num(from), debt)
        if not isDone then break end
        debt = math.max(debt - places, 0)
        from = from + 1
      end
      redis.call('HSET', blaze.jobs, session .. ' purged', blaze.num(from), session .. ' left', blaze.num(debt))
    end
  end
  blaze.left = nil
end
