--- @include gathered
--- @include needsOf
--- @include getTask
--- @include use
--- @include hold
--- @include setFlag
-- Adds keys to what a task needs, so that whoever looks at the table sees all it waits for.
function blaze.needAlso(task, keys)
  local all, known, uses = blaze.needsOf(task.key), {}, task.holds
  for _, key in ipairs(all) do known[key] = true end
  for _, key in ipairs(keys) do
    if not known[key] then
      all[#all + 1] = key
      local other = uses and blaze.getTask(key)
      if other then blaze.use(other) end
    end
    known[key] = true
  end
  if not task.holds then blaze.hold(task, all) end
  blaze.setFlag(task, 'n')
  blaze.newNeeds[task.key] = table.concat(all, ' ')
end
