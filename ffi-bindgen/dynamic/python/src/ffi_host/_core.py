"""The life of a context: it is live, closes, and has ended, whoever asks from whatever thread."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

from . import _exit
from ._errors import ClosedError, FfiError
from ._native import Native, Receiver
from ._owned import Owned
from ._waiters import Ending

if TYPE_CHECKING:
    from ._events import EventStream


class Core(Owned):
    """A context's handle, listeners and end."""

    def __init__(self, native: Native, handle: int) -> None:
        self.native, self._handle = native, handle
        self.is_closing = False
        self.ending = Ending()
        self._lock = threading.Lock()
        self._listeners: set[tuple[int, int]] = set()
        self._streams: weakref.WeakSet[EventStream] = weakref.WeakSet()
        _exit.watch(self)

    def handle(self) -> int:
        """The handle, unless the context was closed."""
        if self.is_closing:
            raise ClosedError(f"{self.native.name}: the context is closed")
        return self._handle

    def give_up(self, number: int) -> None:
        """Asks that a call be cancelled."""
        if not self.is_closing:
            self.native.cancel(self._handle, number)

    def listen(self, event: str | None, receiver: Receiver) -> tuple[int, int]:
        """Adds a listener; gives the numbers to remove it by."""
        numbers = self.native.listen(self.handle(), event, receiver)
        self._listeners.add(numbers)
        return numbers

    def unlisten(self, numbers: tuple[int, int]) -> None:
        """Removes a listener, once."""
        if numbers in self._listeners:
            self._listeners.discard(numbers)
            self.native.unlisten(self._handle, numbers)

    def end_with_me(self, stream: EventStream) -> None:
        """Has a stream end when the context has ended."""
        with self._lock:
            self._streams.add(stream)
        if self.ending.has_come:
            stream.end_soon()

    def begin_close(self) -> None:
        """Ends the context, and does not wait."""
        if self._begin_closing():
            self.ending.then(self._end)
            self.native.close(self._handle, self.ending)

    def destroy(self) -> None:
        """Ends the context, and waits."""
        if not self._begin_closing():
            self.ending.wait()
            return
        has_ended = self.native.destroy(self._handle)
        self._end()
        self.ending.receive(has_ended, b"")
        if not has_ended:
            raise FfiError(f"{self.native.name}: what blocks in the context has not ended in time")

    def _begin_closing(self) -> bool:
        with self._lock:
            is_first, self.is_closing = not self.is_closing, True
        return is_first

    def _end(self) -> None:
        with self._lock:
            streams = list(self._streams)
        for stream in streams:
            stream.end_soon()
        for _, number in list(self._listeners):
            self.native.listeners.pop(number, None)
        self._listeners.clear()
