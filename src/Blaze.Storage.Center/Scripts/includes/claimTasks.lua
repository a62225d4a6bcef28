--- @include now
--- @include num
--- @include serial
--- @include nextTasks
--- @rarely getTask
--- @rarely loadTasks
--- @include readLines
--- @include jobState
--- @rarely isLive
--- @rarely touch
--- @rarely move
--- @rarely cancelTask
--- @rarely failTask
--- @rarely lookAt
--- @rarely readRecipes
--- @include readInputs
--- @rarely hasFlag
--- @include setFields
--- @include giveAgain
--- @include literal
-- Leases the next ready tasks to a worker of these places; answers key, attempt, job, recipe, retries, inputs for each, in one list,
-- and the milliseconds until there may be one more because its locality wait is over, or -1.
-- Tasks nobody wants any more are set aside on the way, at most 512. A plain task (see slots.lua) is leased by its line alone.
-- `meta`: the fields `virtual`, `idle` and `given <worker>` of `meta`. `completed`: the keys this call completes.
function blaze.claimTasks(worker, count, lease, places, wait, meta, completed)
  local total, looked, soonest, reply, needy, furthest = 0, 0, -1, {}, {}, 0
  local expiry, lines, leases, plain, running, likely, attempt = nil, {}, {}, 0, nil, nil, nil
  while total < count and looked < 512 + count do
    local keys, isAll
    keys, soonest, isAll = blaze.nextTasks(count - total, places, wait)
    if #keys == 0 then break end
    expiry = expiry or blaze.num(blaze.now() + lease)
    looked = looked + #keys
    local found, unread, known, tags, sessions, rests = blaze.readLines(keys), {}, {}, {}, {}, {}
    for number, key in ipairs(keys) do
      local line = found[number]
      local session, rest, tag, recipe = running, '-', nil, nil
      -- What looks like the one before tells its tag and its recipe, without texts for the rest.
      if likely then tag, recipe = string.match(line or '', likely) end
      if not tag then
        tag, session, rest, recipe = string.match(line or '', '^ready %d+ (%d+) %S+ (@%S+) (%S+) ()')
        if not tag or not (rest == '-' or string.find(rest, blaze.plainRest)) or blaze.jobState(session) ~= 'running' then
          tag = false
        elseif session ~= running then
          running, likely = session, '^ready %d+ (%d+) %S+ ' .. blaze.literal(session) .. ' %- ()'
        end
      end
      if tag then
        tags[number], sessions[number], rests[number], found[number] = tag, session, rest, string.sub(line, recipe)
      else
        tags[number] = false
        unread[#unread + 1] = key
        known[key] = line
      end
    end
    if unread[1] then
      blaze.rest()
      blaze.loadTasks(unread, known)
    end
    for number, key in ipairs(keys) do
      local tag, at = tags[number], 6 * total + 1
      if tag then
        local session, rest, recipe = sessions[number], rests[number], found[number]
        attempt = attempt or blaze.serial()
        lines[plain + 1], lines[plain + 2] = key, 'leased ' .. attempt .. ' ' .. tag .. ' ' .. worker .. ' ' .. session .. ' ' .. rest .. ' ' .. recipe
        leases[plain + 1], leases[plain + 2] = expiry, key
        reply[at], reply[at + 1], reply[at + 2], reply[at + 3], reply[at + 4], reply[at + 5] = key, attempt, session, recipe, 0, blaze.none
        if rest ~= '-' and string.find(rest, '^fw*n') then
          needy[#needy + 1] = key
          needy[key] = at + 5
        end
        tag = tonumber(tag)
        if tag > furthest then furthest = tag end
        plain, total = plain + 2, total + 1
      else
        local task = blaze.getTask(key)
        if task and task.state == 'ready' then
          if not blaze.isLive(task) then
            blaze.cancelTask(task)
          elseif blaze.readRecipes(unread, task) then
            task.state, task.attempt, task.worker, task.pages = 'leased', blaze.serial(), worker, nil
            blaze.touch(task)
            blaze.move(blaze.leased, key, expiry)
            reply[at], reply[at + 1], reply[at + 2] = key, task.attempt, blaze.lookAt(task.jobs).owner
            reply[at + 3], reply[at + 4], reply[at + 5] = blaze.readRecipes(nil, task), task.retries or 0, blaze.none
            furthest = math.max(furthest, tonumber(task.tag))
            if blaze.hasFlag(task, 'n') then
              needy[#needy + 1] = key
              needy[key] = at + 5
            end
            total = total + 1
          else
            blaze.failTask(task, cjson.encode({
              type = 'CorruptEntry', task = key, message = 'The center has lost the recipe of task ' .. key .. '; submit the job again.',
            }))
          end
        end
      end
    end
    if isAll then break end
  end
  if total == 0 then
    if blaze.isIdle and not blaze.onlyHard then blaze.giveAgain(worker, count > 0 and lease, places, meta, completed, reply) end
    return reply, soonest
  end
  if leases[1] then
    blaze.setFields(blaze.tasks, lines)
    for from = 1, #leases, 1000 do redis.call('ZADD', blaze.leased, unpack(leases, from, math.min(from + 999, #leases))) end
  end
  if needy[1] then
    for number, inputs in ipairs(blaze.readInputs(needy, 262144)) do reply[needy[needy[number]]] = inputs end
  end
  if furthest > tonumber(meta[1] or '0') then redis.call('HSET', blaze.meta, 'virtual', blaze.num(furthest)) end
  if meta[2] and string.match(meta[2], '^%S+') == worker then redis.call('HDEL', blaze.meta, 'idle') end
  return reply, soonest
end
