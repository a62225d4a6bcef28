--- @rarely endOf
-- Publishes what ended, a message for each session concerned.
function blaze.writeTold()
  for _, session in ipairs(blaze.toldOrder) do
    local parts = {}
    for number, task in ipairs(blaze.told[session]) do
      if type(task) == 'string' then
        parts[number] = task
      else
        blaze.rest()
        parts[number] = blaze.endOf(task)
      end
    end
    redis.call('PUBLISH', blaze.channels .. 'finished:' .. string.sub(session, 2), table.concat(parts))
  end
end
