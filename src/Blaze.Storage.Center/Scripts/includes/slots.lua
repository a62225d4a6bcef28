-- Names every key of a shard once, and holds what the usual calls gather; for the others see gathered.lua.
-- All scripts of the task table take the same list, so that a server that locks declared keys runs them one after the other.
local blaze = {
  tasks = KEYS[1],
  recipes = KEYS[2],
  needs = KEYS[3],
  links = KEYS[4],
  aliases = KEYS[5],
  errors = KEYS[6],
  jobs = KEYS[7],
  feed = KEYS[8],
  owned = KEYS[9],
  workers = KEYS[10],
  seen = KEYS[11],
  ready = KEYS[12],
  leased = KEYS[13],
  joblist = KEYS[14],
  ended = KEYS[15],
  purge = KEYS[16],
  wake = KEYS[17],
  meta = KEYS[18],
  near = KEYS[19],
  places = KEYS[20],
  results = KEYS[21],
  sessions = KEYS[22],
  later = KEYS[23],
  channels = string.sub(KEYS[1], 1, -6),
  cache = {},
  jobStates = {},
  priorities = {},
  newOwned = {},
  newOwnedOrder = {},
  words = {},
  wordsHeard = 0,
  told = {},
  toldOrder = {},
  readied = 0,
  placeLives = {},
  sizes = {},
  -- Values of tasks this call completes, by key; needs that are known, by the key of their task, and those that are new.
  values = {},
  knownNeeds = {},
  newNeeds = {},
  -- Of tasks with a demand, under = and the demand: how many more the worker can take in this call.
  most = {},
  -- The list with nothing in it; lists of tasks are never changed in place.
  none = {},
  -- Added to a score, so that it has 16 digits, which sort as text.
  orderZero = 2000000000000000,
  -- A task is plain where one session alone wants it, it may run anywhere, its recipe is in its line, and the rest of that is `-` or this: what it
  -- waits for, what waits for it, and uses. Such tasks are claimed and completed by their lines, without the tables of getTask.lua.
  plainRest = '^f[nw]+[,nuik%d]*$',
  -- A recipe up to this many bytes rides at the end of its task's line.
  smallRecipe = 256,
  -- Up to this many bytes of a value or an error are told with the end of a task.
  smallMessage = 4096,
}
-- Defines what is named rarely, where whoever put the script together left that out.
function blaze.rest() end
--- @rarely gathered
