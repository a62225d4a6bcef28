-- What a ready task that prefers places has in `near`: a member under each place, and one under ~ for everybody else. One that may run
-- at certain places only has one under = and each of these, and no others.
function blaze.nearMembers(task)
  local rest, members = ' ' .. task.order .. ' ' .. task.key, {}
  if task.hard then
    for number, place in ipairs(task.hard) do members[number] = '=' .. string.match(place, '^[^+]+') .. rest end
    return members
  end
  members[1] = '~' .. rest
  for number, place in ipairs(task.places) do members[number + 1] = place .. rest end
  return members
end
