--- @include setFlag
-- Has a task told when another ends. The task's birth is noted, so that word for an earlier life of it is not heard.
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
  entries[#entries + 1] = task.key .. '@' .. task.born
end
