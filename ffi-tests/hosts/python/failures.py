"""A host of the bindings of the library `every` whose functions fail with errors that hold something."""

import asyncio
import pickle

import every
from every import Every, EveryBlocking, EveryError, EveryPanicError, Level, Missing, Point, Storage, Trouble
from every import MissingFailure, StorageFailure, TroubleFailure
from refused import CONFIG, raises, raises_async

MISSING = Missing("a\0b", [Point(1.5, -2.0)], Level.NEXT, "invalid float literal")
STORED = [("", "unknown error", Storage.UNKNOWN), ("12345", "only 4 bytes are left", Storage.FULL), ("123456", "it is broken", Storage.BROKEN)]


def is_it(error, text, value, function):
    assert isinstance(error, EveryError) and error.kind == "author"
    assert (str(error), error.error, error.function) == (text, value, function), (error, error.error)


def blocking(transport):
    with EveryBlocking.create(CONFIG, transport=transport) as it:
        is_it(raises(MissingFailure, it.find, "a\0b"), "there is no a\0b", MISSING, "every_find")
        assert it.find("2.5") == Point(2.5, None)
        for trouble, text in ((Trouble.BUSY, "busy: come back later"), (Trouble.GONE, "cancelled")):
            is_it(raises(TroubleFailure, it.trouble_later, trouble), text, trouble, "every_trouble_later")
        it.trouble_later(None)
        assert raises(EveryPanicError, it.fail_typed_unspeakably).kind == "panicked"
        assert not hasattr(raises(EveryError, it.fail, "as told"), "error")
    for stored, text, storage in STORED:
        is_it(raises(StorageFailure, EveryBlocking.store_here, stored), text, storage, "every_store_here")
        is_it(raises(StorageFailure, EveryBlocking.store_detached, stored), text, storage, "every_store_detached")


async def awaited(transport):
    async with Every.create(CONFIG, transport=transport) as it:
        is_it(await raises_async(MissingFailure, it.find("a\0b")), "there is no a\0b", MISSING, "every_find")
        error = await raises_async(TroubleFailure, it.trouble_later(Trouble.GONE))
        is_it(error, "cancelled", Trouble.GONE, "every_trouble_later")
        match error:
            case TroubleFailure(error=Trouble.GONE):
                pass
            case _:
                raise AssertionError(error)
    for stored, text, storage in STORED:
        error = await raises_async(StorageFailure, Every.store_detached(stored))
        is_it(error, text, storage, "every_store_detached")
    copied = pickle.loads(pickle.dumps(error))
    is_it(copied, str(error), error.error, error.function)


for transport in ("native", "cbor"):
    blocking(transport)
    asyncio.run(awaited(transport))
assert "failure_Missing" not in every.__all__ and "MissingFailure" in every.__all__
print("failures: all passed")
