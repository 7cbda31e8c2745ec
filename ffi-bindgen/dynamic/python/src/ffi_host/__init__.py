"""Loads any library made with ``#[ffi]`` at run time, and offers its functions from its own schema.

    import asyncio, ffi_host

    async def main():
        lib = ffi_host.load("target/release/libmy_timer.so")
        async with lib.create({"name": "kitchen"}) as timer:
            print(await timer.echo({"message": "hi", "delayMs": 10}))

    asyncio.run(main())
"""

from ._context import Context
from ._errors import ArgumentError, CallError, ClosedError, FailureError, FfiError, LoadError
from ._events import Event, EventSource, EventStream, Listener
from ._library import Library, load
from ._schema import Schema

__all__ = [
    "ArgumentError",
    "CallError",
    "ClosedError",
    "Context",
    "Event",
    "EventSource",
    "EventStream",
    "FailureError",
    "FfiError",
    "Library",
    "Listener",
    "LoadError",
    "Schema",
    "load",
]
