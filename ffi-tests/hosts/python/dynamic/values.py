"""Values of the file of vectors, by their types."""

import dataclasses
import datetime
import ipaddress
import math
import pathlib
import re
import struct

INTEGERS = {"i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "isize", "usize"}
FLOATS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


class Values:
    """Values of a library; paths as this makes them."""

    def __init__(self, library, path=pathlib.Path):
        self.library, self.path = library, path

    def value(self, type_, json):
        """What the JSON of a vector stands for."""
        if type_ is None:
            return None
        if isinstance(type_, str):
            return self.scalar(type_, json)
        ((kind, inner),) = type_.items()
        if kind in ("list", "tuple", "array", "map", "set"):
            return self.several(kind, inner, json)
        if kind == "named":
            return self.named(self.library.schema.types[inner], json)
        return None if kind == "option" and json is None else self.value(inner, json)

    def scalar(self, type_, json):
        if type_ in INTEGERS:
            return int(json)
        if type_ in ("f32", "f64"):
            return FLOATS[json] if isinstance(json, str) else float(json)
        if type_ == "time":
            return time(json)
        if type_ == "duration":
            secs, digits = re.fullmatch(r"(\d+)(?:\.(\d+))?s", json).groups("")
            return datetime.timedelta(seconds=int(secs), microseconds=micros(digits))
        convert = {"bytes": bytes.fromhex, "path": self.path, "ip_addr": ipaddress.ip_address}.get(type_, str)
        return convert(json) if isinstance(json, str) else json

    def several(self, kind, inner, json):
        """A value that holds others."""
        if kind == "tuple":
            return tuple(self.value(type_, item) for type_, item in zip(inner, json))
        if kind == "list":
            return [self.value(inner, item) for item in json]
        if kind == "array":
            return bytes.fromhex(json) if inner[0] == "u8" else [self.value(inner[0], item) for item in json]
        is_own = self.is_key(inner if kind == "set" else inner[0])
        if kind == "set":
            values = [self.value(inner, item) for item in json]
            return set(values) if is_own else values
        pairs = json.items() if isinstance(json, dict) else json
        entries = [tuple(self.value(type_, item) for type_, item in zip(inner, pair)) for pair in pairs]
        return dict(entries) if is_own else entries

    def is_key(self, type_):
        """Whether a map with such keys is a dict."""
        if isinstance(type_, str):
            return type_ not in {"f32", "f64", "duration", "time", "path"}
        ((kind, inner),) = type_.items()
        if kind == "tuple":
            return all(map(self.is_key, inner))
        if kind == "array":
            return inner[0] == "u8"
        return kind == "named" and self.library.schema.types[inner].variants is not None

    def named(self, it, json):
        if it.variants is not None:
            return json
        if it.data is not None:
            return self.variant(it, json)
        return {field.name: self.value(field.type, json[field.name]) for field in it.fields}

    def variant(self, it, json):
        """A variant of an enum with data: its name, or a map of that and what it holds."""
        ((name, held),) = {json: None}.items() if isinstance(json, str) else json.items()
        told = next(variant for variant in it.data if variant.name == name)
        items = {"unit": (), "value": (held,), "tuple": held}.get(told.payload)
        if items is None:
            items = [held[field.name] for field in told.fields]
        fields = zip(told.attributes, told.fields, items)
        made = getattr(getattr(self.library.types, it.name), told.attribute)
        return made(**{attribute: self.value(field.type, item) for attribute, field, item in fields})


def micros(digits):
    """The microseconds of a fraction's digits, cut."""
    return int(digits.ljust(6, "0")[:6])


def time(text):
    """A time of RFC 3339."""
    start, digits = re.fullmatch(r"(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?Z", text).groups("")
    return datetime.datetime.fromisoformat(f"{start}+00:00") + datetime.timedelta(microseconds=micros(digits))


def is_same(left, right):
    """Whether two values are the same: of one type, floats to the bit, no number being none."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return struct.pack("d", left) == struct.pack("d", right) or math.isnan(left) and math.isnan(right)
    if isinstance(left, datetime.datetime):
        return left.utcoffset() == right.utcoffset() and left == right
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(is_same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(map(is_same, left.values(), right.values()))
    if dataclasses.is_dataclass(left):
        return is_same(vars(left), vars(right))
    return left == right
