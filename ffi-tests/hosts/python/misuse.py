"""A host of the bindings of the library `every` that does what goes wrong: bad values, failures, panics,
cancelling, forks, forgotten objects.

    misuse.py               everything
    misuse.py NAME          what is named so, in this process
"""

import asyncio
import gc
import os
import signal
import sys
import threading
import time
import warnings

import every
import my_timer
from every import (
    Config,
    Every,
    EveryBlocking,
    EveryClosedError,
    EveryDeadlineError,
    EveryError,
    EveryForkedError,
    EveryPanicError,
    EventsDropped,
    EventsDroppedEvent,
    Point,
)
from every import _mailbox
from counted import everything, settle, threads
from refused import CONFIG, bad_values, raises, raises_async

def errors():
    """Failures are exceptions of their kind, also again and again."""
    with EveryBlocking.create(CONFIG) as it:
        assert raises(EveryError, it.fail, "told to").args == ("told to",)
        assert raises(EveryPanicError, it.panic, "told to").function == "every_panic"
        assert str(raises(EveryDeadlineError, it.log_briefly, "x", 2_000)) == "deadline exceeded"
        raises(EveryPanicError, it.panic_exclusive)
        assert "poisoned" in str(raises(EveryPanicError, it.name)), "the state may be broken"
    for _ in range(3):
        assert Every.divide(7, 2) == 3 and Every.divide(0, 2) == 0
        assert "divide by zero" in str(raises(EveryPanicError, Every.divide, 1, 0))
        assert Every.divide(0, 5) == 0, "an older failure is not this one's"
        assert Every.same_bool(False) is False and Every.same_f64(0.0) == 0.0 and Every.ignore(0) is None
    failing = Config("python", "told to fail", 0)
    assert str(raises(EveryError, EveryBlocking.create, failing)) == "told to fail"
    raises(EveryPanicError, EveryBlocking.create, Config("python", "panic", 0))
    too_much = everything(bytes(5 << 20))
    refused = raises(EveryError, EveryBlocking.echo_here, too_much)
    assert "larger than the limit of 4194304 bytes" in str(refused) and refused.kind == "bad_request"


def constructor():
    """A constructor is awaited, fails, and is given up."""

    async def main():
        await raises_async(EveryError, Every.create(Config("python", "told to fail", 10)))
        making = asyncio.ensure_future(asyncio.wait_for(Every.create(Config("python", None, 300)), 0.02))
        await raises_async(asyncio.TimeoutError, making)
        async with Every.create(Config("python", None, 20)) as it:
            assert await it.name() == "python"

    asyncio.run(main())
    raises(ValueError, lambda: EveryBlocking.create(CONFIG, transport="carrier pigeon"))
    raises(every.EveryTimeoutError, lambda: EveryBlocking.create(Config("python", None, 300), timeout=0.02))
    settle()


def cancelling():
    """Cancelling a task cancels its call: one that waits, and one that runs and may be dropped."""

    async def main(transport):
        async with Every.create(CONFIG, transport=transport) as it:
            running = asyncio.ensure_future(it.sleep_lightly(60_000))
            blocking = asyncio.ensure_future(it.block(100))
            await asyncio.sleep(0.02)
            waiting = asyncio.ensure_future(it.log_shared("never", 0))
            await asyncio.sleep(0)
            for task in (waiting, running):
                task.cancel()
                await raises_async(asyncio.CancelledError, task)
            await blocking
            assert await it.log() == [], "what was cancelled never began"
            begun = time.monotonic()
        assert time.monotonic() - begun < 1, "nothing is left to wait for"

    for transport in ("native", "cbor"):
        asyncio.run(main(transport))


def pending_at_close():
    """Whoever waits when an object closes fails with the closed error, in every loop and thread."""

    def in_thread(it, errors):
        errors.append(raises(EveryClosedError, it.blocking.wait_forever))

    async def main():
        it = await Every.create(CONFIG)
        calls = [asyncio.ensure_future(it.wait_forever()) for _ in range(10)]
        errors = []
        thread = threading.Thread(target=in_thread, args=(it, errors))
        thread.start()
        await asyncio.sleep(0.1)
        await it.close()
        thread.join()
        assert len(errors) == 1
        for call in calls:
            assert call.done()
            await raises_async(EveryClosedError, call)

    asyncio.run(main())


def overflow():
    """A stream that nobody takes from is bounded, and tells what is dropped in its place."""

    async def main():
        async with Every.create(CONFIG) as it:
            stream = it.events()
            fired = 3_000
            for start in range(0, fired, 500):
                await it.fire_numbers(start, 500)
                # The library's own line is bounded too.
                await asyncio.sleep(0.05)
            first = [(await stream.__anext__()).payload for _ in range(1_024)]
            assert first == list(range(1_024)), "what there was room for is whole"
            assert await stream.__anext__() == EventsDroppedEvent(EventsDropped(fired - 1_024)), "without another event"
            await it.fire_numbers(-1, 1)
            assert (await stream.__anext__()).payload == -1
            assert stream.dropped == fired - 1_024, (stream.dropped, fired)
            for start in range(0, fired, 500):
                await it.fire_numbers(start, 500)
                assert [(await stream.__anext__()).payload for _ in range(500)] == list(range(start, start + 500))
            assert stream.dropped == fired - 1_024, "there is room again for what was taken"

    asyncio.run(main())


def removing():
    """A listener that was removed is not called again; two tasks cannot take from one stream at once."""

    async def main():
        async with Every.create(CONFIG) as it:
            called = []
            listener = it.on_number(lambda number: (called.append(number), listener.remove()))
            await it.fire_numbers(0, 5)
            await asyncio.sleep(0.05)
            assert called == [0]
            listener.remove()
            stream = it.events()
            first = asyncio.ensure_future(stream.__anext__())
            await asyncio.sleep(0)
            await raises_async(RuntimeError, stream.__anext__())
            first.cancel()
            await raises_async(asyncio.CancelledError, first)
            await it.fire_numbers(7, 1)
            assert (await stream.__anext__()).payload == 7

    asyncio.run(main())
    with EveryBlocking.create(CONFIG) as it:
        called = []
        listener = it.on_number(lambda number: (called.append(number), listener.remove()))
        it.fire_numbers(0, 5)
        time.sleep(0.05)
        assert called == [0]
        it.on_number(lambda _: it.close())
        it.fire_numbers(0, 1)
        while not it.closed:
            time.sleep(0.01)
    settle()


def closing_under_a_callback():
    """A loop that closes an object waits for a callback on another thread, and serves that meanwhile."""

    async def main():
        it = await Every.create(CONFIG)
        loop, done = asyncio.get_running_loop(), []

        def call_back(_):
            time.sleep(0.2)
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(10)
            done.append(True)

        it.blocking.on_number(call_back)
        await it.fire_numbers(0, 1)
        await asyncio.sleep(0.1)
        await it.close()
        assert done, "nothing is called back after the end"

    asyncio.run(main())


def forgotten():
    """An object that nobody closed warns, and ends all the same."""
    settle()
    before = threads()

    async def main():
        it = await Every.create(CONFIG)
        called = []
        it.on_number(called.append)
        stream = it.events()
        await it.fire_numbers(0, 3)
        del stream
        return called

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        asyncio.run(main())
        it = EveryBlocking.create(CONFIG)
        it.on_number(print)
        del it
        gc.collect()
    assert [str(warning.message) for warning in told if warning.category is ResourceWarning] == ["Every was never closed"] * 2
    settle()
    assert threads() == before, (threads(), before)


def fork():
    """In a child that was forked while an object was alive calls fail, and none hangs."""
    it = EveryBlocking.create(CONFIG)
    stream = it.events()
    assert it.name() == "python"
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        signal.alarm(60)
        try:
            # A mailbox that was there may be locked for ever by a thread that is not here.
            assert _mailbox._local.blocking is None
            raises(EveryForkedError, it.name)
            raises(EveryForkedError, EveryBlocking.create, CONFIG)
            raises(EveryForkedError, EveryBlocking.thread_here)
            raises(EveryForkedError, Every.same_i8, 0)
            raises(EveryForkedError, it.events)
            assert asyncio.run(raises_async(EveryForkedError, Every.thread_here()))
            del stream, it
            gc.collect()
            os._exit(0)
        except BaseException as error:
            print(f"in the child: {error!r}", flush=True)
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert it.name() == "python", "the parent goes on"
    stream.close()
    it.close()


def interrupt():
    """Ctrl-C ends a call that blocks."""
    # A background job ignores the signal, and then Python leaves it so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with EveryBlocking.create(CONFIG) as it:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        begun = time.monotonic()
        raises(KeyboardInterrupt, it.sleep_lightly, 60_000)
        assert time.monotonic() - begun < 10


def logged():
    """Warnings of the library and of the bindings are logged."""
    import logging

    told = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(record.getMessage())
    logging.getLogger("my_timer").addHandler(handler)
    with my_timer.MyTimerBlocking.create(my_timer.TimerConfig("t")) as it, it.events() as stream:
        # The request crosses as CBOR by itself; C cannot hold the event's text in this library.
        it.echo(my_timer.EchoRequest("a\0b", 0))
        it.echo(my_timer.EchoRequest("whole", 0))
        assert stream.next(timeout=60).payload.message == "whole"
    assert len(told) == 1 and "NUL" in told[0], told


def changed():
    """A list that changes while it is written is an error, and no more."""

    class Growing(list):
        def __len__(self):
            return super().__len__() + 5

    class Long(bytes):
        def __len__(self):
            return super().__len__() + 5

    with EveryBlocking.create(CONFIG) as it:
        assert "the request is not what it was" in str(raises(EveryError, it.give_list_point, Growing([Point(1.0, None)])))
        assert "the request is not what it was" in str(raises(EveryError, it.give_list_string, Growing(["a"])))
        assert "the request is not what it was" in str(raises(EveryError, it.give_list_i32, Growing([1])))
        assert "the request is not what it was" in str(raises(EveryError, it.give_bytes, Long(b"a")))
        assert it.give_list_string(["a"]) == ["a"]


def events_before_the_end():
    """What had come when an object was closed is still there to take."""
    with EveryBlocking.create(CONFIG) as it:
        stream = it.events()
        it.fire_numbers(0, 3)
    assert [event.payload for event in stream] == [0, 1, 2]

    async def in_a_loop():
        async with Every.create(CONFIG) as it:
            stream = it.events()
            await it.fire_numbers(0, 3)
        assert [event.payload async for event in stream] == [0, 1, 2]

    asyncio.run(in_a_loop())


def cancelled_in_a_callback():
    """A callback that raises takes nobody's answer away, whatever it raises."""

    async def in_a_loop():
        failures = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context["exception"]))

        def cancelled(_):
            raise asyncio.CancelledError

        async with Every.create(CONFIG) as it:
            it.on_number(cancelled)
            calls = [it.fire_numbers(number, 1) for number in range(100)] + [it.give_i64(number) for number in range(100)]
            await asyncio.wait_for(asyncio.gather(*calls), 60)
        assert 0 < len(failures) <= 100 and all(isinstance(it, asyncio.CancelledError) for it in failures), failures

    asyncio.run(in_a_loop())


def loops_in_turn():
    """Two loops that run by turns on one thread keep what they have."""
    loops = [asyncio.new_event_loop(), asyncio.new_event_loop()]
    with EveryBlocking.create(CONFIG) as it:

        async def give(number):
            async with Every.create(CONFIG) as other:
                return await other.give_i64(number)

        descriptors = set()
        for number in range(20):
            assert loops[number % 2].run_until_complete(give(number)) == number
            descriptors.add(len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0)
        assert len(descriptors) <= 3, descriptors
        assert it.give_i64(1) == 1
    for loop in loops:
        loop.close()


def nothing_pending():
    """Nobody is forgotten in the boxes."""
    assert not (_mailbox.mailbox_of_thread().pending), _mailbox.mailbox_of_thread().pending


ALL = [
    bad_values, errors, constructor, cancelling, pending_at_close, overflow, removing, closing_under_a_callback,
    forgotten, fork, interrupt, logged, changed, events_before_the_end, cancelled_in_a_callback, loops_in_turn,
    nothing_pending,
]

if __name__ == "__main__":
    if len(sys.argv) > 1:
        globals()[sys.argv[1]]()
    else:
        for part in ALL:
            part()
        settle()
        assert threads() == 1, threads()
        print(f"misuse: {len(ALL)} passed")
