-- Purpose: notes that a worker holds copies of values that lie with workers: it is told when they are not wanted any more, and asked for them.
-- KEYS: 1 tasks, 2 recipes, 3 needs, 4 links, 5 aliases, 6 errors, 7 jobs, 8 feed, 9 owned, 10 workers, 11 seen, 12 ready,
--   13 leased, 14 joblist, 15 ended, 16 purge, 17 wake, 18 meta, 19 near, 20 places, 21 results, 22 sessions, 23 later
-- ARGV: 1 worker, then for each value: key, checksum (8 hexadecimal digits)
-- Output: {status, {keys}}: DONE, and the keys with another value, or none at workers, or at 64 of them: their copies are of no use to others
-- Idempotency: a worker that is noted is not noted again.
-- Events: none
--- @include slots
--- @include status
--- @include setFields
local worker, others, fields = ARGV[1], {}, {}
for number = 2, #ARGV, 2 do
  local key = ARGV[number]
  local head, checksum, workers = string.match(redis.call('HGET', blaze.results, key) or '', '^(w %S+ %d+ )(%x+) (%S+)$')
  local count, known = 0, false
  for one in string.gmatch(workers or '', '[^,]+') do
    count = count + 1
    known = known or one == worker
  end
  if checksum ~= ARGV[number + 1] or (count >= 64 and not known) then
    others[#others + 1] = key
  elseif not known then
    fields[#fields + 1] = key
    fields[#fields + 1] = head .. checksum .. ' ' .. workers .. ',' .. worker
  end
end
blaze.setFields(blaze.results, fields)
return { blaze.status.DONE, others }
