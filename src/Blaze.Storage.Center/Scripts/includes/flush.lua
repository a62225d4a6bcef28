--- @include formatTask
--- @include num
--- @include writeLinks
-- Writes what the call gathered: tasks, counters, feeds; then tells that tasks are ready.
function blaze.flush()
  blaze.writeLinks()
  local fields = {}
  local function write(hash)
    if #fields > 0 then redis.call('HSET', hash, unpack(fields)) end
    fields = {}
  end
  for _, task in ipairs(blaze.dirty) do
    if not task.removed then
      fields[#fields + 1] = task.key
      fields[#fields + 1] = blaze.formatTask(task)
      if #fields >= 1000 then write(blaze.tasks) end
    end
  end
  write(blaze.tasks)
  for _, field in ipairs(blaze.counterOrder) do
    redis.call('HINCRBY', blaze.jobs, field, blaze.num(blaze.counters[field]))
  end
  for _, job in ipairs(blaze.feedOrder) do
    local entries = blaze.feeds[job]
    local length = redis.call('HINCRBY', blaze.jobs, job .. ' feed', blaze.num(#entries))
    for number, entry in ipairs(entries) do
      fields[#fields + 1] = job .. ' ' .. blaze.num(length - #entries + number - 1)
      fields[#fields + 1] = entry
      if #fields >= 1000 then write(blaze.feed) end
    end
    write(blaze.feed)
  end
  if blaze.readied > 0 then
    local left = redis.call('ZCARD', blaze.ready)
    if left > 0 then redis.call('PUBLISH', blaze.channels .. 'ready', blaze.num(math.min(left, blaze.readied))) end
  end
end
