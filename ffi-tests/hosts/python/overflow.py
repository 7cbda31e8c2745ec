"""A host of the bindings of the library `every`: events that listeners are too slow for, and those of the constructor."""

import asyncio
import threading
import time

from every import Config, Every, EveryBlocking, EveryError, EventsDroppedEvent
from refused import CONFIG, raises, raises_async


def bursts():
    """Four callers fire at listeners that take their time: every gap is told where it is."""
    for transport in ("native", "cbor"):
        with EveryBlocking.create(CONFIG, transport=transport) as it:
            told = []

            def busy(number):
                told.append(number)
                if len(told) % 32 == 0:
                    time.sleep(0.001)

            listener = it.on_number(busy, on_dropped=lambda count: told.append((count,)))
            everything_told, each, callers = it.events(), 25_000, 4
            calls = [threading.Thread(target=it.fire_numbers, args=(caller * each, each)) for caller in range(callers)]
            for call in calls:
                call.start()
            for call in calls:
                call.join()
            until = time.monotonic() + 120
            while accounted(told, callers, each) < callers * each and time.monotonic() < until:
                time.sleep(0.1)
            assert accounted(told, callers, each) == callers * each
            assert listener.dropped == sum(it[0] for it in told if isinstance(it, tuple))
            streamed = []
            while (event := everything_told.next(0.5)) is not None:
                streamed.append((event.payload.count,) if isinstance(event, EventsDroppedEvent) else event.payload)
            assert accounted(streamed, callers, each) == callers * each
            assert everything_told.dropped == sum(it[0] for it in streamed if isinstance(it, tuple))


def accounted(told, callers, each):
    """How many events were told or are in gaps, of which each is where numbers are missing."""
    following, unplaced, count = [0] * callers, 0, 0
    for it in told:
        if isinstance(it, tuple):
            count, unplaced = count + it[0], unplaced + it[0]
            continue
        caller, number = divmod(it, each)
        assert 0 <= number - following[caller] <= unplaced, (it, following, unplaced)
        unplaced -= number - following[caller]
        following[caller], count = number + 1, count + 1
    return count


def first_events():
    """A constructor is heard from its first event on, and `listen` that fails ends what was made."""
    config = Config("fires 3", None, 0)

    async def main(transport):
        streams, heard = [], []

        def listen(it):
            streams.append(it.events())
            it.on_number(heard.append)

        async with Every.create(config, transport=transport, listen=listen) as it:
            await it.fire_numbers(3, 1)
            assert [(await streams[0].__anext__()).payload for _ in range(4)] == [0, 1, 2, 3]
            assert heard == [0, 1, 2, 3], heard
        await raises_async(ZeroDivisionError, Every.create(config, transport=transport, listen=lambda it: 1 // 0))
        await raises_async(EveryError, Every.create(Config("fires 3", "as told", 0), listen=listen))
        given_up = asyncio.ensure_future(asyncio.wait_for(Every.create(Config("", None, 300), listen=listen), 0.02))
        await raises_async(asyncio.TimeoutError, given_up)
        assert len(streams) == 1

    for transport in ("native", "cbor"):
        asyncio.run(main(transport))
        heard, done = [], threading.Event()

        def hear(number):
            heard.append(number)
            if number == 3:
                done.set()

        streams = []

        def listen(it):
            streams.append(it.events())
            it.on_number(hear)

        with EveryBlocking.create(config, transport=transport, listen=listen) as it:
            it.fire_numbers(3, 1)
            assert [next(streams[0]).payload for _ in range(4)] == [0, 1, 2, 3]
            assert done.wait(60) and heard == [0, 1, 2, 3]
        raises(ZeroDivisionError, lambda: EveryBlocking.create(config, transport=transport, listen=lambda it: 1 // 0))
        with EveryBlocking.create(config, transport=transport) as it:
            stream = it.events()
            it.fire_numbers(7, 1)
            assert next(stream).payload in (0, 7), "the constructor's callback may not have returned"


bursts()
first_events()
print("overflow: all passed")
