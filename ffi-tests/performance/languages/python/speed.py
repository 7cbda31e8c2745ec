"""Measures the bindings of the library `benched`, beside the cheapest foreign call of cffi.

    speed.py PATH_TO_libadd.so
"""

import asyncio
import importlib.util
import sys
import tempfile

import cffi
from benched import Benched, BenchedBlocking, Message, Record
from timing import timed, timed_async

IN_FLIGHT = 500
TEXT = "twenty bytes of text"
RECORD = Record(
    "a record of messages", [Message(f"message number {number}", number * 40) for number in range(10)],
    ["urgent", "internal"], "to be read at once", 3,
)


def add_of(path):
    """A C function, called as the bindings call theirs: through a module of cffi that looks it up."""
    builder = cffi.FFI()
    builder.cdef("int load(const char *path); int32_t add(int32_t a, int32_t b);")
    source = """
        #include <dlfcn.h>
        #include <stdint.h>
        static int32_t (*found)(int32_t, int32_t);
        static int load(const char *path) {
            void *library = dlopen(path, RTLD_NOW);
            *(void **)&found = library ? dlsym(library, "add") : NULL;
            return found != NULL;
        }
        static int32_t add(int32_t a, int32_t b) { return found(a, b); }
    """
    builder.set_source("speed_add", source, libraries=["dl"], extra_compile_args=["-O2"])
    with tempfile.TemporaryDirectory() as folder:
        spec = importlib.util.spec_from_file_location("speed_add", builder.compile(tmpdir=folder))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    assert module.lib.load(path.encode()), "libadd.so has `add`"
    return module.lib.add


async def awaited():
    async with Benched.create() as it:
        assert await it.give_text(TEXT) == TEXT
        yield "echo", await timed_async(lambda: it.give_text(TEXT))

        async def many():
            await asyncio.gather(*(it.give_text(TEXT) for _ in range(IN_FLIGHT)))

        yield "echo pipelined", await timed_async(many, IN_FLIGHT)


async def main():
    add = add_of(sys.argv[1])
    assert add(1, 2) == 3 and BenchedBlocking.echo_text(TEXT) == TEXT and BenchedBlocking.echo_record(RECORD) == RECORD
    rows = [
        ("add", timed(lambda: add(1, 2))),
        ("echo here", timed(lambda: BenchedBlocking.echo_text(TEXT))),
        ("record", timed(lambda: BenchedBlocking.echo_record(RECORD))),
    ]
    rows += [row async for row in awaited()]
    with BenchedBlocking.create() as it:
        rows.append(("echo, blocking", timed(lambda: it.give_text(TEXT))))
    for what, nanoseconds in rows:
        print(f"{what}\t{nanoseconds:.1f}")


asyncio.run(main())
