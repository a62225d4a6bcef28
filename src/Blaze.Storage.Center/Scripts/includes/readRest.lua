blaze.restNumbers = { l = 'losses', t = 'retries', m = 'missing', b = 'bytes', p = 'pages', s = 'since', v = 'priority', u = 'uses' }
blaze.restTokens = { n = 'born', i = 'usedSince', k = 'holds', g = 'holdsAlias' }
blaze.restLists = { ['@'] = 'places', ['='] = 'hard', ['~'] = 'loose' }
-- Reads what only some tasks have: items of a letter and a value, separated by commas. Tokens stay text. Answers false where one is not known.
function blaze.readRest(rest)
  local found = {}
  for letter, value in string.gmatch(rest, '([^,])([^,]*)') do
    local number, token, list = blaze.restNumbers[letter], blaze.restTokens[letter], blaze.restLists[letter]
    if number then
      found[number] = tonumber(value)
      if not found[number] then return false end
    elseif token then
      if not tonumber(value) then return false end
      found[token] = value
    elseif list then
      found[list] = found[list] or {}
      found[list][#found[list] + 1] = value
    elseif letter == 'f' then
      found.flags = value
    elseif letter == 'o' then
      found.order = value
    else
      return false
    end
  end
  return found
end
