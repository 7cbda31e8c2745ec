"""The end of the process.

Python ends every thread that comes from elsewhere while it finalizes, and a library's thread that is
ended inside a callback aborts the process. So before Python finalizes, the contexts that are left are
closed, and waited for as long as their library says that this takes. An answer is there before its callback
has returned: so the library's threads are waited for too.
"""

from __future__ import annotations

import atexit
import os
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._core import Core
    from ._native import Native

_contexts: weakref.WeakSet[Core] = weakref.WeakSet()
_natives: weakref.WeakSet[Native] = weakref.WeakSet()
#: The names that the libraries' threads may have, which the system cuts at 15 bytes. A thread may outlive
#: what Python holds of its library.
_thread_names: set[bytes] = set()
_patience = 0.0


def watch(context: Core) -> None:
    """Has a context closed at the end."""
    _contexts.add(context)


def watch_library(native: Native) -> None:
    """Has the calls and the threads of a library waited for at the end."""
    global _patience
    _natives.add(native)
    _thread_names.update(f"{native.name}-{kind}".encode()[:15] for kind in ("worker", "events", "watch"))
    _patience = max(_patience, native.schema.grace_ms / 1000 + 1)


def _close_all() -> None:
    natives = list(_natives)
    for native in natives:
        native.cancel_all()
    for context in list(_contexts):
        context.begin_close()
    until = time.monotonic() + _patience
    while time.monotonic() < until and any(native.pending for native in natives):
        time.sleep(0.001)
    _await_threads(until)


#: For how long the worker of functions without a context stays after its last call, and a while.
_LINGERING = 0.15


def _await_threads(until: float) -> None:
    """Waits until the libraries have no thread any more."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        time.sleep(_LINGERING)
        return
    while time.monotonic() < until and not _thread_names.isdisjoint(_names(tasks)):
        time.sleep(0.001)


def _names(tasks: Path) -> set[bytes]:
    names = set()
    for task in tasks.iterdir():
        try:
            names.add((task / "comm").read_bytes().rstrip(b"\n"))
        except OSError:  # It has ended meanwhile.
            pass
    return names


def _forget() -> None:
    # Contexts do not live on in a forked child: nothing there is answered, and nothing need be closed.
    _contexts.clear()
    for native in _natives:
        native.pending.clear()
        native.listeners.clear()


atexit.register(_close_all)
os.register_at_fork(after_in_child=_forget)
