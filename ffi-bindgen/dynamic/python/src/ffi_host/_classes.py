"""The classes of enums with data, which are made from the description.

- Each enum is a class, and each of its variants a dataclass in it, and a subclass of it.
- They are made once for what a file describes, so values of a library that was loaded twice are of the same classes.
- They stand in no module: pickle finds them by their library.
"""

from __future__ import annotations

import copyreg
import dataclasses
import threading
from types import SimpleNamespace
from typing import Any, Mapping

from ._schema import DataVariant, Named, Schema
from ._text import Shown, member_text, type_text


class _Made(type):
    """The class of these classes, by which pickle knows them."""

    _origin: tuple[str, str, str, str | None]


@dataclasses.dataclass(frozen=True)
class Classes:
    """The classes of a library."""

    schema: Schema
    enums: Mapping[str, type]
    """The enums' by their names, or by their paths where another type has that name too."""
    variants: Mapping[str, Mapping[str, type]]
    """Those of each enum's variants by their names."""

    @property
    def namespace(self) -> SimpleNamespace:
        """The enums as attributes."""
        return SimpleNamespace(**self.enums)


_known: dict[tuple[str, str], Classes] = {}
_lock = threading.Lock()


def of(schema: Schema) -> Classes:
    """The classes of a library."""
    key = schema.path, schema.name
    with _lock:
        known = _known.get(key)
        # Another library may lie there by now.
        if known is None or known.schema != schema:
            known = _known[key] = _classes(schema)
    return known


def _classes(schema: Schema) -> Classes:
    enums: dict[str, type] = {}
    variants: dict[str, dict[str, type]] = {}
    for key, named in schema.types.items():
        if named.data is not None:
            enum = _enum(schema, key, named)
            made = {variant.name: _variant(schema, key, enum, variant) for variant in named.data}
            # Now that they are made: a field may be called like a variant, and is none of its values.
            for variant in named.data:
                setattr(enum, variant.attribute, made[variant.name])
            enums[key], variants[key] = enum, made
    return Classes(schema, enums, variants)


def _enum(schema: Schema, key: str, named: Named) -> type:
    members = {"__doc__": named.docs, "__module__": "ffi_host", "_origin": (schema.path, schema.name, key, None)}
    return _Made(named.name, (), members)


def _variant(schema: Schema, key: str, enum: type, variant: DataVariant) -> type:
    told = zip(variant.attributes, variant.fields)
    lines = [member_text(schema, attribute, field) for attribute, field in told if field.docs]
    members = {
        "__doc__": "\n\n".join(filter(None, [variant.docs, "\n".join(lines)])),
        "__module__": "ffi_host",
        "__qualname__": f"{enum.__name__}.{variant.attribute}",
        "_origin": (schema.path, schema.name, key, variant.name),
    }
    # What holds nothing has a hash: there is nothing in it to change.
    is_frozen = not variant.fields
    fields = _fields(schema, variant)
    return dataclasses.make_dataclass(variant.attribute, fields, bases=(enum,), namespace=members, frozen=is_frozen)


def _fields(schema: Schema, variant: DataVariant) -> list[Any]:
    """The fields of a variant's class, with a default where they may be left out."""
    made: list[Any] = []
    has_default = True
    for attribute, field in reversed([*zip(variant.attributes, variant.fields)]):
        # Python wants what may be left out at the end.
        has_default = has_default and field.is_optional
        shown = Shown(type_text(schema, field.type))
        made.append((attribute, shown, None) if has_default else (attribute, shown))
    return made[::-1]


def found(path: str, library: str, key: str, variant: str | None) -> Any:
    """The class of an enum, or of its variant; its library is loaded where it is not yet."""
    if (path, library) not in _known:
        from ._library import load

        load(path, library)
    classes = _known[path, library]
    return classes.enums[key] if variant is None else classes.variants[key][variant]


copyreg.pickle(_Made, lambda made: (found, made._origin))
