--- @include num
--- @include getTask
--- @include loadTasks
--- @include ownTasks
--- @include addOthers
--- @include isQueued
--- @include dequeue
-- Takes the next tasks for a worker out of the queues. Answers their keys, and the milliseconds until there may be one more because
-- its locality wait is over, or -1.
function blaze.nextTasks(count, places, wait)
  local found, soonest, plain = nil, -1, {}
  if redis.call('ZCARD', blaze.near) == 0 then
    plain = redis.call('ZRANGE', blaze.ready, '0', blaze.num(count - 1))
  else
    found, soonest = blaze.addOthers(blaze.ownTasks(count, places), count, wait)
  end
  local keys = plain
  if found then
    keys = {}
    for _, one in ipairs(found) do
      if not one.order then
        plain[#plain + 1] = one.key
        keys[#keys + 1] = one.key
      elseif blaze.isQueued(one) then
        blaze.dequeue(blaze.getTask(one.key))
        keys[#keys + 1] = one.key
      end
    end
  end
  if #plain > 0 then redis.call('ZREM', blaze.ready, unpack(plain)) end
  blaze.loadTasks(keys)
  return keys, soonest
end
