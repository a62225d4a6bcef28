--- @include gathered
--- @include loadTasks
-- Reads together what drainWake.lua is to look at of the word this call left: links of tasks that ended, and tasks, at most 1,000.
function blaze.readWords()
  local ended, keys = {}, {}
  for number = blaze.wordsHeard + 1, math.min(#blaze.words, blaze.wordsHeard + 1000) do
    local kind, rest = string.match(blaze.words[number], '^(%l) (.*)$')
    if kind == 'w' then
      ended[#ended + 1] = rest
    elseif kind == 'u' then
      for key in string.gmatch(rest, ' (%S+)') do keys[#keys + 1] = key end
    end
  end
  if not ended[1] then return end
  for number, text in ipairs(redis.call('HMGET', blaze.links, unpack(ended))) do
    blaze.knownLinks[ended[number]] = text
    for name in string.gmatch(text or '', '(%S+)@%d+') do
      if #keys < 1000 then keys[#keys + 1] = name end
    end
  end
  blaze.loadTasks(keys)
end
