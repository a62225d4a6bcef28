--- @include gathered
-- Tells workers which keys they need not compute any more, or whose values they need not keep.
function blaze.writeDropped()
  for _, worker in ipairs(blaze.droppedOrder) do
    redis.call('PUBLISH', blaze.channels .. 'dropped:' .. worker, table.concat(blaze.dropped[worker], ' '))
  end
end
