"""A live state of a library."""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Callable, Mapping

from ._core import Core
from ._events import Events
from ._functions import Bound, Prepared
from ._mailbox import mailbox
from ._opening import Opening
from ._owned import Owned
from ._schema import Schema
from ._waiters import Awaited, Blocked, Ending

if TYPE_CHECKING:
    from ._library import Loaded


class Context(Owned):
    """A live state of a library; its functions are its attributes.

    Close it with ``await context.close()`` or ``async with``, without a loop with
    ``context.destroy()`` or ``with``.
    """

    _loaded: Loaded

    def __init__(self, loaded: Loaded, handle: int) -> None:
        self._loaded = loaded
        self._core = Core(loaded.native, handle)
        self._process = os.getpid()

    @property
    def schema(self) -> Schema:
        """What the library says about itself."""
        return self._core.native.schema

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, or is being closed."""
        return self._core.is_closing

    @property
    def events(self) -> Events:
        """What it tells."""
        return Events(self, self._core, self._loaded.events)

    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Calls a function by its symbol or short name, whatever its attribute is."""
        return Bound(self._loaded.method(name), self)(*args, **kwargs)

    async def close(self) -> None:
        """Ends it: accepted calls are answered first, for no longer than the library's grace."""
        self._core.begin_close()
        await self._core.ending.come()

    def destroy(self) -> None:
        """The same, and blocks meanwhile."""
        self._core.destroy()

    async def __aenter__(self) -> Any:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.destroy()

    def __del__(self) -> None:
        core = getattr(self, "_core", None)
        # In a child that was forked meanwhile nothing of it is alive, and its lock may be held for ever.
        if core is not None and not core.is_closing and self._process == os.getpid():
            warnings.warn(f"{self!r} was never closed", ResourceWarning, stacklevel=2, source=self)
            core.begin_close()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __repr__(self) -> str:
        state = "closed" if self.is_closed else "live"
        return f"<{state} context of {self.schema.name} {self.schema.version}>"


class Method:
    """A function of every context of a library, as a class shows it."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared

    def __get__(self, context: Context | None, _: type[Context]) -> Bound:
        return Bound(self._prepared, context)


class Creation(Owned):
    """A context in the making: await it, or enter it with ``async with``."""

    def __init__(self, loaded: Loaded, prepared: Prepared, request: bytes, listen: Listen | None) -> None:
        self._loaded, self._prepared, self._request, self._listen = loaded, prepared, request, listen
        self._context: Context | None = None

    async def _create(self) -> Context:
        answer = Awaited(self._prepared.read)
        opening = Opening(answer, self._loaded.made(self._prepared), self._listen, mailbox())
        handle, number = self._loaded.native.create(self._prepared.function.symbol, self._request, opening)
        try:
            await answer
        except asyncio.CancelledError:
            give_up(self._loaded, opening, handle, number)
            raise
        return self._loaded.opened(opening, handle)

    def __await__(self) -> Generator[Any, None, Context]:
        return self._create().__await__()

    async def __aenter__(self) -> Context:
        self._context = await self._create()
        return self._context

    async def __aexit__(self, *_: object) -> None:
        if self._context is not None:
            await self._context.close()


Listen = Callable[["Context"], object]
"""What adds listeners to a new context."""


def give_up(loaded: Loaded, opening: Opening, handle: int | None, number: int) -> None:
    """Ends a context that nobody waits for any more."""
    if not opening.give_up() and handle is not None:
        loaded.native.cancel(handle, number)
        loaded.native.close(handle, Ending())


class Constructor(Bound):
    """What makes a context."""

    __slots__ = ("_listen", "_loaded")

    def __init__(self, loaded: Loaded, prepared: Prepared, listen: Listen | None = None) -> None:
        super().__init__(prepared, None)
        self._loaded, self._listen = loaded, listen

    def listening(self, listen: Listen) -> Constructor:
        """The constructor, of whose context ``listen`` is called first: listeners that it adds hear every event.

        ``listen`` gets the context, on the loop that waits for it; without one on a thread of the library.
        """
        return Constructor(self._loaded, self._prepared, listen)

    def __call__(self, /, *args: Any, **kwargs: Any) -> Creation:
        """A context to await."""
        return Creation(self._loaded, self._prepared, self._prepared.request(args, kwargs), self._listen)

    def blocking(self, /, *args: Any, **kwargs: Any) -> Context:
        """A context, once it is made."""
        request, answer = self._prepared.request(args, kwargs), Blocked(self._prepared.read)
        opening = Opening(answer, self._loaded.made(self._prepared), self._listen, None)
        handle, number = self._loaded.native.create(self._prepared.function.symbol, request, opening)
        answer.wait(lambda: give_up(self._loaded, opening, handle, number))
        return self._loaded.opened(opening, handle)


def context_class(loaded: Loaded, methods: Mapping[str, Prepared], docs: str) -> type[Context]:
    """The class of a library's contexts."""
    members: dict[str, Any] = {attribute: Method(prepared) for attribute, prepared in methods.items()}
    return type(f"{loaded.native.name}_context", (Context,), {**members, "__doc__": docs})


def own_attributes() -> set[str]:
    """The names that a context has already."""
    return set(dir(Context)) | {"_loaded", "_core", "_process"}


def event_attributes() -> set[str]:
    """The names that a context's events have already."""
    return set(dir(Events))
