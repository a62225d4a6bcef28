--- @include wakeDependants
--- @include joinTask
--- @include dropUses
--- @include writeLinks
-- Works off the wake list within a limit.
function blaze.drainWake(limit)
  while limit > 0 do
    blaze.writeLinks()
    local item = redis.call('LPOP', blaze.wake)
    if not item then return end
    local kind, rest = string.sub(item, 1, 1), string.sub(item, 3)
    if kind == 'w' then
      limit = limit - blaze.wakeDependants(rest, limit)
    elseif kind == 'u' then
      limit = limit - blaze.dropUses(rest)
    else
      local key, job, tag = string.match(rest, '^(%S+) (%S+) (%d+)$')
      if key then blaze.joinTask(key, job, tag) end
      limit = limit - 1
    end
  end
end
