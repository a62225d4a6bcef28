--- @include hasFlag
--- @include writeResults
-- What the table knows of the values that claimed tasks need: for each task that has needs key, value, key, value, ... Bounded:
-- what is left out the worker looks up itself.
function blaze.readInputs(claimed, budget)
  local inputs, looked = {}, 0
  for number, task in ipairs(claimed) do
    if task.flags and budget > 0 and looked < 1000 and blaze.hasFlag(task, 'n') then
      blaze.writeResults()
      local keys, names, list = {}, {}, {}
      for key in string.gmatch(redis.call('HGET', blaze.needs, task.key) or '', '%S+') do
        if #keys + looked < 1000 then keys[#keys + 1] = key end
      end
      looked = looked + #keys
      local aliases = {}
      if #keys > 0 then aliases = redis.call('HMGET', blaze.aliases, unpack(keys)) end
      for at, key in ipairs(keys) do names[at] = aliases[at] or key end
      for from = 1, #keys, 16 do
        if budget > 0 then
          local values = redis.call('HMGET', blaze.results, unpack(names, from, math.min(from + 15, #keys)))
          for at, value in ipairs(values) do
            if value and #value <= budget then
              budget = budget - #value
              list[#list + 1] = keys[from + at - 1]
              list[#list + 1] = value
            end
          end
        end
      end
      inputs[number] = list
    end
  end
  return inputs
end
