--- @include now
--- @include lastQueued
-- Notes which tasks are at the ends of the queues, and forgets those of the noted ones that wait no more. Answers since when the one has
-- been seen waiting that was noted first, in ms, or -1. The more time the notes cover, the fewer are added: some dozens for a day and each queue.
function blaze.noteWaiting()
  local known = redis.call('HGET', blaze.meta, 'waiting')
  local now, before, waiting, noted = blaze.now(), known and cjson.decode(known) or {}, {}, {}
  for _, one in ipairs(before) do
    -- A member of `near` has spaces, a task's key has none.
    local queue = string.find(one[2], ' ', 1, true) and blaze.near or blaze.ready
    if redis.call('ZSCORE', queue, one[2]) then
      waiting[#waiting + 1] = one
      noted[one[2]] = true
    end
  end
  local left = #waiting
  if left == 0 or now - waiting[left][1] >= math.max(1000, (now - waiting[1][1]) / 4) then
    for _, last in ipairs(blaze.lastQueued()) do
      if not noted[last] then waiting[#waiting + 1] = { now, last } end
    end
  end
  if not waiting[1] then
    if known then redis.call('HDEL', blaze.meta, 'waiting') end
    return -1
  end
  if left < #before or left < #waiting then redis.call('HSET', blaze.meta, 'waiting', cjson.encode(waiting)) end
  return waiting[1][1]
end
