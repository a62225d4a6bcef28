--- @include status
--- @include jobState
--- @include readLines
--- @include setFields
--- @include tellEnd
--- @include endText
--- @rarely loadTasks
--- @rarely getTask
--- @rarely readNeeds
-- Ends plain tasks as done: those that one session alone wants and whose lines have no rest, with a value the table keeps. Enters the
-- status of each under its number, and reads the others, with their needs, for completeTask.lua. Arguments: see step-23.lua, the first key is at 11.
function blaze.completePlain(keys, statuses)
  local lines, met = blaze.readLines(keys), {}
  local fields, results, gone, others, known = {}, {}, {}, {}, {}
  local arguments, count, running = ARGV, 0, nil
  for number, key in ipairs(keys) do
    local at, line = 7 + 4 * number, lines[number]
    local result = arguments[at + 3]
    if line and not met[key] and arguments[at + 2] == '' and result ~= '' and string.byte(result) ~= 119 then
      local words, attempt, session = string.match(line, '^leased ((%d+) %d+ %S+ (@%S+) %-) ')
      if attempt == arguments[at + 1] and (session == running or blaze.jobState(session) == 'running') then
        running, met[key] = session, true
        gone[count + 1] = key
        fields[2 * count + 1], fields[2 * count + 2] = key, 'done ' .. words
        results[2 * count + 1], results[2 * count + 2] = key, result
        count = count + 1
        blaze.tellEnd(session, blaze.endText(key, 'd', result))
        statuses[number] = blaze.status.DONE
      end
    end
    if not statuses[number] then
      others[#others + 1] = key
      known[key] = line
    end
  end
  if gone[1] then
    blaze.setFields(blaze.tasks, fields)
    blaze.setFields(blaze.results, results)
    redis.call('ZREM', blaze.leased, unpack(gone))
    for _, key in ipairs(gone) do known[key] = nil end
  end
  if not others[1] then return end
  blaze.rest()
  blaze.loadTasks(others, known)
  for number, key in ipairs(others) do others[number] = blaze.getTask(key) end
  blaze.readNeeds(others)
end
