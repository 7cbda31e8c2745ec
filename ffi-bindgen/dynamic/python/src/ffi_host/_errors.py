"""What can go wrong, and how it is told."""

from __future__ import annotations


class FfiError(Exception):
    """The base of every exception of this package."""


class LoadError(FfiError):
    """A file is not a library that can be loaded and read."""


class CallError(FfiError):
    """The library answered with an error; ``str`` gives its text, exactly."""

    def __init__(self, function: str, text: str) -> None:
        super().__init__(text)
        self.function = function
        """The symbol of the function, or the name of the event, that the error comes from."""

    def __reduce__(self) -> tuple[type[CallError], tuple[str, str]]:
        return type(self), (self.function, str(self))


class ArgumentError(FfiError, TypeError):
    """An argument does not fit the schema; the text names the function and the way to the fault."""


class ClosedError(FfiError):
    """The context was closed before the call."""
