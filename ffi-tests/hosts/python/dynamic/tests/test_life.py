"""How contexts begin and end, and that nothing is left of them."""

import asyncio
import gc
import os
import unittest

import ffi_host
from tests import create, every, native


def threads():
    return len(os.listdir("/proc/self/task"))


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Life(unittest.IsolatedAsyncioTestCase):
    async def test_a_constructor_that_fails(self):
        with self.assertRaisesRegex(ffi_host.CallError, "^told to$"):
            await create(failure="told to")
        said = r"^every_create panicked: the constructor was told to panic \(ffi-tests/src/lib\.rs:\d+:\d+\)$"
        with self.assertRaisesRegex(ffi_host.CallError, said):
            await asyncio.to_thread(every.create.blocking, {"name": "", "delay_ms": 0, "failure": "panic"})
        self.assertEqual(native().pending, {})

    async def test_a_constructor_that_is_given_up(self):
        before = threads()
        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(self.late(), 0.05)
        while native().pending:
            await asyncio.sleep(0.01)
        await self.settles(threads, before)

    async def late(self):
        await create(delay_ms=600_000)

    async def settles(self, measure, at_most):
        for _ in range(3000):
            if measure() <= at_most:
                return
            await asyncio.sleep(0.01)
        self.fail(f"{measure.__name__}: {measure()}, before {at_most}")

    async def test_closing_answers_what_was_accepted_and_refuses_the_rest(self):
        context = await create()
        calls = [context.give_i64(n) for n in range(1000)]
        forever = context.wait_forever()
        await asyncio.gather(context.close(), context.close())
        self.assertEqual(await asyncio.gather(*calls), list(range(1000)))
        with self.assertRaisesRegex(ffi_host.CallError, "^cancelled$"):
            await forever
        for call in (context.give_i64, context.give_i64.blocking):
            with self.assertRaisesRegex(ffi_host.ClosedError, "^every: the context is closed$"):
                call(1)
        self.assertTrue(context.is_closed)
        await context.close()
        context.destroy()

    async def test_destroying_on_the_loop_s_own_thread(self):
        context = await create()
        calls = [context.give_i64(n) for n in range(100)]
        context.destroy()
        self.assertEqual(await asyncio.gather(*calls), list(range(100)))

    async def test_what_blocks_past_the_grace(self):
        context = await create()
        blocks = context.block(4_000)
        with self.assertRaisesRegex(ffi_host.FfiError, "what blocks in the context has not ended in time"):
            await asyncio.to_thread(context.destroy)
        await blocks

    async def test_a_forgotten_context_is_closed(self):
        before = threads()
        with self.assertWarnsRegex(ResourceWarning, "was never closed"):
            await self.forget()
            gc.collect()
        await self.settles(threads, before)
        self.assertEqual(native().pending, {})

    async def forget(self):
        await (await create()).give_i64(1)

    async def test_a_forgotten_context_that_is_heard_stays(self):
        heard = asyncio.Event()
        slow = await self.begin_to_hear(heard)
        gc.collect()
        await asyncio.wait_for(heard.wait(), 30)
        self.assertEqual(len(native().listeners), 1)
        listener = next(iter(native().listeners.values()))
        with self.assertWarns(ResourceWarning):
            await slow
            listener.remove()
            del slow, listener
            gc.collect()
        self.assertEqual(native().listeners, {})

    async def begin_to_hear(self, heard):
        context = await create()
        context.events.on_number.listen(lambda event: heard.set())
        return context.fire_numbers_slowly(0, 5, 20)

    async def test_nothing_is_left(self):
        await self.some(100)
        gc.collect()
        before = threads(), descriptors(), resident()
        await self.some(400)
        gc.collect()
        await self.settles(threads, before[0])
        await self.settles(descriptors, before[1])
        self.assertLess(resident() - before[2], 16 << 20)
        self.assertEqual((native().pending, native().listeners), ({}, {}))

    async def some(self, contexts):
        for _ in range(contexts):
            async with create("leaks") as context:
                stream = context.events.on_number.stream()
                context.events.listen(lambda event: None)
                await context.fire_numbers(0, 20)
                await anext(stream)
                await asyncio.gather(*(context.give_bytes(bytes(1000)) for _ in range(20)))
                with self.assertRaises(ffi_host.CallError):
                    await context.fail("x")
