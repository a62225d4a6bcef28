--- @include now
--- @include getTask
--- @include loadTasks
--- @include readNear
--- @include isQueued
--- @include firstOf
-- Fills up what a worker found of its own with tasks that prefer other places and have been ready for the locality wait. They
-- come behind its own, unless half a band of priority lies between. Looks at a bounded number.
-- Answers the first ones, and the milliseconds until the first that was left out becomes everybody's, given those until a task found before does; or -1.
function blaze.addOthers(found, count, wait, soonest)
  local halfBand, own = 549755813888, {}
  if #found == count then
    local head = blaze.readNear('~', 1)[1]
    if not head or head.score + halfBand >= found[count].score then return found, soonest end
  end
  for _, one in ipairs(found) do own[one.key] = true end
  local others, keys = blaze.readNear('~', count + 64), {}
  for _, one in ipairs(others) do keys[#keys + 1] = one.key end
  blaze.loadTasks(keys)
  for _, one in ipairs(others) do
    if not own[one.key] and blaze.isQueued(one) then
      local left = (blaze.getTask(one.key).since or 0) + wait - blaze.now()
      if left <= 0 then
        one.score = one.score + halfBand
        found[#found + 1] = one
      elseif soonest < 0 or left < soonest then
        soonest = left
      end
    end
  end
  return blaze.firstOf(found, count), soonest
end
