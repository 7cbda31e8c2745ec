"""A position in CBOR (RFC 8949), whatever its values are.

- Lists and maps nest 64 levels deep, as in the library's own reader, so no message exhausts the stack.
- No length is trusted: what is announced must fit into the bytes that are left.
- Every form of a value is taken in which nothing is lost: indefinite lengths, tags, integers of any size in bytes.
"""

from __future__ import annotations

import struct
from typing import Any, Callable, Iterator, Union

NESTING = 64
"""How deep lists and maps nest."""

Read = Callable[["Reader"], Any]

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG, _OTHER = range(8)
_FALSE, _TRUE, _NULL, _UNDEFINED, _BREAK = 20, 21, 22, 23, 31
# Tags of integers of any size (RFC 8949, 3.4.3), and how many bytes one has that a float may hold.
_BIGNUM, _NEGATIVE_BIGNUM, _LONGEST = 2, 3, 128
_Head = tuple[int, int, Union[int, None]]
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

    __slots__ = ("_data", "_at", "_depth", "_limit", "is_exact")

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._depth, self._limit = data, 0, 0, NESTING
        self.is_exact = False
        """Whether values are read to be told from each other: what Python would cut is as fine as it was sent."""

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

    def deeper(self, by: int, read: Read) -> Any:
        """A value that nests so many levels deeper than it stands."""
        if self._depth + by > self._limit:
            raise Fault("it is nested too deep")
        self._depth += by
        value = read(self)
        self._depth -= by
        return value

    def _whatever(self, read: Read) -> Any:
        """A value of any type: what is one level may be two there, a variant with what it holds."""
        if self._limit > NESTING:
            return read(self)
        depth = self._depth
        self._depth, self._limit = 2 * depth, 2 * NESTING
        value = read(self)
        self._depth, self._limit = depth, NESTING
        return value

    def elsewhere(self, at: int, read: Read) -> Any:
        """A value that stands at another place."""
        here, self._at = self._at, at
        value = read(self)
        self._at = here
        return value

    def exactly(self, at: int, read: Read) -> Any:
        """A value that stands at another place, as fine as it was sent."""
        is_exact, self.is_exact = self.is_exact, True
        value = self.elsewhere(at, read)
        self.is_exact = is_exact
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

    def _any_head(self) -> _Head:
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

    def _tagged_head(self) -> tuple[int | None, _Head]:
        """The tag right before what is next, and its head."""
        tag, head = None, self._any_head()
        while head[0] == _TAG:
            tag, head = head[2], self._any_head()
        if head[:2] == (_OTHER, _BREAK):
            raise Fault("it is not CBOR")
        return tag, head

    def head(self) -> _Head:
        """The major type, additional information and number of what is next, past its tags."""
        return self._tagged_head()[1]

    def tag(self) -> int | None:
        """The tag right before what is next, which is not taken."""
        start = self._at
        tag, _ = self._tagged_head()
        self._at = start
        return tag

    def expect(self, expected: int, what: str) -> int | None:
        """The number of what is next, which is of this major type."""
        major, _, number = self.head()
        if major != expected:
            raise Fault(f"expected {what}")
        return number

    def _pieces(self, major: int, size: int | None) -> Iterator[bytes]:
        if size is not None:
            yield self._take(size)
            return
        while True:
            found, info, size = self._any_head()
            if (found, info) == (_OTHER, _BREAK):
                return
            if found != major or size is None:
                raise Fault("it is not CBOR")
            yield self._take(size)

    def _string(self, major: int, size: int | None) -> bytes:
        return b"".join(self._pieces(major, size))

    def bytes(self) -> bytes:
        """Bytes, which may stand in a list of integers."""
        start = self._at
        major, _, size = self.head()
        if major == _BYTES:
            return self._string(_BYTES, size)
        if major != _LIST:
            raise Fault("expected bytes")
        self._at = start
        taken = bytearray()
        for index in self.list():
            number = self.at_step(f"[{index}]", Reader.integer)
            if not 0 <= number <= 255:
                raise Fault(f"{number} is out of range").at(f"[{index}]")
            taken.append(number)
        return bytes(taken)

    def at_step(self, step: str, read: Read) -> Any:
        """A value, whose fault is told from where it stands."""
        try:
            return read(self)
        except Fault as fault:
            raise fault.at(step) from None

    def text(self) -> str:
        """A text."""
        return self._decoded(self.expect(_TEXT, "a text"))

    def _decoded(self, size: int | None) -> str:
        try:
            # RFC 8949, 3.2.3: each piece is a text of its own.
            return "".join(piece.decode() for piece in self._pieces(_TEXT, size))
        except UnicodeDecodeError:
            raise Fault("a text is not UTF-8") from None

    def integer(self) -> int:
        """An integer that 64 bits hold, with a sign or without."""
        number = self.number()
        if isinstance(number, float):
            raise Fault("expected an integer")
        if not -(1 << 63) <= number < 1 << 64:
            raise Fault("an integer is out of range")
        return number

    def number(self) -> int | float:
        """A float, or an integer of as many digits as a float may have."""
        tag, (major, info, number) = self._tagged_head()
        if major == _BYTES and tag in (_BIGNUM, _NEGATIVE_BIGNUM):
            digits = self._string(_BYTES, number).lstrip(b"\0")
            if len(digits) > _LONGEST:
                raise Fault("an integer is out of range")
            number = int.from_bytes(digits, "big")
            return number if tag == _BIGNUM else -1 - number
        if major in (_UNSIGNED, _NEGATIVE) and number is not None:
            return number if major == _UNSIGNED else -1 - number
        if major != _OTHER or info not in _FLOATS or number is None:
            raise Fault("expected a number")
        value: float = struct.unpack(_FLOATS[info], number.to_bytes(1 << info - 24, "big"))[0]
        return value

    def truth(self) -> bool:
        """True or false."""
        major, info, _ = self.head()
        if major != _OTHER or info not in (_FALSE, _TRUE):
            raise Fault("expected true or false")
        return info == _TRUE

    def is_text(self) -> bool:
        """Whether a text is next."""
        start = self._at
        major = self.head()[0]
        self._at = start
        return major == _TEXT

    def null(self) -> bool:
        """Whether null is next, which is taken then; encoders of JavaScript write it as undefined too."""
        start = self._at
        major, info, _ = self.head()
        if major == _OTHER and info in (_NULL, _UNDEFINED):
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
        if self._depth == self._limit:
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
        self._whatever(Reader._pass)

    def _pass(self) -> None:
        major, _, number = self.head()
        if major == _BYTES:
            self._string(major, number)
        elif major == _TEXT:
            self._decoded(number)
        elif major == _LIST:
            for _ in self._items(number, 1):
                self._pass()
        elif major == _MAP:
            for _ in self._items(number, 2):
                self._pass()
                self._pass()

    def any(self) -> Any:
        """One value, whatever it is: of a map, the entries whose keys are texts."""
        return self._whatever(Reader._any)

    def _any(self) -> Any:
        start = self._at
        tag, (major, info, _) = self._tagged_head()
        self._at = start
        is_bignum = major == _BYTES and tag in (_BIGNUM, _NEGATIVE_BIGNUM)
        if is_bignum or major in (_UNSIGNED, _NEGATIVE) or major == _OTHER and info in _FLOATS:
            return self.number()
        if major in (_BYTES, _TEXT):
            return self.bytes() if major == _BYTES else self.text()
        if major == _LIST:
            return [self._any() for _ in self.list()]
        if major == _MAP:
            return self._any_map()
        self._pass()
        return {_FALSE: False, _TRUE: True}.get(info)

    def _any_map(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for _ in self.map():
            key = self.key()
            if key is None:
                self._pass()
            elif key in made:
                raise Fault("stands twice").at(key)
            else:
                made[key] = self.at_step(key, Reader._any)
        return made


def whole(data: bytes) -> Any:
    """The value of bytes that no type is known of."""
    return Reader(data).whole(Reader.any)
