"""Answers, events and the description out of CBOR, as the types of the schema say."""

from __future__ import annotations

from typing import Any

from . import _values
from ._reader import Read, Reader
from ._scalars import SCALARS
from ._schema import Member, Schema, Type


class Decoder:
    """Reads the answers and events of one library."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
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
        read = self.reader(inner)
        if kind == "list":
            return _values.list_of(read)
        return _values.option(read) if kind == "option" else read

    def _type(self, name: str) -> Read:
        named = self._schema.types[name]
        if named.variants is not None:
            return _values.variant(name, {variant.name: variant.name for variant in named.variants})
        names = [field.name for field in named.fields]
        return _values.record(lambda: map(self._field, named.fields), lambda found: dict(zip(names, found)))

    def _field(self, field: Member) -> _values.Field:
        return field.name, self.reader(field.type), field.is_optional
