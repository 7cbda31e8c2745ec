"""The types that hold no other: how each converts a value that is sent, reads one, and is written in Python.

A type of the description that is not in `SCALARS`, and holds no other, is not known to this package.
"""

from __future__ import annotations

import ipaddress
import math
import numbers
import operator
import os
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Callable, Sequence

from . import _times, _values
from ._errors import ArgumentError
from ._reader import Read, Reader

Place = Sequence[str]
Convert = Callable[[Any, tuple[str, ...]], Any]

_BITS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64, "isize": 64, "u8": 8, "u16": 16, "u32": 32, "u64": 64, "usize": 64}
_WIDE_BITS = {"i128": 128, "u128": 128}
_MAP, _TAG = 5, 6


@dataclass(frozen=True)
class Scalar:
    """A type that holds no other."""

    convert: Convert
    """Checks a value, and makes of it what is encoded."""
    read: Read
    """Reads a value."""
    text: str
    """The type as Python writes it."""


def fault(place: Place, text: str) -> ArgumentError:
    """An error at a place: ``my_timer_echo: req.delayMs: is missing``."""
    path = "".join(step if step.startswith("[") else f".{step}" for step in place[1:])
    return ArgumentError(f"{place[0]}: {path[1:]}: {text}" if path else f"{place[0]}: {text}")


def kind_of(value: Any) -> str:
    """A value's type, as errors say it."""
    return "None" if value is None else type(value).__name__


def _limits(type_: str) -> tuple[int, int]:
    bits = _BITS.get(type_) or _WIDE_BITS[type_]
    return (0, (1 << bits) - 1) if type_[0] == "u" else (-(1 << bits - 1), (1 << bits - 1) - 1)


def _integer_written(type_: str) -> Convert:
    low, high = _limits(type_)

    def convert(value: Any, place: tuple[str, ...]) -> int:
        if isinstance(value, bool):
            raise fault(place, "expected an integer, found bool")
        try:
            number = operator.index(value)
        except TypeError:
            raise fault(place, f"expected an integer, found {kind_of(value)}") from None
        if not low <= number <= high:
            raise fault(place, f"{number} is out of range, {low} to {high}")
        return number

    return convert


def head(major: int, number: int) -> bytes:
    """The head of a value in its shortest form."""
    if number < 24:
        return bytes([major << 5 | number])
    width = next(width for width in range(4) if number < 1 << (8 << width))
    return bytes([major << 5 | 24 + width]) + number.to_bytes(1 << width, "big")


def _integer(value: int) -> bytes:
    return head(1, -1 - value) if value < 0 else head(0, value)


class Coded:
    """What is written as it stands, because cbor2 would write it in another way."""

    __slots__ = ("bytes",)

    def __init__(self, coded: bytes) -> None:
        self.bytes = coded


def _shortest(value: float) -> bytes:
    """A float in its shortest form, which cbor2 gives only together with sorted keys, if at all."""
    if math.isnan(value):
        return b"\xf9\x7e\x00"
    for head, form in ((b"\xf9", ">e"), (b"\xfa", ">f")):
        try:
            packed = struct.pack(form, value)
        except OverflowError:
            continue
        if struct.unpack(form, packed)[0] == value:
            return head + packed
    return b"\xfb" + struct.pack(">d", value)


def _f64_written(value: Any, place: tuple[str, ...]) -> Coded:
    if isinstance(value, bool) or not hasattr(value, "__float__") and not hasattr(value, "__index__"):
        raise fault(place, f"expected a number, found {kind_of(value)}")
    return Coded(_shortest(_number(value, place)))


def _number(value: Any, place: tuple[str, ...]) -> float:
    """The nearest float: a finite number stays finite, and one that is not zero stays so."""
    try:
        number = float(value)
    except OverflowError:
        raise fault(place, f"{value} is out of range") from None
    # A Decimal becomes infinity or zero without a word.
    is_at_an_end = math.isinf(number) or number == 0
    is_exact = bool(value == number)
    if is_at_an_end and isinstance(value, numbers.Number) and not is_exact:
        raise fault(place, f"{value} is out of range")
    return number


def _f32_written(value: Any, place: tuple[str, ...]) -> Coded:
    _f64_written(value, place)
    number = float(value)
    if not math.isfinite(number):
        return Coded(_shortest(number))
    try:
        rounded = struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        raise fault(place, f"{number} is out of range") from None
    if rounded == 0 and number != 0:
        raise fault(place, f"{number} is out of range")
    return Coded(_shortest(rounded))


def _bool_written(value: Any, place: tuple[str, ...]) -> bool:
    if not isinstance(value, bool):
        raise fault(place, f"expected True or False, found {kind_of(value)}")
    return value


def _text_written(value: Any, place: tuple[str, ...]) -> str:
    if not isinstance(value, str):
        raise fault(place, f"expected a text, found {kind_of(value)}")
    if not value.isascii() and any("\ud800" <= it <= "\udfff" for it in value):
        raise fault(place, "is no Unicode: it has a lone surrogate")
    return value


def _char_written(value: Any, place: tuple[str, ...]) -> str:
    if len(_text_written(value, place)) != 1:
        raise fault(place, f"expected a text of one character, found {len(value)}")
    return str(value)


def bytes_written(value: Any, place: tuple[str, ...]) -> bytes:
    """Checks bytes."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise fault(place, f"expected bytes, found {kind_of(value)}")
    return bytes(value)


def _duration_written(value: Any, place: tuple[str, ...]) -> list[int]:
    if not isinstance(value, timedelta):
        raise fault(place, f"expected a timedelta, found {kind_of(value)}")
    if value < timedelta(0):
        raise fault(place, f"{value} is out of range: it is below zero")
    return [value.days * 86_400 + value.seconds, value.microseconds * 1000]


def _time_written(value: Any, place: tuple[str, ...]) -> Coded:
    if not isinstance(value, datetime):
        raise fault(place, f"expected a datetime, found {kind_of(value)}")
    if value.utcoffset() is None:
        raise fault(place, "expected a datetime with a time zone, found one without")
    since = value - _times.EPOCH
    parts = [_times.SECS, since.days * 86_400 + since.seconds, _times.NANOS, since.microseconds * 1000]
    return Coded(head(_TAG, _times.TAG) + head(_MAP, 2) + b"".join(map(_integer, parts)))


def _path_written(value: Any, place: tuple[str, ...]) -> str:
    path = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(path, str):
        raise fault(place, f"expected a path, found {kind_of(value)}")
    return _text_written(path, place)


def _ip_written(value: Any, place: tuple[str, ...]) -> str:
    if isinstance(value, (ipaddress.IPv4Address, ipaddress.IPv6Address)):
        return str(value)
    if not isinstance(value, str):
        raise fault(place, f"expected an IP address, found {kind_of(value)}")
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise fault(place, f"{value!r} is no IP address") from None


SCALARS: dict[str, Scalar] = {
    **{name: Scalar(_integer_written(name), _values.integer(*_limits(name)), "int") for name in _BITS},
    "f64": Scalar(_f64_written, _values.f64, "float"),
    "f32": Scalar(_f32_written, _values.f32, "float"),
    "bool": Scalar(_bool_written, Reader.truth, "bool"),
    "char": Scalar(_char_written, _values.character, "str"),
    "string": Scalar(_text_written, Reader.text, "str"),
    "bytes": Scalar(bytes_written, Reader.bytes, "bytes"),
    **{name: Scalar(_integer_written(name), _values.wide_integer(*_limits(name)), "int") for name in _WIDE_BITS},
    "duration": Scalar(_duration_written, _times.duration, "timedelta"),
    "time": Scalar(_time_written, _times.time, "datetime"),
    "path": Scalar(_path_written, _values.path, "Path"),
    "ip_addr": Scalar(_ip_written, _values.ip_address, "IPv4Address | IPv6Address"),
    "socket_addr": Scalar(_text_written, Reader.text, "str"),
}
"""Each such type by its name in the description."""
