--- @include parseTask
--- @include setAside
-- Reads tasks into the call's cache, 1,000 at a time; false stands for one that is not in the table.
function blaze.loadTasks(keys)
  local wanted = {}
  local function fetch()
    if #wanted == 0 then return end
    local lines = redis.call('HMGET', blaze.tasks, unpack(wanted))
    for index, key in ipairs(wanted) do
      local line = lines[index]
      if blaze.cache[key] == nil then
        if line then
          blaze.cache[key] = blaze.parseTask(key, line) or blaze.setAside(key, line)
        else
          blaze.cache[key] = false
        end
      end
    end
    wanted = {}
  end
  for _, key in ipairs(keys) do
    if blaze.cache[key] == nil then
      wanted[#wanted + 1] = key
      if #wanted == 1000 then fetch() end
    end
  end
  fetch()
end
