blaze.restNumbers = { l = 'losses', t = 'retries', m = 'missing', b = 'bytes', p = 'pages', s = 'since', v = 'priority', u = 'uses' }
blaze.restTokens = { n = 'born', i = 'usedSince', k = 'holds', g = 'holdsAlias' }
blaze.restLists = { ['@'] = 'places', ['='] = 'hard', ['~'] = 'loose' }
-- Reads what only some tasks have: items of a letter and a value, separated by commas. Answers whether all were known. Tokens stay text.
function blaze.parseRest(task, rest)
  for letter, value in string.gmatch(rest, '([^,])([^,]*)') do
    local number, token, list = blaze.restNumbers[letter], blaze.restTokens[letter], blaze.restLists[letter]
    if number then
      task[number] = tonumber(value)
      if not task[number] then return false end
    elseif token then
      if not tonumber(value) then return false end
      task[token] = value
    elseif list then
      task[list] = task[list] or {}
      task[list][#task[list] + 1] = value
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
