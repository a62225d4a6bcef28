-- Purpose: says how much waits and since when.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: none
-- Output: {status, ready, leased, since, now}: DONE; the number of tasks that are ready and of those that are leased, since when in ms one that
--   is ready has been seen waiting at least, or -1, and the time in ms
-- Idempotency: notes what waits, once for each task.
-- Events: none
--- @include slots
--- @include status
--- @include now
--- @include num
--- @include queued
--- @include noteWaiting
local since = blaze.noteWaiting()
return { blaze.status.DONE, blaze.queued(), redis.call('ZCARD', blaze.leased), blaze.num(since), blaze.num(blaze.now()) }
