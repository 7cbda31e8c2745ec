"""What can go wrong, and how it is told."""

from __future__ import annotations

from typing import Any


class FfiError(Exception):
    """The base of every exception of this package."""


class LoadError(FfiError):
    """A file is not a library that can be loaded and read."""


LOST = 17
"""The number of the kind of an error that tells of events that were dropped."""

UNKNOWN = 255
"""The number of none."""

FAILURE = 256
"""What stands in its place for an error of the function's own."""

_KINDS = {
    1: "author",
    2: "bad_request",
    3: "cancelled",
    4: "deadline_exceeded",
    5: "panicked",
    6: "poisoned",
    7: "bad_handle",
    8: "closed",
    9: "queue_full",
    10: "not_implemented",
    11: "after_fork",
    12: "no_resources",
    13: "constructing",
    14: "constructor_failed",
    15: "bad_result",
    LOST: "lost",
}


class CallError(FfiError):
    """The library answered with an error; ``str`` gives its text, exactly."""

    def __init__(self, function: str, text: str, kind: str) -> None:
        super().__init__(text)
        self.function = function
        """The symbol of the function, or the name of the event, that the error comes from."""
        self.kind = kind
        """Whose error it is, whatever its text says: ``"author"`` where the library's function returned it, else one
        of the library's own, ``"unknown"`` for one of a newer library. The README has them all."""

    @classmethod
    def told(cls, function: str, code: int, text: str) -> CallError:
        """The error that a library tells with the number of a kind, and a text."""
        return cls(function, text, _KINDS.get(code, "unknown"))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.function, str(self), self.kind)


class FailureError(CallError):
    """The library's function failed with an error of its own; ``str`` gives the error's text."""

    def __init__(self, function: str, text: str, kind: str, type: str, error: Any) -> None:
        super().__init__(function, text, kind)
        self.type = type
        """The name of the error's type: a record, an enumeration, or an enum with data."""
        self.error = error
        """The error itself, as values of its type are: a dict, a text, or an object of a variant's class."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.function, str(self), self.kind, self.type, self.error)


class ArgumentError(FfiError, TypeError):
    """An argument does not fit the schema; the text names the function and the way to the fault."""


class ClosedError(FfiError):
    """The context was closed before the call."""
