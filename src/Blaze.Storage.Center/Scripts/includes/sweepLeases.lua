--- @include now
--- @include num
--- @include loadTasks
--- @include getTask
--- @include loseLease
--- @include enqueue
-- Takes back leases that ran out, a bounded number; answers whether there may be more.
function blaze.sweepLeases(limit, maxLosses)
  local keys = redis.call('ZRANGEBYSCORE', blaze.leased, '-inf', blaze.num(blaze.now()), 'LIMIT', '0', blaze.num(limit))
  blaze.loadTasks(keys)
  for _, key in ipairs(keys) do
    local task = blaze.getTask(key)
    if task and task.state == 'leased' then
      if blaze.loseLease(task, 'lease ran out', maxLosses) then blaze.enqueue(task) end
    else
      redis.call('ZREM', blaze.leased, key)
    end
  end
  return #keys == limit
end
