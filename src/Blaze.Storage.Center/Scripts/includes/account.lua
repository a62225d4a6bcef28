--- @include count
--- @include announce
--- @include jobState
--- @include hasFlag
--- @include setFlag
-- Tells the jobs of a task that it is done. What was read (bytes, bytes from another host, 1 for a value that was found; empty for
-- nothing) is always counted, for the first live one. A block counts once per task: the first live one had it computed, for the
-- others it was at hand.
function blaze.account(task, reading)
  if reading == '' and not task.bytes then return end
  local read, remote, found = string.match(reading, '^(%d+) (%d+) (%d)$')
  local counts = task.bytes and not blaze.hasFlag(task, 'a')
  if counts then blaze.setFlag(task, 'a') end
  local owner = true
  for _, job in ipairs(task.jobs) do
    if blaze.jobState(job) == 'running' then
      if owner then
        blaze.count(job, 'bytes.read', tonumber(read or '0'))
        blaze.count(job, 'bytes.remote', tonumber(remote or '0'))
      end
      if counts then
        if owner and found ~= '1' then
          blaze.count(job, 'blocks.computed', 1)
          blaze.count(job, 'bytes.computed', task.bytes)
        else
          blaze.count(job, 'blocks.cached', 1)
          blaze.count(job, 'bytes.cached', task.bytes)
        end
        blaze.announce(job, task.key)
      end
      owner = false
    end
  end
end
