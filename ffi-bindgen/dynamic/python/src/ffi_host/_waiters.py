"""Who waits for an answer: a coroutine, or a thread."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, Callable

from ._mailbox import mailbox
from ._owned import Owned

Read = Callable[[int, bytes], Any]
"""Makes of an answer its value, or raises its error."""


class Awaited(asyncio.Future[Any]):
    """An answer that is awaited; where that is given up, the library is asked to cancel."""

    def __init__(self, read: Read) -> None:
        super().__init__(loop=asyncio.get_running_loop())
        self._read = read
        self._mailbox = mailbox()
        self.give_up: Callable[[], None] | None = None

    def receive(self, error: int, message: bytes) -> None:
        """Takes the answer, on any thread."""
        self._mailbox.post(self._settle, error, message)

    def _settle(self, error: int, message: bytes) -> None:
        self.give_up = None
        if self.done():
            return
        try:
            self.set_result(self._read(error, message))
        except Exception as raised:
            self.set_exception(raised)

    def cancel(self, msg: Any = None) -> bool:
        """Cancels, here at once, and in the library where it can."""
        is_cancelled = super().cancel(msg)
        if is_cancelled and self.give_up is not None:
            self.give_up()
        return is_cancelled


class Blocked(Owned):
    """An answer that a thread waits for."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._shut = threading.Lock()
        self._shut.acquire()
        self._answer: tuple[int, bytes] | None = None

    def receive(self, error: int, message: bytes) -> None:
        """Takes the answer, on any thread."""
        self._answer = (error, message)
        self._shut.release()

    def wait(self, give_up: Callable[[], None]) -> Any:
        """The answer's value; ``give_up`` is called where the wait is interrupted."""
        if self._answer is None:
            try:
                self._shut.acquire()
            except BaseException:
                give_up()
                raise
        assert self._answer is not None
        return self._read(*self._answer)


class Ending(Owned):
    """The end of a context, which any number of coroutines and threads can wait for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._then: list[Callable[[], None]] | None = []

    @property
    def has_come(self) -> bool:
        """Whether the context has ended."""
        return self._then is None

    def receive(self, error: int, message: bytes) -> None:
        """Takes the last callback's news, on any thread."""
        with self._lock:
            then, self._then = self._then or [], None
        for step in then:
            step()

    def then(self, step: Callable[[], None]) -> None:
        """Has this called at the end: at once, where it has come."""
        with self._lock:
            if self._then is not None:
                self._then.append(step)
                return
        step()

    async def come(self) -> None:
        """Waits for the end."""
        box, future = mailbox(), asyncio.get_running_loop().create_future()
        self.then(lambda: box.post(lambda: None if future.done() else future.set_result(None)))
        await future

    def wait(self) -> None:
        """Blocks until the end."""
        has_come = threading.Event()
        self.then(has_come.set)
        has_come.wait()
