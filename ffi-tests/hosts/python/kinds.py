"""A host of the bindings of the library `every` that tells errors apart: by their kinds, and never by their texts."""

import asyncio
import pickle

from every import Config, Every, EveryBlocking, EveryClosedError, EveryDeadlineError, EveryError, EveryPanicError
from refused import CONFIG, raises, raises_async

SAID = [
    "cancelled", "deadline exceeded", "every_fail panicked: boom", "the context is poisoned: every_fail", "unknown error",
    "every_fail: not a live context: NULL, destroyed or never made", "every_fail: not usable after fork",
    "every_fail: the queue is full with 4 requests", "events_dropped: 3 events were dropped before this", "a\0\3",
]


def kinds():
    """An author's error is that, whatever it says, and the library's are told apart by their kinds."""
    for transport in ("native", "cbor"):
        with EveryBlocking.create(CONFIG, transport=transport) as it:
            for said in SAID:
                failing = Config("", said, 0)
                for fails in (
                    lambda: it.fail(said),
                    lambda: EveryBlocking.fail_here(said),
                    lambda: EveryBlocking.create(failing, transport=transport),
                ):
                    error = raises(EveryError, fails)
                    assert (str(error), error.kind) == (said, "author")
            for kind, error, fails in (
                ("panicked", EveryPanicError, lambda: it.panic("cancelled")),
                ("deadline_exceeded", EveryDeadlineError, lambda: it.log_briefly("x", 2_000)),
                ("panicked", EveryPanicError, it.panic_exclusive),
                ("poisoned", EveryPanicError, it.name),
                ("panicked", EveryPanicError, lambda: Every.divide(1, 0)),
            ):
                assert raises(error, fails).kind == kind
        asyncio.run(waits_behind(transport))
    copied = pickle.loads(pickle.dumps(raises(EveryError, EveryBlocking.fail_here, "told to")))
    assert (type(copied), str(copied), copied.function, copied.kind) == (EveryError, "told to", "every_fail_here", "author")


async def waits_behind(transport):
    """A call that is given up by the end of its object is cancelled."""
    it = await Every.create(CONFIG, transport=transport)
    waits = asyncio.ensure_future(it.sleep_lightly(60_000))
    await asyncio.sleep(0)
    await it.close()
    error = await raises_async(EveryClosedError, waits)
    assert error.kind == "cancelled"


kinds()
print("kinds: all passed")
