"""Requests as CBOR.

- Keys come in the order of their declaration, integers and floats in their shortest form, so what is
  sent is the same for the same arguments.
- A value that does not fit its type is told with the function and the way to it.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any, Callable, Mapping, Sequence

import cbor2

from . import _classes
from ._errors import ArgumentError
from ._keyed import array_of, array_of_bytes, list_of, map_of, set_of, tuple_of, write_coded
from ._scalars import SCALARS, Convert, fault, kind_of
from ._schema import DataVariant, Function, Member, Schema, Type, held_by


class Encoder:
    """Makes the requests of one library."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._classes = _classes.of(schema)
        self._made: dict[str, Convert] = {}

    def request(self, function: Function) -> Callable[[Mapping[str, Any]], bytes]:
        """What makes a function's request from its arguments by name."""
        convert = self._members(function.params)
        start = (function.symbol,)

        def encode(arguments: Mapping[str, Any]) -> bytes:
            try:
                return cbor2.dumps(convert(arguments, start), default=write_coded)
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
            return SCALARS[type_].convert
        ((kind, inner),) = type_.items()
        if kind == "named":
            return self._named(inner)
        converts = [self.converter(held) for held in held_by(type_)]
        if kind == "array":
            item, count = inner
            return array_of_bytes(count) if item == "u8" else array_of(count, *converts)
        if kind == "tuple":
            return tuple_of(converts)
        if kind == "map":
            return map_of(*converts)
        if kind == "set":
            return set_of(*converts)
        if kind == "list":
            return list_of(*converts)
        return _option(*converts) if kind == "option" else converts[0]

    def _named(self, name: str) -> Convert:
        named = self._schema.types[name]
        if named.variants is not None:
            return _enumeration(name, frozenset(variant.name for variant in named.variants))
        if name not in self._made:
            # A type may contain itself: it is found here while its fields are looked at.
            self._made[name] = lambda value, place: made(value, place)
            made = self._members(named.fields) if named.data is None else self._data_enum(name, named.data)
        return self._made[name]

    def _data_enum(self, name: str, variants: Sequence[DataVariant]) -> Convert:
        classes = self._classes.variants[name]
        known = {classes[variant.name]: self._variant(variant) for variant in variants}
        units = frozenset(variant.name for variant in variants if variant.payload == "unit")

        def convert(value: Any, place: tuple[str, ...]) -> Any:
            inner = known.get(type(value))
            if inner is not None:
                return inner(value, place)
            if isinstance(value, str) and value in units:
                return value
            raise fault(place, _no_variant(name, classes, value))

        return convert

    def _variant(self, variant: DataVariant) -> Convert:
        key, converters = variant.name, [self.converter(field.type) for field in variant.fields]
        if variant.payload == "unit":
            return lambda value, place: key
        if variant.payload == "value":
            (inner,) = converters
            return lambda value, place: {key: inner(value.value, (*place, key))}
        if variant.payload == "tuple":
            steps = list(zip(variant.attributes, map(str, range(len(converters))), converters))
            return lambda value, place: {
                key: [inner(getattr(value, it), (*place, key, step)) for it, step, inner in steps]
            }
        members = list(zip(variant.attributes, [field.name for field in variant.fields], converters))
        return lambda value, place: {
            key: {name: inner(getattr(value, it), (*place, key, name)) for it, name, inner in members}
        }


def _no_variant(name: str, classes: Mapping[str, type], value: Any) -> str:
    """What is wrong with a value that is no variant of an enum with data."""
    if isinstance(value, str) and value in classes:
        return f"{value!r} holds something: expected a {classes[value].__qualname__}"
    if isinstance(value, type):
        return f"expected a {name}, found the class {value.__qualname__}"
    if isinstance(value, str):
        return f"{value!r} is no {name}; there are {', '.join(sorted(classes))}"
    return f"expected a {name}, found {kind_of(value)}"


def _option(inner: Convert) -> Convert:
    return lambda value, place: None if value is None else inner(value, place)


def _enumeration(name: str, variants: frozenset[str]) -> Convert:
    def convert(value: Any, place: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in variants:
            raise fault(place, f"{value!r} is no {name}; there are {', '.join(sorted(variants))}")
        return value

    return convert
