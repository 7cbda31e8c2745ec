"""Values out of CBOR (RFC 8949), by their types.

What is malformed, missing, twice there, of another type or out of range is a `Fault` that says where.
"""

from __future__ import annotations

import ipaddress
import pathlib
import struct
from typing import Any, Callable, Iterable, Mapping, Optional, Sequence, Union

from ._reader import Fault, Read, Reader

Field = tuple[str, Read, bool]
"""A field's key, what reads it, and whether it may be missing."""


def integer(low: int, high: int) -> Read:
    """Reads an integer of this range."""

    def read(reader: Reader) -> int:
        value = reader.integer()
        if not low <= value <= high:
            raise Fault(f"{value} is out of range")
        return value

    return read


def wide_integer(low: int, high: int) -> Read:
    """Reads an integer of this range, which more than 64 bits may hold."""

    def read(reader: Reader) -> int:
        value = reader.number()
        if isinstance(value, float):
            raise Fault("expected an integer")
        if not low <= value <= high:
            raise Fault(f"{value} is out of range")
        return value

    return read


def f64(reader: Reader) -> float:
    """Reads a float, or an integer that is exactly one."""
    value = reader.number()
    return value if isinstance(value, float) else _exact(value, float)


def f32(reader: Reader) -> float:
    """Reads a float and rounds it to 32 bits, or an integer that is exactly one of 32 bits."""
    value = reader.number()
    if not isinstance(value, float):
        return _exact(value, _rounded)
    nearest = _rounded(value)
    # What is not zero is none then.
    if value != 0 and nearest == 0:
        raise Fault(f"{value} is out of range")
    return nearest


def _rounded(value: float) -> float:
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        raise Fault(f"{value} is out of range") from None


def _exact(value: int, convert: Callable[[float], float]) -> float:
    try:
        made = convert(float(value))
    except OverflowError:
        raise Fault(f"{value} is out of range") from None
    if made != value:
        raise Fault(f"{value} is no float")
    return made


def character(reader: Reader) -> str:
    """Reads a text of one character."""
    text = reader.text()
    if len(text) != 1:
        raise Fault("expected one character")
    return text


def path(reader: Reader) -> Union[pathlib.Path, str]:
    """Reads a path: its text where it is told from others, which Python may hold for the same."""
    text = reader.text()
    return text if reader.is_exact else pathlib.Path(text)


def ip_address(reader: Reader) -> Union[ipaddress.IPv4Address, ipaddress.IPv6Address]:
    """Reads an IP address."""
    text = reader.text()
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise Fault(f"{text!r} is no IP address") from None


def nothing(reader: Reader) -> None:
    """Reads what stands for no value."""
    if not reader.null():
        raise Fault("expected null")


def list_of(read: Read) -> Read:
    """Reads a list of such values."""
    return lambda reader: [reader.at_step(f"[{index}]", read) for index in reader.list()]


def elements(reads: Sequence[tuple[str, Read]]) -> Read:
    """Reads an array of these values and no more, whose faults are told by these names."""

    wrong_length = f"expected {len(reads)} elements"

    def read(reader: Reader) -> list[Any]:
        found: list[Any] = []
        for place in reader.list():
            if place == len(reads):
                raise Fault(wrong_length)
            found.append(reader.at_step(*reads[place]))
        if len(found) < len(reads):
            raise Fault(wrong_length)
        return found

    return read


def option(read: Read) -> Read:
    """Reads such a value, or null."""
    return lambda reader: None if reader.null() else read(reader)


def variant(name: str, variants: Mapping[str, Any]) -> Read:
    """Reads one of these names, for what it stands for."""

    def read(reader: Reader) -> Any:
        text = reader.text()
        if text not in variants:
            raise Fault(f"{text!r} is no {name}")
        return variants[text]

    return read


def record(fields: Callable[[], Iterable[Field]], make: Callable[[list[Any]], Any]) -> Read:
    """Reads a map; `make` is given the values in the fields' order.

    The fields are asked for at the first value: a record may hold its own kind.
    """
    known: dict[str, Read] = {}
    absent: list[tuple[str, bool]] = []

    def read(reader: Reader) -> Any:
        if not known:
            told = list(fields())
            absent[:] = [(key, is_optional) for key, _, is_optional in told]
            known.update((key, read) for key, read, _ in told)
        found = _entries(reader, known)
        for key, is_optional in absent:
            if key not in found and not is_optional:
                raise Fault("is missing").at(key)
        return make([found.get(key) for key, _ in absent])

    return read


def _entries(reader: Reader, known: Mapping[str, Read]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in reader.map():
        key = reader.key()
        read = None if key is None else known.get(key)
        if key is None or read is None:
            reader.skip()
        elif key in found:
            raise Fault("stands twice").at(key)
        else:
            found[key] = reader.at_step(key, read)
    return found


def event(expected: Optional[str], payload: Callable[[str], Read]) -> Read:
    """Reads the name and the payload of an event, which is this one if one is expected."""

    def read(reader: Reader) -> tuple[str, Any]:
        names: list[str] = []

        def named(reader: Reader) -> str:
            names.append(reader.text())
            if expected not in (None, names[0]):
                raise Fault(f"is another event, {names[0]!r}")
            return names[0]

        def told(reader: Reader) -> tuple[int, Any]:
            place = reader.at
            # It nests as deep as if it stood alone.
            return place, reader.afresh(payload(names[0]) if names else Reader.skip)

        found = _entries(reader, {"eventType": named, "payload": told})
        for key in ("eventType", "payload"):
            if key not in found:
                raise Fault("is missing").at(key)
        name, (place, value) = found["eventType"], found["payload"]
        if next(iter(found)) == "payload":
            # Now that its name is known.
            value = reader.at_step("payload", lambda reader: reader.elsewhere(place, _alone(payload(name))))
        return name, value

    return read


def _alone(read: Read) -> Read:
    return lambda reader: reader.afresh(read)
