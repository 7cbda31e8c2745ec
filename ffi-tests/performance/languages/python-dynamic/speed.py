"""What calls cost a program in Python, in nanoseconds: the median of many batches of each.

    speed.py FOLDER
"""

import asyncio
import ctypes
import pathlib
import statistics
import sys
import time

import ffi_host

BATCHES, IN_FLIGHT = 31, 1000
ENDING = ".dylib" if sys.platform == "darwin" else ".so"
TEXT = "a text of 20 bytes.."
RECORD = {
    "name": "a record of messages",
    "messages": [{"text": f"message number {n}", "delayMs": n * 40} for n in range(10)],
    "tags": ["urgent", "internal"],
    "note": "to be read at once",
    "retries": 3,
}


def file(name):
    return str(pathlib.Path(sys.argv[1]) / f"lib{name}{ENDING}")


async def measure(what, times, each, batch):
    costs = []
    for _ in range(BATCHES):
        begun = time.perf_counter_ns()
        await batch(times)
        costs.append((time.perf_counter_ns() - begun) / (times * each))
    print(f"{what}\t{statistics.median(costs):.1f}")


def here(call, *args):
    async def batch(times):
        for _ in range(times):
            call(*args)

    return batch


async def main():
    add = ctypes.CDLL(file("add")).add
    add.restype, add.argtypes = ctypes.c_int32, [ctypes.c_int32, ctypes.c_int32]
    library = ffi_host.load(file("benched"), name="benched")
    async with library.create() as context:

        async def echo(times):
            for _ in range(times):
                await context.give_text(TEXT)

        async def echoes(_):
            await asyncio.gather(*(context.give_text(TEXT) for _ in range(IN_FLIGHT)))

        await measure("add", 50_000, 1, here(add, 1, 2))
        await measure("echo here", 2_000, 1, here(library.echo_text, TEXT))
        await measure("echo", 200, 1, echo)
        await measure("echo pipelined", 1, IN_FLIGHT, echoes)
        await measure("record", 500, 1, here(library.echo_record, RECORD))


asyncio.run(main())
