"""Events that listeners are too slow for, and those of the constructor."""

import asyncio
import threading
import time
import unittest

import ffi_host
from tests import create, every, native

DROPPED = "events_dropped"
HELD = every.schema.event_limit


def accounted(told, callers, each):
    """Checks that no number is missing without a gap before it; gives how many were heard, and dropped."""
    following = [0] * callers
    heard = dropped = unplaced = 0
    for name, payload in told:
        if name == DROPPED:
            dropped += payload["count"]
            unplaced += payload["count"]
            continue
        caller, number = divmod(payload, each)
        missing = number - following[caller]
        assert 0 <= missing <= unplaced, f"{payload} without a gap before it"
        unplaced -= missing
        following[caller] = number + 1
        heard += 1
    return heard, dropped


async def burst(context, callers, each):
    """Has callers fire at once, each its own numbers."""
    await asyncio.gather(*(context.fire_numbers(caller * each, each) for caller in range(callers)))


class Overflow(unittest.IsolatedAsyncioTestCase):
    async def test_four_callers_against_a_listener_that_takes_its_time(self):
        async with create() as context:
            told = []

            def busy(event):
                told.append(event)
                # Up to a millisecond, but not for each: it would be minutes.
                if len(told) % 16 == 0:
                    time.sleep(0.001)

            context.events.on_number.listen(busy, lambda count: told.append((DROPPED, {"count": count})))
            await burst(context, 4, 25_000)
            while sum(accounted(told, 4, 25_000)) < 100_000:
                await asyncio.sleep(0.2)
            self.assertEqual(sum(accounted(told, 4, 25_000)), 100_000)

    async def test_a_stream_brings_what_it_holds_and_tells_its_gaps_where_they_are(self):
        for name in ("on_number", None):
            context = await create()
            stream = (context.events[name] if name else context.events).stream()
            arrived = []
            context.events.on_number.listen(lambda event: arrived.append(event.payload))
            for start in range(0, HELD * 2, HELD // 2):
                await context.fire_numbers(start, HELD // 2)
                while not arrived or arrived[-1] < start + HELD // 2 - 1:
                    await asyncio.sleep(0.001)
            told = [await anext(stream) for _ in range(HELD)]
            await context.fire_numbers(HELD * 2, 3)
            await context.close()
            told += [event async for event in stream]
            heard, dropped = accounted(told, 1, HELD * 4)
            self.assertEqual((heard, dropped), (HELD + 3, HELD), "the library dropped none")
            self.assertEqual(told[HELD], (DROPPED, {"count": HELD}), "behind what the stream held")
            self.assertEqual(told[-1], ("on_number", HELD * 2 + 2), "it goes on")

    async def test_a_listener_whose_loop_is_busy_is_told_once_of_all_that_is_missing(self):
        async with create() as context:
            heard, gaps = [], []
            listener = context.events.on_number.listen(lambda event: heard.append(event.payload), gaps.append)
            quiet = context.events.on_number.listen(lambda _: None)
            fires = context.fire_numbers(0, HELD * 2)
            time.sleep(1.5)
            with self.assertLogs("ffi_host") as logs:
                await fires
                while len(heard) + sum(gaps) < HELD * 2 or quiet.dropped < listener.dropped:
                    await asyncio.sleep(0.01)
            self.assertEqual(listener.dropped, sum(gaps))
            self.assertGreaterEqual(listener.dropped, HELD)
            self.assertIn("on_number", logs.output[0])


class Constructors(unittest.IsolatedAsyncioTestCase):
    async def test_a_constructor_is_heard_from_its_first_event_on(self):
        heard, threads, streams = [], set(), []

        def listen(context):
            threads.add(threading.get_ident())
            streams.append(context.events.stream())
            context.events.on_number.listen(lambda event: heard.append(event.payload))

        async with every.create.listening(listen)({"name": "fires 3", "delay_ms": 0}) as context:
            await context.fire_numbers(3, 1)
            self.assertEqual([(await anext(streams[0])).payload for _ in range(4)], [0, 1, 2, 3])
            # The listener is called after the stream.
            while len(heard) < 4:
                await asyncio.sleep(0.01)
            self.assertEqual((heard, threads), ([0, 1, 2, 3], {threading.get_ident()}))

    async def test_where_nobody_listens_to_a_constructor_its_events_are_gone(self):
        async with create("fires 3") as context:
            # The callback of the constructor has returned when the worker takes the next call; up to then a listener
            # would still hear.
            await context.fire_numbers(0, 0)
            stream = context.events.on_number.stream()
            await context.fire_numbers(7, 1)
            self.assertEqual((await anext(stream)).payload, 7)

    async def test_what_fails_to_listen_is_told_and_ends_the_context(self):
        with self.assertRaises(ZeroDivisionError):
            await every.create.listening(lambda _: 1 // 0)({"name": "fires 3", "delay_ms": 0})
        with self.assertRaises(ffi_host.CallError):
            await every.create.listening(lambda _: 1 // 0)({"name": "", "delay_ms": 0, "failure": "as told"})

    async def test_a_constructor_that_is_given_up_waits_for_no_listeners(self):
        heard = []
        making = asyncio.ensure_future(
            every.create.listening(heard.append)({"name": "", "delay_ms": 50})._create()
        )
        await asyncio.sleep(0.01)
        making.cancel()
        await asyncio.gather(making, return_exceptions=True)
        await asyncio.sleep(0.2)
        self.assertEqual(heard, [])


class WithoutALoop(unittest.TestCase):
    def test_a_constructor_is_heard_from_its_first_event_on(self):
        heard, done = [], threading.Event()

        def hear(event):
            heard.append(event.payload)
            if len(heard) == 4:
                done.set()

        create = every.create.listening(lambda context: context.events.on_number.listen(hear))
        with create.blocking({"name": "fires 3", "delay_ms": 0}) as context:
            context.fire_numbers.blocking(3, 1)
            self.assertTrue(done.wait(30))
        self.assertEqual(heard, [0, 1, 2, 3])
        self.assertEqual(native().listeners, {})
        with self.assertRaises(ZeroDivisionError):
            every.create.listening(lambda _: 1 // 0).blocking({"name": "", "delay_ms": 0})
