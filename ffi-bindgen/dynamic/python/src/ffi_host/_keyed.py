"""Values that hold several others, into CBOR: lists, arrays, tuples, maps and sets.

- Maps and sets are written in the order of their keys' and values' bytes (RFC 8949, 4.2.1), and none may be there twice.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from collections.abc import Set as AnySet
from typing import Any, Iterator, Sequence

import cbor2

from ._scalars import Coded, Convert, bytes_written, fault, head, kind_of

_LIST, _MAP = 4, 5


def write_coded(encoder: cbor2.CBOREncoder, value: Any) -> None:
    """Writes what is in its form already."""
    encoder.write(value.bytes)


def _coded(value: Any) -> bytes:
    return cbor2.dumps(value, default=write_coded)


def _items(value: Any, place: tuple[str, ...], expected: str = "a list") -> AnySequence[Any]:
    if isinstance(value, (str, bytes, bytearray, memoryview)) or not isinstance(value, AnySequence):
        raise fault(place, f"expected {expected}, found {kind_of(value)}")
    return value


def list_of(inner: Convert) -> Convert:
    """Checks a list."""

    def convert(value: Any, place: tuple[str, ...]) -> list[Any]:
        return [inner(item, (*place, f"[{index}]")) for index, item in enumerate(_items(value, place))]

    return convert


def array_of(count: int, inner: Convert) -> Convert:
    """Checks a list of so many values."""
    convert = list_of(inner)

    def whole(value: Any, place: tuple[str, ...]) -> Any:
        _check_length(_items(value, place), place, count, "elements")
        return convert(value, place)

    return whole


def array_of_bytes(count: int) -> Convert:
    """Checks so many bytes."""

    def convert(value: Any, place: tuple[str, ...]) -> bytes:
        made = bytes_written(value, place)
        _check_length(made, place, count, "bytes")
        return made

    return convert


def tuple_of(inner: Sequence[Convert]) -> Convert:
    """Checks a tuple, which may be a list too."""
    steps = [(str(place), convert) for place, convert in enumerate(inner)]

    def convert(value: Any, place: tuple[str, ...]) -> list[Any]:
        _check_length(_items(value, place, "a tuple"), place, len(steps), "elements")
        return [convert(item, (*place, step)) for item, (step, convert) in zip(value, steps)]

    return convert


def _check_length(value: Any, place: tuple[str, ...], count: int, what: str) -> None:
    if len(value) != count:
        raise fault(place, f"expected {count} {what}, found {len(value)}")


def map_of(key: Convert, value: Convert) -> Convert:
    """Checks a mapping, or a list of pairs, whose keys need no hash."""

    def convert(given: Any, place: tuple[str, ...]) -> Coded:
        entries = []
        for index, (name, held) in enumerate(_entries(given, place)):
            step = (*place, f"[{index}]")
            coded = _coded(key(name, (*step, "key")))
            entries.append((coded, index, _coded(value(held, (*step, "value")))))
        entries.sort()
        _check_distinct(entries, place, ("key",))
        return Coded(head(_MAP, len(entries)) + b"".join(name + held for name, _, held in entries))

    return convert


def _entries(value: Any, place: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, AnyMapping):
        yield from value.items()
        return
    for index, pair in enumerate(_items(value, place, "a mapping or a list of pairs")):
        step = (*place, f"[{index}]")
        name, held = _pair(_items(pair, step, "a key and a value"), step)
        yield name, held


def _pair(pair: AnySequence[Any], place: tuple[str, ...]) -> AnySequence[Any]:
    _check_length(pair, place, 2, "elements")
    return pair


def set_of(inner: Convert) -> Convert:
    """Checks a set, or a list, whose values need no hash."""

    def convert(given: Any, place: tuple[str, ...]) -> Coded:
        values = given if isinstance(given, AnySet) else _items(given, place, "a set or a list")
        coded = [(_coded(inner(value, (*place, f"[{index}]"))), index) for index, value in enumerate(values)]
        coded.sort()
        _check_distinct(coded, place, ())
        return Coded(head(_LIST, len(coded)) + b"".join(value for value, _ in coded))

    return convert


def _check_distinct(ordered: Sequence[tuple[Any, ...]], place: tuple[str, ...], part: tuple[str, ...]) -> None:
    for one, other in zip(ordered, ordered[1:]):
        if one[0] == other[0]:
            raise fault((*place, f"[{other[1]}]", *part), "stands twice")
