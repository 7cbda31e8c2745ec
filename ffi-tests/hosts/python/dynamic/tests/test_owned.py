"""Objects that own something of a library: no copy ends them, no stream waits in the wrong loop, and no listener is one
that never runs."""

import asyncio
import copy
import dataclasses
import functools
import gc
import os
import pickle
import threading
import unittest
import warnings

import ffi_host
from tests import create, every, native


@dataclasses.dataclass
class App:
    name: str
    held: object


WAYS = [
    copy.copy, copy.deepcopy, lambda it: copy.deepcopy([it]), lambda it: copy.deepcopy(App("a", it)),
    lambda it: dataclasses.asdict(App("a", it)), lambda it: it.__reduce__(),
    *(functools.partial(lambda protocol, it: pickle.dumps(it, protocol), number) for number in range(pickle.HIGHEST_PROTOCOL + 1)),
]


class Copies(unittest.IsolatedAsyncioTestCase):
    async def test_are_refused_and_the_original_goes_on(self):
        async with create() as context:
            creation, events = create(), context.events
            listener, stream = events.on_number.listen(print), events.on_number.stream()
            for it in (context, events, events.on_number, listener, stream, creation, every, context.give_i64, every.create, context._core):
                for way in WAYS:
                    with self.assertRaisesRegex(TypeError, "^cannot copy or pickle a "):
                        way(it)
            gc.collect()
            listener.remove()
            await context.fire_numbers(3, 1)
            self.assertEqual(((await anext(stream)).payload, await context.give_i64(1)), (3, 1))

    async def test_values_and_errors_are_copied(self):
        async with create() as context:
            with self.assertRaises(ffi_host.CallError) as caught:
                await context.fail("told to")
            with self.assertRaises(ffi_host.ArgumentError) as refused:
                context.give_i64("1")
            for way in (copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))):
                error = way(caught.exception)
                self.assertEqual((type(error), str(error)), (ffi_host.CallError, "told to"))
                self.assertEqual((error.function, error.kind), ("every_fail", "author"))
                self.assertEqual(str(way(refused.exception)), str(refused.exception))
                self.assertEqual(way(ffi_host.Event("a", {"b": 1})), ("a", {"b": 1}))


class Forks(unittest.TestCase):
    def test_a_child_lets_go_of_a_context_without_a_word(self):
        context = every.create.blocking({"name": "", "delay_ms": 0})
        child = os.fork()
        if child == 0:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                # A thread of the parent that is not here holds it for ever.
                context._core._lock.acquire()
                del context
                gc.collect()
            os._exit(len(told))
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertEqual(context.give_i64.blocking(1), 1)
        context.destroy()


class Loops(unittest.TestCase):
    def test_a_stream_is_for_the_loop_that_it_was_made_in(self):
        async def made():
            context = await create()
            stream = context.events.on_number.stream()
            await context.fire_numbers(0, 1)
            return context, stream

        async def taken(stream):
            with self.assertRaisesRegex(RuntimeError, "was made in another event loop"):
                await asyncio.wait_for(anext(stream), 20)

        async def closed(context, stream):
            self.assertEqual(await context.give_i64(1), 1)
            stream.close()
            await context.close()

        async def beside():
            context, stream = await made()
            await asyncio.to_thread(asyncio.run, taken(stream))
            self.assertEqual((await anext(stream)).payload, 0)
            await context.close()

        context, stream = asyncio.run(made())
        asyncio.run(taken(stream))
        asyncio.run(closed(context, stream))
        asyncio.run(beside())
        self.assertEqual(native().listeners, {})


async def asynchronous(_):
    raise AssertionError("nobody awaits it")


async def asynchronous_generator(_):
    yield


def generator(_):
    yield


class Asynchronous:
    async def __call__(self, _):
        raise AssertionError("nobody awaits it")

    async def method(self, _):
        raise AssertionError("nobody awaits it")


UNSTARTED = [
    asynchronous, Asynchronous(), Asynchronous().method, asynchronous_generator, generator, functools.partial(asynchronous),
    functools.partial(functools.partial(Asynchronous())), functools.partial(generator),
]


class Listeners(unittest.IsolatedAsyncioTestCase):
    async def test_that_would_never_run_are_refused(self):
        failures, done = [], asyncio.Event()
        asyncio.get_running_loop().set_exception_handler(lambda _, what: failures.append(str(what["exception"])))

        async def hear(_):
            done.set()

        async with create() as context:
            source = context.events.on_number
            for function in UNSTARTED:
                with self.assertRaisesRegex(TypeError, "create_task"):
                    source.listen(function)
            for function in (None, 5, "name", [print]):
                with self.assertRaisesRegex(TypeError, "a listener is a function, not "):
                    source.listen(function)
            self.assertEqual(native().listeners, {})
            listeners = [source.listen(lambda event: hear(event)), source.listen(lambda event: generator(event))]
            await context.fire_numbers(0, 1)
            while len(failures) < 2:
                await asyncio.sleep(0.01)
            self.assertEqual(["create_task" in failure for failure in failures], [True, True])
            for listener in listeners:
                listener.remove()
            self.assertFalse(done.is_set())
            source.listen(lambda event: asyncio.create_task(hear(event)))
            await context.fire_numbers(0, 1)
            await asyncio.wait_for(done.wait(), 60)

    def test_elsewhere(self):
        heard = threading.Event()
        with every.create.blocking({"name": "", "delay_ms": 0}) as context:
            with self.assertRaisesRegex(TypeError, "create_task"):
                context.events.on_number.listen(asynchronous)
            with self.assertLogs("ffi_host") as logs:
                context.events.on_number.listen(lambda event: asynchronous(event))
                context.events.on_number.listen(lambda _: heard.set())
                context.fire_numbers.blocking(0, 1)
                self.assertTrue(heard.wait(30))
            self.assertIn("create_task", logs.output[0])
