--- @include gathered
--- @include dropLinks
-- Writes the links this call made, one write per task however many wait for it.
function blaze.writeLinks()
  local links = blaze.newLinks
  if not links then return end
  blaze.newLinks = nil
  blaze.dropLinks()
  for _, key in ipairs(links.order) do
    local text = table.concat(links[key .. ' '], ' ')
    local before = redis.call('HGET', blaze.links, key)
    if before then text = before .. ' ' .. text end
    redis.call('HSET', blaze.links, key, text)
    blaze.knownLinks[key] = nil
  end
end
