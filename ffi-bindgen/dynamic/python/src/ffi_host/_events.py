"""Events: streams to iterate over, and functions that are called."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import weakref
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from ._errors import LOST, CallError, FfiError
from ._mailbox import Mailbox, mailbox
from ._owned import Owned, plain, refuse_unstarted
from ._reader import Fault
from ._schema import EventType
from ._text import event_text
from ._waiting import Waiting

if TYPE_CHECKING:
    from ._context import Context
    from ._core import Core

_log = logging.getLogger("ffi_host")


class Event(NamedTuple):
    """Something that a context told."""

    name: str
    payload: Any


DROPPED = "events_dropped"
"""The event that tells how many others were dropped."""

_GAP = re.compile(f"{DROPPED}: ([0-9]+) events were dropped before this")


def _gap(count: int) -> Event:
    """A gap, as the library tells it to who hears all events."""
    return Event(DROPPED, {"count": count})


def _event(core: Core, name: str | None, error: int, message: bytes) -> Event:
    """What a listener of this event, or of every event, was told."""
    source = name or core.native.name
    if error:
        text = message.decode("utf-8", "replace")
        gap = _GAP.fullmatch(text) if error == LOST else None
        if gap is None:
            raise CallError.told(source, error, text)
        return _gap(int(gap[1]))
    try:
        return Event(*core.native.decoder.event(name, message))
    except (Fault, RecursionError) as fault:
        raise FfiError(f"{source}: an event cannot be read: {fault}") from fault


def _waiting(core: Core, name: str | None) -> Waiting:
    """What holds events of this name, or of all: as many as the library does."""

    def worth(error: int, message: bytes) -> int:
        try:
            event = _event(core, name, error, message)
        except FfiError:
            return 1
        return int(event.payload["count"]) if event.name == DROPPED else 1

    return Waiting(core.native.schema.event_limit, worth)


class EventStream(Owned):
    """The events of a context from now on: ``async for`` them; it ends with the context.

    It holds as many as the library does. Where others were dropped, here or there, it brings an event
    ``events_dropped`` with their count.
    """

    def __init__(self, context: Context, core: Core, name: str | None) -> None:
        # A context is not closed for being forgotten while somebody hears its events.
        self._context, self._core = context, core
        self._name = name
        self._waiting = _waiting(core, name)
        self._arrived = asyncio.Event()
        self._is_over = False
        self._mailbox = mailbox()
        self._numbers = core.listen(name, _ToLoop(self._mailbox, self._waiting, weakref.WeakMethod(self._wake)))
        core.end_with_me(self)

    def _wake(self) -> None:
        self._waiting.begin()
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
        while True:
            taken = self._waiting.take()
            if isinstance(taken, int):
                return _gap(taken)
            if taken is not None:
                return _event(self._core, self._name, *taken)
            if self._is_over:
                raise StopAsyncIteration
            self._arrived.clear()
            await self._arrived.wait()

    def close(self) -> None:
        """Hears no more; what has not been taken is dropped."""
        self._end()
        self._core.unlisten(self._numbers)
        self._waiting.clear()

    async def __aenter__(self) -> EventStream:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_numbers"):
            self._core.unlisten(self._numbers)


class _ToLoop:
    """What the library tells, on its way to a stream, which may have gone."""

    def __init__(self, mailbox: Mailbox, waiting: Waiting, wake: weakref.WeakMethod[Any]) -> None:
        self._mailbox, self._waiting, self._weak = mailbox, waiting, wake

    def receive(self, error: int, message: bytes) -> None:
        """Takes an event, on any thread."""
        if self._waiting.put(error, message):
            self._mailbox.post(self._wake)

    def _wake(self) -> None:
        wake = self._weak()
        if wake is not None:
            wake()


class Listener(Owned):
    """A function that hears events until it is removed, or its context has ended.

    Added where an event loop runs, it is called on that loop; elsewhere on a thread of the library.
    """

    def __init__(
        self,
        context: Context,
        core: Core,
        name: str | None,
        function: Callable[[Event], object],
        on_dropped: Callable[[int], object] | None = None,
    ) -> None:
        # A context is not closed for being forgotten while somebody hears its events.
        self._context, self._core = context, core
        self._name, self._function, self._on_dropped = name, function, on_dropped
        self._is_removed = False
        self.dropped = 0
        """How many events were dropped so far, because listeners were slower than they came."""
        self._waiting = _waiting(core, name)
        try:
            self._mailbox: Mailbox | None = mailbox()
        except RuntimeError:
            self._mailbox = None
        self._numbers = core.listen(name, self)

    def receive(self, error: int, message: bytes) -> None:
        """Takes an event, on any thread."""
        if self._mailbox is not None:
            if self._waiting.put(error, message):
                self._mailbox.post(self._drain, self._mailbox)
            return
        try:
            self._tell(error, message)
        except Exception:
            _log.exception("a listener failed on the thread %s", threading.current_thread().name)

    def _drain(self, mailbox: Mailbox) -> None:
        # What comes meanwhile has its own turn, so that others have theirs.
        for _ in range(self._waiting.begin()):
            taken = self._waiting.take()
            if taken is None:
                return
            try:
                if isinstance(taken, int):
                    self._tell_event(_gap(taken))
                else:
                    self._tell(*taken)
            except Exception as error:
                mailbox.fail(error)

    def _tell(self, error: int, message: bytes) -> None:
        if not self._is_removed:
            self._tell_event(_event(self._core, self._name, error, message))

    def _tell_event(self, event: Event) -> None:
        if self._is_removed:
            return
        if event.name != DROPPED:
            self._call(event)
            return
        count = event.payload["count"]
        self.dropped += count
        if self._name in (None, DROPPED):
            self._call(event)
        elif self._on_dropped is None:
            _log.warning("%s: %d events were dropped: listeners are slower than they come", self._name, count)
        if self._on_dropped is not None:
            self._on_dropped(count)

    def _call(self, event: Event) -> None:
        made = self._function(event)
        if made is not None:
            refuse_unstarted(made)

    def remove(self) -> None:
        """Removes it: the function is not called from then on."""
        self._is_removed = True
        self._core.unlisten(self._numbers)
        self._waiting.clear()


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

    def listen(
        self, function: Callable[[Event], object], on_dropped: Callable[[int], object] | None = None
    ) -> Listener:
        """Has a function called for each event from now on.

        ``on_dropped`` is called with the number of events that are missing, where they are; without it a listener
        of one event logs a warning.
        """
        return Listener(self._context, self._core, self._name, plain(function), on_dropped and plain(on_dropped))

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
