--- @include gathered
--- @include setFlag
--- @include clearFlag
-- Gives a task its recipe and its needs.
function blaze.setRecipe(task, addition)
  if #addition.recipe <= blaze.smallRecipe then
    task.recipe = addition.recipe
  else
    task.recipe = ''
    blaze.newRecipes[#blaze.newRecipes + 1] = task.key
    blaze.newRecipes[#blaze.newRecipes + 1] = addition.recipe
  end
  if addition.needs[1] then
    blaze.newNeeds[task.key] = table.concat(addition.needs, ' ')
    blaze.setFlag(task, 'n')
  elseif blaze.clearFlag(task, 'n') then
    redis.call('HDEL', blaze.needs, task.key)
    blaze.knownNeeds[task.key] = nil
  end
end
