--- @include jobState
--- @include failTask
-- Turns a task whose line cannot be read into a failed one that says so, and lets what waits for it fail.
-- Jobs are those of the line's words that are known as such, so that a broken root still ends its job.
function blaze.setAside(key, line)
  local jobs, looked = {}, 0
  for job in string.gmatch(line, '[^%s,]+') do
    looked = looked + 1
    if looked <= 64 and blaze.jobState(job) then jobs[#jobs + 1] = job end
  end
  local task = {
    key = key, state = 'waiting', attempt = '0', tag = '0', worker = '-', jobs = jobs, recipe = '', flags = 'rw', corrupt = true,
  }
  blaze.cache[key] = task
  blaze.failTask(task, cjson.encode({
    type = 'CorruptEntry', task = key,
    message = 'The center\'s entry of task ' .. key .. ' cannot be read: \'' .. string.sub(line, 1, 200) .. '\'; submit the job again.',
  }))
  return task
end
