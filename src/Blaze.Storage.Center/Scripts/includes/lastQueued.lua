-- What is last in each queue: of tasks that may run anywhere, of those that prefer a place, and of those that may run at certain places only, at
-- up to 16 of these.
function blaze.lastQueued()
  local found = redis.call('ZREVRANGE', blaze.ready, '0', '0')
  found[#found + 1] = redis.call('ZREVRANGEBYLEX', blaze.near, '(~!', '[~ ', 'LIMIT', '0', '1')[1]
  local below = '(>'
  for _ = 1, 16 do
    local last = redis.call('ZREVRANGEBYLEX', blaze.near, below, '[=', 'LIMIT', '0', '1')[1]
    if not last then break end
    found[#found + 1] = last
    below = '(' .. string.match(last, '^%S+ ')
  end
  return found
end
