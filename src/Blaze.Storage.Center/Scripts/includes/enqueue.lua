--- @include score
--- @include num
--- @include now
--- @include touch
--- @include dequeue
--- @include livePlaces
--- @include nearMembers
-- Makes a task ready, or moves one that is to its right place. One of whose preferred places none is alive prefers none from now on.
function blaze.enqueue(task)
  if task.state ~= 'ready' then blaze.readied = blaze.readied + 1 end
  if task.order then blaze.dequeue(task) end
  task.state = 'ready'
  task.missing = 0
  blaze.touch(task)
  local score = blaze.score(task)
  if #task.places > 0 then task.places = blaze.livePlaces(task.places) end
  if #task.places == 0 then
    redis.call('ZADD', blaze.ready, blaze.num(score), task.key)
    return
  end
  if task.since == 0 then task.since = blaze.now() end
  task.order = blaze.num(score + blaze.orderZero)
  local members = {}
  for _, member in ipairs(blaze.nearMembers(task)) do
    members[#members + 1] = '0'
    members[#members + 1] = member
  end
  redis.call('ZADD', blaze.near, unpack(members))
end
