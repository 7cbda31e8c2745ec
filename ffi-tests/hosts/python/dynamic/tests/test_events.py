"""Events: streams, functions, removal, the end."""

import asyncio
import gc
import threading
import time
import unittest
import unittest.mock

import ffi_host
from tests import create, every, native


class Streams(unittest.IsolatedAsyncioTestCase):
    async def test_in_order_and_whole(self):
        async with create() as context:
            stream = context.events.on_number.stream()
            await context.fire_numbers(0, 500)
            heard = [await anext(stream) for _ in range(500)]
            self.assertEqual(heard, [ffi_host.Event("on_number", n) for n in range(500)])

    async def test_all_events_in_one_stream(self):
        async with create() as context:
            stream = context.events.stream()
            await context.fire_text("a")
            await context.fire_several(1, "b", None)
            self.assertEqual(await anext(stream), ("on_text", "a"))
            self.assertEqual(await anext(stream), ("on_several", {"whichOne": 1, "text": "b", "class": None}))

    async def test_the_end_of_the_context_ends_a_stream(self):
        context = await create()
        stream = context.events.on_number.stream()
        await context.fire_numbers(0, 3)
        await context.close()
        self.assertEqual([event.payload async for event in stream], [0, 1, 2])
        self.assertEqual([event async for event in stream], [])
        self.assertEqual(native().listeners, {})
        with self.assertRaises(ffi_host.ClosedError):
            context.events.stream()

    async def test_whoever_waits_is_let_go_at_the_end(self):
        context = await create()
        stream = context.events.stream()
        waits = asyncio.ensure_future(anext(stream, None))
        await asyncio.sleep(0.01)
        await asyncio.to_thread(context.destroy)
        self.assertIsNone(await asyncio.wait_for(waits, 30))

    async def test_a_stream_that_is_left_hears_no_more(self):
        async with create() as context:
            asks = context.fire_numbers_slowly(0, 100, 2)
            async for event in context.events.on_number:
                self.assertEqual(event.name, "on_number")
                break
            await asks
            gc.collect()
            self.assertEqual(native().listeners, {})
            async with context.events.stream() as stream:
                self.assertEqual(len(native().listeners), 1)
            self.assertEqual(native().listeners, {})
            self.assertEqual([event async for event in stream], [])


class Listeners(unittest.IsolatedAsyncioTestCase):
    async def test_on_the_loop_until_removed(self):
        async with create() as context:
            heard, threads = [], set()

            def hear(event):
                heard.append(event.payload)
                threads.add(threading.get_ident())

            listener = context.events.on_number.listen(hear)
            stream = context.events.on_number.stream()
            await context.fire_numbers(0, 10)
            for _ in range(10):
                await anext(stream)
            self.assertEqual((heard, threads), (list(range(10)), {threading.get_ident()}))
            listener.remove()
            listener.remove()
            await context.fire_numbers(10, 10)
            for _ in range(10):
                await anext(stream)
            self.assertEqual(len(heard), 10, "it was removed")

    async def test_one_that_fails_is_told_and_harms_nobody(self):
        async with create() as context:
            told = []
            asyncio.get_running_loop().set_exception_handler(lambda _, what: told.append(str(what["exception"])))
            context.events.on_number.listen(lambda event: 1 // event.payload)
            stream = context.events.on_number.stream()
            await context.fire_numbers(0, 2)
            for _ in range(2):
                await anext(stream)
            self.assertEqual(told, ["integer division or modulo by zero"])

    async def test_removed_from_within(self):
        async with create() as context:
            heard = []
            listener = context.events.on_number.listen(lambda event: (heard.append(event.payload), listener.remove()))
            await context.fire_numbers(0, 10)
            await context.close()
            self.assertEqual(heard, [0])

    async def test_what_was_told_before_the_end_is_heard_where_close_returns_late(self):
        close = native().close

        def late(handle, ending):
            close(handle, ending)
            while not ending.has_come:
                time.sleep(0.001)

        for _ in range(20):
            context, heard = await create(), []
            context.events.on_number.listen(lambda event: heard.append(event.payload))
            await context.fire_numbers(0, 100)
            with unittest.mock.patch.object(native(), "close", late):
                await context.close()
            self.assertEqual(heard, list(range(100)))


class Unknown(unittest.TestCase):
    def test_one_that_nests_beside_a_key_that_is_no_text(self):
        # {0: 0, "x": [[[…]]]}: an event of a newer library, and any value nests as deep as a variant may.
        message = "a2696576656e745479706561616770" + "61796c6f6164a20000" + "6178" + "81" * 126 + "00"
        name, payload = native().decoder.event(None, bytes.fromhex(message))
        for _ in range(126):
            [payload["x"]] = payload["x"]
        self.assertEqual((name, payload), ("a", {"x": 0}))


class OtherThreads(unittest.TestCase):
    def test_without_a_loop_a_listener_runs_on_a_thread_of_the_library(self):
        threads, done = set(), threading.Event()
        with every.create.blocking({"name": "", "delay_ms": 0}) as context:
            def hear(event):
                threads.add(threading.get_ident())
                done.set()

            with self.assertLogs("ffi_host") as logs:
                listener = context.events.on_number.listen(hear)
                context.events.on_number.listen(lambda event: 1 // 0)
                context.fire_numbers.blocking(0, 1)
                self.assertTrue(done.wait(30))
                listener.remove()
                context.destroy()
            self.assertIn("a listener failed", logs.output[0])
        self.assertNotIn(threading.get_ident(), threads)
        self.assertEqual(native().listeners, {})
