"""Events: streams to iterate over, and functions that are called."""

from __future__ import annotations

import asyncio
import logging
import threading
import weakref
from collections import deque
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from ._errors import CallError, FfiError
from ._mailbox import Mailbox, mailbox
from ._owned import Owned, plain, refuse_unstarted
from ._reader import Fault
from ._schema import EventType
from ._text import event_text

if TYPE_CHECKING:
    from ._context import Context
    from ._core import Core

_log = logging.getLogger("ffi_host")


class Event(NamedTuple):
    """Something that a context told."""

    name: str
    payload: Any


def _event(core: Core, name: str | None, is_ok: bool, message: bytes) -> Event:
    """What a listener of this event, or of every event, was told."""
    source = name or core.native.name
    if not is_ok:
        raise CallError(source, message.decode("utf-8", "replace"))
    try:
        return Event(*core.native.decoder.event(name, message))
    except (Fault, RecursionError) as fault:
        raise FfiError(f"{source}: an event cannot be read: {fault}") from fault


class EventStream(Owned):
    """The events of a context from now on: ``async for`` them; it ends with the context."""

    def __init__(self, context: Context, core: Core, name: str | None) -> None:
        # A context is not closed for being forgotten while somebody hears its events.
        self._context, self._core = context, core
        self._name = name
        self._waiting: deque[tuple[bool, bytes]] = deque()
        self._arrived = asyncio.Event()
        self._is_over = False
        self._mailbox = mailbox()
        self._numbers = core.listen(name, _ToLoop(self._mailbox, weakref.WeakMethod(self._put)))
        core.end_with_me(self)

    def _put(self, is_ok: bool, message: bytes) -> None:
        if not self._is_over:
            self._waiting.append((is_ok, message))
            self._arrived.set()

    def end_soon(self) -> None:
        """Lets the iteration end after what has arrived; from any thread."""
        self._mailbox.post(self._end)

    def _end(self) -> None:
        self._is_over = True
        self._arrived.set()

    def __aiter__(self) -> EventStream:
        return self

    async def __anext__(self) -> Event:
        if not self._mailbox.is_here:
            raise RuntimeError("this stream was made in another event loop: take from it there, or make one here")
        while not self._waiting:
            if self._is_over:
                raise StopAsyncIteration
            self._arrived.clear()
            await self._arrived.wait()
        return _event(self._core, self._name, *self._waiting.popleft())

    def close(self) -> None:
        """Hears no more; what has not been taken is dropped."""
        self._waiting.clear()
        self._end()
        self._core.unlisten(self._numbers)

    async def __aenter__(self) -> EventStream:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_numbers"):
            self._core.unlisten(self._numbers)


class _ToLoop:
    """What the library tells, on its way to a stream, which may have gone."""

    def __init__(self, mailbox: Mailbox, put: weakref.WeakMethod[Any]) -> None:
        self._mailbox, self._weak = mailbox, put

    def receive(self, is_ok: bool, message: bytes) -> None:
        """Takes an event, on any thread."""
        self._mailbox.post(self._deliver, is_ok, message)

    def _deliver(self, is_ok: bool, message: bytes) -> None:
        put = self._weak()
        if put is not None:
            put(is_ok, message)


class Listener(Owned):
    """A function that hears events until it is removed, or its context has ended.

    Added where an event loop runs, it is called on that loop; elsewhere on a thread of the library.
    """

    def __init__(
        self, context: Context, core: Core, name: str | None, function: Callable[[Event], object]
    ) -> None:
        # A context is not closed for being forgotten while somebody hears its events.
        self._context, self._core = context, core
        self._name, self._function = name, function
        self._is_removed = False
        try:
            self._mailbox: Mailbox | None = mailbox()
        except RuntimeError:
            self._mailbox = None
        self._numbers = core.listen(name, self)

    def receive(self, is_ok: bool, message: bytes) -> None:
        """Takes an event, on any thread."""
        if self._mailbox is not None:
            self._mailbox.post(self._tell, is_ok, message)
            return
        try:
            self._tell(is_ok, message)
        except Exception:
            _log.exception("a listener failed on the thread %s", threading.current_thread().name)

    def _tell(self, is_ok: bool, message: bytes) -> None:
        if not self._is_removed:
            made = self._function(_event(self._core, self._name, is_ok, message))
            if made is not None:
                refuse_unstarted(made)

    def remove(self) -> None:
        """Removes it: the function is not called from then on."""
        self._is_removed = True
        self._core.unlisten(self._numbers)


class EventSource(Owned):
    """One event of a context, or all of them."""

    __slots__ = ("_context", "_core", "_event")

    def __init__(self, context: Context, core: Core, event: EventType | None) -> None:
        self._context, self._core, self._event = context, core, event

    @property
    def _name(self) -> str | None:
        return None if self._event is None else self._event.name

    def stream(self) -> EventStream:
        """Hears from now on: ``async for event in stream``."""
        return EventStream(self._context, self._core, self._name)

    def listen(self, function: Callable[[Event], object]) -> Listener:
        """Has a function called for each event from now on."""
        return Listener(self._context, self._core, self._name, plain(function))

    def __aiter__(self) -> EventStream:
        return self.stream()

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        if self._event is None:
            return "Every event of the context."
        return event_text(self._core.native.schema, self._event)

    def __repr__(self) -> str:
        return f"<event {self._name or '*'} of {self._context!r}>"


class Events(EventSource):
    """The events of a context: all of them, and each as an attribute."""

    __slots__ = ("_sources",)

    def __init__(self, context: Context, core: Core, sources: dict[str, EventType]) -> None:
        super().__init__(context, core, None)
        self._sources = sources

    def __getattr__(self, name: str) -> EventSource:
        event = self._sources.get(name)
        if event is None:
            known = ", ".join(self._sources)
            raise AttributeError(f"{self._core.native.name} has no event {name}; there are {known}")
        return EventSource(self._context, self._core, event)

    def __getitem__(self, name: str) -> EventSource:
        event = next((it for it in self._sources.values() if it.name == name), None)
        if event is None:
            raise KeyError(name)
        return EventSource(self._context, self._core, event)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._sources]
