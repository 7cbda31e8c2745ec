"""Values of the file of vectors, by their types."""

import dataclasses
import math
import struct

INTEGERS = {"i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "isize", "usize"}
FLOATS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def value(library, type_, json):
    """What the JSON of a vector stands for."""
    if type_ is None:
        return None
    if isinstance(type_, str):
        return scalar(type_, json)
    ((kind, inner),) = type_.items()
    if kind == "list":
        return [value(library, inner, item) for item in json]
    if kind == "named":
        return named(library, library.schema.types[inner], json)
    return None if kind == "option" and json is None else value(library, inner, json)


def scalar(type_, json):
    if type_ in INTEGERS:
        return int(json)
    if type_ in ("f32", "f64"):
        return FLOATS[json] if isinstance(json, str) else float(json)
    return bytes.fromhex(json) if type_ == "bytes" else json


def named(library, it, json):
    if it.variants is not None:
        return json
    if it.data is not None:
        return variant(library, it, json)
    return {field.name: value(library, field.type, json[field.name]) for field in it.fields}


def variant(library, it, json):
    """A variant of an enum with data: its name, or a map of that and what it holds."""
    ((name, held),) = {json: None}.items() if isinstance(json, str) else json.items()
    told = next(variant for variant in it.data if variant.name == name)
    items = {"unit": (), "value": (held,), "tuple": held}.get(told.payload)
    if items is None:
        items = [held[field.name] for field in told.fields]
    fields = zip(told.attributes, told.fields, items)
    made = getattr(getattr(library.types, it.name), told.attribute)
    return made(**{attribute: value(library, field.type, item) for attribute, field, item in fields})


def is_same(left, right):
    """Whether two values are the same: of one type, floats to the bit, no number being none."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return struct.pack("d", left) == struct.pack("d", right) or math.isnan(left) and math.isnan(right)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(is_same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(map(is_same, left.values(), right.values()))
    if dataclasses.is_dataclass(left):
        return is_same(vars(left), vars(right))
    return left == right
