--- @include needsOf
-- Adds keys to what a task needs, so that whoever looks at the table sees all it waits for.
function blaze.needAlso(task, keys)
  local all, known = blaze.needsOf(task.key), {}
  for _, key in ipairs(all) do known[key] = true end
  for _, key in ipairs(keys) do
    if not known[key] then all[#all + 1] = key end
    known[key] = true
  end
  redis.call('HSET', blaze.needs, task.key, table.concat(all, ' '))
end
