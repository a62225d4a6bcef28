-- Whether a task that may run at certain places only may run here: one of these must be this worker's, or of several joined by + all.
function blaze.mayRun(task, here)
  if not task.hard then return true end
  for _, place in ipairs(task.hard) do
    local all = true
    for part in string.gmatch(place, '[^+]+') do all = all and here[part] end
    if all then return true end
  end
  return false
end
