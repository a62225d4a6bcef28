--- @include readLines
-- Answers a worker that has nothing to do and gets nothing else the task that was handed over to it, if it never heard of that; else notes
-- that it has nothing to do.
function blaze.giveAgain(worker, lease, given, reply)
  if given and given ~= '' then
    local line = blaze.readLines({ given })[1]
    local attempt, holder, session, recipe = string.match(line or '', '^leased (%d+) %d+ (%S+) (@[^%s,]+) %- (.*)$')
    if holder == worker then
      redis.call('HSET', blaze.meta, 'given ' .. worker, '')
      reply[1], reply[2], reply[3], reply[4], reply[5], reply[6] = given, attempt, session, recipe, 0, blaze.none
      return
    end
    redis.call('HSET', blaze.meta, 'idle', worker .. ' ' .. lease, 'given ' .. worker, '')
    return
  end
  redis.call('HSET', blaze.meta, 'idle', worker .. ' ' .. lease)
end
