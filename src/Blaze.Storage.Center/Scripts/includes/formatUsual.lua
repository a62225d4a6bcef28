--- @include size
-- What readUsual.lua reads, each item with a comma before it.
function blaze.formatUsual(task)
  local text = ''
  if task.flags then text = ',f' .. task.flags end
  if task.born then text = text .. ',n' .. task.born end
  if task.missing and task.missing > 0 then text = text .. ',m' .. blaze.size(task.missing) end
  if task.uses and task.uses > 0 then text = text .. ',u' .. blaze.size(task.uses) end
  if task.usedSince then text = text .. ',i' .. task.usedSince end
  if task.holds then text = text .. ',k' .. task.holds end
  return text
end
