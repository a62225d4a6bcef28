-- Milliseconds on the server's clock, the same for the whole call.
function blaze.now()
  if not blaze.clock then
    local time = redis.call('TIME')
    blaze.clock = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  end
  return blaze.clock
end
