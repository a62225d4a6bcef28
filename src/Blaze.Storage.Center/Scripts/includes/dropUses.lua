--- @include getTask
--- @include loadTasks
--- @include touch
--- @include dropLoose
-- Carries out the word letGo left: each key has one use fewer, unless it came into the table, or came back, only after the user did.
-- Answers how many keys there were.
function blaze.dropUses(text)
  local since, rest = string.match(text, '^(%d+) (.*)$')
  since = tonumber(since)
  local keys = {}
  for key in string.gmatch(rest, '%S+') do keys[#keys + 1] = key end
  blaze.loadTasks(keys)
  for _, key in ipairs(keys) do
    local task = blaze.getTask(key)
    if task and task.uses and tonumber(task.usedSince) <= since then
      task.uses = task.uses - 1
      blaze.touch(task)
      if task.uses <= 0 then
        task.uses = nil
        blaze.dropLoose(task)
      end
    end
  end
  return #keys
end
