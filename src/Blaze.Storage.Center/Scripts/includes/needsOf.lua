-- What a task waits for by its recipe, as a list.
function blaze.needsOf(key)
  local list = {}
  local text = blaze.newNeeds[key] or blaze.knownNeeds[key] or redis.call('HGET', blaze.needs, key)
  if text then
    for need in string.gmatch(text, '%S+') do list[#list + 1] = need end
  end
  return list
end
