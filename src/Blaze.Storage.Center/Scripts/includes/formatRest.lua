--- @include formatUsual
--- @include formatNumber
--- @include formatList
-- What only some tasks have, as a word; '-' where there is none of it.
function blaze.formatRest(task)
  local text = blaze.formatUsual(task)
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
