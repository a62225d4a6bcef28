--- @include formatNumber
--- @include formatList
-- What only some tasks have, as a word; '-' where there is none of it.
function blaze.formatRest(task)
  local text = ''
  if task.flags then text = ',f' .. task.flags end
  if task.born then text = text .. ',n' .. task.born end
  if task.missing then text = text .. blaze.formatNumber(',m', task.missing) end
  if task.uses then text = text .. blaze.formatNumber(',u', task.uses) end
  if task.usedSince then text = text .. ',i' .. task.usedSince end
  if task.holds then text = text .. ',k' .. task.holds end
  if task.holdsAlias then text = text .. ',g' .. task.holdsAlias end
  if task.bytes then text = text .. blaze.formatNumber(',b', task.bytes) end
  if task.losses then text = text .. blaze.formatNumber(',l', task.losses) end
  if task.retries then text = text .. blaze.formatNumber(',t', task.retries) end
  if task.pages then text = text .. blaze.formatNumber(',p', task.pages) end
  if task.priority then text = text .. blaze.formatNumber(',v', task.priority) end
  if task.order then text = text .. ',o' .. task.order end
  if task.since then text = text .. blaze.formatNumber(',s', task.since) end
  if task.places then text = text .. blaze.formatList(',@', task.places) end
  if task.hard then text = text .. blaze.formatList(',=', task.hard) end
  if task.loose then text = text .. blaze.formatList(',~', task.loose) end
  if text == '' then return '-' end
  return string.sub(text, 2)
end
