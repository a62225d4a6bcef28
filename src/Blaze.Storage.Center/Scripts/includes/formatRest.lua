--- @include num
-- What only some tasks have, as a word; '-' where there is none of it.
function blaze.formatRest(task)
  local text = ''
  if task.flags then text = ',f' .. task.flags end
  if task.born then text = text .. ',n' .. task.born end
  local function number(letter, value)
    if value and value ~= 0 then text = text .. ',' .. letter .. blaze.num(value) end
  end
  local function list(letter, values)
    if not values then return end
    for _, value in ipairs(values) do text = text .. ',' .. letter .. value end
  end
  if task.missing or task.usedSince or task.holds or task.holdsAlias then
    number('m', task.missing)
    number('u', task.uses)
    number('i', task.usedSince)
    number('k', task.holds)
    number('g', task.holdsAlias)
  end
  if task.bytes then number('b', task.bytes) end
  if task.losses or task.retries or task.pages or task.priority then
    number('l', task.losses)
    number('t', task.retries)
    number('p', task.pages)
    number('v', task.priority)
  end
  if task.order then text = text .. ',o' .. task.order end
  if task.places or task.hard or task.since then
    number('s', task.since)
    list('@', task.places)
    list('=', task.hard)
  end
  list('~', task.loose)
  if text == '' then return '-' end
  return string.sub(text, 2)
end
