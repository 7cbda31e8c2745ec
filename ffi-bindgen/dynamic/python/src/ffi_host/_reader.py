"""A position in CBOR (RFC 8949), whatever its values are.

- Lists and maps nest 64 levels deep, as in the library's own reader, so no message exhausts the stack.
- No length is trusted: what is announced must fit into the bytes that are left.
"""

from __future__ import annotations

import struct
from typing import Any, Callable, Iterator

NESTING = 64
"""How deep lists and maps nest."""

Read = Callable[["Reader"], Any]

UNSIGNED, NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG, OTHER = range(8)
FALSE, TRUE, _NULL, _BREAK = 20, 21, 22, 31
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}


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
        if info == _BREAK and major not in (UNSIGNED, NEGATIVE, _TAG):
            return major, info, None
        if info > 27:
            raise Fault("it is not CBOR")
        number = int.from_bytes(self._take(1 << info - 24), "big")
        # RFC 8949, 3.3: a simple value below 32 has one form, of one byte.
        if major == OTHER and info == 24 and number < 32:
            raise Fault("it is not CBOR")
        return major, info, number

    def head(self) -> tuple[int, int, int | None]:
        """The major type, additional information and number of what is next, past its tags."""
        head = self._any_head()
        while head[0] == _TAG:
            head = self._any_head()
        if head[:2] == (OTHER, _BREAK):
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
            if (found, info) == (OTHER, _BREAK):
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
        if (major, info) == (OTHER, _NULL):
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
        if major in (UNSIGNED, NEGATIVE):
            assert number is not None
            return number if major == UNSIGNED else -1 - number
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
        return {FALSE: False, TRUE: True}.get(info)

    def float(self) -> float:
        """A float."""
        major, info, number = self.head()
        if major != OTHER or info not in _FLOATS or number is None:
            raise Fault("expected a float")
        value: float = struct.unpack(_FLOATS[info], number.to_bytes(1 << info - 24, "big"))[0]
        return value


def whole(data: bytes) -> Any:
    """The value of bytes that no type is known of."""
    return Reader(data).whole(Reader.any)
