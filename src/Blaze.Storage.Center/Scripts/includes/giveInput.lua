-- Adds a value and its key to what a claimed task is given of its needs, if it is within a budget of bytes; answers what is left of that.
function blaze.giveInput(list, key, value, budget)
  if #value > budget then return budget end
  list[#list + 1] = key
  list[#list + 1] = value
  return budget - #value
end
