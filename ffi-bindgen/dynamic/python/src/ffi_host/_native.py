"""A library's C functions, and the two callbacks that it is given.

- Every call and every listener has a number, which travels as ``user_data``; what it stands for is
  found here. So the library never holds a pointer into Python's memory.
- The callbacks come on the library's threads. They copy what they are given, and raise nothing.
"""

from __future__ import annotations

import ctypes
import itertools
import logging
import os
from typing import Any, Protocol

from . import _exit, _files
from ._decode import Decoder
from ._errors import FAILURE, UNKNOWN, CallError, LoadError
from ._owned import Owned
from ._reader import Fault, whole
from ._schema import NOT_ONE, Schema, read

RET_OK, RET_ERR, RET_STALE_WARN, RET_FAILURE = 0, 1, 3, 4

_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t)
_HANDLE, _TEXT, _BYTES, _SIZE, _INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int

_log = logging.getLogger("ffi_host")


class Receiver(Protocol):
    """What an answer or an event is for. It is told on any thread, and raises nothing."""

    def receive(self, error: int, message: bytes) -> None:
        """Takes the answer or the event, or an error with the number of its kind, which is 0 where it is none."""


def _kind(text: int, size: int) -> int:
    """The kind of an error, behind the NUL of its text."""
    return ctypes.string_at(text + size + 1, 1)[0]


def _error(ret: int, msg: int, size: int) -> int:
    """The number of an error's kind, or 0 where this is none."""
    if ret == RET_OK:
        return 0
    if ret == RET_FAILURE:
        return FAILURE
    return (_kind(msg, size) if ret == RET_ERR else 0) or UNKNOWN


class Native(Owned):
    """One library of one file."""

    def __init__(self, path: str | os.PathLike[str], name: str | None) -> None:
        self.path, self.dll, self.name = _files.open_file(path, name)
        self.pending: dict[int, tuple[str, Receiver, int | None]] = {}
        self.listeners: dict[int, Receiver] = {}
        self._numbers = itertools.count(1)
        self._answered = _CALLBACK(self._answer)
        self._heard = _CALLBACK(self._hear)
        self._no_callback = _CALLBACK(0)
        self._call = self._own("call_cbor", _INT, _HANDLE, _TEXT, _CALLBACK, _SIZE, _BYTES, _SIZE)
        self._last_error = self._own("last_error", ctypes.c_void_p)
        self.schema: Schema = read(self.path, self._description())
        try:
            self.decoder = Decoder(self.schema)
        except NOT_ONE as fault:
            raise LoadError(f"{self.path}: its schema is not one: {fault!r}") from fault
        for constructor in self.schema.of_kind("constructor"):
            self._context_symbols(constructor.symbol, *(it.symbol for it in self.schema.of_kind("destructor")))
        _exit.watch_library(self)

    def _context_symbols(self, create: str, destroy: str) -> None:
        self._create = self._symbol(f"{create}_cbor", _HANDLE, _BYTES, _SIZE, _CALLBACK, _SIZE)
        self._destroy = self._symbol(destroy, _INT, _HANDLE)
        self._cancel = self._own("cancel", _INT, _HANDLE, _SIZE)
        self._close = self._own("close", _INT, _HANDLE, _CALLBACK, _SIZE)
        self._listen = self._own("add_event_listener_cbor", ctypes.c_uint64, _HANDLE, _TEXT, _CALLBACK, _SIZE)
        self._unlisten = self._own("remove_event_listener", _INT, _HANDLE, ctypes.c_uint64)

    def _own(self, rest: str, result: Any, *params: Any) -> Any:
        """One of the library's own functions."""
        return self._symbol(f"{self.name}_ffi_{rest}", result, *params)

    def _symbol(self, name: str, result: Any, *params: Any) -> Any:
        try:
            symbol = self.dll[name]
        except AttributeError as error:
            raise LoadError(f"{self.path}: {self.name} lacks the symbol {name}") from error
        symbol.restype, symbol.argtypes = result, params
        return symbol

    def _description(self) -> Any:
        schema = self._own("schema", ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t))
        size = ctypes.c_size_t()
        address = schema(ctypes.byref(size))
        try:
            return whole(ctypes.string_at(address, size.value))
        except (Fault, RecursionError) as fault:
            raise LoadError(f"{self.path}: its schema is not one: {fault}") from fault

    # The callbacks.

    def _answer(self, ret: int, msg: int, size: int, number: int) -> None:
        message = ctypes.string_at(msg, size)
        if ret == RET_STALE_WARN:
            function = self.pending.get(number, ("?",))[0]
            _log.warning("%s is pending for %s ms", function, message.decode("utf-8", "replace"))
            return
        entry = self.pending.pop(number, None)
        if entry is not None:
            entry[1].receive(_error(ret, msg, size), message)

    def _hear(self, ret: int, msg: int, size: int, number: int) -> None:
        receiver = self.listeners.get(number)
        if receiver is not None:
            receiver.receive(_error(ret, msg, size), ctypes.string_at(msg, size))

    # The entry points.

    def _expect(self, function: str, receiver: Receiver, handle: int | None = None) -> int:
        number = next(self._numbers)
        self.pending[number] = (function, receiver, handle)
        return number

    def create(self, function: str, request: bytes, receiver: Receiver) -> tuple[int | None, int]:
        """Makes a context: its handle, unless it was refused, and the call's number."""
        number = self._expect(function, receiver)
        return self._create(request, len(request), self._answered, number), number

    def call(self, handle: int | None, function: str, symbol: bytes, request: bytes, receiver: Receiver) -> int:
        """Calls a function; gives the call's number."""
        number = self._expect(function, receiver, handle)
        self._call(handle, symbol, self._answered, number, request, len(request))
        return number

    def cancel(self, handle: int | None, number: int) -> None:
        """Asks that a call be cancelled; what needs no context cannot be."""
        if handle is not None:
            self._cancel(handle, number)

    def cancel_all(self) -> None:
        """Asks that every call be cancelled that can be."""
        for number, (_, _, handle) in list(self.pending.items()):
            self.cancel(handle, number)

    def close(self, handle: int, receiver: Receiver) -> None:
        """Ends a context, and does not wait."""
        self._close(handle, self._answered, self._expect(f"{self.name}_ffi_close", receiver))

    def destroy(self, handle: int) -> bool:
        """Ends a context, and waits; whether it has ended."""
        return bool(self._destroy(handle) == RET_OK)

    def listen(self, handle: int, event: str | None, receiver: Receiver) -> tuple[int, int]:
        """Adds a listener; gives the numbers to remove it by."""
        number = next(self._numbers)
        self.listeners[number] = receiver
        listener = self._listen(handle, None if event is None else event.encode(), self._heard, number)
        if listener == 0:
            del self.listeners[number]
            raise CallError.told(f"{self.name}_ffi_add_event_listener_cbor", *self.last_error())
        return listener, number

    def unlisten(self, handle: int, listener: tuple[int, int]) -> None:
        """Removes a listener; it does not run from then on."""
        self._unlisten(handle, listener[0])
        self.listeners.pop(listener[1], None)

    def last_error(self) -> tuple[int, str]:
        """Why this thread's last call that has no callback failed: the number of its kind, and its text."""
        address = self._last_error()
        text = ctypes.string_at(address)
        return _kind(address, len(text)), text.decode("utf-8", "replace")

    def forget_last_error(self) -> None:
        """Lets another error take its place: that of a call without a callback."""
        self._call(None, b"", self._no_callback, 0, None, 0)
