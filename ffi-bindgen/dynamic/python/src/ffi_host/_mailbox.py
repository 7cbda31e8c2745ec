"""Brings what the library's threads tell to an event loop.

- A loop is woken once for all that arrives until it looks.
- What is posted to a loop that has ended is dropped: nobody waits there any more.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections import deque
from typing import Any, Callable

_Item = tuple[Callable[..., None], tuple[Any, ...]]


class Mailbox:
    """The way into one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = weakref.ref(loop)
        self._thread = threading.get_ident()
        self._items: deque[_Item] = deque()
        self._is_woken = False

    @property
    def is_here(self) -> bool:
        """Whether this is called in its loop."""
        return asyncio.get_running_loop() is self._loop()

    def post(self, take: Callable[..., None], *args: Any) -> None:
        """Has the loop call this soon, after what was posted before.

        Here and now, where this is the loop's thread and nothing is before it.
        """
        is_here = threading.get_ident() == self._thread and asyncio._get_running_loop() is self._loop()
        if is_here and not self._items:
            take(*args)
            return
        self._items.append((take, args))
        if self._is_woken:
            return
        self._is_woken = True
        loop = self._loop()
        try:
            if loop is not None:
                loop.call_soon_threadsafe(self._drain)
        except RuntimeError:  # The loop is closed.
            self._items.clear()

    def _drain(self) -> None:
        # Before the first is taken: what arrives from here on wakes the loop again.
        self._is_woken = False
        for _ in range(len(self._items)):
            take, args = self._items.popleft()
            try:
                take(*args)
            except Exception as error:
                self.fail(error)

    def fail(self, error: Exception) -> None:
        """Tells the loop of what failed and nobody waits for; on the loop."""
        asyncio.get_running_loop().call_exception_handler({"message": "a listener failed", "exception": error})

    @property
    def has_ended(self) -> bool:
        """Whether the loop has ended, so that nothing that is posted is called."""
        loop = self._loop()
        return loop is None or loop.is_closed()


_mailboxes: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Mailbox] = weakref.WeakKeyDictionary()


def mailbox() -> Mailbox:
    """The mailbox of the loop that runs on this thread."""
    loop = asyncio.get_running_loop()
    found = _mailboxes.get(loop)
    if found is None:
        found = _mailboxes[loop] = Mailbox(loop)
    return found
