"""Calls of both bindings in turns, and a table of their times and ratios.

    compare.py [TABLE]
"""

import asyncio
import platform
import sys
from statistics import median

import ours
import peer_uniffi
from timing import timed, timed_async

GOAL = 3.0
TURNS = 5
IN_FLIGHT = 300
TEXT = "twenty bytes of text"
NUMBERS = [number / 7 for number in range(10_000)]
BLOB = bytes(1 << 20)


def batch(module, count):
    """The same batch in either's types."""
    messages = [module.Message(text=f"message number {number}", delay_ms=number * 40) for number in range(count)]
    return module.Batch(
        name="a record of messages", messages=messages, tags=["urgent", "internal"], note="to be read at once", retries=3
    )


def rows():
    """What is measured: a name, and a call of each."""
    us, them = ours.OursBlocking, peer_uniffi
    yield "add two i32, ours as an export", lambda: us.sum(1, 2), lambda: them.add(1, 2)
    yield "echo of 20 bytes of text", lambda: us.echo_text(TEXT), lambda: them.echo_text(TEXT)
    for count in (1, 10, 100):
        our, their = batch(ours, count), batch(them, count)
        assert us.echo_batch(our) == our and them.echo_batch(their) == their
        yield f"record of {count} messages", lambda our=our: us.echo_batch(our), lambda their=their: them.echo_batch(their)
    yield "echo of 10,000 f64", lambda: us.echo_numbers(NUMBERS), lambda: them.echo_numbers(NUMBERS)
    yield "echo of 1 MiB of bytes", lambda: us.echo_bytes(BLOB), lambda: them.echo_bytes(BLOB)


async def async_rows(it):
    """The same of what is awaited, with how many calls each makes."""

    def many(call):
        async def work():
            await asyncio.gather(*(call(7) for _ in range(IN_FLIGHT)))

        return work

    assert await it.give(7) == await peer_uniffi.give(7) == 7
    yield "async, from a worker's thread", lambda: it.give(7), lambda: peer_uniffi.give(7), 1
    yield f"… {IN_FLIGHT} in flight, each", many(it.give), many(peer_uniffi.give), IN_FLIGHT
    yield "async, ready at once, ours inline", lambda: it.give_now(7), lambda: peer_uniffi.give_now(7), 1


def line(what, turns):
    """A row of the table."""
    our, their = (median(times) for times in zip(*turns))
    ratio = median(theirs / ours_ for ours_, theirs in turns)
    met = "yes" if ratio >= GOAL else "no"
    return f"| {what} | {our / 1000:.2f} µs | {their / 1000:.2f} µs | {ratio:.1f} | {met} |"


async def measured():
    """Every row, one of either right after the other."""
    for what, us, them in rows():
        yield line(what, [(timed(us), timed(them)) for _ in range(TURNS)])
    async with ours.Ours.create() as it:
        async for what, us, them, each in async_rows(it):
            yield line(what, [(await timed_async(us, each), await timed_async(them, each)) for _ in range(TURNS)])


async def main():
    table = [
        f"Python {platform.python_version()}, UniFFI 0.32.2", "",
        "| what | ours | UniFFI | UniFFI / ours | three times |", "| --- | --- | --- | --- | --- |",
    ]
    table += [row async for row in measured()]
    print("\n".join(table))
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            file.write("\n".join(table) + "\n")


asyncio.run(main())
