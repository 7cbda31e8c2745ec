"""Requests as CBOR.

- Keys come in the order of their declaration, integers and floats in their shortest form, so what is
  sent is the same for the same arguments.
- A value that does not fit its type is told with the function and the way to it.
"""

from __future__ import annotations

import math
import numbers
import operator
import struct
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from typing import Any, Callable, Mapping, Sequence

import cbor2

from ._errors import ArgumentError
from ._schema import Function, Member, Schema, Type

Place = Sequence[str]
Convert = Callable[[Any, tuple[str, ...]], Any]

_WIDTHS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64, "isize": 64, "u8": 8, "u16": 16, "u32": 32, "u64": 64, "usize": 64}


class _Float:
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


def _write_float(encoder: cbor2.CBOREncoder, value: Any) -> None:
    encoder.write(value.bytes)


class Encoder:
    """Makes the requests of one library."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._records: dict[str, Convert] = {}

    def request(self, function: Function) -> Callable[[Mapping[str, Any]], bytes]:
        """What makes a function's request from its arguments by name."""
        convert = self._members(function.params)
        start = (function.symbol,)

        def encode(arguments: Mapping[str, Any]) -> bytes:
            try:
                return cbor2.dumps(convert(arguments, start), default=_write_float)
            except RecursionError:
                raise ArgumentError(f"{function.symbol}: an argument is nested too deeply") from None

        return encode

    def _members(self, members: Sequence[Member]) -> Convert:
        known = {member.name: (self.converter(member.type), member.is_optional) for member in members}

        def convert(value: Any, place: tuple[str, ...]) -> Any:
            if not isinstance(value, AnyMapping):
                raise fault(place, f"expected a mapping, found {kind_of(value)}")
            for key in value:
                if key not in known:
                    raise fault((*place, str(key)), f"is not known; known are {', '.join(known) or 'no keys'}")
            made = {}
            for name, (inner, is_optional) in known.items():
                if name in value:
                    made[name] = inner(value[name], (*place, name))
                elif is_optional:
                    made[name] = None
                else:
                    raise fault((*place, name), "is missing")
            return made

        return convert

    def converter(self, type_: Type) -> Convert:
        """What checks a value of a type, and makes of it what cbor2 encodes."""
        if isinstance(type_, str):
            return _integer(type_) if type_ in _WIDTHS else _PLAIN[type_]
        ((kind, inner),) = type_.items()
        if kind == "named":
            return self._named(inner)
        convert = self.converter(inner)
        if kind == "list":
            return _list(convert)
        return _option(convert) if kind == "option" else convert

    def _named(self, name: str) -> Convert:
        named = self._schema.types[name]
        if named.variants is not None:
            return _enumeration(name, frozenset(variant.name for variant in named.variants))
        if name not in self._records:
            # A type may contain itself: it is found here while its fields are looked at.
            self._records[name] = lambda value, place: made(value, place)
            made = self._members(named.fields)
        return self._records[name]


def fault(place: Place, text: str) -> ArgumentError:
    """An error at a place: ``my_timer_echo: req.delayMs: is missing``."""
    path = "".join(step if step.startswith("[") else f".{step}" for step in place[1:])
    return ArgumentError(f"{place[0]}: {path[1:]}: {text}" if path else f"{place[0]}: {text}")


def kind_of(value: Any) -> str:
    """A value's type, as errors say it."""
    return "None" if value is None else type(value).__name__


def _integer(type_: str) -> Convert:
    bits = _WIDTHS[type_]
    low, high = (0, (1 << bits) - 1) if type_[0] == "u" else (-(1 << bits - 1), (1 << bits - 1) - 1)

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


def _f64(value: Any, place: tuple[str, ...]) -> _Float:
    if isinstance(value, bool) or not hasattr(value, "__float__") and not hasattr(value, "__index__"):
        raise fault(place, f"expected a number, found {kind_of(value)}")
    return _Float(_number(value, place))


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


def _f32(value: Any, place: tuple[str, ...]) -> _Float:
    _f64(value, place)
    number = float(value)
    if not math.isfinite(number):
        return _Float(number)
    try:
        rounded = struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        raise fault(place, f"{number} is out of range") from None
    if rounded == 0 and number != 0:
        raise fault(place, f"{number} is out of range")
    return _Float(rounded)


def _bool(value: Any, place: tuple[str, ...]) -> bool:
    if not isinstance(value, bool):
        raise fault(place, f"expected True or False, found {kind_of(value)}")
    return value


def _text(value: Any, place: tuple[str, ...]) -> str:
    if not isinstance(value, str):
        raise fault(place, f"expected a text, found {kind_of(value)}")
    if not value.isascii() and any("\ud800" <= it <= "\udfff" for it in value):
        raise fault(place, "is no Unicode: it has a lone surrogate")
    return value


def _char(value: Any, place: tuple[str, ...]) -> str:
    if len(_text(value, place)) != 1:
        raise fault(place, f"expected a text of one character, found {len(value)}")
    return str(value)


def _bytes(value: Any, place: tuple[str, ...]) -> bytes:
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise fault(place, f"expected bytes, found {kind_of(value)}")
    return bytes(value)


_PLAIN: dict[str, Convert] = {"f64": _f64, "f32": _f32, "bool": _bool, "string": _text, "char": _char, "bytes": _bytes}


def _list(inner: Convert) -> Convert:
    def convert(value: Any, place: tuple[str, ...]) -> list[Any]:
        if isinstance(value, (str, bytes, bytearray, memoryview)) or not isinstance(value, AnySequence):
            raise fault(place, f"expected a list, found {kind_of(value)}")
        return [inner(item, (*place, f"[{index}]")) for index, item in enumerate(value)]

    return convert


def _option(inner: Convert) -> Convert:
    return lambda value, place: None if value is None else inner(value, place)


def _enumeration(name: str, variants: frozenset[str]) -> Convert:
    def convert(value: Any, place: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in variants:
            raise fault(place, f"{value!r} is no {name}; there are {', '.join(sorted(variants))}")
        return value

    return convert
