"""Enums with data out of CBOR: the name of a variant, or a map of that one name and what the variant holds.

- A variant is one level of nesting, one that holds nothing too. The map or the array of its fields is no further one.
- What a variant holds is read for the variant itself, whose class makes it.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping

from ._reader import Fault, Read, Reader
from ._values import Field, elements, nothing, record

Make = Callable[..., Any]
"""The class of a variant."""


def data_enum(name: str, units: Mapping[str, Make], holding: Callable[[], Mapping[str, Read]]) -> Read:
    """Reads an enum that has variants which hold nothing, and others.

    Those others are asked for at the first value: a variant may hold its own enum.
    """
    known: dict[str, Read] = {}

    def alone(reader: Reader) -> Any:
        key = reader.text()
        if key in units:
            return units[key]()
        if key in known:
            raise Fault("expected a map of the variant and what it holds").at(key)
        raise Fault(f"{key!r} is no {name}")

    def read(reader: Reader) -> Any:
        if not known:
            known.update((key, unit(make)) for key, make in units.items())
            known.update(holding())
        if reader.is_text():
            return reader.deeper(1, alone)
        found: list[Any] = []
        for _ in reader.map():
            if found:
                raise Fault("expected a map of one variant")
            key = reader.text()
            if key not in known:
                raise Fault(f"{key!r} is no {name}")
            found.append(reader.at_step(key, known[key]))
        if not found:
            raise Fault("expected a map of one variant")
        return found[0]

    return read


def unit(make: Make) -> Read:
    """Reads null, for a variant that holds nothing."""

    def read(reader: Reader) -> Any:
        nothing(reader)
        return make()

    return read


def value(read: Read, make: Make) -> Read:
    """Reads what a variant holds: one value."""
    return lambda reader: make(read(reader))


def several(reads: tuple[Read, ...], make: Make) -> Read:
    """Reads what a variant holds: an array of these values, and no more."""
    read = elements([(str(place), read) for place, read in enumerate(reads)])
    return lambda reader: make(*reader.deeper(-1, read))


def fields(told: Iterable[Field], make: Make) -> Read:
    """Reads what a variant holds: a map of these fields."""
    read = record(lambda: told, lambda found: make(*found))
    return lambda reader: reader.deeper(-1, read)
