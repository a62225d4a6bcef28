-- What a ready task that prefers places has in `near`: a member under each place, and one under ~ for everybody else.
function blaze.nearMembers(task)
  local rest = ' ' .. task.order .. ' ' .. task.key
  local members = { '~' .. rest }
  for _, place in ipairs(task.places) do members[#members + 1] = place .. rest end
  return members
end
