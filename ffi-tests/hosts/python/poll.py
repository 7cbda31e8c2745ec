"""A host with an event loop of its own: asyncio polls the context's descriptor, and every callback
runs on the loop's thread. Nothing but the standard library is used.

    poll.py LIBRARY
"""

import asyncio
import ctypes
import sys
import threading

RET_OK, RET_ERR = 0, 1
CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)

library = ctypes.CDLL(sys.argv[1])
for function, result, parameters in [
    ("create_cbor", ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_size_t, CALLBACK, ctypes.c_void_p]),
    ("ffi_call_cbor", ctypes.c_int, [ctypes.c_void_p, ctypes.c_char_p, CALLBACK, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]),
    ("ffi_add_event_listener_cbor", ctypes.c_uint64, [ctypes.c_void_p, ctypes.c_char_p, CALLBACK, ctypes.c_void_p]),
    ("ffi_remove_event_listener", ctypes.c_int, [ctypes.c_void_p, ctypes.c_uint64]),
    ("ffi_poll_fd", ctypes.c_int, [ctypes.c_void_p]),
    ("ffi_dispatch", ctypes.c_int, [ctypes.c_void_p, ctypes.c_size_t]),
    ("destroy", ctypes.c_int, [ctypes.c_void_p]),
]:
    symbol = getattr(library, f"every_{function}")
    symbol.restype, symbol.argtypes = result, parameters


def head(major, value):
    """The head of a CBOR item, in its shortest form."""
    for extra, size in [(24, 1), (25, 2), (26, 4), (27, 8)]:
        if value < 24:
            return bytes([major << 5 | value])
        if value < 1 << 8 * size:
            return bytes([major << 5 | extra]) + value.to_bytes(size, "big")
    raise OverflowError(value)


def encode(value):
    """The CBOR form of a number, a text or a dict of them."""
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return head(3, len(text)) + text
    return head(5, len(value)) + b"".join(encode(key) + encode(item) for key, item in value.items())


class Every:
    """A context whose calls are awaited."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.home = threading.get_ident()
        # Callbacks by the number that they are given; Python keeps no pointer for C.
        self.pending = {}
        self.last = 0
        self.callback = CALLBACK(self.answered)
        self.listener = CALLBACK(self.heard)
        self.events = asyncio.Queue()

    async def create(self):
        request = encode({"config": {"name": "python", "delay_ms": 50}})
        created = self.expect()
        self.ctx = library.every_create_cbor(request, len(request), self.callback, self.last)
        descriptor = library.every_ffi_poll_fd(self.ctx)
        assert descriptor >= 0
        self.loop.add_reader(descriptor, library.every_ffi_dispatch, self.ctx, 16)
        self.descriptor = descriptor
        assert library.every_ffi_add_event_listener_cbor(self.ctx, b"on_number", self.listener, None) > 0
        await created
        return self

    def expect(self):
        self.last += 1
        self.pending[self.last] = self.loop.create_future()
        return self.pending[self.last]

    def call(self, function, **arguments):
        request = encode(arguments)
        answer = self.expect()
        library.every_ffi_call_cbor(self.ctx, function.encode(), self.callback, self.last, request, len(request))
        return answer

    def answered(self, ret, msg, length, number):
        assert threading.get_ident() == self.home, "a callback on another thread"
        future, message = self.pending.pop(number), ctypes.string_at(msg, length)
        if ret == RET_OK:
            future.set_result(message)
        else:
            future.set_exception(RuntimeError(message.decode()))

    def heard(self, ret, msg, length, _):
        assert threading.get_ident() == self.home, "a listener on another thread"
        assert ret == RET_OK
        self.events.put_nowait(ctypes.string_at(msg, length))

    def destroy(self):
        self.loop.remove_reader(self.descriptor)
        assert library.every_destroy(self.ctx) == 0
        assert not self.pending, "every call was answered"


async def main():
    every = await Every().create()
    answers = [every.call("every_give_u64", value=number) for number in range(1000)]
    ticks = 0
    while not all(answer.done() for answer in answers):
        await asyncio.sleep(0)
        ticks += 1
    assert [answer.result() for answer in answers] == [encode(number) for number in range(1000)]
    assert ticks > 1, "the loop turned meanwhile"

    await every.call("every_fire_numbers", **{"from": 0, "count": 500})
    events = [await every.events.get() for _ in range(500)]
    assert events == [encode({"eventType": "on_number", "payload": number}) for number in range(500)]

    try:
        await every.call("every_fail", text="told to")
        raise AssertionError("it was to fail")
    except RuntimeError as error:
        assert str(error) == "told to", error

    # What is left when the context is destroyed comes before destroy returns.
    left = [every.call("every_give_u64", value=number) for number in range(100)]
    every.destroy()
    assert [answer.result() for answer in left] == [encode(number) for number in range(100)]
    assert threading.active_count() == 1


asyncio.run(main())
print("poll: all passed")
