"""A host of the timer's bindings, typed as `mypy --strict` wants it: awaited and blocking, events,
cancelling, closing, errors."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
import time
import typing

import my_timer
from my_timer import (
    ComplexRequest,
    EchoEvent,
    EchoRequest,
    EchoResponse,
    JobSpec,
    MyTimer,
    MyTimerBlocking,
    MyTimerClosedError,
    MyTimerError,
    MyTimerEvent,
    MyTimerTimeoutError,
    OnEchoFiredEvent,
    RetryPolicy,
    ScheduleConfig,
    ScheduleResult,
    TimerConfig,
    Transport,
)

RETRY = RetryPolicy(3, 100, ["timeout"])
SCHEDULE = ScheduleConfig(1_000, 20_000, 5)


async def calls(timer: MyTimer) -> None:
    assert (await timer.version()).startswith("my_timer v")
    assert await timer.echo(EchoRequest("hi", 1)) == EchoResponse("hi", "python")
    summed = await timer.complex(ComplexRequest([EchoRequest("a", 1)], ["x"], None, 7))
    assert summed.summary == "received 1 messages, note=<none>, retries=7" and not summed.has_note
    planned = await timer.schedule(JobSpec("job", ["a"], 1), RETRY, SCHEDULE)
    assert planned == ScheduleResult("python:job", 3, 1_005, 100)
    try:
        await timer.schedule(JobSpec("", [], 1), RETRY, SCHEDULE)
        raise AssertionError("it was to fail")
    except MyTimerError as error:
        assert type(error) is MyTimerError and error.function == "my_timer_schedule"
        assert str(error) == "job name must not be empty"


async def at_once(timer: MyTimer) -> None:
    """Calls that wait do not wait for each other."""
    begun = time.monotonic()
    answers = await asyncio.gather(*(timer.echo(EchoRequest(str(number), 100)) for number in range(50)))
    assert [answer.echoed for answer in answers] == [str(number) for number in range(50)]
    assert time.monotonic() - begun < 4


async def events(timer: MyTimer) -> None:
    called: list[EchoEvent] = []
    home = threading.get_ident()

    def hear(event: EchoEvent) -> None:
        assert threading.get_ident() == home
        called.append(event)

    async with timer.events() as stream:
        with timer.on_echo_fired(hear):
            for number in range(3):
                await timer.echo(EchoRequest(str(number), 0))
            heard: list[MyTimerEvent] = []
            async for event in stream:
                heard.append(event)
                if len(heard) == 3:
                    break
        await timer.echo(EchoRequest("nobody's", 0))
    assert heard == [OnEchoFiredEvent(EchoEvent(str(number), 1)) for number in range(3)]
    assert called == [EchoEvent(str(number), 1) for number in range(3)]


async def failing_callback(timer: MyTimer) -> None:
    """What a callback raises goes to the loop, and the next is called all the same."""
    failures: list[dict[str, typing.Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, failure: failures.append(failure))
    called: list[EchoEvent] = []

    def fail(event: EchoEvent) -> None:
        called.append(event)
        raise RuntimeError("told to")

    with timer.on_echo_fired(fail):
        for number in range(2):
            await timer.echo(EchoRequest(str(number), 0))
        while len(called) < 2:
            await asyncio.sleep(0.01)
    assert [str(failure["exception"]) for failure in failures] == ["told to", "told to"]


async def time_limits(timer: MyTimer) -> None:
    try:
        await asyncio.wait_for(timer.echo(EchoRequest("late", 300)), 0.02)
        raise AssertionError("it was to be late")
    except asyncio.TimeoutError:
        pass


async def closing(transport: Transport) -> None:
    """What was accepted is answered when a timer closes, and then nothing is."""
    timer = await MyTimer.create(TimerConfig("python"), transport=transport)
    called: list[EchoEvent] = []
    timer.on_echo_fired(called.append)
    stream = timer.events()
    accepted = [asyncio.ensure_future(timer.echo(EchoRequest(str(number), 30))) for number in range(10)]
    await asyncio.sleep(0)
    await timer.close()
    assert all(call.done() for call in accepted), "nobody waits after the end"
    assert [(await call).echoed for call in accepted] == [str(number) for number in range(10)]
    heard = [event async for event in stream]
    assert len(heard) == len(called) == 10
    assert timer.closed
    await timer.close()
    for late in (timer.version, timer.events):
        try:
            made = late()
            if isinstance(made, typing.Coroutine):
                await made
            raise AssertionError("it was closed")
        except MyTimerClosedError:
            pass


def blocking(transport: Transport) -> None:
    called: list[EchoEvent] = []
    with MyTimerBlocking.create(TimerConfig("python"), transport=transport, timeout=60) as timer:
        with timer.on_echo_fired(called.append), timer.events() as stream:
            assert timer.echo(EchoRequest("hi", 1)) == EchoResponse("hi", "python")
            assert stream.next(timeout=60) == OnEchoFiredEvent(EchoEvent("hi", 1))
            assert stream.next(timeout=0.01) is None
            while not called:
                time.sleep(0.01)
        begun = time.monotonic()
        try:
            timer.echo(EchoRequest("late", 400), timeout=0.05)
            raise AssertionError("it was to be late")
        except TimeoutError as error:
            assert isinstance(error, MyTimerTimeoutError)
        assert time.monotonic() - begun < 0.35
        assert timer.version().startswith("my_timer v"), "a late answer is no other call's"
    assert called == [EchoEvent("hi", 1)]
    try:
        timer.version()
        raise AssertionError("it was closed")
    except MyTimerClosedError:
        pass


def from_many_threads() -> None:
    """One timer, called by loops of several threads and by a thread that blocks."""
    wrong: list[BaseException] = []

    def run(work: typing.Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            wrong.append(error)

    async def in_loop(timer: MyTimer) -> None:
        answers = await asyncio.gather(*(timer.echo(EchoRequest(str(number), 1)) for number in range(200)))
        assert [answer.echoed for answer in answers] == [str(number) for number in range(200)]

    def in_thread(timer: MyTimerBlocking) -> None:
        for number in range(200):
            assert timer.echo(EchoRequest(str(number), 0)).echoed == str(number)

    async def main() -> None:
        async with await MyTimer.create(TimerConfig("python")) as timer:
            works: list[typing.Callable[[], None]] = [lambda: asyncio.run(in_loop(timer))] * 3
            works += [lambda: in_thread(timer.blocking)] * 3
            threads = [threading.Thread(target=run, args=(work,)) for work in works]
            for thread in threads:
                thread.start()
            await in_loop(timer)
            while any(thread.is_alive() for thread in threads):
                await asyncio.sleep(0.01)

    asyncio.run(main())
    assert not wrong, wrong


def documented() -> None:
    assert MyTimer.echo.__doc__ is not None and "Sleeps, then echoes" in MyTimer.echo.__doc__
    assert my_timer.__doc__ == "A timer that echoes messages after a delay and plans jobs."
    assert EchoRequest.__doc__ == "A message to echo."
    assert [field.name for field in dataclasses.fields(EchoRequest)] == ["message", "delay_ms"]
    assert not hasattr(EchoRequest("a", 1), "__dict__"), "records have slots"


async def main(transport: Transport) -> None:
    async with MyTimer.create(TimerConfig("python"), transport=transport) as timer:
        await calls(timer)
        await at_once(timer)
        await events(timer)
        await failing_callback(timer)
        await time_limits(timer)
    await closing(transport)


if __name__ == "__main__":
    documented()
    for path in typing.get_args(Transport):
        asyncio.run(main(path))
        blocking(path)
    from_many_threads()
    assert threading.active_count() == 1
    print("timer: all passed")
