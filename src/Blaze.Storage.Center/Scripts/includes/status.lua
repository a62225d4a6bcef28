-- The numbers of every reply; the same as the C# enum ScriptStatus.
blaze.status = {
  TOO_MANY = -10,
  CORRUPT = -9,
  PROTOCOL_MISMATCH = -8,
  NO_RECIPE = -7,
  PAGE_OUT_OF_ORDER = -6,
  CYCLE = -5,
  UNKNOWN_ALIAS = -4,
  CANCELLED = -3,
  OTHER_OWNER = -2,
  NO_LEASE = -1,
  NOTHING = 0,
  DONE = 1,
  ALREADY_DONE = 2,
}
