--- @include gathered
-- Removes the entries of the tasks that are to go, 500 at a time.
function blaze.writeRemoved()
  local keys = blaze.removed
  for from = 1, #keys, 500 do
    local to = math.min(from + 499, #keys)
    for _, hash in ipairs({ blaze.tasks, blaze.recipes, blaze.needs, blaze.links, blaze.aliases, blaze.errors, blaze.results }) do
      redis.call('HDEL', hash, unpack(keys, from, to))
    end
  end
end
