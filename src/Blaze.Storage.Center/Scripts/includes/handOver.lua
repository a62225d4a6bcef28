--- @include num
--- @include now
--- @include serial
--- @include readLines
-- Hands the one task of a page over to a worker that has nothing to do (given as in `meta`, or nothing): leased without its asking. It must be new,
-- need nothing, and may run anywhere or at one of the worker's places only. Answers the first letter of its state, or false where there was
-- no such worker that hears of it. What it then does not hear after all it is given when it asks (see giveAgain.lua).
function blaze.handOver(session, tag, idle)
  local key, recipe, more = ARGV[3], ARGV[4], ARGV[5]
  local worker, lease, places = string.match(idle or '', '^(%S+) (%d+)(.*)$')
  if not worker or recipe == '' or #recipe > blaze.smallMessage then return false end
  local rest = '-'
  if more ~= '' then
    local place = string.match(more, '^1 0 0 %- ([^%s,+]+) ?$')
    if not place or place == '-' or not string.find(places .. ' ', ' ' .. place .. ' ', 1, true) then return false end
    rest = '=' .. place
  end
  if redis.call('ZCARD', blaze.ready) > 0 or blaze.readLines({ key })[1] then return false end
  local channel = blaze.channels .. 'given:' .. worker
  -- A message reaches those who listen at other nodes of a cluster, and does not count them: for a task that is queued none may be sent.
  if redis.call('PUBSUB', 'NUMSUB', channel)[2] == 0 then
    redis.call('HDEL', blaze.meta, 'idle')
    return false
  end
  local attempt, line = blaze.serial(), recipe
  redis.call('PUBLISH', channel, key .. ' ' .. attempt .. ' ' .. session .. ' ' .. recipe)
  if #recipe > blaze.smallRecipe then
    redis.call('HSET', blaze.recipes, key, recipe)
    line = ''
  end
  redis.call('HSET', blaze.tasks, key, 'leased ' .. attempt .. ' ' .. tag .. ' ' .. worker .. ' ' .. session .. ' ' .. rest .. ' ' .. line)
  redis.call('ZADD', blaze.leased, blaze.num(blaze.now() + lease), key)
  redis.call('HSET', blaze.meta, 'virtual', tag, 'idle', '', 'given ' .. worker, key)
  blaze.newOwned[session] = { key }
  blaze.newOwnedOrder[#blaze.newOwnedOrder + 1] = session
  return 'l'
end
