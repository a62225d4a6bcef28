-- What a call gathers that reads tasks one by one, before it writes (see writeGathered.lua).
blaze.gathers = true
blaze.dirty, blaze.removed, blaze.jobLists, blaze.looks, blaze.rests = {}, {}, {}, {}, {}
blaze.counters, blaze.counterOrder, blaze.feeds, blaze.feedOrder = {}, {}, {}, {}
blaze.newRecipes, blaze.newResults, blaze.moves, blaze.moveOrder = {}, {}, {}, {}
blaze.knownLinks, blaze.goneLinks = {}, {}
blaze.dropped, blaze.droppedOrder, blaze.marked = {}, {}, {}
blaze.states = { waiting = true, ready = true, leased = true, done = true, failed = true, cancelled = true }
