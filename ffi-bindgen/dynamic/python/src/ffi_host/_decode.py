"""Answers, events and the description out of CBOR (RFC 8949), as the types of the schema say.

- What is malformed, missing, twice there, of another type or out of range is an error that says where.
"""

from __future__ import annotations

from typing import Any

from ._reader import Fault, Read, Reader
from ._scalars import SCALARS
from ._schema import EventType, Member, Schema, Type


class Decoder:
    """Reads the answers and events of one library."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._records: dict[str, Read] = {}
        self._payloads = {event.name: self._payload(event) for event in schema.events}

    def _payload(self, event: EventType) -> Read:
        return self.reader(event.payload)

    def event(self, expected: str | None, data: bytes) -> tuple[str, Any]:
        """The name and the payload of an event, which is this one if one is expected."""
        return Reader(data).whole(lambda reader: self._event(expected, reader))  # type: ignore[no-any-return]

    def _event(self, expected: str | None, reader: Reader) -> tuple[str, Any]:
        name, payload = None, None
        for _ in reader.map():
            key = reader.key()
            if key == "eventType" and name is None:
                name = reader.text()
            elif key == "payload" and payload is None:
                payload = reader.at
                reader.afresh(Reader.skip)
            elif key in ("eventType", "payload"):
                raise Fault("stands twice").at(key)
            else:
                reader.skip()
        if name is None or payload is None:
            raise Fault("is missing").at("eventType" if name is None else "payload")
        if expected not in (None, name):
            raise Fault(f"is another event, {name!r}").at("eventType")
        read = self._payloads.get(name, Reader.any)
        try:
            return name, reader.elsewhere(payload, lambda reader: reader.afresh(read))
        except Fault as fault:
            raise fault.at("payload") from None

    def reader(self, type_: Type | None) -> Read:
        """What reads a value of a type."""
        if type_ is None:
            return _nothing
        if isinstance(type_, str):
            return SCALARS[type_].read
        ((kind, inner),) = type_.items()
        if kind == "named":
            return self._named(inner)
        read = self.reader(inner)
        if kind == "list":
            return lambda reader: _list(reader, read)
        return (lambda reader: None if reader.null() else read(reader)) if kind == "option" else read

    def _named(self, name: str) -> Read:
        named = self._schema.types[name]
        if named.variants is not None:
            return _enumeration(name, frozenset(variant.name for variant in named.variants))
        if name not in self._records:
            # A type may contain itself: it is found here while its fields are looked at.
            self._records[name] = lambda reader: made(reader)
            made = self._record(named.fields)
        return self._records[name]

    def _record(self, fields: tuple[Member, ...]) -> Read:
        known = {field.name: self.reader(field.type) for field in fields}
        absent = {field.name: field.is_optional for field in fields}

        def read(reader: Reader) -> dict[str, Any]:
            found: dict[str, Any] = {}
            for _ in reader.map():
                key = reader.key()
                value = None if key is None else known.get(key)
                if key is None or value is None:
                    reader.skip()
                elif key in found:
                    raise Fault("stands twice").at(key)
                else:
                    try:
                        found[key] = value(reader)
                    except Fault as fault:
                        raise fault.at(key) from None
            if len(found) < len(absent):
                for name, is_optional in absent.items():
                    if name not in found and not is_optional:
                        raise Fault("is missing").at(name)
            return {name: found.get(name) for name in absent}

        return read


def _nothing(reader: Reader) -> None:
    if not reader.null():
        raise Fault("expected null")


def _list(reader: Reader, read: Read) -> list[Any]:
    made: list[Any] = []
    for index in reader.list():
        try:
            made.append(read(reader))
        except Fault as fault:
            raise fault.at(f"[{index}]") from None
    return made


def _enumeration(name: str, variants: frozenset[str]) -> Read:
    def read(reader: Reader) -> str:
        text = reader.text()
        if text not in variants:
            raise Fault(f"{text!r} is no {name}")
        return text

    return read
