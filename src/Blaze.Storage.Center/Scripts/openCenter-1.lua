-- Purpose: records the version of the protocol in a new namespace, or checks it.
-- KEYS: 1 meta
-- ARGV: 1 version
-- Output: {status, version found}: DONE, PROTOCOL_MISMATCH
-- Idempotency: the version is written once.
-- Events: none
local blaze = {}
--- @include status
local meta, version = KEYS[1], ARGV[1]
redis.call('HSETNX', meta, 'protocol', version)
local found = redis.call('HGET', meta, 'protocol')
if found == version then return { blaze.status.DONE, found } end
return { blaze.status.PROTOCOL_MISMATCH, found }
