"""The end of the process.

Python ends every thread that comes from elsewhere while it finalizes, and a library's thread that is
ended inside a callback aborts the process. So before Python finalizes, the contexts that are left are
closed, and waited for as long as their library says that this takes.
"""

from __future__ import annotations

import atexit
import os
import time
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._core import Core
    from ._native import Native

_contexts: weakref.WeakSet[Core] = weakref.WeakSet()
_natives: weakref.WeakSet[Native] = weakref.WeakSet()


def watch(context: Core) -> None:
    """Has a context closed at the end."""
    _contexts.add(context)


def watch_library(native: Native) -> None:
    """Has the calls of a library waited for at the end."""
    _natives.add(native)


def _close_all() -> None:
    natives = list(_natives)
    for native in natives:
        native.cancel_all()
    for context in list(_contexts):
        context.begin_close()
    until = time.monotonic() + max((native.schema.grace_ms / 1000 + 1 for native in natives), default=0)
    while time.monotonic() < until and any(native.pending for native in natives):
        time.sleep(0.001)


def _forget() -> None:
    # Contexts do not live on in a forked child: nothing there is answered, and nothing need be closed.
    _contexts.clear()
    for native in _natives:
        native.pending.clear()
        native.listeners.clear()


atexit.register(_close_all)
os.register_at_fork(after_in_child=_forget)
