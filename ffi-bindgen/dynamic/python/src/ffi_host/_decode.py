"""Answers, events and the description out of CBOR, as the types of the schema say."""

from __future__ import annotations

from typing import Any, Sequence

from . import _classes, _several, _values, _variants
from ._reader import Read, Reader
from ._scalars import SCALARS
from ._schema import DataVariant, Member, Schema, Type, held_by


class Decoder:
    """Reads the answers and events of one library."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._classes = _classes.of(schema)
        self._named = {name: self._type(name) for name in schema.types}
        self._payloads = {event.name: self.reader(event.payload) for event in schema.events}

    def event(self, expected: str | None, data: bytes) -> tuple[str, Any]:
        """The name and the payload of an event, which is this one if one is expected."""
        told: tuple[str, Any] = Reader(data).whole(_values.event(expected, self._payload))
        return told

    def _payload(self, name: str) -> Read:
        return self._payloads.get(name, Reader.any)

    def reader(self, type_: Type | None) -> Read:
        """What reads a value of a type."""
        if type_ is None:
            return _values.nothing
        if isinstance(type_, str):
            return SCALARS[type_].read
        ((kind, inner),) = type_.items()
        if kind == "named":
            return self._named[inner]
        reads = [self.reader(held) for held in held_by(type_)]
        is_simple = self._schema.is_keyed(type_)
        if kind == "map":
            return _several.map_of(*reads) if is_simple else _several.pairs_of(*reads)
        if kind == "set":
            return _several.set_of(*reads) if is_simple else _several.distinct(*reads)
        if kind == "array":
            item, count = inner
            return _several.array_of_bytes(count) if item == "u8" else _several.array_of(reads[0], count)
        if kind == "tuple":
            return _several.tuple_of(reads)
        if kind == "list":
            return _values.list_of(*reads)
        return _values.option(*reads) if kind == "option" else reads[0]

    def _type(self, name: str) -> Read:
        named = self._schema.types[name]
        if named.variants is not None:
            return _values.variant(name, {variant.name: variant.name for variant in named.variants})
        if named.data is not None:
            return self._data_enum(name, named.data)
        names = [field.name for field in named.fields]
        return _values.record(lambda: map(self._field, named.fields), lambda found: dict(zip(names, found)))

    def _data_enum(self, name: str, variants: Sequence[DataVariant]) -> Read:
        classes = self._classes.variants[name]
        units = {variant.name: classes[variant.name] for variant in variants if variant.payload == "unit"}
        holding = [variant for variant in variants if variant.payload != "unit"]
        return _variants.data_enum(
            name, units, lambda: {variant.name: self._held(variant, classes[variant.name]) for variant in holding}
        )

    def _held(self, variant: DataVariant, make: type) -> Read:
        if variant.payload == "fields":
            return _variants.fields([self._field(field) for field in variant.fields], make)
        reads = tuple(self.reader(field.type) for field in variant.fields)
        return _variants.value(reads[0], make) if variant.payload == "value" else _variants.several(reads, make)

    def _field(self, field: Member) -> _values.Field:
        return field.name, self.reader(field.type), field.is_optional
