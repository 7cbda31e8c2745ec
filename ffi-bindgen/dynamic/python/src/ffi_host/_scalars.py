"""The types that hold no other: how each converts a value that is sent, reads one, and is written in Python.

A type of the description that is not in `SCALARS`, and holds no other, is not known to this package.
"""

from __future__ import annotations

import math
import numbers
import operator
import struct
from dataclasses import dataclass
from typing import Any, Callable, Sequence

from . import _values
from ._errors import ArgumentError
from ._reader import Read, Reader

Place = Sequence[str]
Convert = Callable[[Any, tuple[str, ...]], Any]

_BITS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64, "isize": 64, "u8": 8, "u16": 16, "u32": 32, "u64": 64, "usize": 64}


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
    bits = _BITS[type_]
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


class Float:
    """A float in its shortest form, which cbor2 gives only together with sorted keys, if at all."""

    __slots__ = ("bytes",)

    def __init__(self, value: float) -> None:
        self.bytes = _shortest(value)


def _shortest(value: float) -> bytes:
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


def _f64_written(value: Any, place: tuple[str, ...]) -> Float:
    if isinstance(value, bool) or not hasattr(value, "__float__") and not hasattr(value, "__index__"):
        raise fault(place, f"expected a number, found {kind_of(value)}")
    return Float(_number(value, place))


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


def _f32_written(value: Any, place: tuple[str, ...]) -> Float:
    _f64_written(value, place)
    number = float(value)
    if not math.isfinite(number):
        return Float(number)
    try:
        rounded = struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        raise fault(place, f"{number} is out of range") from None
    if rounded == 0 and number != 0:
        raise fault(place, f"{number} is out of range")
    return Float(rounded)


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


def _bytes_written(value: Any, place: tuple[str, ...]) -> bytes:
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise fault(place, f"expected bytes, found {kind_of(value)}")
    return bytes(value)


SCALARS: dict[str, Scalar] = {
    **{name: Scalar(_integer_written(name), _values.integer(*_limits(name)), "int") for name in _BITS},
    "f64": Scalar(_f64_written, _values.f64, "float"),
    "f32": Scalar(_f32_written, _values.f32, "float"),
    "bool": Scalar(_bool_written, Reader.truth, "bool"),
    "char": Scalar(_char_written, _values.character, "str"),
    "string": Scalar(_text_written, Reader.text, "str"),
    "bytes": Scalar(_bytes_written, Reader.bytes, "bytes"),
}
"""Each such type by its name in the description."""
