-- How many tasks are ready at the end of the call; one that may run at certain places only counts at each of these.
function blaze.queued()
  if blaze.queueLength then return blaze.queueLength end
  local count = redis.call('ZCARD', blaze.ready)
  if not blaze.isNearEmpty and redis.call('ZCARD', blaze.near) > 0 then
    count = count + redis.call('ZLEXCOUNT', blaze.near, '[~ ', '(~!') + redis.call('ZLEXCOUNT', blaze.near, '[=', '(>')
  end
  blaze.queueLength = count
  return count
end
