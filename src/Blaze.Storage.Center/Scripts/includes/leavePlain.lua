--- @include readLines
--- @include noteLeft
-- A session no longer wants tasks: plain ones that are done and that it alone wants go at once. Answers the other keys.
function blaze.leavePlain(session, keys)
  local lines, gone, others, met, tail = blaze.readLines(keys), {}, {}, {}, ' ' .. session .. ' -'
  for number, key in ipairs(keys) do
    local line = lines[number]
    -- d for done; the line ends with the rest.
    if line and string.byte(line) == 100 and not met[key] and string.find(line, tail, -#tail, true) then
      met[key] = true
      gone[#gone + 1] = key
    else
      others[#others + 1] = key
    end
  end
  if gone[1] then
    for _, hash in ipairs({ blaze.tasks, blaze.results, blaze.recipes }) do redis.call('HDEL', hash, unpack(gone)) end
    blaze.noteLeft(session, #gone)
  end
  return others
end
