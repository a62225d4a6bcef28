--- @include readLines
--- @include noteLeft
-- A session no longer wants tasks: plain ones (see slots.lua) that are done, and that nothing uses or waits for, go at once. Answers the other keys.
function blaze.leavePlain(session, keys)
  local lines, gone, needy, others, met, tail = blaze.readLines(keys), {}, {}, {}, {}, ' ' .. session .. ' -'
  local usual = nil
  for number, key in ipairs(keys) do
    local line, isGone = lines[number], false
    -- d for done; the line ends with the rest.
    if line and string.byte(line) == 100 and not met[key] then
      isGone = line == usual or string.find(line, tail, -#tail, true)
      if isGone then
        usual = line
      else
        local jobs, rest = string.match(line, '^done %d+ %d+ %S+ (%S+) (%S+)$')
        isGone = jobs == session and string.find(rest, '^f?n?[,ni%d]*$')
        if isGone then needy[#needy + 1] = key end
      end
    end
    if isGone then
      met[key] = true
      gone[#gone + 1] = key
    else
      others[#others + 1] = key
    end
  end
  if gone[1] then
    for _, hash in ipairs({ blaze.tasks, blaze.results, blaze.recipes }) do redis.call('HDEL', hash, unpack(gone)) end
    if needy[1] then redis.call('HDEL', blaze.needs, unpack(needy)) end
    blaze.noteLeft(session, #gone)
  end
  return others
end
