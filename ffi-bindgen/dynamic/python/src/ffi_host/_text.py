"""Signatures and documentation, made from the schema."""

from __future__ import annotations

import inspect
import textwrap
from typing import Any, Sequence

from ._scalars import SCALARS
from ._schema import DataVariant, EventType, Function, Member, Schema, Type, failure_of, held_by


def type_text(schema: Schema, type_: Type | None) -> str:
    """A type as Python writes it."""
    if type_ is None:
        return "None"
    if isinstance(type_, str):
        return SCALARS[type_].text
    ((kind, inner),) = type_.items()
    if kind == "named":
        return str(inner)
    held = [type_text(schema, it) for it in held_by(type_)]
    several = ", ".join(held)
    if kind == "map":
        return f"dict[{several}]" if schema.is_keyed(type_) else f"list[tuple[{several}]]"
    if kind == "set":
        return f"set[{several}]" if schema.is_keyed(type_) else f"list[{several}]"
    if kind == "array":
        item, count = inner
        return f"Annotated[{'bytes' if item == 'u8' else f'list[{several}]'}, {count}]"
    if kind in ("list", "tuple"):
        return f"{kind}[{several}]"
    return f"{several} | None" if kind == "option" else several


class Shown:
    """An annotation that is shown as it is."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def signature(
    schema: Schema, function: Function, attributes: dict[str, str], returns: str | None = None
) -> inspect.Signature:
    """The signature that `help` and completion show; ``attributes`` are the parameters' names here."""
    params: list[inspect.Parameter] = []
    members = {member.name: member for member in function.params}
    for attribute, name in attributes.items():
        member = members[name]
        # Python wants what may be left out at the end; in front of others it shows no default.
        has_default = all(it.is_optional for it in function.params[function.params.index(member) :])
        default: Any = None if has_default else inspect.Parameter.empty
        annotation = Shown(type_text(schema, member.type))
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        params.append(inspect.Parameter(attribute, kind, default=default, annotation=annotation))
    return inspect.Signature(params, return_annotation=Shown(returns or type_text(schema, function.returns)))


def function_text(schema: Schema, function: Function, shown: str, is_awaited: bool) -> str:
    """A function's documentation."""
    parts = [shown, function.docs]
    if is_awaited:
        parts.append("Awaited; `.blocking(...)` waits for the answer on the calling thread.")
    parts.append("\n".join(_member(schema, it) for it in function.params))
    error = function.error and failure_of(schema, function.error).type
    parts.append(f"Fails with: {type_text(schema, error)}" if error else "")
    parts.append(types_text(schema, [*(it.type for it in function.params), function.returns, error]))
    return "\n\n".join(part for part in parts if part)


def event_text(schema: Schema, event: EventType) -> str:
    """An event's documentation."""
    parts = [f"{event.name}: {type_text(schema, event.payload)}", event.docs, types_text(schema, [event.payload])]
    return "\n\n".join(part for part in parts if part)


def types_text(schema: Schema, types: Sequence[Type | None]) -> str:
    """The records and enumerations that these types mention, and those that they mention."""
    names: list[str] = []
    for type_ in types:
        _mentioned(schema, type_, names)
    return "\n\n".join(_named(schema, name) for name in names)


def _mentioned(schema: Schema, type_: Type | None, names: list[str]) -> None:
    # However many types hold each other, no stack is exhausted.
    left: list[Any] = [type_]
    while left:
        found = left.pop()
        if found is None or isinstance(found, str):
            continue
        inner = found.get("named")
        if inner is None:
            left += reversed(held_by(found))
        elif inner not in names:
            names.append(inner)
            left += reversed([field.type for field in schema.types[inner].fields])


def _named(schema: Schema, name: str) -> str:
    named = schema.types[name]
    if named.variants is not None:
        head = f"{name}, one of these texts:"
        lines = [_line(repr(variant.name), variant.docs) for variant in named.variants]
    elif named.data is not None:
        head = f"{name}, one of these classes, of `types.{named.name}`:"
        lines = [line for variant in named.data for line in _variant(schema, variant)]
    else:
        head, lines = f"{name}, a dict:", [_member(schema, field) for field in named.fields]
    return "\n".join([head, *(textwrap.indent(line, "    ") for line in lines)])


def _variant(schema: Schema, variant: DataVariant) -> list[str]:
    """A variant of an enum with data as it is made, then those of its fields that have documentation."""
    fields = list(zip(variant.attributes, variant.fields))
    shown = ", ".join(f"{attribute}: {type_text(schema, field.type)}" for attribute, field in fields)
    told = [f"    {member_text(schema, attribute, field)}" for attribute, field in fields if field.docs]
    return [_line(f"{variant.attribute}({shown})", variant.docs), *told]


def _member(schema: Schema, member: Member) -> str:
    return member_text(schema, member.name, member)


def member_text(schema: Schema, name: str, member: Member) -> str:
    """A parameter or a field of this name."""
    return _line(f"{name}: {type_text(schema, member.type)}", member.docs)


def _line(head: str, docs: str) -> str:
    return head + ("  -- " + " ".join(docs.split()) if docs else "")
