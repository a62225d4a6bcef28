--- @include jobState
--- @include failTask
--- @include leaveTask
--- @include tellEnd
--- @include tellWorker
-- Cancels a task for a session: where other jobs want it, these keep it; else it fails as cancelled.
function blaze.cancelFor(task, session)
  for _, job in ipairs(task.jobs) do
    if job ~= session and blaze.jobState(job) == 'running' then
      blaze.tellEnd(session, { key = task.key, state = 'cancelled' })
      blaze.leaveTask(task, session)
      return
    end
  end
  if task.state == 'leased' then blaze.tellWorker(task.worker, task.key) end
  blaze.failTask(task, '{"type":"Cancelled","message":"The task was cancelled.","task":' .. cjson.encode(task.key) .. '}')
end
