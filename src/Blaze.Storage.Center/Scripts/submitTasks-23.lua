-- Purpose: adds tasks a session wants, or shares those that are there.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 session (with its @), 2 number of additions, then for each: key, recipe, what else there is to say (see readMore.lua)
-- Output: {status, letters}: DONE, CANCELLED (the session has ended), CYCLE; with DONE the first letter of the state of each task
-- Idempotency: what is there is shared; a task that failed for this session before does not start anew.
-- Events: ready, given, finished, dropped
--- @include slots
--- @include status
--- @include addPlain
--- @include addNeedy
--- @include handOver
--- @include drainWake
--- @include num
--- @include flush
--- @rarely readAdditions
--- @rarely loadAdditions
--- @rarely inOrder
--- @rarely getTask
--- @rarely addTask
local session = ARGV[1]
local about, known = redis.call('HMGET', blaze.jobs, session .. ' state', session .. ' tag'), redis.call('HMGET', blaze.meta, 'virtual', 'idle')
if about[1] ~= 'running' then return { blaze.status.CANCELLED, '' } end
local tag, total = math.max(tonumber(known[1] or '0'), tonumber(about[2] or '0')), tonumber(ARGV[2])
local text = total == 1 and blaze.handOver(session, blaze.num(tag), known[2]) or blaze.addPlain(session, total, tag) or blaze.addNeedy(session, total, tag)
if text then
  tag = tag + total
  blaze.drainWake(200)
else
  blaze.rest()
  local additions = blaze.readAdditions(2)
  if not blaze.inOrder(additions, '') then return { blaze.status.CYCLE, '' } end
  blaze.loadAdditions(additions)
  local first, jobs, letters = blaze.num(tag), { session }, {}
  for _, addition in ipairs(additions) do
    if blaze.addTask(addition, jobs, blaze.num(tag), first, true) then tag = tag + addition.cost end
  end
  blaze.drainWake(200)
  for number, addition in ipairs(additions) do
    local task = blaze.getTask(addition.key)
    letters[number] = task and string.sub(task.state, 1, 1) or 'c'
  end
  text = table.concat(letters)
end
redis.call('HSET', blaze.jobs, session .. ' tag', blaze.num(tag))
blaze.flush()
return { blaze.status.DONE, text }
