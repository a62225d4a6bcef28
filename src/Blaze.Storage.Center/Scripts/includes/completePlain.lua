--- @include status
--- @include jobState
--- @include readLines
--- @include setFields
--- @include tellEnd
--- @include endText
--- @include wakePlain
--- @include letGoPlain
--- @include literal
--- @rarely loadTasks
--- @rarely getTask
--- @rarely hasFlag
--- @rarely readNeeds
-- Ends plain tasks (see slots.lua) as done, with values the table keeps. Enters the status of each under its number, and reads the others,
-- with their needs, for completeTask.lua. Arguments: see step-23.lua, the first key is at 11.
function blaze.completePlain(keys, statuses)
  local arguments, lines, met, linked = ARGV, blaze.readLines(keys), {}, {}
  local fields, results, gone, count = {}, {}, {}, 0
  -- What was claimed together has one line when it is done, and looks alike before: each new text takes time to make, to look up and to collect.
  local claim, running, usual, likely = nil, nil, nil, nil
  local function finish(number, key, session, line)
    local result = arguments[10 + 4 * number]
    gone[count + 1] = key
    fields[2 * count + 1], fields[2 * count + 2] = key, line
    results[2 * count + 1], results[2 * count + 2] = key, result
    count = count + 1
    blaze.tellEnd(session, blaze.endText(key, 'd', result))
    statuses[number] = blaze.status.DONE
  end
  for number, key in ipairs(keys) do
    local at, line = 7 + 4 * number, lines[number]
    local result = arguments[at + 3]
    if line and not met[key] and arguments[at + 2] == '' and result ~= '' and string.byte(result) ~= 119 then
      if arguments[at + 1] == claim and string.find(line, likely) then
        met[key] = true
        finish(number, key, running, usual)
      else
        local attempt, worker, session, rest = string.match(line, '^leased (%d+) %d+ (%S+) (@%S+) (%S+) ')
        if attempt == arguments[at + 1] and blaze.jobState(session) == 'running' then
          local head = 'done ' .. attempt .. ' 0 ' .. worker .. ' ' .. session .. ' '
          if rest == '-' then
            met[key] = true
            claim, running, usual = attempt, session, head .. '-'
            likely = '^leased ' .. attempt .. ' %d+ ' .. blaze.literal(worker) .. ' ' .. blaze.literal(session) .. ' %- '
            finish(number, key, session, usual)
          elseif string.find(rest, blaze.plainRest) then
            met[key] = true
            linked[#linked + 1] = { key = key, number = number, session = session, head = head, rest = rest }
          end
        end
      end
    end
  end
  if linked[1] then
    local woken = blaze.wakePlain(linked)
    for _, one in ipairs(linked) do
      if not one.refused then
        -- Its dependants are told, and its needs let go.
        local flags, items = string.match(one.rest, '^f([nw]+)(.*)$')
        local rest = (string.find(flags, 'n', 1, true) and ',fn' or '') .. string.gsub(items, ',k%d+$', '')
        finish(one.number, one.key, one.session, one.head .. (rest == '' and '-' or string.sub(rest, 2)))
        blaze.values[one.key] = results[2 * count]
      end
    end
    for _, field in ipairs(woken) do fields[#fields + 1] = field end
  end
  local others, known = {}, {}
  for number, key in ipairs(keys) do
    if not statuses[number] then
      others[#others + 1] = key
      -- Where needs were let go, any line may be another by now.
      known[key] = not linked[1] and not met[key] and lines[number]
    end
  end
  if gone[1] then
    blaze.setFields(blaze.tasks, fields)
    blaze.setFields(blaze.results, results)
    redis.call('ZREM', blaze.leased, unpack(gone))
    if linked[1] then blaze.letGoPlain(linked) end
  end
  if not others[1] then return end
  blaze.rest()
  blaze.loadTasks(others, known)
  local needy = {}
  for _, key in ipairs(others) do
    local task = blaze.getTask(key)
    if task and blaze.hasFlag(task, 'n') then needy[#needy + 1] = key end
  end
  blaze.readNeeds(needy)
end
