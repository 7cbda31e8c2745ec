"""The description that a library carries, as this package reads it.

- Keys that are not known are ignored, a higher format is refused: so the format says.
- Names are what Python can use; the library's own stand beside them.
"""

from __future__ import annotations

import keyword
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, Sequence, Union

from ._errors import LoadError
from ._scalars import SCALARS

FORMAT = 2
"""The highest format of the description that is understood."""

Type = Union[str, Mapping[str, Any]]
"""A type as the description writes it: ``"i64"``, ``{"list": "i64"}``, ``{"named": "Point"}``."""

_HOLDING = {"list", "option", "box", "set"}
"""The types that hold one other."""

_KEYS = {
    *("i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"),
    *("bool", "char", "string", "bytes", "ip_addr", "socket_addr"),
}
"""The types whose values are keys of a dict, beside enumerations and what holds keys."""

_PAYLOADS: dict[str, Callable[[int], bool]] = {
    "unit": lambda fields: fields == 0,
    "value": lambda fields: fields == 1,
    "tuple": lambda _: True,
    "fields": lambda _: True,
}
"""What a variant of an enum with data holds, and whether it may have so many fields."""

NOT_ONE = (KeyError, TypeError, AttributeError, ValueError, RecursionError)
"""What a description that is none leads to."""


@dataclass(frozen=True)
class Member:
    """A parameter of a function or a field of a record."""

    name: str
    docs: str
    type: Type

    @property
    def is_optional(self) -> bool:
        """Whether it may be left out."""
        return isinstance(self.type, Mapping) and "option" in self.type


@dataclass(frozen=True)
class Function:
    """A function of the library."""

    symbol: str
    name: str
    kind: str
    docs: str
    params: tuple[Member, ...]
    returns: Type | None
    error: Type | None
    """What it fails with that says more than a text: a record of ``message`` and ``error``."""
    is_direct: bool
    """Whether it answers on the calling thread, before its symbol returns."""


@dataclass(frozen=True)
class EventType:
    """Something that a context tells."""

    name: str
    docs: str
    payload: Type | None


@dataclass(frozen=True)
class Variant:
    """One of an enumeration's names."""

    name: str
    docs: str
    value: int


@dataclass(frozen=True)
class DataVariant:
    """A variant of an enum with data."""

    name: str
    attribute: str
    """What its class is called within the enum's."""
    docs: str
    payload: str
    """What it holds: ``"unit"``, ``"value"``, ``"tuple"`` or ``"fields"``."""
    fields: tuple[Member, ...]
    attributes: tuple[str, ...]
    """What its class calls them."""


@dataclass(frozen=True)
class Named:
    """A record, an enumeration where ``variants`` is not None, or an enum with data where ``data`` is not None."""

    name: str
    docs: str
    fields: tuple[Member, ...]
    """Of a record, or of all variants of an enum with data."""
    variants: tuple[Variant, ...] | None
    data: tuple[DataVariant, ...] | None


@dataclass(frozen=True)
class Schema:
    """A whole library."""

    path: str
    """The file that carries it."""
    name: str
    version: str
    docs: str
    grace_ms: int
    event_limit: int
    """So many events wait in a context, and in each of its streams."""
    functions: tuple[Function, ...]
    events: tuple[EventType, ...]
    types: Mapping[str, Named]
    """By the name, or by the path where another type has that name too: so types mention each other."""

    def of_kind(self, *kinds: str) -> list[Function]:
        """The functions that play one of these parts, in their order."""
        return [function for function in self.functions if function.kind in kinds]

    def is_keyed(self, type_: Type) -> bool:
        """Whether a map is a dict, or a set one of Python's: what else is one is a list."""
        if isinstance(type_, str) or not type_.keys() & {"map", "set"}:
            return False
        return self._is_key(held_by(type_)[0])

    def _is_key(self, type_: Type) -> bool:
        """Whether values have a hash: those of a list have none."""
        if isinstance(type_, str):
            return type_ in _KEYS
        ((kind, inner),) = type_.items()
        if kind == "named":
            return self.types[inner].variants is not None
        if kind == "tuple":
            return all(map(self._is_key, inner))
        return kind == "array" and inner[0] == "u8"


def held_by(type_: Any) -> tuple[Any, ...]:
    """The types that a type holds, one that is not described elsewhere."""
    if type_ is None or isinstance(type_, str):
        return ()
    ((kind, inner),) = type_.items()
    if kind == "named":
        return ()
    if kind in _HOLDING:
        return (inner,)
    if kind == "tuple":
        return tuple(_items(inner))
    if kind == "map":
        key, value = _items(inner)
        return key, value
    if kind == "array":
        item, count = _items(inner)
        if type(count) is not int or count < 1:
            raise ValueError(f"an array has {count!r} elements")
        return (item,)
    raise TypeError(f"a type is a {kind}, which this package does not know")


def read(path: str, description: Any) -> Schema:
    """Reads a decoded description; ``path`` is for the errors."""
    if not isinstance(description, Mapping) or not isinstance(description.get("format"), int):
        raise LoadError(f"{path}: its schema is not one")
    if description["format"] > FORMAT:
        found = description["format"]
        raise LoadError(f"{path}: its schema has format {found}, this package reads up to {FORMAT}: use a newer one")
    try:
        return _schema(path, description)
    except NOT_ONE as fault:
        raise LoadError(f"{path}: its schema is not one: {fault!r}") from fault


def _schema(path: str, description: Mapping[str, Any]) -> Schema:
    library = _name(description["name"])
    schema = Schema(
        path=path,
        name=library,
        version=_text(description["version"]),
        docs=_text(description["docs"]),
        grace_ms=description["options"].get("grace_ms", 0),
        # Older libraries do not say it; theirs was 1,024.
        event_limit=description["options"].get("event_limit") or 1024,
        functions=tuple(_function(library, it) for it in _items(description["functions"])),
        events=tuple(
            EventType(_name(it["name"]), _text(it["docs"]), _known(it["payload"]))
            for it in _items(description.get("events", []))
        ),
        types=_types(_items(description["types"])),
    )
    _check_names(schema)
    return schema


def _types(described: list[Any]) -> dict[str, Named]:
    names = Counter(_name(it["name"]) for it in described)
    return {it["name"] if names[it["name"]] == 1 else _text(it["path"]): _named(it) for it in described}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a {type(value).__name__} stands for a text")
    return value


def _name(value: Any) -> str:
    if not _text(value).isidentifier():
        raise ValueError(f"{value!r} is no name")
    return str(value)


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"a {type(value).__name__} stands for a list")
    return value


def _check_names(schema: Schema) -> None:
    """Every type that is named is described."""
    types: list[Any] = [event.payload for event in schema.events]
    types += [type_ for it in schema.functions for type_ in (it.returns, it.error, *(param.type for param in it.params))]
    types += [field.type for it in schema.types.values() for field in it.fields]
    while types:
        type_ = types.pop()
        types += held_by(type_)
        if isinstance(type_, Mapping) and "named" in type_ and type_["named"] not in schema.types:
            raise KeyError(type_["named"])
    for function in schema.functions:
        if function.error is not None:
            failure_of(schema, function.error)


def failure_of(schema: Schema, failure: Type) -> Member:
    """The error in the record that a function fails with."""
    named = schema.types[failure["named"]] if isinstance(failure, Mapping) and "named" in failure else None
    if named is None or [field.name for field in named.fields] != ["message", "error"]:
        raise ValueError(f"{failure!r} is no record of a message and an error")
    message, error = named.fields
    if message.type != "string" or not isinstance(error.type, Mapping) or "named" not in error.type:
        raise ValueError(f"{failure!r} is no record of a message and an error")
    return error


def _function(library: str, it: Mapping[str, Any]) -> Function:
    runs_here = it["kind"] == "stateless" or it.get("inline", False)
    return Function(
        symbol=_name(it["name"]),
        name=short_name(library, it["name"]),
        kind=_text(it["kind"]),
        docs=_text(it["docs"]),
        params=_members(it["params"]),
        returns=_known(it["returns"]),
        error=_known(it.get("error")),
        is_direct=runs_here and not it["is_async"],
    )


def _members(described: Any) -> tuple[Member, ...]:
    return tuple(Member(_name(it["name"]), _text(it["docs"]), _known(it["type"])) for it in _items(described))


def _known(type_: Any) -> Any:
    """A type, or None, as it stands: what it is made of is decided on wherever types are looked at."""
    left = [] if type_ is None else [type_]
    while left:
        found = left.pop()
        if isinstance(found, str):
            if found not in SCALARS:
                raise TypeError(f"a type is {found}, which this package does not know")
            continue
        if "named" in found:
            _text(found["named"])
        left += held_by(found)
    return type_


def _named(it: Mapping[str, Any]) -> Named:
    shape = it["shape"]
    name, docs = it["name"], _text(it["docs"])
    if "record" in shape:
        return Named(name, docs, _members(shape["record"]["fields"]), None, None)
    if "data_enum" in shape:
        data = _data_variants(_items(shape["data_enum"]["variants"]))
        return Named(name, docs, tuple(field for variant in data for field in variant.fields), None, data)
    if "enumeration" not in shape:
        raise TypeError(f"{name} is a {', '.join(shape)}, which this package does not know")
    variants = shape["enumeration"]["variants"]
    variants = tuple(Variant(_name(v["name"]), _text(v["docs"]), v["value"]) for v in _items(variants))
    return Named(name, docs, (), variants, None)


def _data_variants(described: list[Any]) -> tuple[DataVariant, ...]:
    # A class has some names already.
    attributes = attribute_names((_name(it["name"]) for it in described), dir(type))
    return tuple(_data_variant(attribute, it) for attribute, it in zip(attributes, described))


def _data_variant(attribute: str, it: Mapping[str, Any]) -> DataVariant:
    name, payload, fields = it["name"], _text(it["payload"]), _members(it["fields"])
    if payload not in _PAYLOADS:
        raise TypeError(f"{name} holds a {payload}, which this package does not know")
    if not _PAYLOADS[payload](len(fields)):
        raise ValueError(f"{name} is a {payload} of {len(fields)} fields")
    return DataVariant(name, attribute, _text(it["docs"]), payload, fields, _field_attributes(payload, fields))


def _field_attributes(payload: str, fields: Sequence[Member]) -> tuple[str, ...]:
    if payload == "value":
        return ("value",)
    if payload == "tuple":
        return tuple(f"field{place}" for place in range(len(fields)))
    return tuple(attribute_names((snake(field.name) for field in fields), ()))


_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")


def snake(name: str) -> str:
    """The name in snake case; where that begins with no letter, behind one underscore."""
    cased = "_".join(filter(None, _WORDS.split(name))).lower()
    return cased if cased[:1].isalpha() else f"_{cased}"


def short_name(library: str, symbol: str) -> str:
    """The symbol without the library's prefix, where what is left is a name."""
    rest = symbol[len(library) + 1 :] if symbol.startswith(f"{library}_") else ""
    return rest if rest.isidentifier() else symbol


def attribute_names(names: Iterable[str], reserved: Iterable[str]) -> dict[str, str]:
    """An attribute for each name: keywords, and what an object has already, get underscores."""
    taken = set(reserved)
    attributes = {}
    for name in names:
        attribute = name
        while keyword.iskeyword(attribute) or attribute in taken:
            attribute += "_"
        taken.add(attribute)
        attributes[attribute] = name
    return attributes
