--- @include jobState
--- @include failTask
-- Turns a task whose line cannot be read into a failed one that says so, and lets what waits for it fail.
-- Jobs are taken from the line's last word as far as they are known, so that a broken root still ends its job.
function blaze.setAside(key, line)
  local jobs = {}
  for job in string.gmatch(string.match(line, '(%S*)$'), '[^,]+') do
    if blaze.jobState(job) then jobs[#jobs + 1] = job end
  end
  local task = {
    key = key, state = 'waiting', attempt = 0, losses = 0, missing = 0, bytes = 0, born = 0, tag = 0, pages = 0,
    flags = 'r', since = 0, places = {}, worker = '-', jobs = jobs, corrupt = true,
  }
  blaze.cache[key] = task
  blaze.failTask(task, cjson.encode({
    type = 'CorruptEntry', task = key,
    message = 'The center\'s entry of task ' .. key .. ' cannot be read: \'' .. string.sub(line, 1, 200) .. '\'; submit the job again.',
  }))
  return task
end
