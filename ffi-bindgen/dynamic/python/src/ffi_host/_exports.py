"""Functions that take and return scalars directly, called as C would."""

from __future__ import annotations

import ctypes
from typing import Any, Callable, Mapping

from ._encode import Encoder
from ._errors import CallError
from ._native import Native
from ._schema import Function, Named, Type

_SCALARS: dict[str, Any] = {
    "i8": ctypes.c_int8,
    "i16": ctypes.c_int16,
    "i32": ctypes.c_int32,
    "i64": ctypes.c_int64,
    "u8": ctypes.c_uint8,
    "u16": ctypes.c_uint16,
    "u32": ctypes.c_uint32,
    "u64": ctypes.c_uint64,
    "isize": ctypes.c_ssize_t,
    "usize": ctypes.c_size_t,
    "f32": ctypes.c_float,
    "f64": ctypes.c_double,
    "bool": ctypes.c_int,
    "char": ctypes.c_uint32,
}


def export(native: Native, encoder: Encoder, function: Function) -> Callable[[Mapping[str, Any]], Any]:
    """What calls an export with its arguments by name."""
    symbol = native.dll[function.symbol]
    symbol.argtypes = [_c_type(param.type) for param in function.params]
    symbol.restype = None if function.returns is None else _c_type(function.returns)
    check = encoder.request(function)
    inward = [(param.name, _inward(native, param.type)) for param in function.params]
    outward = _outward(native, function.returns)

    def call(arguments: Mapping[str, Any]) -> Any:
        check(arguments)
        result = symbol(*[convert(arguments[name]) for name, convert in inward])
        # A failure gives zero, and so may a success: then the error of this thread decides.
        code, text = native.last_error() if not result else (0, "")
        if text.startswith(function.symbol):
            native.forget_last_error()
            raise CallError.told(function.symbol, code, text)
        return outward(result)

    return call


def _c_type(type_: Type) -> Any:
    return _SCALARS[type_] if isinstance(type_, str) else ctypes.c_int32


def _named(native: Native, type_: Type) -> Named | None:
    return None if isinstance(type_, str) else native.schema.types[type_["named"]]


def _inward(native: Native, type_: Type) -> Callable[[Any], Any]:
    named = _named(native, type_)
    if named is not None:
        values = {variant.name: variant.value for variant in named.variants or ()}
        return values.__getitem__
    if type_ in ("f32", "f64"):
        return float
    return ord if type_ == "char" else int


def _outward(native: Native, type_: Type | None) -> Callable[[Any], Any]:
    if type_ is None:
        return lambda _: None
    named = _named(native, type_)
    if named is not None:
        names = {variant.value: variant.name for variant in named.variants or ()}
        return names.__getitem__
    if type_ == "bool":
        return bool
    return chr if type_ == "char" else lambda value: value

