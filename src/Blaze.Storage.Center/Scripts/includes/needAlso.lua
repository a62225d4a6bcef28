--- @include needsOf
--- @include getTask
--- @include hasFlag
--- @include setFlag
--- @include touch
-- Adds keys to what a task needs, so that whoever looks at the table sees all it waits for.
function blaze.needAlso(task, keys)
  local all, known, uses = blaze.needsOf(task.key), {}, blaze.hasFlag(task, 'u')
  for _, key in ipairs(all) do known[key] = true end
  for _, key in ipairs(keys) do
    if not known[key] then
      all[#all + 1] = key
      local other = uses and blaze.getTask(key)
      if other then
        other.uses = (other.uses or 0) + 1
        blaze.touch(other)
      end
    end
    known[key] = true
  end
  blaze.setFlag(task, 'n')
  blaze.newNeeds[task.key] = table.concat(all, ' ')
end
