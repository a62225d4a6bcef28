--- @include hasFlag
--- @include needsOf
--- @include readNeeds
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
  if not keys[1] then return inputs end
  blaze.writeResults()
  local names = redis.call('HMGET', blaze.aliases, unpack(keys))
  for at, key in ipairs(keys) do names[at] = names[at] or key end
  for from = 1, #keys, 16 do
    if budget <= 0 then break end
    for offset, value in ipairs(redis.call('HMGET', blaze.results, unpack(names, from, math.min(from + 15, #keys)))) do
      if value and #value <= budget then
        local at = from + offset - 1
        local list = owners[at]
        budget = budget - #value
        list[#list + 1] = keys[at]
        list[#list + 1] = value
      end
    end
  end
  return inputs
end
