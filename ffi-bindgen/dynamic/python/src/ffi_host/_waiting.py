"""What a listener or a stream holds until it is taken."""

from __future__ import annotations

import threading
from collections import deque
from typing import Callable, Tuple, Union

Entry = Tuple[int, bytes]
"""What a library's callback told: the number of an error's kind, or 0, and the message."""


class Waiting:
    """So many entries in their order. What finds no room is dropped, and a gap with its number stands in its place.

    One thread puts, another may take.
    """

    def __init__(self, limit: int, worth: Callable[[int, bytes], int]) -> None:
        """``worth`` gives for how many events an entry stands: several, where it is a gap itself."""
        self._limit, self._worth = limit, worth
        self._lock = threading.Lock()
        self._entries: deque[Union[Entry, int]] = deque()
        self._held = 0
        self._is_asked = False

    def put(self, error: int, message: bytes) -> bool:
        """Adds an entry; whether somebody is to be asked to take it."""
        with self._lock:
            if self._held < self._limit:
                self._held += 1
                self._entries.append((error, message))
            else:
                last = self._entries[-1]
                before = self._entries.pop() if isinstance(last, int) else 0
                assert isinstance(before, int)
                self._entries.append(before + self._worth(error, message))
            is_asked, self._is_asked = self._is_asked, True
        return not is_asked

    def begin(self) -> int:
        """Somebody takes from here on; gives how many there are to take. For what comes later others are asked."""
        with self._lock:
            self._is_asked = False
            return len(self._entries)

    def take(self) -> Union[Entry, int, None]:
        """The next entry, or the number of events that are missing here; None where nothing waits."""
        with self._lock:
            if not self._entries:
                return None
            taken = self._entries.popleft()
            self._held -= 0 if isinstance(taken, int) else 1
            return taken

    def clear(self) -> None:
        """Drops everything."""
        with self._lock:
            self._entries.clear()
            self._held = 0
