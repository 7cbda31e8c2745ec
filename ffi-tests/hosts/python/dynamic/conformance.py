"""Runs every vector, awaited and blocking, and compares values and bytes.

    conformance.py LIBRARY VECTORS
"""

import asyncio
import json
import pathlib
import sys

import ffi_host
from values import Values, is_same


class Wire:
    """The bytes that cross: what the package gives the library is noted on its way."""

    def __init__(self, native):
        self.sent = []
        call, create = native._call, native._create
        native._call = lambda *args: (self.sent.append(bytes(args[4])), call(*args))[1] if args[4] else call(*args)
        native._create = lambda *args: (self.sent.append(bytes(args[0])), create(*args))[1]

    def check(self, expected, what):
        assert self.sent == ([] if expected is None else [bytes.fromhex(expected)]), (what, self.sent, expected)
        self.sent.clear()


class Runner:
    def __init__(self, library):
        self.library = library
        self.schema = library.schema
        self.native = library._loaded.native
        self.functions = {function.symbol: function for function in self.schema.functions}
        self.wire = Wire(self.native)
        self.value = Values(library).value
        # No path of Python is empty, so that one is a text.
        self.sent = Values(library, lambda text: text and pathlib.Path(text)).value

    def arguments(self, function, request):
        return {param.name: self.sent(param.type, request[param.name]) for param in function.params}

    def bound(self, context, function):
        return getattr(context if function.kind == "method" else self.library, function.name)

    async def answer(self, bound, arguments, is_blocking):
        """The value, or the text of the error."""
        try:
            if is_blocking:
                return True, await asyncio.to_thread(bound.blocking, **arguments)
            answer = bound(**arguments)
            return True, await answer if isinstance(answer, asyncio.Future) else answer
        except ffi_host.CallError as error:
            assert error.function == bound._prepared.function.symbol
            return False, str(error)

    async def run(self, context, vector, is_blocking):
        function = self.functions[vector["function"]]
        events = vector.get("events", [])
        stream = context.events.stream()
        bound = self.bound(context, function)
        is_ok, answer = await self.answer(bound, self.arguments(function, vector["request"]), is_blocking)
        what = (vector["name"], answer)
        assert is_ok == ("error" not in vector), what
        expected = self.value(function.returns, vector["response"]) if is_ok else vector["error"]
        assert is_same(answer, expected), (*what, expected)
        self.wire.check(vector.get("request_cbor"), what)
        if "response_cbor" in vector:
            read = bound._prepared.read(0, bytes.fromhex(vector["response_cbor"]))
            assert is_same(read, expected), (*what, read)
        for event in events:
            await self.event(stream, event)
        stream.close()

    async def event(self, stream, event):
        payload = next(it.payload for it in self.schema.events if it.name == event["name"])
        heard = await asyncio.wait_for(anext(stream), 30)
        assert heard.name == event["name"], heard
        assert is_same(heard.payload, self.value(payload, event["payload"])), (heard, event)
        name, told = self.native.decoder.event(None, bytes.fromhex(event["cbor"]))
        assert name == heard.name and is_same(told, heard.payload), (name, told, heard)


async def main(path, vectors):
    runner = Runner(ffi_host.load(path, vectors["library"]))
    setup = vectors["setup"]
    arguments = runner.arguments(runner.functions[setup["function"]], setup["request"])
    ran = 0
    for is_blocking in (False, True):
        async with runner.library.create(**arguments) as context:
            runner.wire.check(setup["request_cbor"], "setup")
            for vector in vectors["vectors"]:
                await runner.run(context, vector, is_blocking)
                ran += 1
    assert not runner.native.pending and not runner.native.listeners
    print(f"{ran // 2} vectors, each awaited and blocking")


with open(sys.argv[2], encoding="utf-8") as file:
    asyncio.run(main(sys.argv[1], json.load(file)))
