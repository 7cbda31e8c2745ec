"""What a constructor's answer is for: somebody waits for it, and may add listeners before any event is delivered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Callable

from ._mailbox import Mailbox
from ._native import Receiver

if TYPE_CHECKING:
    from ._context import Context

_MOMENT = 0.1
"""How often a thread that waits for a loop looks whether that has ended, in seconds."""


class Opening:
    """A constructor's answer on its way to who waits for it.

    Until its callback returns the library holds back what the constructor fired. So ``listen`` is called within:
    on the loop, whose turn the callback waits for, or without one on the library's thread.
    """

    def __init__(
        self,
        answer: Receiver,
        make: Callable[[bytes], Context],
        listen: Callable[[Context], object] | None,
        mailbox: Mailbox | None,
    ) -> None:
        self._answer, self._make, self._listen, self._mailbox = answer, make, listen, mailbox
        self._is_done = threading.Event()
        self.context: Context | None = None
        self.fault: BaseException | None = None

    def receive(self, error: int, message: bytes) -> None:
        """Takes the answer, on any thread."""
        if not error and self._listen is not None:
            if self._mailbox is None:
                self._open(message)
            else:
                self._mailbox.post(self._open, message)
                while not self._is_done.wait(_MOMENT) and not self._mailbox.has_ended:
                    pass
        self._answer.receive(error, message)

    def give_up(self) -> bool:
        """Nobody waits any more, and the callback neither; whether there is a context, which is closed."""
        self._is_done.set()
        if self.context is not None:
            self.context._core.begin_close()
        return self.context is not None

    def _open(self, message: bytes) -> None:
        if self._is_done.is_set() or self._listen is None:
            return
        try:
            self.context = self._make(message)
            self._listen(self.context)
        except BaseException as fault:
            self.fault = fault
        finally:
            self._is_done.set()
