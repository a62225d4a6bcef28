--- @include hasFlag
--- @include needsOf
--- @include readNeeds
--- @include giveInput
--- @include writeResults
-- What the table knows of the values that claimed tasks need: for each task that has needs key, value, key, value, ... Bounded to
-- 1,000 keys and so many bytes: what is left out the worker looks up itself.
function blaze.readInputs(claimed, budget)
  local inputs, owners, keys = {}, {}, {}
  blaze.readNeeds(claimed)
  for number, task in ipairs(claimed) do
    if blaze.hasFlag(task, 'n') and #keys < 1000 then
      inputs[number] = {}
      for _, key in ipairs(blaze.needsOf(task.key)) do
        if #keys < 1000 then
          keys[#keys + 1] = key
          owners[#owners + 1] = inputs[number]
        end
      end
    end
  end
  -- What this call completed it has at hand.
  local names, places = {}, {}
  for at, key in ipairs(keys) do
    local need = blaze.cache[key]
    if need and need.result and need.state == 'done' then
      budget = blaze.giveInput(owners[at], key, need.result, budget)
    else
      names[#names + 1] = key
      places[#places + 1] = at
    end
  end
  if not names[1] then return inputs end
  blaze.writeResults()
  local aliases = redis.call('HMGET', blaze.aliases, unpack(names))
  for number, key in ipairs(names) do names[number] = aliases[number] or key end
  for from = 1, #names, 16 do
    if budget <= 0 then break end
    for offset, value in ipairs(redis.call('HMGET', blaze.results, unpack(names, from, math.min(from + 15, #names)))) do
      local at = places[from + offset - 1]
      if value then budget = blaze.giveInput(owners[at], keys[at], value, budget) end
    end
  end
  return inputs
end
