--- @include needsOf
--- @include readNeeds
--- @include giveInput
--- @rarely writeResults
-- What the table knows of the values that claimed tasks need, given by their keys: for each key, value, key, value, ... Bounded to
-- 1,000 keys and so many bytes: what is left out the worker looks up itself.
function blaze.readInputs(claimed, budget)
  local inputs, owners, keys, places = {}, {}, {}, {}
  blaze.readNeeds(claimed)
  for number, user in ipairs(claimed) do
    inputs[number] = {}
    for _, key in ipairs(blaze.needsOf(user)) do
      -- What this call completed it has at hand.
      local value = blaze.values[key]
      if value then
        budget = blaze.giveInput(inputs[number], key, value, budget)
      elseif #keys < 1000 then
        keys[#keys + 1] = key
        owners[#owners + 1] = inputs[number]
      end
    end
  end
  if not keys[1] then return inputs end
  if blaze.gathers then
    blaze.rest()
    blaze.writeResults()
  end
  local names = redis.call('HMGET', blaze.aliases, unpack(keys))
  for at, key in ipairs(keys) do names[at] = names[at] or key end
  for from = 1, #keys, 16 do
    if budget <= 0 then break end
    for offset, value in ipairs(redis.call('HMGET', blaze.results, unpack(names, from, math.min(from + 15, #keys)))) do
      local at = from + offset - 1
      if value then budget = blaze.giveInput(owners[at], keys[at], value, budget) end
    end
  end
  return inputs
end
