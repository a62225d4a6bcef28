--- @include now
--- @include readNear
--- @include loadTasks
--- @include getTask
--- @include isQueued
--- @include mayRun
--- @include firstOf
-- The first tasks that may run at a place only (given with its =), at most so many, looking at 64 more. Leaves out what a worker of
-- these places may not run, or is better run elsewhere and has not been ready for the locality wait; answers how long that lasts, or -1.
-- Of a demand no more are found in all than the worker can take in this call.
function blaze.readHard(place, count, here, wait)
  local most = blaze.most[place]
  if most then count = math.min(count, most) end
  local candidates, keys, found, soonest, half = blaze.readNear(place, count + 64), {}, {}, -1, 549755813888
  if not candidates[1] then redis.call('HDEL', blaze.meta, '@' .. place) end
  local others = 0
  for number, one in ipairs(candidates) do keys[number] = one.key end
  blaze.loadTasks(keys)
  for _, one in ipairs(candidates) do
    local task = #found - others < count and blaze.isQueued(one) and blaze.getTask(one.key)
    if task and blaze.mayRun(task, here) then
      local own, left = not task.places, 0
      for _, preferred in ipairs(task.places or blaze.none) do own = own or here[preferred] end
      if not own then left = (task.since or 0) + wait - blaze.now() end
      if left > 0 then
        if soonest < 0 or left < soonest then soonest = left end
      else
        if not own then
          one.score = one.score + half
          others = others + 1
        end
        found[#found + 1] = one
      end
    end
  end
  if others > 0 then found = blaze.firstOf(found, count) end
  if most then blaze.most[place] = most - #found end
  return found, soonest
end
