"""Values of the file of vectors, by their types."""

import math
import struct

INTEGERS = {"i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "isize", "usize"}
FLOATS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def value(schema, type_, json):
    """What the JSON of a vector stands for."""
    if type_ is None:
        return None
    if isinstance(type_, str):
        return scalar(type_, json)
    ((kind, inner),) = type_.items()
    if kind == "list":
        return [value(schema, inner, item) for item in json]
    if kind == "named":
        return named(schema, schema.types[inner], json)
    return None if kind == "option" and json is None else value(schema, inner, json)


def scalar(type_, json):
    if type_ in INTEGERS:
        return int(json)
    if type_ in ("f32", "f64"):
        return FLOATS[json] if isinstance(json, str) else float(json)
    return bytes.fromhex(json) if type_ == "bytes" else json


def named(schema, it, json):
    if it.variants is not None:
        return json
    return {field.name: value(schema, field.type, json[field.name]) for field in it.fields}


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
    return left == right
