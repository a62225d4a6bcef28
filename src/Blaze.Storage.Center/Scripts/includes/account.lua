--- @include count
--- @include announce
--- @include jobState
--- @include hasFlag
--- @include setFlag
-- Tells the jobs of a block that it is done: the first live one had it computed, for the others it was at hand. Once per task.
function blaze.account(task, bytesRead, fromCache)
  if task.bytes == 0 or blaze.hasFlag(task, 'a') then return end
  blaze.setFlag(task, 'a')
  local owner = true
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' then
      if owner then blaze.count(job, 'bytes.read', bytesRead) end
      if owner and not fromCache then
        blaze.count(job, 'blocks.computed', 1)
        blaze.count(job, 'bytes.computed', task.bytes)
      else
        blaze.count(job, 'blocks.cached', 1)
        blaze.count(job, 'bytes.cached', task.bytes)
      end
      blaze.announce(job, task.key)
      owner = false
    end
  end
end
