--- @include addTask
--- @include announce
--- @include jobState
--- @include loadAdditions
--- @include num
--- @include writeLinks
-- Adds tasks and feed entries for the live jobs of the task that makes them. Ready ones get start tags one after the other from its tag.
function blaze.addAll(parent, additions, costBefore, entries)
  local jobs = {}
  for _, job in ipairs(parent.jobs) do
    if blaze.jobState(job) == 'running' then jobs[#jobs + 1] = job end
  end
  blaze.loadAdditions(additions)
  local tag = tonumber(parent.tag) + costBefore
  for _, addition in ipairs(additions) do
    blaze.addTask(addition, jobs, blaze.num(tag), parent.tag, false)
    tag = tag + addition.cost
  end
  blaze.writeLinks()
  for _, job in ipairs(jobs) do
    for _, entry in ipairs(entries) do blaze.announce(job, entry) end
  end
  return jobs
end
