-- Sets fields of a hash, given as name, value, name, value; 500 at a time, because a call takes only so many arguments.
function blaze.setFields(hash, fields)
  for from = 1, #fields, 1000 do
    redis.call('HSET', hash, unpack(fields, from, math.min(from + 999, #fields)))
  end
end
