--- @include serial
--- @include touch
-- Counts one use more of a task. From the first use in its time in the table on, whoever holds it is known by its token.
function blaze.use(task)
  task.uses = (task.uses or 0) + 1
  task.usedSince = task.usedSince or blaze.serial()
  blaze.touch(task)
end
