-- Flags of a task: r root of a job, a accounted for, c continued (its value is another key's), n has needs, w others wait for it,
-- x its value lies with workers.
function blaze.hasFlag(task, flag)
  return task.flags ~= nil and string.find(task.flags, flag, 1, true) ~= nil
end
