--- @include count
--- @include announce
-- Tells a job that a block it wants was done before it asked.
function blaze.accountKnown(task, job)
  if not task.bytes then return end
  blaze.count(job, 'blocks.cached', 1)
  blaze.count(job, 'bytes.cached', task.bytes)
  blaze.announce(job, '=' .. task.key)
end
