"""Spans and points of time out of CBOR: seconds, and nanoseconds beside them.

Python counts microseconds: what is finer is cut toward the past.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from ._reader import Fault, Reader
from ._values import elements, integer

SECOND = 10**9
"""The nanoseconds of a second."""

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
"""Where times are counted from."""

# The tag of a time and its keys (RFC 9581): seconds, and billionths.
TAG, SECS, NANOS = 1001, 1, -9

_nanos = integer(0, SECOND - 1)
_parts = elements([("secs", integer(0, (1 << 64) - 1)), ("nanos", _nanos)])
_KEYS = {SECS: ("secs", integer(-(1 << 63), (1 << 63) - 1)), NANOS: ("nanos", _nanos)}


def span_of(secs: int, nanos: int) -> timedelta:
    """The span of so many seconds and nanoseconds."""
    try:
        return timedelta(0, secs, nanos // 1000)
    except OverflowError:
        raise Fault(f"{secs} seconds are out of range of a timedelta") from None


def point_of(secs: int, nanos: int) -> datetime:
    """The point in time so many seconds, and nanoseconds after those, from 1970."""
    try:
        return EPOCH + timedelta(0, secs, nanos // 1000)
    except OverflowError:
        raise Fault(f"{secs} seconds from 1970 are out of range of a datetime") from None


def duration(reader: Reader) -> Any:
    """Reads a span."""
    secs, nanos = _parts(reader)
    return (secs, nanos) if reader.is_exact else span_of(secs, nanos)


def time(reader: Reader) -> Any:
    """Reads a point in time."""
    if reader.tag() != TAG:
        raise Fault("expected a time")
    found: dict[str, int] = {}
    for _ in reader.map():
        key = reader.integer()
        if key not in _KEYS:
            # What may be passed over has a key below zero.
            if key >= 0:
                raise Fault(f"{key} is no key of a time")
            reader.skip()
            continue
        step, read = _KEYS[key]
        if step in found:
            raise Fault("stands twice").at(step)
        found[step] = reader.at_step(step, read)
    if "secs" not in found:
        raise Fault("is missing").at("secs")
    secs, nanos = found["secs"], found.get("nanos", 0)
    return (secs, nanos) if reader.is_exact else point_of(secs, nanos)
