--- @include getTask
-- The recipe of a task, or false. Those that are not in the lines are read together for all of the keys.
function blaze.readRecipes(keys, task)
  if task.recipe ~= '' then return task.recipe end
  if not blaze.largeRecipes then blaze.largeRecipes = {} end
  if blaze.largeRecipes[task.key] == nil then
    local wanted = {}
    for _, key in ipairs(keys) do
      local other = blaze.getTask(key)
      if other and other.recipe == '' then wanted[#wanted + 1] = key end
    end
    local recipes = redis.call('HMGET', blaze.recipes, unpack(wanted))
    for number, key in ipairs(wanted) do blaze.largeRecipes[key] = recipes[number] end
  end
  return blaze.largeRecipes[task.key]
end
