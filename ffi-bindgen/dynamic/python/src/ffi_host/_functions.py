"""What stands for a function: it is called, awaited, asked for help."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Mapping, Sequence

from ._encode import Encoder
from ._errors import FAILURE, ArgumentError, CallError, FailureError, FfiError
from ._exports import export
from ._native import Native, Receiver
from ._owned import Owned
from ._reader import Fault, Read, Reader
from ._schema import Function, attribute_names, failure_of
from ._text import function_text, signature
from ._waiters import Awaited, Blocked

if TYPE_CHECKING:
    from ._context import Context


class Prepared(Owned):
    """A function of a loaded library, made ready once for all its calls."""

    def __init__(self, native: Native, encoder: Encoder, function: Function, returns: str | None = None) -> None:
        self.native, self.function = native, function
        self.symbol = function.symbol.encode()
        self.attributes = attribute_names((param.name for param in function.params), ())
        self.signature = signature(native.schema, function, self.attributes, returns)
        self.encode = encoder.request(function)
        self.direct = export(native, encoder, function) if function.kind == "export" else None
        # A constructor answers its handle, as text.
        self.value = native.decoder.reader("string" if function.kind == "constructor" else function.returns)
        self.is_awaited = not function.is_direct and function.kind != "export"
        shown = f"{function.name}{self.signature}"
        self.docs = function_text(native.schema, function, shown, self.is_awaited)

    def arguments(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments by their names on the wire."""
        params = self.function.params
        if len(args) > len(params):
            raise ArgumentError(f"{self.function.symbol}: takes {len(params)} arguments, {len(args)} were given")
        arguments = {param.name: value for param, value in zip(params, args)}
        for attribute, value in kwargs.items():
            name = self.attributes.get(attribute, attribute)
            if name not in self.attributes.values():
                known = ", ".join(self.attributes) or "none"
                raise ArgumentError(f"{self.function.symbol}: has no parameter {attribute}; its parameters: {known}")
            if name in arguments:
                raise ArgumentError(f"{self.function.symbol}: {name}: is given twice")
            arguments[name] = value
        return arguments

    def call(self, handle: int | None, request: bytes, receiver: Receiver) -> int:
        """Hands the call to the library; gives its number."""
        return self.native.call(handle, self.function.symbol, self.symbol, request, receiver)

    def request(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bytes:
        """The CBOR of a call."""
        return self.encode(self.arguments(args, kwargs))

    def read(self, error: int, message: bytes) -> Any:
        """An answer's value, or its error."""
        if error == FAILURE:
            raise self._failure(message)
        if error:
            raise CallError.told(self.function.symbol, error, message.decode("utf-8", "replace"))
        return self._read(message, self.value)

    def _read(self, message: bytes, value: Read) -> Any:
        try:
            return Reader(message).whole(value)
        except (Fault, RecursionError) as fault:
            raise FfiError(f"{self.function.symbol}: its answer cannot be read: {fault}") from fault

    def _failure(self, message: bytes) -> CallError:
        """The error of the function's own that came."""
        if self.function.error is None:
            return CallError(self.function.symbol, "an error of a newer library", "unknown")
        error: Any = failure_of(self.native.schema, self.function.error)
        failure = self._read(message, self.native.decoder.reader(self.function.error))
        return FailureError(self.function.symbol, failure["message"], "author", error.type["named"], failure["error"])


class Bound(Owned):
    """A function of a library, or of a context."""

    __slots__ = ("_context", "_prepared")

    def __init__(self, prepared: Prepared, context: Context | None) -> None:
        self._prepared = prepared
        self._context = context

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Calls: what is awaited has begun then, everything else has ended."""
        if not self._prepared.is_awaited:
            return self.blocking(*args, **kwargs)
        prepared, context = self._prepared, self._context
        handle, request = self._handle(), prepared.request(args, kwargs)
        answer = Awaited(prepared.read)
        number = prepared.call(handle, request, answer)
        if context is not None and not answer.done():
            # This also keeps the context for as long as somebody waits for its answer.
            answer.give_up = lambda: context._core.give_up(number)
        return answer

    def blocking(self, /, *args: Any, **kwargs: Any) -> Any:
        """Calls, and waits for the answer on this thread."""
        prepared = self._prepared
        if prepared.direct is not None:
            return prepared.direct(prepared.arguments(args, kwargs))
        handle, request = self._handle(), prepared.request(args, kwargs)
        answer = Blocked(prepared.read)
        number = prepared.call(handle, request, answer)
        return answer.wait(lambda: prepared.native.cancel(handle, number))

    def _handle(self) -> int | None:
        return None if self._context is None else self._context._core.handle()

    @property
    def __name__(self) -> str:
        return self._prepared.function.name

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        return self._prepared.docs

    @property
    def __signature__(self) -> inspect.Signature:
        return self._prepared.signature

    def __repr__(self) -> str:
        prepared = self._prepared
        return f"<{prepared.function.symbol}{prepared.signature}>"
