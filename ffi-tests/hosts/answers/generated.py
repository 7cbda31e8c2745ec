"""Calls the fake library through its generated package over CBOR, and says which answers did not become what they
should.

    generated.py ROWS

Every other call blocks; the others are awaited. Rows are `verdict read code hex warning comes what`.
"""

import asyncio
import logging
import sys

from fake import Fake, FakeBlocking, FakeError
from rows import complain, lines_of, resident, unhex

# What Python makes of values that it cannot hold: it counts microseconds, and its empty path is the folder.
MADE = {("duration", "82011a3b9ac600"): "82011a3b9ac230", ("path", "60"): "612e"}


def snake(read):
    """The method of a function, as the package names it."""
    kind, name = read.split("_", 1)
    return f"{kind}_{name.lower()}"


class Caller:
    def __init__(self, context):
        self.context, self.blocking = context, context.blocking

    async def call(self, name, blocks, *arguments):
        if blocks:
            return getattr(self.blocking, name)(*arguments, timeout=30)
        return await asyncio.wait_for(getattr(self.context, name)(*arguments), 30)

    async def told(self):
        """What a listener of every event is told; None where it is told of nothing that it knows."""
        stream = self.blocking.events()
        try:
            self.blocking.tell(timeout=30)
            return stream.next(timeout=0.005)
        finally:
            stream.close()

    async def outcome(self, read, blocks):
        """The library's own CBOR of the value, or the error."""
        try:
            value = await self.call(snake(read), blocks)
        except FakeError as error:
            return None, error
        if read.endswith("_nothing"):
            return "", None
        await self.call("arm", blocks, 0, b"\xf6", None, False)
        await self.call(snake(read.replace("give_", "put_")), blocks, value)
        return (await self.call("asked", blocks)).hex(), None

    async def heard(self, verdict):
        """Whether a stream of every event has it, or fails with an error of the package."""
        try:
            await self.told()
        except FakeError as error:
            return verdict == "refused" and str(error).startswith("an event: ")
        return verdict == "taken"


def is_right(verdict, read, comes, own, error):
    if verdict == "taken":
        made = MADE.get((read.partition("_")[2], comes), comes)
        return error is None and own in ("", f"a1626974{made}")
    text = "" if error is None else str(error)
    if verdict == "failed":
        return text == unhex(comes).decode() and error.function == f"fake_{read}"
    return text.startswith(f"fake_{read}: ") and (comes == "-" or f"{comes}: " in text)


async def round_of(caller, rows):
    wrong = 0
    for index, row in enumerate(rows):
        verdict, read, code, digits, warning, comes, what = row.split(" ", 6)
        blocks, later = index % 2 == 0, index % 4 < 2 and read.startswith("give_")
        warned = None if warning == "none" else unhex(warning)
        await caller.call("arm", blocks, int(code), unhex(digits), warned, later)
        if read.startswith("give_"):
            own, error = await caller.outcome(read, blocks)
            right = is_right(verdict, read, comes, own, error)
        elif read == "any":
            own, error, right = "", None, await caller.heard(verdict)
        else:
            continue
        if not right:
            complain(verdict, read, digits, comes, what, own, error)
            wrong += 1
    return wrong


async def main():
    rows = lines_of(sys.argv[1])
    async with Fake.open(transport="cbor") as context:
        caller = Caller(context)
        wrong = await round_of(caller, rows)
        before = resident()
        wrong += await round_of(caller, rows)
        assert resident() - before < 6 << 20, f"{resident() - before} bytes more"
    FakeBlocking.open(transport="cbor").close()
    print(f"{len(rows)} answers, {wrong} wrong")
    return wrong


logging.disable()
sys.exit(asyncio.run(main()) > 0)
