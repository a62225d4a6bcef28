-- Flags of a task: r root of a job, a accounted for, c continued (its value is another key's).
function blaze.hasFlag(task, flag)
  return string.find(task.flags, flag, 1, true) ~= nil
end
