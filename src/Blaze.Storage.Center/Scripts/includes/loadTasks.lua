--- @include parseTask
--- @include setAside
-- Reads tasks into the call's cache, 1,000 at a time; false stands for one that is not in the table. Lines that are known, by their keys, are not read again.
function blaze.loadTasks(keys, known)
  local cache, wanted = blaze.cache, {}
  for _, key in ipairs(keys) do
    if cache[key] == nil then
      local line = known and known[key]
      if line then cache[key] = blaze.parseTask(key, line) or blaze.setAside(key, line) else wanted[#wanted + 1] = key end
    end
  end
  for from = 1, #wanted, 1000 do
    local to = math.min(from + 999, #wanted)
    local lines = redis.call('HMGET', blaze.tasks, unpack(wanted, from, to))
    for number = from, to do
      local key, line = wanted[number], lines[number - from + 1]
      if cache[key] == nil then
        if line then
          cache[key] = blaze.parseTask(key, line) or blaze.setAside(key, line)
        else
          cache[key] = false
        end
      end
    end
  end
end
