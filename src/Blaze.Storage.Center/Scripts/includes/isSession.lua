-- Whether the id of a job is that of a session: these begin with @.
function blaze.isSession(job)
  return string.byte(job) == 64
end
