--- @include getTask
--- @include hasFlag
--- @include hasJob
--- @include addJob
--- @include isSession
--- @include linkTo
--- @include touch
--- @include wantAlso
--- @include enqueue
--- @include failAlong
--- @include loadTasks
-- Puts a new or renewed task where its needs say: ready, waiting, or failed with one that failed.
-- A dependency that is not in the table is satisfied: its value is stored.
function blaze.waitFor(task, dependencies)
  if not dependencies[1] then
    blaze.enqueue(task)
    return 0
  end
  blaze.loadTasks(dependencies)
  local missing, failed, met = 0, nil, {}
  for _, key in ipairs(dependencies) do
    local other = blaze.getTask(key)
    if other and not met[key] then
      met[key] = true
      if other.state == 'failed' then
        failed = failed or key
      elseif other.state ~= 'done' then
        missing = missing + 1
        blaze.linkTo(other, task)
        blaze.wantAlso(task, other)
      else
        -- Its value may have another name, which must be known for as long as this task's jobs run; sessions keep values too.
        for _, job in ipairs(task.jobs) do
          if not blaze.hasJob(other, job) and (blaze.isSession(job) or blaze.hasFlag(other, 'c')) then blaze.addJob(other, job, false) end
        end
      end
    end
  end
  task.missing = missing
  if failed then
    blaze.failAlong(task, failed)
  elseif missing == 0 then
    blaze.enqueue(task)
  else
    task.state = 'waiting'
    blaze.touch(task)
  end
  return missing
end
