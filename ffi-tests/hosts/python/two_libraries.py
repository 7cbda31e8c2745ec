"""A host of two libraries in one process, typed as `mypy --strict` wants it: functions on the calling
thread, without a state, and exports."""

from __future__ import annotations

import asyncio

import my_timer
from echo import Echo, EchoBlocking, EchoConfig, EchoError, ShoutRequest, ShoutResponse


async def main() -> None:
    async with Echo.create(EchoConfig("py")) as it, my_timer.MyTimer.create(my_timer.TimerConfig("t")) as timer:
        assert await it.shout(ShoutRequest("hello")) == ShoutResponse("py: HELLO", "py")
        assert await it.prefix() == "py"
        assert await timer.echo(my_timer.EchoRequest("hi", 1)) == my_timer.EchoResponse("hi", "t")
    assert await Echo.upper("loud") == "LOUD"
    assert await Echo.upper("nul\0nul") == "NUL\0NUL"
    assert not issubclass(EchoError, my_timer.MyTimerError)


def blocking() -> None:
    with EchoBlocking.create(EchoConfig("py")) as it:
        assert it.shout(ShoutRequest("hello")).shouted == "py: HELLO"
        assert it.prefix() == "py" and it.prefix(timeout=1) == "py"
        assert it.version().startswith("echo v")
    assert EchoBlocking.upper("loud") == "LOUD"
    assert Echo.is_loud("A") and not EchoBlocking.is_loud("a") and not Echo.is_loud("ä")


if __name__ == "__main__":
    asyncio.run(main())
    blocking()
    print("echo: all passed")
