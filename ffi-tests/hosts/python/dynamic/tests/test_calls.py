"""Calls in great numbers, their errors, and what becomes of them when they are given up."""

import asyncio
import pickle
import concurrent.futures
import re
import signal
import threading
import time
import unittest

import ffi_host
from tests import create, every, native


class Calls(unittest.IsolatedAsyncioTestCase):
    async def test_thousands_at_once_in_several_contexts(self):
        contexts = await asyncio.gather(*(create() for _ in range(4)))
        fates = ["Answers", "Fails", "Panics"]
        calls = [contexts[n % 4].storm_later(n, fates[n % 3]) for n in range(24_000)]
        for n, answer in enumerate(await asyncio.gather(*calls, return_exceptions=True)):
            expected = [n, f"{n} fails", f"every_storm_later panicked: {n} panics"][n % 3]
            said = re.sub(r" \(ffi-tests/src/storm\.rs:\d+:\d+\)$", "", str(answer))
            self.assertEqual(answer if n % 3 == 0 else said, expected)
        await asyncio.gather(*(context.close() for context in contexts))
        self.assertEqual(native().pending, {})

    async def test_the_loop_turns_meanwhile(self):
        async with create() as context:
            call, turns = context.sleep(50), 0
            while not call.done():
                await asyncio.sleep(0.001)
                turns += 1
        self.assertGreater(turns, 5)

    async def test_what_needs_no_context(self):
        self.assertEqual(await every.thread_detached(1), "every-worker")
        self.assertNotEqual(every.thread_here(), "every-worker")
        with self.assertRaisesRegex(ffi_host.CallError, "^no$"):
            every.fail_here("no")

    async def test_an_error_is_its_authors_whatever_it_says(self):
        said = [
            "cancelled", "deadline exceeded", "every_fail panicked: boom", "a\0\3", "every_fail: not usable after fork",
            "events_dropped: 3 events were dropped before this",
        ]
        async with create() as context:
            for text in said:
                made = every.create({"name": "", "delay_ms": 0, "failure": text})
                for fails in (context.fail(text), made):
                    with self.assertRaises(ffi_host.CallError) as caught:
                        await fails
                    self.assertEqual((str(caught.exception), caught.exception.kind), (text, "author"))
                with self.assertRaises(ffi_host.CallError) as caught:
                    every.fail_here(text)
                self.assertEqual((str(caught.exception), caught.exception.kind), (text, "author"))

    async def test_the_librarys_own_errors_are_told_by_their_kinds(self):
        async with create() as context:
            for kind, fails in (
                ("panicked", lambda: context.panic("cancelled")),
                ("bad_request", lambda: context.give_string("x" * (5 << 20))),
                ("deadline_exceeded", lambda: context.log_lightly("late", 60_000)),
                ("panicked", context.panic_exclusive),
                ("poisoned", context.name),
            ):
                with self.assertRaises(ffi_host.CallError) as caught:
                    await fails()
                self.assertEqual(caught.exception.kind, kind)
            with self.assertRaises(ffi_host.CallError) as caught:
                every.divide(1, 0)
            self.assertEqual(caught.exception.kind, "panicked")
        async with create() as context:
            waits = asyncio.ensure_future(context.sleep_lightly(60_000))
            await asyncio.sleep(0)
        with self.assertRaises(ffi_host.CallError) as caught:
            await waits
        self.assertEqual(caught.exception.kind, "cancelled")

    async def test_an_error_holds_what_its_author_gave_it(self):
        missing = {"lookedFor": "a\0b", "beside": [{"x": 1.5, "y": -2.0}], "level": "Next", "cause": "invalid float literal"}
        async with create() as context:
            cases = [
                (lambda: context.find("a\0b"), "there is no a\0b", "Missing", missing),
                (lambda: context.trouble_later("Busy"), "busy: come back later", "Trouble", "Busy"),
                (lambda: context.trouble_later("gone"), "cancelled", "Trouble", "gone"),
                (lambda: every.store_detached("123456"), "it is broken", "Storage", "Broken"),
            ]
            for fails, text, type_, error in cases:
                with self.assertRaises(ffi_host.FailureError) as caught:
                    await fails()
                told = caught.exception
                self.assertEqual((str(told), told.kind, told.type, told.error), (text, "author", type_, error))
            copied = pickle.loads(pickle.dumps(told))
            self.assertEqual((str(copied), copied.function, copied.error), (str(told), "every_store_detached", "Broken"))
            self.assertEqual(await context.find("2.5"), {"x": 2.5, "y": None})
            await context.trouble_later(None)
            with self.assertRaises(ffi_host.CallError) as caught:
                await context.fail_typed_unspeakably()
            self.assertEqual((type(caught.exception), caught.exception.kind), (ffi_host.CallError, "panicked"))
            self.assertIn("Fails with: Missing", context.find.__doc__)
        with self.assertRaises(ffi_host.FailureError) as caught:
            every.store_here("12345")
        self.assertEqual((caught.exception.type, caught.exception.error), ("Storage", "Full"))

    async def test_errors_of_exports_are_told_once(self):
        for _ in range(2):
            said = r"^every_divide panicked: attempt to divide by zero \(ffi-tests/src/here\.rs:\d+:\d+\)$"
            with self.assertRaisesRegex(ffi_host.CallError, said):
                every.divide(1, 0)
            self.assertEqual(every.divide(0, 1), 0)

    async def test_a_deadline(self):
        async with create() as context:
            with self.assertRaisesRegex(ffi_host.CallError, "^deadline exceeded$"):
                await context.log_lightly("late", 60_000)

    async def test_cancelling_what_waits_for_its_turn(self):
        async with create() as context:
            blocks = context.block(200)
            adds = asyncio.ensure_future(context.add(1))
            await asyncio.sleep(0.01)
            adds.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await adds
            await blocks
            self.assertEqual(await context.add(0), 0, "it never ran")
            self.assertEqual(native().pending, {})

    async def test_cancelling_what_runs(self):
        async with create() as context:
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(context.sleep_lightly_alone(600_000), 0.05)
            self.assertEqual(await asyncio.wait_for(context.add(1), 30), 1, "it no longer runs")

    async def test_two_loops_share_a_context(self):
        async with create() as context:
            async def many(base):
                return await asyncio.gather(*(context.give_i64(base + n) for n in range(500)))

            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                runs = [pool.submit(asyncio.run, many(base)) for base in (0, 1000, 2000, 3000)]
                for base, run in zip((0, 1000, 2000, 3000), runs):
                    answers = await asyncio.wrap_future(run)
                    self.assertEqual(answers, list(range(base, base + 500)))

    async def test_a_loop_that_ends_with_calls_in_flight(self):
        async with create() as context:
            def leave():
                loop = asyncio.new_event_loop()
                loop.run_until_complete(self.begin(context))
                loop.close()

            await asyncio.to_thread(leave)
            self.assertEqual(await context.give_i64(1), 1)
            while native().pending:
                await asyncio.sleep(0.01)

    async def begin(self, context):
        self.left = context.sleep(50)


class Blocking(unittest.TestCase):
    def test_many_threads(self):
        with every.create.blocking({"name": "", "delay_ms": 0}) as context:
            def many(base):
                return [context.give_i64.blocking(base + n) for n in range(1000)]

            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                for base, answers in enumerate(pool.map(many, range(8))):
                    self.assertEqual(answers, list(range(base, base + 1000)))

    def test_an_interrupted_wait_cancels(self):
        with every.create.blocking({"name": "", "delay_ms": 0}) as context:
            # A background job ignores the signal, and then Python leaves it so.
            before = signal.signal(signal.SIGINT, signal.default_int_handler)
            self.addCleanup(signal.signal, signal.SIGINT, before)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            main = threading.main_thread().ident
            timer = threading.Timer(0.1, lambda: signal.pthread_kill(main, signal.SIGINT))
            timer.start()
            begun = time.monotonic()
            with self.assertRaises(KeyboardInterrupt):
                context.sleep_lightly_alone.blocking(60_000)
            self.assertEqual(context.add.blocking(1), 1)
            self.assertLess(time.monotonic() - begun, 50)
            timer.join()
