--- @include num
--- @include getTask
--- @include writeMoves
--- @include move
--- @include ownTasks
--- @include addOthers
--- @include isQueued
--- @include dequeue
-- Takes the next tasks for a worker out of the queues. Answers their keys, and the milliseconds until there may be one more because
-- its locality wait is over, or -1.
function blaze.nextTasks(count, places, wait)
  local keys, soonest = {}, -1
  blaze.writeMoves()
  if redis.call('ZCARD', blaze.near) == 0 then
    if blaze.onlyHard then return keys, soonest end
    local popped = redis.call('ZPOPMIN', blaze.ready, blaze.num(count))
    for at = 1, #popped, 2 do keys[#keys + 1] = popped[at] end
  else
    local found, left = blaze.ownTasks(count, places, wait)
    soonest = left
    if not blaze.onlyHard then found, soonest = blaze.addOthers(found, count, wait, left) end
    for _, one in ipairs(found) do
      if not one.order then
        blaze.move(blaze.ready, one.key, false)
        keys[#keys + 1] = one.key
      elseif blaze.isQueued(one) then
        blaze.dequeue(blaze.getTask(one.key))
        keys[#keys + 1] = one.key
      end
    end
  end
  return keys, soonest
end
