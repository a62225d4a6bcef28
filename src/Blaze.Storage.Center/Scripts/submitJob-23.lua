-- Purpose: records a job and makes its root task ready.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 job, 2 spec, 3 priority, 4 number of additions (always 1), 5 root key, 6 recipe, 7 what else there is to
--   say (see readMore.lua), without needs
-- Output: {status}: DONE, ALREADY_DONE (the id is known)
-- Idempotency: a known id changes nothing.
-- Events: ready; ended when the root was done before
--- @include slots
--- @include status
--- @include now
--- @include num
--- @include jobState
--- @include readAdditions
--- @include addTask
--- @include getTask
--- @include setFlag
--- @include endJob
--- @include errorOf
--- @include flush
local job, spec, priority = ARGV[1], ARGV[2], ARGV[3]
local root = blaze.readAdditions(4)[1]
if blaze.jobState(job) then return { blaze.status.ALREADY_DONE } end
local at = blaze.num(blaze.now())
redis.call('HSET', blaze.jobs, job .. ' state', 'running', job .. ' spec', spec, job .. ' priority', priority,
  job .. ' created', at, job .. ' root', root.key)
redis.call('ZADD', blaze.joblist, at, job)
blaze.jobStates[job] = 'running'
blaze.looks = {}
local virtual = redis.call('HGET', blaze.meta, 'virtual') or '0'
blaze.addTask(root, { job }, virtual, virtual, false)
local task = blaze.getTask(root.key)
blaze.setFlag(task, 'r')
if task.state == 'done' then
  blaze.endJob(job, 'done', redis.call('HGET', blaze.aliases, task.key) or task.key, nil)
elseif task.state == 'failed' then
  blaze.endJob(job, 'failed', nil, blaze.errorOf(task.key))
end
blaze.flush()
return { blaze.status.DONE }
