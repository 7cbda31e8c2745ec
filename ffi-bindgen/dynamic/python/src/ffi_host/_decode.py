"""Answers, events and the description out of CBOR (RFC 8949), as the types of the schema say.

- Lists and maps nest 64 levels deep, as in the library's own reader, so no message exhausts the stack.
- No length is trusted: what is announced must fit into the bytes that are left.
- What is malformed, missing, twice there, of another type or out of range is an error that says where.
"""

from __future__ import annotations

import struct
from typing import Any, Callable, Iterator

from ._schema import EventType, Member, Schema, Type

NESTING = 64
"""How deep lists and maps nest."""

Read = Callable[["Reader"], Any]

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG, _OTHER = range(8)
_FALSE, _TRUE, _NULL, _BREAK = 20, 21, 22, 31
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_BITS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64, "isize": 64, "u8": 8, "u16": 16, "u32": 32, "u64": 64, "usize": 64}


class Fault(ValueError):
    """What is wrong with a message, and where in it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what, self.path = what, ""

    def at(self, step: str) -> Fault:
        """The fault, seen from the record or list in which the value stands."""
        dot = "" if not self.path or self.path.startswith("[") else "."
        self.path = f"{step}{dot}{self.path}"
        return self

    def __str__(self) -> str:
        return f"{self.path}: {self.what}" if self.path else self.what


class Reader:
    """A position in a message."""

    __slots__ = ("_data", "_at", "_depth")

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._depth = data, 0, 0

    def whole(self, read: Read) -> Any:
        """The one value that the bytes are."""
        value = read(self)
        if self._at != len(self._data):
            raise Fault("bytes follow the value")
        return value

    def afresh(self, read: Read) -> Any:
        """A value that nests as deep as if it stood alone."""
        depth, self._depth = self._depth, 0
        value = read(self)
        self._depth = depth
        return value

    def elsewhere(self, at: int, read: Read) -> Any:
        """A value that stands at another place."""
        here, self._at = self._at, at
        value = read(self)
        self._at = here
        return value

    @property
    def at(self) -> int:
        """The place of what is next."""
        return self._at

    def _take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise Fault("it ends inside a value")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def _any_head(self) -> tuple[int, int, int | None]:
        first = self._take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info, info
        if info == _BREAK and major not in (_UNSIGNED, _NEGATIVE, _TAG):
            return major, info, None
        if info > 27:
            raise Fault("it is not CBOR")
        number = int.from_bytes(self._take(1 << info - 24), "big")
        # RFC 8949, 3.3: a simple value below 32 has one form, of one byte.
        if major == _OTHER and info == 24 and number < 32:
            raise Fault("it is not CBOR")
        return major, info, number

    def head(self) -> tuple[int, int, int | None]:
        """The major type, additional information and number of what is next, past its tags."""
        head = self._any_head()
        while head[0] == _TAG:
            head = self._any_head()
        if head[:2] == (_OTHER, _BREAK):
            raise Fault("it is not CBOR")
        return head

    def expect(self, expected: int, what: str) -> int | None:
        """The number of what is next, which is of this major type."""
        major, _, number = self.head()
        if major != expected:
            raise Fault(f"expected {what}")
        return number

    def _string(self, major: int, size: int | None) -> bytes:
        if size is not None:
            return self._take(size)
        pieces: list[bytes] = []
        while True:
            found, info, size = self._any_head()
            if (found, info) == (_OTHER, _BREAK):
                return b"".join(pieces)
            if found != major or size is None:
                raise Fault("it is not CBOR")
            pieces.append(self._take(size))

    def bytes(self) -> bytes:
        """Bytes."""
        return self._string(_BYTES, self.expect(_BYTES, "bytes"))

    def text(self) -> str:
        """A text."""
        return self._decoded(self.expect(_TEXT, "a text"))

    def _decoded(self, size: int | None) -> str:
        try:
            return self._string(_TEXT, size).decode()
        except UnicodeDecodeError:
            raise Fault("a text is not UTF-8") from None

    def null(self) -> bool:
        """Whether null is next, which is taken then."""
        start = self._at
        major, info, _ = self.head()
        if (major, info) == (_OTHER, _NULL):
            return True
        self._at = start
        return False

    def list(self) -> Iterator[int]:
        """Enters a list; one turn for each element."""
        return self._items(self.expect(_LIST, "a list"), 1)

    def map(self) -> Iterator[int]:
        """Enters a map; one turn for each entry."""
        return self._items(self.expect(_MAP, "a map"), 2)

    def _items(self, count: int | None, bytes_each: int) -> Iterator[int]:
        if self._depth == NESTING:
            raise Fault("it is nested too deep")
        if count is not None and count * bytes_each > len(self._data) - self._at:
            raise Fault("it ends inside a value")
        self._depth += 1
        index = 0
        while index != count and not (count is None and self._at_break()):
            yield index
            index += 1
        self._depth -= 1

    def _at_break(self) -> bool:
        is_break = self._data[self._at : self._at + 1] == b"\xff"
        self._at += is_break
        return is_break

    def key(self) -> str | None:
        """A map's key; None where it is no text, and skipped."""
        start = self._at
        major, _, size = self.head()
        if major == _TEXT:
            return self._decoded(size)
        self._at = start
        self.skip()
        return None

    def skip(self) -> None:
        """Takes one value, whatever it is."""
        major, _, number = self.head()
        if major in (_BYTES, _TEXT):
            self._string(major, number)
        elif major == _LIST:
            for _ in self._items(number, 1):
                self.skip()
        elif major == _MAP:
            for _ in self._items(number, 2):
                self.skip()
                self.skip()

    def any(self) -> Any:
        """One value, whatever it is: of a map, the entries whose keys are texts."""
        start = self._at
        major, info, number = self.head()
        if major in (_UNSIGNED, _NEGATIVE):
            assert number is not None
            return number if major == _UNSIGNED else -1 - number
        self._at = start
        if major in (_BYTES, _TEXT):
            return self.bytes() if major == _BYTES else self.text()
        if major == _LIST:
            return [self.any() for _ in self.list()]
        if major == _MAP:
            return self._any_map()
        return self._simple(info)

    def _any_map(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for _ in self.map():
            key = self.key()
            if key is None:
                self.skip()
            elif key in made:
                raise Fault("stands twice").at(key)
            else:
                made[key] = self.any()
        return made

    def _simple(self, info: int) -> Any:
        if info in _FLOATS:
            return self.float()
        self.skip()
        return {_FALSE: False, _TRUE: True}.get(info)

    def float(self) -> float:
        """A float."""
        major, info, number = self.head()
        if major != _OTHER or info not in _FLOATS or number is None:
            raise Fault("expected a float")
        value: float = struct.unpack(_FLOATS[info], number.to_bytes(1 << info - 24, "big"))[0]
        return value


def whole(data: bytes) -> Any:
    """The value of bytes that no type is known of."""
    return Reader(data).whole(Reader.any)


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
            return _integer(type_) if type_ in _BITS else _PLAIN[type_]
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


def _integer(type_: str) -> Read:
    bits = _BITS[type_]
    low, high = (0, (1 << bits) - 1) if type_[0] == "u" else (-(1 << bits - 1), (1 << bits - 1) - 1)

    def read(reader: Reader) -> int:
        major, _, number = reader.head()
        if major > _NEGATIVE or number is None:
            raise Fault("expected an integer")
        value = number if major == _UNSIGNED else -1 - number
        if not low <= value <= high:
            raise Fault(f"{value} is out of range")
        return value

    return read


def _f32(reader: Reader) -> float:
    value = reader.float()
    try:
        (nearest,) = struct.unpack("<f", struct.pack("<f", value))
    except OverflowError:
        raise Fault(f"{value} is out of range") from None
    # Rounded to the nearest; but what is not zero is none then.
    if value != 0 and nearest == 0:
        raise Fault(f"{value} is out of range")
    return float(nearest)


def _bool(reader: Reader) -> bool:
    major, info, _ = reader.head()
    if major != _OTHER or info not in (_FALSE, _TRUE):
        raise Fault("expected true or false")
    return info == _TRUE


def _char(reader: Reader) -> str:
    text = reader.text()
    if len(text) != 1:
        raise Fault("expected one character")
    return text


_PLAIN: dict[str, Read] = {
    "f64": Reader.float,
    "f32": _f32,
    "bool": _bool,
    "string": Reader.text,
    "char": _char,
    "bytes": Reader.bytes,
}


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
