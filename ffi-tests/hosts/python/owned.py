"""Objects that own something of the library `every`: no copy ends them, no stream waits in the wrong loop, and no
listener is one that never runs."""

import asyncio
import copy
import dataclasses
import functools
import gc
import pickle
import threading

import every
from every import Config, Every, EveryBlocking, EveryError, Level, Point
from every import _mailbox
from counted import settle
from refused import CONFIG, raises, raises_async


@dataclasses.dataclass
class App:
    name: str
    held: object


WAYS = [
    copy.copy, copy.deepcopy, lambda it: copy.deepcopy({"a": [it]}), lambda it: copy.deepcopy(App("a", it)),
    lambda it: dataclasses.asdict(App("a", it)), lambda it: dataclasses.astuple(App("a", it)), lambda it: it.__reduce__(),
    *(functools.partial(lambda protocol, it: pickle.dumps(it, protocol), number) for number in range(pickle.HIGHEST_PROTOCOL + 1)),
]


def refused(*objects):
    """No way to copy any of these."""
    for it in objects:
        for way in WAYS:
            text = str(raises(TypeError, way, it))
            assert text.startswith(f"cannot copy or pickle a {type(it).__name__}: it owns "), text
    gc.collect()


def copies():
    """A copy of what owns something is refused, and the original goes on; values and errors are copied."""

    async def main():
        opening = Every.create(CONFIG)
        async with opening as it:
            listener, stream = it.on_number(print), it.events()
            refused(opening, it, it.blocking, it._context, listener, stream, stream._ear, stream._ear.mailbox)
            assert copy.copy(App("a", it)).held is it, "a copy of what holds it is no copy of it"
            listener.remove()
            await it.fire_numbers(3, 1)
            assert (await stream.__anext__()).payload == 3 and await it.name() == "python"

    asyncio.run(main())
    with EveryBlocking.create(CONFIG) as it, it.events() as stream, it.on_number(lambda _: None) as listener:
        refused(it, stream, listener)
        it.fire_numbers(3, 1)
        assert stream.next(timeout=60).payload == 3 and it.name() == "python"
        for value in (Point(1.0, None), Level.MIDDLE, every.OnNumberEvent(3)):
            assert [way(value) == value for way in (copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it)))] == [True] * 3
        error = pickle.loads(pickle.dumps(raises(EveryError, it.fail, "told to")))
        assert (type(error), error.args, error.function) == (EveryError, ("told to",), "every_fail")
    settle()


def other_loops():
    """A stream is for the loop that it was made in: elsewhere it says so at once, whether that loop runs or has ended."""

    async def made():
        it = await Every.create(CONFIG)
        stream = it.events()
        await it.fire_numbers(0, 1)
        return it, stream

    async def taken(stream):
        error = await raises_async(RuntimeError, asyncio.wait_for(stream.__anext__(), 20))
        assert "was made in another event loop" in str(error)

    async def closed(it, stream):
        assert await it.name() == "python", "the object itself is for every loop"
        await stream.aclose()
        await it.close()

    it, stream = asyncio.run(made())
    asyncio.run(taken(stream))
    asyncio.run(closed(it, stream))

    async def beside():
        it, stream = await made()
        await asyncio.get_running_loop().run_in_executor(None, asyncio.run, taken(stream))
        assert (await stream.__anext__()).payload == 0
        await it.close()

    asyncio.run(beside())


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

    @classmethod
    async def of_class(cls, _):
        raise AssertionError("nobody awaits it")

    @staticmethod
    async def static(_):
        raise AssertionError("nobody awaits it")


UNSTARTED = [
    asynchronous, Asynchronous(), Asynchronous().method, Asynchronous.of_class, Asynchronous.static, asynchronous_generator,
    generator, functools.partial(asynchronous), functools.partial(functools.partial(Asynchronous())), functools.partial(generator),
]


def listeners():
    """A listener that would never run is refused when it is added, or where only its call shows it, when it is called."""

    async def main():
        loop, failures, done = asyncio.get_running_loop(), [], asyncio.Event()
        loop.set_exception_handler(lambda _, what: failures.append(str(what["exception"])))
        async with Every.create(CONFIG) as it:
            for callback in UNSTARTED:
                assert "create_task" in str(raises(TypeError, it.on_number, callback))
            for callback in (None, 5, "name", b"name", [print]):
                assert "a listener is a function, not " in str(raises(TypeError, it.on_number, callback))

            async def hear(_):
                done.set()

            with it.on_number(lambda number: hear(number)), it.on_number(lambda _: generator(_)):
                await it.fire_numbers(0, 1)
                while len(failures) < 2:
                    await asyncio.sleep(0.01)
            assert ["create_task" in failure for failure in failures] == [True, True] and not done.is_set()
            with it.on_number(lambda number: asyncio.create_task(hear(number))):
                await it.fire_numbers(0, 1)
                await asyncio.wait_for(done.wait(), 60)
        assert len(failures) == 2, failures

    asyncio.run(main())
    with EveryBlocking.create(CONFIG) as it:
        before = threading.active_count()
        for callback in [*UNSTARTED, None]:
            raises(TypeError, it.on_number, callback)
        assert threading.active_count() == before and not it._context.ears, "nothing of a refused one is left"
        heard = threading.Event()
        with it.on_number(functools.partial(lambda event, _: event.set(), heard)):
            it.fire_numbers(0, 1)
            assert heard.wait(60)


for part in (copies, other_loops, listeners):
    part()
settle()
print("owned: all passed")
