-- Purpose: ends a running task with more work: new tasks, and the key whose value is to be its own.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 key, 2 attempt, 3 pages sent before, 4 cost of these pages, 5 alias, 6 1 when the alias is known to be stored else 0,
--   7 blocks.total, 8 bytes.total, 9 blocks.cached, 10 bytes.cached to add, 11 detail (JSON, empty for none), 12 number of
--   additions, then for each: key, recipe, what else there is to say (see readMore.lua); then the feed entries
-- Output: {status}: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, PAGE_OUT_OF_ORDER, CYCLE, UNKNOWN_ALIAS, CORRUPT
-- Idempotency: ends the lease, so that the same attempt is ALREADY_DONE.
-- Events: ready, ended
--- @include slots
--- @include status
--- @include checkParent
--- @include readAdditions
--- @include inOrder
--- @include leadsTo
--- @include addAll
--- @include count
--- @include followAlias
--- @include flush
local key, attempt, page, costBefore, alias, stored = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], ARGV[6]
local counters = { 'blocks.total', 'bytes.total', 'blocks.cached', 'bytes.cached' }
local detail = ARGV[11]
local additions, at = blaze.readAdditions(12)
local entries = {}
for number = at, #ARGV do entries[#entries + 1] = ARGV[number] end
local parent, status = blaze.checkParent(key, attempt, page)
if status == blaze.status.DONE then
  local known = stored == '1' or blaze.getTask(alias)
  for _, addition in ipairs(additions) do known = known or addition.key == alias end
  if page < (parent.pages or 0) then
    status = blaze.status.PAGE_OUT_OF_ORDER
  elseif not known then
    status = blaze.status.UNKNOWN_ALIAS
  elseif not blaze.inOrder(additions, key) or blaze.leadsTo(alias, key, additions, {}) then
    status = blaze.status.CYCLE
  end
end
if status == blaze.status.DONE then
  local jobs = blaze.addAll(parent, additions, costBefore, entries)
  for _, job in ipairs(jobs) do
    for number, name in ipairs(counters) do blaze.count(job, name, tonumber(ARGV[6 + number])) end
    if detail ~= '' then redis.call('HSETNX', blaze.jobs, job .. ' detail', detail) end
  end
  blaze.followAlias(parent, alias)
end
blaze.flush()
return { status }
