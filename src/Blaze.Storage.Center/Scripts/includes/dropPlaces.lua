--- @include now
--- @include num
--- @include getTask
--- @include loadTasks
--- @include readNear
--- @include isQueued
--- @include enqueue
--- @include writeMoves
-- Forgets a place that is silent: tasks that prefer it are moved to their other places, or to `ready`; a bounded number.
-- Answers whether there is more to move.
function blaze.dropPlaces(limit)
  local place = redis.call('ZRANGEBYSCORE', blaze.places, '-inf', blaze.num(blaze.now()), 'LIMIT', '0', '1')[1]
  if not place then return false end
  blaze.placeLives[place] = false
  blaze.writeMoves()
  local found, keys = blaze.readNear(place, limit), {}
  for _, one in ipairs(found) do keys[#keys + 1] = one.key end
  blaze.loadTasks(keys)
  for _, one in ipairs(found) do
    if blaze.isQueued(one) then blaze.enqueue(blaze.getTask(one.key)) end
  end
  if #found < limit then redis.call('ZREM', blaze.places, place) end
  return true
end
