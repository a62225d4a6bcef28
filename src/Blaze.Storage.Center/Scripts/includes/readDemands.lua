-- The demands of tasks that are ready, at most so many, in the order of their names: of each the first member in `near` is looked at.
function blaze.readDemands(limit)
  local demands, from = {}, '[=need:'
  while #demands < limit do
    local member = redis.call('ZRANGEBYLEX', blaze.near, from, '(=need;', 'LIMIT', '0', '1')[1]
    if not member then break end
    local place = string.match(member, '^%S+')
    demands[#demands + 1] = string.sub(place, 2)
    from = '(' .. place .. '!'
  end
  return demands
end
