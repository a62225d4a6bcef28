--- @include num
-- A task as its line: state attempt losses missing bytes born tag pages flags since order places worker jobs.
function blaze.formatTask(task)
  local jobs, places = '-', '-'
  if #task.jobs > 0 then jobs = table.concat(task.jobs, ',') end
  if #task.places > 0 then places = table.concat(task.places, ',') end
  return table.concat({
    task.state, blaze.num(task.attempt), blaze.num(task.losses), blaze.num(task.missing), blaze.num(task.bytes),
    blaze.num(task.born), blaze.num(task.tag), blaze.num(task.pages), task.flags,
    blaze.num(task.since), task.order or '-', places, task.worker, jobs,
  }, ' ')
end
