-- How many tasks are ready; one that may run at certain places only counts at each of these.
function blaze.queued()
  local count = redis.call('ZCARD', blaze.ready)
  if redis.call('ZCARD', blaze.near) > 0 then
    count = count + redis.call('ZLEXCOUNT', blaze.near, '[~ ', '(~!') + redis.call('ZLEXCOUNT', blaze.near, '[=', '(>')
  end
  return count
end
