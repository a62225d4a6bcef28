-- Purpose: adds a page of tasks and feed entries made by a task that runs on.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 key of the running task, 2 attempt, 3 number of the page from 0, 4 cost of the pages before, 5 number of additions,
--   then for each: key, recipe, what else there is to say (see readMore.lua); then the feed entries
-- Output: {status}: DONE, ALREADY_DONE, NO_LEASE, OTHER_OWNER, CANCELLED, PAGE_OUT_OF_ORDER, CYCLE, CORRUPT
-- Idempotency: the number of a page within the attempt is remembered; one sent again is ALREADY_DONE.
-- Events: ready
--- @include slots
--- @include status
--- @include checkParent
--- @include readAdditions
--- @include inOrder
--- @include addAll
--- @include touch
--- @include flush
local key, attempt, page, costBefore = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local additions, at = blaze.readAdditions(5)
local entries = {}
for number = at, #ARGV do entries[#entries + 1] = ARGV[number] end
local parent, status = blaze.checkParent(key, attempt, page)
if status == blaze.status.DONE and page < (parent.pages or 0) then
  status = blaze.status.ALREADY_DONE
elseif status == blaze.status.DONE then
  if blaze.inOrder(additions, key) then
    blaze.addAll(parent, additions, costBefore, entries)
    parent.pages = page + 1
    blaze.touch(parent)
  else
    status = blaze.status.CYCLE
  end
end
blaze.flush()
return { status }
