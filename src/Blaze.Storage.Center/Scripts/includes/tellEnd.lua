-- Has a session told at the end of the call how a task ended: the task, or its text for the message.
function blaze.tellEnd(session, task)
  local ends = blaze.told[session]
  if not ends then
    ends = {}
    blaze.told[session] = ends
    blaze.toldOrder[#blaze.toldOrder + 1] = session
  end
  ends[#ends + 1] = task
end
