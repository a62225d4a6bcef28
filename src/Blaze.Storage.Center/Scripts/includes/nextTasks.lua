--- @include num
--- @rarely getTask
--- @rarely writeMoves
--- @rarely move
--- @rarely ownTasks
--- @rarely addOthers
--- @rarely isQueued
--- @rarely dequeue
-- Takes the next tasks for a worker out of the queues. Answers their keys, the milliseconds until there may be one more because
-- its locality wait is over, or -1, and whether it is known that there are no others.
function blaze.nextTasks(count, places, wait)
  local keys = {}
  if blaze.gathers then
    blaze.rest()
    blaze.writeMoves()
  end
  if redis.call('ZCARD', blaze.near) == 0 then
    blaze.isNearEmpty = true
    if blaze.onlyHard then return keys, -1, true end
    -- ZPOPMIN would write out the scores, which nobody wants.
    keys = redis.call('ZRANGE', blaze.ready, '0', blaze.num(count - 1))
    if keys[1] then redis.call('ZREMRANGEBYRANK', blaze.ready, '0', blaze.num(#keys - 1)) end
    if #keys < count then blaze.queueLength = 0 end
    return keys, -1, #keys < count
  end
  blaze.rest()
  local found, soonest = blaze.ownTasks(count, places, wait)
  if not blaze.onlyHard then found, soonest = blaze.addOthers(found, count, wait, soonest) end
  for _, one in ipairs(found) do
    if not one.order then
      blaze.move(blaze.ready, one.key, false)
      keys[#keys + 1] = one.key
    elseif blaze.isQueued(one) then
      blaze.dequeue(blaze.getTask(one.key))
      keys[#keys + 1] = one.key
    end
  end
  return keys, soonest, not found[1]
end
