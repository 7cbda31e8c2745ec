"""A host of the bindings of the library `slow`, which warns of calls that take long: the warnings are
logged, and a stream that nobody takes from does not hold up the library."""

import asyncio
import logging

from slow import Slow, SlowBlocking

told = []


class Handler(logging.Handler):
    def emit(self, record):
        assert record.name == "slow" and record.levelno == logging.WARNING
        told.append(record.getMessage())


def warned(function):
    """Takes what was told, which was of this function alone."""
    assert told, f"nobody was warned of {function}"
    for text in told:
        name, rest = text.split(" is pending for ")
        assert name == function and int(rest.removesuffix(" ms")) >= 50, text
    told.clear()


async def main():
    async with Slow.create(0) as it:
        assert await it.sleep(200, 7) == 7
        warned("slow_sleep")
        assert await it.echo(1) == 1 and not told


logging.getLogger("slow").addHandler(Handler())
asyncio.run(main())
with SlowBlocking.create(150) as it:
    warned("slow_create")
    assert it.block(200, 7) == 7
    warned("slow_block")
print("slow: all passed")
