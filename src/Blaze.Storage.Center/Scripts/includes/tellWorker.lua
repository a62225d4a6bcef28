--- @include gathered
-- Has a worker told at the end of the call that it is to stop computing a key, or to drop its value.
function blaze.tellWorker(worker, key)
  local keys = blaze.dropped[worker]
  if not keys then
    keys = {}
    blaze.dropped[worker] = keys
    blaze.droppedOrder[#blaze.droppedOrder + 1] = worker
  end
  keys[#keys + 1] = key
end
