--- @include gathered
-- Removes the links of tasks whose dependants were all told.
function blaze.dropLinks()
  for from = 1, #blaze.goneLinks, 1000 do
    redis.call('HDEL', blaze.links, unpack(blaze.goneLinks, from, math.min(from + 999, #blaze.goneLinks)))
  end
  blaze.goneLinks = {}
end
