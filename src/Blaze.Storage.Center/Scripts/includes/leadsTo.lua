--- @include getTask
--- @include loadTasks
--- @include hasFlag
--- @include isLive
--- @include needsOf
-- Whether waiting for a key means waiting for a target: looks through the tasks not yet done, at most 20,000.
-- The additions count as if they were in the table already, and the lost tasks as if they had started anew.
function blaze.leadsTo(from, target, additions, lost)
  local planned = {}
  for _, addition in ipairs(additions) do planned[addition.key] = planned[addition.key] or addition.needs end
  local stack, visited, looked = { from }, { [from] = true }, 0
  while #stack > 0 and looked < 20000 do
    local key = table.remove(stack)
    looked = looked + 1
    if key == target then return true end
    local task = blaze.getTask(key)
    local needs = {}
    local starts = task and (task.state == 'waiting' or task.state == 'cancelled' or lost[key])
    -- One that nobody wants any more starts anew for whoever waits for it.
    if task and not starts and (task.state == 'ready' or task.state == 'leased') then starts = not blaze.isLive(task) end
    if starts then
      if blaze.hasFlag(task, 'c') then needs = { redis.call('HGET', blaze.aliases, key) } else needs = blaze.needsOf(key) end
    elseif planned[key] and not (task and task.state ~= 'failed') then
      needs = planned[key]
    end
    for _, need in ipairs(needs) do
      if not visited[need] then
        visited[need] = true
        stack[#stack + 1] = need
      end
    end
    blaze.loadTasks(needs)
  end
  return false
end
