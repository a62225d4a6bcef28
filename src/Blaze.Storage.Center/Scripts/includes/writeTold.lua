--- @include endOf
-- Publishes what ended, a message for each session and each worker concerned.
function blaze.writeTold()
  for _, session in ipairs(blaze.toldOrder) do
    local parts = {}
    for number, task in ipairs(blaze.told[session]) do
      parts[number] = type(task) == 'string' and task or blaze.endOf(task)
    end
    redis.call('PUBLISH', blaze.channels .. 'finished:' .. string.sub(session, 2), table.concat(parts))
  end
  for _, worker in ipairs(blaze.droppedOrder) do
    redis.call('PUBLISH', blaze.channels .. 'dropped:' .. worker, table.concat(blaze.dropped[worker], ' '))
  end
end
