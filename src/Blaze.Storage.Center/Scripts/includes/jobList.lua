--- @include gathered
-- The ids of a line's word for jobs, as a list; the same list for the same word.
function blaze.jobList(text)
  local list = blaze.jobLists[text]
  if not list then
    list = {}
    if text ~= '-' then
      for job in string.gmatch(text, '[^,]+') do list[#list + 1] = job end
    end
    blaze.jobLists[text] = list
  end
  return list
end
