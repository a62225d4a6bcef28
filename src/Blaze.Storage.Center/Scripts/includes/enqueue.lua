--- @include score
--- @include num
--- @include now
--- @include touch
--- @include move
--- @include dequeue
--- @include livePlaces
--- @include nearMembers
--- @include markPlaces
-- Makes a task ready, or moves one that is to its right place. One of whose preferred places none is alive prefers none from now on.
function blaze.enqueue(task)
  if task.state ~= 'ready' then blaze.readied = blaze.readied + 1 end
  blaze.queueLength = nil
  if task.order or task.retries then blaze.dequeue(task) end
  task.state = 'ready'
  task.missing = nil
  blaze.touch(task)
  local score = blaze.score(task)
  if task.places then
    task.places = blaze.livePlaces(task.places)
    if not task.places[1] then task.places = nil end
  end
  if not task.places and not task.hard then
    blaze.move(blaze.ready, task.key, score)
    return
  end
  blaze.placed = true
  blaze.isNearEmpty = false
  task.since = task.since or blaze.now()
  task.order = blaze.num(tonumber(score) + blaze.orderZero)
  local members = blaze.nearMembers(task)
  for _, member in ipairs(members) do blaze.move(blaze.near, member, '0') end
  blaze.markPlaces(members)
end
