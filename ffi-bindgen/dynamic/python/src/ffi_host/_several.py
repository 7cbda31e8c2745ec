"""Values out of CBOR that hold several others: tuples, arrays, maps and sets.

- A map whose keys can be those of a dict is one, and a set whose values can be those of a set is one; what has others is
  a list.
- Keys, and the values of a set, are told from each other as they were sent, in whatever form that is.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Hashable, Sequence

from ._reader import Fault, Read, Reader
from ._values import elements


def tuple_of(reads: Sequence[Read]) -> Read:
    """Reads an array of exactly these values."""
    read = elements([(str(place), read) for place, read in enumerate(reads)])
    return lambda reader: tuple(read(reader))


def array_of(read: Read, count: int) -> Read:
    """Reads a list of so many values."""

    def whole(reader: Reader) -> list[Any]:
        found: list[Any] = []
        for index in reader.list():
            if index == count:
                raise Fault(f"expected {count} elements")
            found.append(reader.at_step(f"[{index}]", read))
        if len(found) < count:
            raise Fault(f"expected {count} elements")
        return found

    return whole


def array_of_bytes(count: int) -> Read:
    """Reads so many bytes."""

    def whole(reader: Reader) -> bytes:
        found = reader.bytes()
        if len(found) != count:
            raise Fault(f"expected {count} bytes")
        return found

    return whole


def map_of(key: Read, value: Read) -> Read:
    """Reads a map as a dict."""

    def whole(reader: Reader) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for index in reader.map():
            made = _part(reader, index, "key", key)
            if made in found:
                raise _twice(index)
            found[made] = _part(reader, index, "value", value)
        return found

    return whole


def pairs_of(key: Read, value: Read) -> Read:
    """Reads a map as a list of its keys and values."""

    def whole(reader: Reader) -> Any:
        known: set[Hashable] = set()
        found: list[tuple[Any, Any]] = []
        for index in reader.map():
            at = reader.at
            made = _part(reader, index, "key", key)
            told = _identity(_sent(reader, at, made, key))
            if told in known:
                raise _twice(index)
            known.add(told)
            found.append((made, _part(reader, index, "value", value)))
        # In whatever order it came.
        return frozenset(map(_identity, found)) if reader.is_exact else found

    return whole


def set_of(read: Read) -> Read:
    """Reads a set as one."""

    def whole(reader: Reader) -> set[Any]:
        found: set[Any] = set()
        for index in reader.list():
            made = reader.at_step(f"[{index}]", read)
            if made in found:
                raise Fault("stands twice").at(f"[{index}]")
            found.add(made)
        return found

    return whole


def distinct(read: Read) -> Read:
    """Reads a set as a list."""

    def whole(reader: Reader) -> Any:
        known: set[Hashable] = set()
        found: list[Any] = []
        for index in reader.list():
            at = reader.at
            made = reader.at_step(f"[{index}]", read)
            told = _identity(_sent(reader, at, made, read))
            if told in known:
                raise Fault("stands twice").at(f"[{index}]")
            known.add(told)
            found.append(made)
        return frozenset(known) if reader.is_exact else found

    return whole


def _part(reader: Reader, index: int, part: str, read: Read) -> Any:
    """The key or the value of an entry."""
    try:
        return read(reader)
    except Fault as fault:
        raise fault.at(part).at(f"[{index}]") from None


def _twice(index: int) -> Fault:
    return Fault("stands twice").at("key").at(f"[{index}]")


def _sent(reader: Reader, at: int, made: Any, read: Read) -> Any:
    """What was read from this place, as fine as it was sent."""
    return made if reader.is_exact else reader.exactly(at, read)


def _identity(value: Any) -> Hashable:
    """What only the values that are the same have, of all values of a type."""
    if isinstance(value, (list, tuple)):
        return tuple(map(_identity, value))
    if isinstance(value, dict):
        return frozenset((key, _identity(held)) for key, held in value.items())
    if isinstance(value, set):
        return frozenset(value)
    if dataclasses.is_dataclass(value):
        return type(value), tuple(_identity(getattr(value, field.name)) for field in dataclasses.fields(value))
    made: Hashable = value
    return made
