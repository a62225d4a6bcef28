--- @include score
--- @include num
--- @include touch
-- Makes a task ready, or moves one that is to its right place.
function blaze.enqueue(task)
  if task.state ~= 'ready' then blaze.readied = blaze.readied + 1 end
  task.state = 'ready'
  task.missing = 0
  blaze.touch(task)
  redis.call('ZADD', blaze.ready, blaze.num(blaze.score(task)), task.key)
end
