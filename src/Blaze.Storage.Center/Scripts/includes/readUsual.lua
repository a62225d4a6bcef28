-- Sets what a task's word for the rest says where it has only what most tasks have that wait or are waited for: flags, birth, how many of its
-- needs are not done, uses. Answers whether it was such a word.
function blaze.readUsual(task, rest)
  local flags, born, missing, uses, since, holds = string.match(rest, '^f(%l+),?n?(%d*),?m?(%d*),?u?(%d*),?i?(%d*),?k?(%d*)$')
  if not flags then return false end
  -- The pattern takes a comma or letter for one that is missing; the length tells.
  local length = 1 + #flags
  if born ~= '' then length = length + 2 + #born else born = nil end
  if missing ~= '' then length = length + 2 + #missing else missing = nil end
  if uses ~= '' then length = length + 2 + #uses else uses = nil end
  if since ~= '' then length = length + 2 + #since else since = nil end
  if holds ~= '' then length = length + 2 + #holds else holds = nil end
  if length ~= #rest then return false end
  task.flags, task.born, task.missing, task.uses = flags, born, missing and tonumber(missing), uses and tonumber(uses)
  task.usedSince, task.holds = since, holds
  return true
end
