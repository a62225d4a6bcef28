--- @include jobState
--- @include priorityOf
--- @include readLines
--- @include size
--- @include turn
-- Tells the dependants of plain tasks that end in this call, as wakeDependants.lua does: queues those that wait for nothing else, and answers
-- their new lines, as name, line, name, line. A task is marked as refused, and nothing done for it, where a dependant is not plain, or where
-- it would make them more than 500 in all.
function blaze.wakePlain(ended)
  local keys, awaited, fields = {}, {}, {}
  for _, one in ipairs(ended) do
    if string.find(one.rest, 'w', 1, true) then
      keys[#keys + 1] = one.key
      awaited[#awaited + 1] = one
    end
  end
  if not keys[1] then return fields end
  local names, births, owners = {}, {}, {}
  for number, text in ipairs(redis.call('HMGET', blaze.links, unpack(keys))) do
    local before, one = #names, awaited[number]
    for name, born in string.gmatch(text or '', '(%S+)@(%d+)') do
      local at = #names + 1
      names[at], births[at], owners[at] = name, born, one
      if at > 500 then
        one.refused = true
        break
      end
    end
    if one.refused then
      for at = #names, before + 1, -1 do names[at] = nil end
    end
  end
  local lines, waits = blaze.readLines(names), {}
  for at, name in ipairs(names) do
    if waits[name] == nil then
      local line = lines[at]
      local isWaiting = line and string.find(line, 'waiting ', 1, true) == 1
      waits[name] = isWaiting and { isPlain = false }
      if isWaiting then
        local words, tag, session, flags, born, missing, items, behind = string.match(
          line, '^waiting (%d+ (%d+) %S+ (@%S+)) f([nw]+),n(%d+),m(%d+)([,uik%d]*)()')
        if words and (string.byte(line, behind) or 32) == 32 and blaze.jobState(session) == 'running' then
          waits[name] = {
            isPlain = true, tag = tag, session = session, born = born, missing = tonumber(missing), words = words,
            flags = ' f' .. flags .. ',n' .. born, items = items .. string.sub(line, behind),
          }
        end
      end
    end
    if waits[name] and not waits[name].isPlain then owners[at].refused = true end
  end
  local woken, scores, told = {}, {}, {}
  for at, name in ipairs(names) do
    local wait = waits[name]
    if wait and not owners[at].refused and wait.born == births[at] then
      if not wait.isTold then
        wait.isTold = true
        woken[#woken + 1] = name
      end
      wait.missing = wait.missing - 1
    end
  end
  for number, name in ipairs(woken) do
    local wait = waits[name]
    fields[2 * number - 1] = name
    if wait.missing > 0 then
      fields[2 * number] = 'waiting ' .. wait.words .. wait.flags .. ',m' .. blaze.size(wait.missing) .. wait.items
    else
      fields[2 * number] = 'ready ' .. wait.words .. wait.flags .. wait.items
      scores[#scores + 1] = blaze.turn(wait.tag, blaze.priorityOf(wait.session))
      scores[#scores + 1] = name
    end
  end
  if scores[1] then
    redis.call('ZADD', blaze.ready, unpack(scores))
    blaze.readied = blaze.readied + #scores / 2
  end
  for _, one in ipairs(awaited) do
    if not one.refused then told[#told + 1] = one.key end
  end
  if told[1] then redis.call('HDEL', blaze.links, unpack(told)) end
  return fields
end
