-- Tells the workers that tasks with a demand are ready. A name under = begins with that of the demand, if any.
function blaze.tellDemand(place)
  if string.sub(place, 1, 6) == '=need:' then redis.call('PUBLISH', blaze.channels .. 'demand', string.sub(place, 2)) end
end
