-- Purpose: records a job and makes its root task ready.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 job, 2 spec, 3 priority, 4 owner or empty, 5 most running jobs of the owner or 0, 6 other names of the root separated
--   by spaces, 7 retention in ms, 8 ended jobs kept, 9 number of additions (always 1), 10 root key, 11 recipe, 12 what else
--   there is to say (see readMore.lua), without needs
-- Output: {status}: DONE, ALREADY_DONE (the id is known), TOO_MANY (the owner has as many running jobs as it may)
-- Idempotency: a known id changes nothing.
-- Events: ready; ended when the root was done before
--- @include slots
--- @include status
--- @include gathered
--- @include now
--- @include num
--- @include jobState
--- @include readAdditions
--- @include sharedRoot
--- @include addTask
--- @include getTask
--- @include setFlag
--- @include endJob
--- @include errorOf
--- @include dropJobs
--- @include flush
local job, spec, priority, owner, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local root = blaze.readAdditions(9)[1]
if blaze.jobState(job) then return { blaze.status.ALREADY_DONE } end
if most > 0 and tonumber(redis.call('HGET', blaze.meta, 'running ' .. owner) or '0') >= most then return { blaze.status.TOO_MANY } end
blaze.dropJobs(tonumber(ARGV[7]), tonumber(ARGV[8]))
root.key = blaze.sharedRoot(ARGV[6]) or root.key
local at = blaze.num(blaze.now())
redis.call('HSET', blaze.jobs, job .. ' state', 'running', job .. ' spec', spec, job .. ' priority', priority,
  job .. ' created', at, job .. ' root', root.key)
redis.call('HINCRBY', blaze.meta, 'running ' .. owner, '1')
if owner ~= '' then redis.call('HSET', blaze.jobs, job .. ' owner', owner) end
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
