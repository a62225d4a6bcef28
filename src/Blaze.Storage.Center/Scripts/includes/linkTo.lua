--- @include setFlag
--- @include serial
--- @include touch
-- Has a task told when another ends. The task gets a birth in each life that waits, so that word for an
-- earlier one is not heard.
function blaze.linkTo(other, task)
  local links = blaze.newLinks
  if not links then
    links = { order = {} }
    blaze.newLinks = links
  end
  local key = other.key
  local entries = links[key .. ' ']
  if not entries then
    entries = {}
    links[key .. ' '] = entries
    links.order[#links.order + 1] = key
    blaze.setFlag(other, 'w')
  end
  if not task.born then
    task.born = blaze.serial()
    blaze.touch(task)
  end
  entries[#entries + 1] = task.key .. '@' .. task.born
end
