--- @include num
--- @include serial
--- @include priorityOf
--- @include setFields
--- @include readUsual
--- @include formatUsual
--- @include turn
-- Adds a page of new plain tasks (see slots.lua) of which some need others: ones of the page before them, ones of the table that are plain too and
-- this session's alone, or ones that are not in the table, whose values are stored. Answers the first letters of their states, or
-- false where the page is no such one, and then nothing was done. What it writes is what addTask.lua would.
function blaze.addNeedy(session, total, tag)
  if total < 1 or total > 500 then return false end
  local tasks, order, keys = {}, {}, {}
  for number = 1, total do
    local key, recipe, more = ARGV[3 * number], ARGV[3 * number + 1], ARGV[3 * number + 2]
    if recipe == '' or #recipe > blaze.smallRecipe or tasks[key] then return false end
    local needs = blaze.none
    if more ~= '' then
      local text = string.match(more, '^1 0 0 %- %- (.+)$')
      if not text then return false end
      needs = {}
      for need in string.gmatch(text, '%S+') do needs[#needs + 1] = need end
      order[#order + 1] = key
    end
    tasks[key] = { isNew = true, place = number, needs = needs, recipe = ' ' .. recipe }
    keys[number] = key
  end
  -- What the page needs of the table.
  for _, key in ipairs(order) do
    for _, need in ipairs(tasks[key].needs) do
      if tasks[need] == nil then
        tasks[need] = false
        keys[#keys + 1] = need
      end
    end
  end
  if #keys > 1000 then return false end
  local linked = {}
  for at, line in ipairs(redis.call('HMGET', blaze.tasks, unpack(keys))) do
    if line then
      local state, words, jobs, rest, recipe = string.match(line, '^(%l+)( %d+ %d+ %S+ )(%S+) (%S+)(.*)$')
      if at <= total or jobs ~= session or state == 'failed' or state == 'cancelled' then return false end
      local task = { state = state, words = state .. words .. session .. ' ', recipe = recipe }
      if rest ~= '-' and not blaze.readUsual(task, rest) or string.find(task.flags or '', '[^nw]') then return false end
      tasks[keys[at]] = task
    end
  end
  local since, changed = blaze.serial(), {}
  for _, key in ipairs(order) do
    local task, met = tasks[key], {}
    task.missing, task.flags, task.holds = 0, 'n', since
    for _, need in ipairs(task.needs) do
      local other = tasks[need]
      if other and not met[need] then
        met[need] = true
        if other.isNew and other.place >= task.place then return false end
        if not other.isNew and not other.isChanged then
          other.isChanged = true
          changed[#changed + 1] = need
        end
        other.uses = (other.uses or 0) + 1
        other.usedSince = other.usedSince or since
        if other.state ~= 'done' then
          task.missing, task.born = task.missing + 1, since
          if not other.links then
            other.links = {}
            linked[#linked + 1] = need
            if not string.find(other.flags or '', 'w', 1, true) then other.flags = (other.flags or '') .. 'w' end
          end
          other.links[#other.links + 1] = key .. '@' .. since
        end
      end
    end
  end
  local lines, scores, needs, letters = {}, {}, {}, {}
  local first, priority = blaze.num(tag), blaze.priorityOf(session)
  for number = 1, total do
    local key = keys[number]
    local task, place = tasks[key], blaze.num(tag + number - 1)
    local text, isReady = blaze.formatUsual(task), (task.missing or 0) == 0
    local rest = ' - ' .. session .. ' ' .. (text == '' and '-' or string.sub(text, 2)) .. task.recipe
    lines[2 * number - 1] = key
    if isReady then
      lines[2 * number] = 'ready 0 ' .. place .. rest
      scores[#scores + 1] = blaze.turn(place, priority)
      scores[#scores + 1] = key
    else
      -- What waits for others is to run before the rest of its session once it can: that frees what it merges.
      lines[2 * number] = 'waiting 0 ' .. first .. rest
    end
    letters[number] = isReady and 'r' or 'w'
    if task.needs[1] then
      needs[#needs + 1] = key
      needs[#needs + 1] = table.concat(task.needs, ' ')
    end
  end
  for _, key in ipairs(changed) do
    local task = tasks[key]
    lines[#lines + 1] = key
    lines[#lines + 1] = task.words .. string.sub(blaze.formatUsual(task), 2) .. task.recipe
  end
  blaze.setFields(blaze.tasks, lines)
  blaze.setFields(blaze.needs, needs)
  if linked[1] then
    local fields = {}
    for number, text in ipairs(redis.call('HMGET', blaze.links, unpack(linked))) do
      local added = table.concat(tasks[linked[number]].links, ' ')
      fields[2 * number - 1], fields[2 * number] = linked[number], text and text .. ' ' .. added or added
    end
    blaze.setFields(blaze.links, fields)
  end
  if scores[1] then
    redis.call('ZADD', blaze.ready, unpack(scores))
    blaze.readied = blaze.readied + #scores / 2
  end
  for number = #keys, total + 1, -1 do keys[number] = nil end
  blaze.newOwned[session] = keys
  blaze.newOwnedOrder[#blaze.newOwnedOrder + 1] = session
  return table.concat(letters)
end
