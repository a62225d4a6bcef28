--- @include readLines
--- @include setFields
--- @include size
--- @include leaveWord
-- Plain tasks that ended are no use of their needs any more: letGo.lua and dropUses.lua in one, on the lines. What takes more, as where a
-- session wants a need only for as long as it is used, is left as word.
function blaze.letGoPlain(ended)
  local users, tokens, keys, since = {}, {}, {}, {}
  for _, one in ipairs(ended) do
    local token = not one.refused and string.match(one.rest, ',k(%d+)$')
    if token then
      users[#users + 1] = one.key
      tokens[#tokens + 1] = token
    end
  end
  if not users[1] then return end
  for number, text in ipairs(redis.call('HMGET', blaze.needs, unpack(users))) do
    local met = {}
    for key in string.gmatch(text or '', '%S+') do
      if not met[key] then
        met[key] = true
        if #keys < 500 then
          keys[#keys + 1] = key
          since[#since + 1] = tokens[number]
        else
          blaze.leaveWord('u ' .. tokens[number] .. ' ' .. key)
        end
      end
    end
  end
  local lines, known, changed, fields = blaze.readLines(keys), {}, {}, {}
  for at, key in ipairs(keys) do
    local line = known[key] or lines[at]
    if line then
      local head, rest, tail = string.match(line, '^(%l+ %d+ %d+ %S+ %S+ )(%S+)(.*)$')
      local first, last, uses, usedSince = string.find(rest or '', 'u(%d+),i(%d+)')
      if not head or string.find(rest, '~', 1, true) then
        blaze.leaveWord('u ' .. since[at] .. ' ' .. key)
      elseif first and tonumber(usedSince) <= tonumber(since[at]) then
        uses = tonumber(uses) - 1
        if not known[key] then changed[#changed + 1] = key end
        known[key] = head .. string.sub(rest, 1, first - 1) .. (uses > 0 and 'u' .. blaze.size(uses) .. ',i' or 'i') .. usedSince ..
          string.sub(rest, last + 1) .. tail
      end
    end
  end
  for number, key in ipairs(changed) do fields[2 * number - 1], fields[2 * number] = key, known[key] end
  blaze.setFields(blaze.tasks, fields)
end
