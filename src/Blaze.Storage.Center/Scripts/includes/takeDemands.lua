-- Takes the demands out of a worker's places: words `<demand>*<how many>`, tasks with this demand that it can take in this call. Notes how many,
-- and answers the other places and the demands.
function blaze.takeDemands(text)
  if not string.find(text, 'need:', 1, true) then return text, blaze.none end
  local demands = {}
  text = string.gsub(text, '(need:[^%s*]+)%*(%d+)', function(demand, most)
    demands[#demands + 1] = demand
    blaze.most['=' .. demand] = tonumber(most)
    return ''
  end)
  return text, demands
end
