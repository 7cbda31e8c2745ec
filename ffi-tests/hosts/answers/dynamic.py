"""Calls the fake library without generated code, and says which answers did not become what they should.

    dynamic.py LIBRARY ROWS SCHEMAS

Every other call blocks; the others are awaited. Rows are `verdict read code hex warning comes what`.
"""

import asyncio
import logging
import os
import sys

import ffi_host
from rows import complain, lines_of, resident, unhex

PATH, ROWS, SCHEMAS = sys.argv[1:]

# What Python makes of values that it cannot hold: it counts microseconds, and its empty path is the folder.
MADE = {("duration", "82011a3b9ac600"): "82011a3b9ac230", ("path", "60"): "612e"}


async def call(context, name, blocks, **arguments):
    bound = getattr(context, name)
    return bound.blocking(**arguments) if blocks else await asyncio.wait_for(bound(**arguments), 30)


async def answered(context, read, blocks):
    """What a call gives, or a listener is told."""
    if read.startswith("give_"):
        return await call(context, read, blocks)
    events = context.events
    async with (events if read == "any" else events[read]).stream() as stream:
        await call(context, "tell", True)
        return (await asyncio.wait_for(anext(stream), 30)).payload


async def outcome(context, read, blocks):
    """The library's own CBOR of the value, or the error."""
    try:
        value = await answered(context, read, blocks)
    except ffi_host.FfiError as error:
        return None, error
    if read == "any" or read.endswith("_nothing"):
        return "", None
    await call(context, "arm", blocks, code=0, answer=b"\xf6", warning=None, later=False)
    await call(context, "put_" + read.split("_", 1)[1], blocks, it=value)
    return (await call(context, "asked", blocks)).hex(), None


def is_right(verdict, read, comes, own, error):
    if verdict == "taken":
        made = MADE.get((read.partition("_")[2], comes), comes)
        return error is None and own in ("", f"a1626974{made}")
    if verdict == "failed":
        return isinstance(error, ffi_host.CallError) and str(error) == unhex(comes).decode()
    source = f"fake_{read}: " if read.startswith("give_") else "fake: " if read == "any" else f"{read}: "
    text = "" if error is None else str(error)
    return text.startswith(source) and (comes == "-" or f"{comes}: " in text)


async def round_of(context, rows):
    wrong = 0
    for index, row in enumerate(rows):
        verdict, read, code, digits, warning, comes, what = row.split(" ", 6)
        blocks, later = index % 2 == 0, index % 4 < 2
        warned = None if warning == "none" else unhex(warning)
        await call(context, "arm", blocks, code=int(code), answer=unhex(digits), warning=warned, later=later)
        own, error = await outcome(context, read, blocks)
        if not is_right(verdict, read, comes, own, error):
            complain(verdict, read, digits, comes, what, own, error)
            wrong += 1
    return wrong


async def main():
    rows = lines_of(ROWS)
    library = ffi_host.load(PATH)
    async with library.open() as context:
        wrong = await round_of(context, rows)
        before = resident()
        wrong += await round_of(context, rows)
        assert resident() - before < 6 << 20, f"{resident() - before} bytes more"
    assert not library._loaded.native.pending
    print(f"{len(rows)} answers, {wrong} wrong")
    return wrong


def described():
    """Says which descriptions were not read as they should."""
    wrong = 0
    for line in lines_of(SCHEMAS):
        verdict, digits, what = line.split(" ", 2)
        os.environ["FAKE_SCHEMA"] = "" if digits == "-" else digits
        try:
            library = ffi_host.load(PATH)
            is_taken = bool([getattr(library, name).__doc__ for name in dir(library)])
        except ffi_host.LoadError:
            is_taken = False
        if is_taken and verdict == "refused":
            print(f"a schema, {what}: taken")
            wrong += 1
    return wrong


logging.disable()
sys.exit(asyncio.run(main()) + described() > 0)
