-- Reads what only some tasks have: items of a letter and a value, separated by commas. Answers whether all were known.
function blaze.parseRest(task, rest)
  local numbers = { l = 'losses', t = 'retries', m = 'missing', b = 'bytes', p = 'pages', s = 'since', v = 'priority', u = 'uses',
    i = 'usedSince', k = 'holds', g = 'holdsAlias' }
  local lists = { ['@'] = 'places', ['='] = 'hard', ['~'] = 'loose' }
  for letter, value in string.gmatch(rest, '([^,])([^,]*)') do
    if numbers[letter] then
      task[numbers[letter]] = tonumber(value)
      if not task[numbers[letter]] then return false end
    elseif lists[letter] then
      local name = lists[letter]
      task[name] = task[name] or {}
      task[name][#task[name] + 1] = value
    elseif letter == 'n' then
      task.born = value
    elseif letter == 'f' then
      task.flags = value
    elseif letter == 'o' then
      task.order = value
    else
      return false
    end
  end
  return true
end
