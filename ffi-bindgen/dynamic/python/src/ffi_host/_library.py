"""A loaded library."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Callable, Iterable

from . import _classes
from ._context import Constructor, Context, context_class, event_attributes, own_attributes
from ._encode import Encoder
from ._errors import FfiError, LoadError
from ._functions import Bound, Prepared
from ._native import Native
from ._opening import Opening
from ._owned import Owned
from ._schema import NOT_ONE, Function, Schema, attribute_names
from ._text import event_text


class Loaded(Owned):
    """What a library's contexts share."""

    def __init__(self, path: str | os.PathLike[str], name: str | None) -> None:
        self.native = Native(path, name)
        schema = self.native.schema
        self._encoder = Encoder(schema)
        self.types = _classes.of(schema).namespace
        self.methods = self.prepare(schema.of_kind("method"), own_attributes())
        events = {event.name: event for event in schema.events}
        self.events = {name: events[it] for name, it in attribute_names(events, event_attributes()).items()}
        self._class = context_class(self, self.methods, self._context_docs())

    def prepare(self, functions: Iterable[Function], reserved: Iterable[str]) -> dict[str, Prepared]:
        """Functions by the attributes that they become."""
        named = {function.name: function for function in functions}
        returns = f"{self.native.name}_context"
        return {
            attribute: Prepared(
                self.native, self._encoder, named[name], returns if named[name].kind == "constructor" else None
            )
            for attribute, name in attribute_names(named, reserved).items()
        }

    def method(self, name: str) -> Prepared:
        """A function of a context by its symbol or short name."""
        for prepared in self.methods.values():
            if name in (prepared.function.symbol, prepared.function.name):
                return prepared
        raise FfiError(f"{self.native.name} has no function {name}; there are {', '.join(self.methods)}")

    def context(self, handle: int) -> Context:
        """A context with its functions as attributes."""
        return self._class(self, handle)

    def made(self, constructor: Prepared) -> Callable[[bytes], Context]:
        """What makes a context of its constructor's answer."""
        return lambda message: self.context(int(constructor.read(0, message)))

    def opened(self, opening: Opening, handle: int | None) -> Context:
        """The context of a constructor that has answered."""
        if opening.fault is not None:
            opening.give_up()
            raise opening.fault
        assert handle is not None
        return opening.context or self.context(handle)

    def _context_docs(self) -> str:
        schema = self.native.schema
        events = "\n\n".join(event_text(schema, event) for event in schema.events)
        return f"{schema.docs}\n\nEvents:\n\n{events}" if events else schema.docs


class Library(Owned):
    """A loaded library: its constructor, and its functions that need no context, are its attributes."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    @property
    def schema(self) -> Schema:
        """What the library says about itself."""
        return self._loaded.native.schema

    @property
    def path(self) -> str:
        """The file that it was loaded from."""
        return self._loaded.native.path

    @property
    def types(self) -> SimpleNamespace:
        """The classes of its enums with data, as attributes; those of their variants are theirs."""
        return self._loaded.types

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __repr__(self) -> str:
        return f"<library {self.schema.name} {self.schema.version} from {self.path!r}>"


def load(path: str | os.PathLike[str], name: str | None = None) -> Library:
    """Loads a library that was made with ``#[ffi]``.

    ``name`` is needed only where the file holds several. Raises `LoadError` where the file is none, carries
    no schema, or one of a newer format.
    """
    try:
        return _load(path, name)
    except NOT_ONE as fault:
        raise LoadError(f"{os.fspath(path)}: its schema is not one: {fault!r}") from fault


def _load(path: str | os.PathLike[str], name: str | None) -> Library:
    loaded = Loaded(path, name)
    functions = loaded.native.schema.of_kind("constructor", "stateless", "export")
    members: dict[str, Any] = {"__doc__": loaded.native.schema.docs}
    for attribute, prepared in loaded.prepare(functions, [*dir(Library), "_loaded"]).items():
        is_constructor = prepared.function.kind == "constructor"
        members[attribute] = Constructor(loaded, prepared) if is_constructor else Bound(prepared, None)
    made: Library = type(loaded.native.name, (Library,), members)(loaded)
    return made
