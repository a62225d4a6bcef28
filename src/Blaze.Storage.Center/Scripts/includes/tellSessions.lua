--- @include lookAt
--- @include contains
--- @include tellEnd
-- Has the sessions told that asked for a task which ended.
function blaze.tellSessions(task)
  for _, session in ipairs(blaze.lookAt(task.jobs).sessions) do
    if not task.loose or not blaze.contains(task.loose, session) then blaze.tellEnd(session, task) end
  end
end
