"""What of a process can be counted, and a value with every type."""

import ctypes
import gc
import os
import resource
import threading
import time

import every
from every import Everything, Link, Point, Tree


def threads():
    return len(os.listdir("/proc/self/task"))


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def resident():
    """Bytes, once what is free was given back."""
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def settle():
    """Waits for what ends by itself."""
    until = time.monotonic() + 10
    while threads() > threading.active_count() and time.monotonic() < until:
        time.sleep(0.02)
    gc.collect()


def everything(blob):
    point, level = Point(1.0, None), every.Level.MIDDLE
    return Everything(
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.0, 1.0, True, "a", "a", blob, level, point, every.Empty(),
        every.Money(1, every.Currency.YEN), every.Keywords(1, 1, 1, 1, 1, 1, 1, 1), [1.0], [1], [1], [1.0], [True], ["a"],
        ["a"], [b"a"], [level], [point], [every.Empty()], [[1], []], [None, 1], [None, "a"], [1], None, None, None, None,
        None, None, None, None, None, None, None, None, 1, "a", [point], None, 1, Tree(1, []), Link(1, None),
    )
