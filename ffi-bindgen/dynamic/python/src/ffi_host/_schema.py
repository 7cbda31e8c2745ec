"""The description that a library carries, as this package reads it.

- Keys that are not known are ignored, a higher format is refused: so the format says.
- Names are what Python can use; the library's own stand beside them.
"""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Union

from ._errors import LoadError
from ._scalars import SCALARS

FORMAT = 1
"""The highest format of the description that is understood."""

Type = Union[str, Mapping[str, Any]]
"""A type as the description writes it: ``"i64"``, ``{"list": "i64"}``, ``{"named": "Point"}``."""

_HOLDING = {"list", "option", "box"}
"""The types that hold one other."""


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
class Named:
    """A record, or an enumeration where ``variants`` is not None."""

    name: str
    docs: str
    fields: tuple[Member, ...]
    variants: tuple[Variant, ...] | None


@dataclass(frozen=True)
class Schema:
    """A whole library."""

    name: str
    version: str
    docs: str
    grace_ms: int
    event_limit: int
    """So many events wait in a context, and in each of its streams."""
    functions: tuple[Function, ...]
    events: tuple[EventType, ...]
    types: Mapping[str, Named]

    def of_kind(self, *kinds: str) -> list[Function]:
        """The functions that play one of these parts, in their order."""
        return [function for function in self.functions if function.kind in kinds]


def read(path: str, description: Any) -> Schema:
    """Reads a decoded description; ``path`` is for the errors."""
    if not isinstance(description, Mapping) or not isinstance(description.get("format"), int):
        raise LoadError(f"{path}: its schema is not one")
    if description["format"] > FORMAT:
        found = description["format"]
        raise LoadError(f"{path}: its schema has format {found}, this package reads up to {FORMAT}: use a newer one")
    try:
        return _schema(description)
    except (KeyError, TypeError, AttributeError) as fault:
        raise LoadError(f"{path}: its schema is not one: {fault!r}") from fault


def _schema(description: Mapping[str, Any]) -> Schema:
    library = description["name"]
    return Schema(
        name=library,
        version=description["version"],
        docs=description["docs"],
        grace_ms=description["options"].get("grace_ms", 0),
        # Older libraries do not say it; theirs was 1,024.
        event_limit=description["options"].get("event_limit") or 1024,
        functions=tuple(_function(library, it) for it in description["functions"]),
        events=tuple(EventType(it["name"], it["docs"], _known(it["payload"])) for it in description.get("events", ())),
        types={it["name"]: _named(it) for it in description["types"]},
    )


def _function(library: str, it: Mapping[str, Any]) -> Function:
    runs_here = it["kind"] == "stateless" or it.get("inline", False)
    return Function(
        symbol=it["name"],
        name=short_name(library, it["name"]),
        kind=it["kind"],
        docs=it["docs"],
        params=_members(it["params"]),
        returns=_known(it["returns"]),
        is_direct=runs_here and not it["is_async"],
    )


def _members(described: Iterable[Mapping[str, Any]]) -> tuple[Member, ...]:
    return tuple(Member(it["name"], it["docs"], _known(it["type"])) for it in described)


def _known(type_: Any) -> Any:
    """A type, or None, as it stands: what it is made of is decided on wherever types are looked at."""
    left = type_
    while left is not None and not isinstance(left, str):
        ((kind, inner),) = left.items()
        if kind == "named":
            return type_
        if kind not in _HOLDING:
            raise TypeError(f"a type is a {kind}, which this package does not know")
        left = inner
    if left is not None and left not in SCALARS:
        raise TypeError(f"a type is {left}, which this package does not know")
    return type_


def _named(it: Mapping[str, Any]) -> Named:
    shape = it["shape"]
    if "record" in shape:
        return Named(it["name"], it["docs"], _members(shape["record"]["fields"]), None)
    if "enumeration" not in shape:
        raise TypeError(f"{it['name']} is a {', '.join(shape)}, which this package does not know")
    variants = shape["enumeration"]["variants"]
    return Named(it["name"], it["docs"], (), tuple(Variant(v["name"], v["docs"], v["value"]) for v in variants))


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
