--- @include num
-- Has a task told when another ends. The task's birth is noted, so that word for an earlier life of it is not heard.
function blaze.linkTo(key, task)
  local links = blaze.newLinks
  if not links then
    links = { order = {} }
    blaze.newLinks = links
  end
  local entries = links[key .. ' ']
  if not entries then
    entries = {}
    links[key .. ' '] = entries
    links.order[#links.order + 1] = key
  end
  entries[#entries + 1] = task.key .. '@' .. blaze.num(task.born)
end
