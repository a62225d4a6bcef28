--- @include num
--- @include queued
-- Tells that tasks are ready, and how many. For a single one that may run anywhere the worker is named, if any, that asked last and has nothing
-- to do: the others need not hurry.
function blaze.tellReady()
  local count = math.min(blaze.queued(), blaze.readied)
  if count == 0 then return end
  local idle = count == 1 and not blaze.placed and redis.call('HGET', blaze.meta, 'idle')
  idle = idle and string.match(idle, '^%S+')
  redis.call('PUBLISH', blaze.channels .. 'ready', blaze.num(count) .. (idle and ' ' .. idle or ''))
end
