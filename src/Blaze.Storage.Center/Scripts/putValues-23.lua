-- Purpose: puts values into the table that no task made: each is done, is the session's, and cannot be made again.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 session (with its @), then for each: key, value (in the form of the hash `results`)
-- Output: {status}: DONE, CANCELLED (the session has ended)
-- Idempotency: a key that is there is shared and keeps its value.
-- Events: finished
--- @include slots
--- @include status
--- @include gathered
--- @include jobState
--- @include loadTasks
--- @include getTask
--- @include addJob
--- @include setFlag
--- @include finish
--- @include shareTask
--- @include flush
local session = ARGV[1]
if blaze.jobState(session) ~= 'running' then return { blaze.status.CANCELLED } end
local tag, keys = redis.call('HGET', blaze.meta, 'virtual') or '0', {}
for number = 2, #ARGV, 2 do keys[#keys + 1] = ARGV[number] end
blaze.loadTasks(keys)
for number, key in ipairs(keys) do
  local task, value = blaze.getTask(key), ARGV[2 * number + 1]
  if task then
    blaze.shareTask(task, session, tag, true)
  else
    task = { key = key, state = 'waiting', attempt = '0', tag = tag, worker = '-', jobs = blaze.none, recipe = '', dirty = false, result = value }
    blaze.cache[key] = task
    blaze.addJob(task, session, true)
    blaze.newResults[#blaze.newResults + 1] = key
    blaze.newResults[#blaze.newResults + 1] = value
    if string.byte(value) == 119 then blaze.setFlag(task, 'x') end
    blaze.finish(task, 'done')
  end
end
blaze.flush()
return { blaze.status.DONE }
