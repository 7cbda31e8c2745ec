"""Runs every vector through the bindings of the library `every`: awaited and blocking, on the native path
and as CBOR, and compares what the bindings write and read of CBOR byte by byte.

    conformance.py VECTORS
"""

import asyncio
import dataclasses
import datetime
import ipaddress
import json
import math
import pathlib
import re
import sys

import every
from every import Every, EveryBlocking, EveryError, _flattened
from every._bridge import ffi, lib
from every._cbor import dumps
from every._reader import Reader, whole
from every._values import event as event_of

SCHEMA_SIZE = ffi.new("size_t *")
SCHEMA = whole(ffi.unpack(ffi.cast("const char *", lib.py_schema(SCHEMA_SIZE)), SCHEMA_SIZE[0]))
TYPES = {definition["name"]: definition["shape"] for definition in SCHEMA["types"]}
FUNCTIONS = {function["name"]: function for function in SCHEMA["functions"]}
EVENTS = {event["name"]: event for event in SCHEMA["events"]}
INTEGERS = {"i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize"}
SIMPLE = {*INTEGERS, "i128", "u128", "bool", "char", "string", "bytes", "ip_addr", "socket_addr"}


class Unordered(list):
    """What stands for a dict or a set: its order is anyone's."""


def value(kind, written):
    """The value of a type that stands in the file."""
    if kind is None:
        return None
    if isinstance(kind, str):
        return scalar(kind, written)
    [(shape, inner)] = kind.items()
    if shape == "list":
        return [value(inner, item) for item in written]
    if shape == "option":
        return None if written is None else value(inner, written)
    if shape == "box":
        return value(inner, written)
    if shape == "tuple":
        return tuple(value(kind, item) for kind, item in zip(inner, written))
    if shape == "array":
        return bytes.fromhex(written) if inner[0] == "u8" else [value(inner[0], item) for item in written]
    if shape == "map":
        return mapping(*inner, written)
    if shape == "set":
        values = [value(inner, item) for item in written]
        return set(values) if is_simple(inner) and len(set(values)) == len(values) else Unordered(values)
    return named(inner, written)


def is_simple(kind):
    """Whether a dict or a set of the package has such keys."""
    if isinstance(kind, str):
        return kind in SIMPLE
    ((shape, inner),) = kind.items()
    if shape == "tuple":
        return all(map(is_simple, inner))
    if shape == "array":
        return inner[0] == "u8"
    return shape == "named" and "enumeration" in TYPES[inner]


def mapping(key, held, written):
    """The map that stands in the file."""
    pairs = written.items() if isinstance(written, dict) else written
    pairs = [(value(key, one), value(held, other)) for one, other in pairs]
    return dict(pairs) if is_simple(key) else Unordered(pairs)


def time(written):
    """The point in time that stands in the file, cut."""
    second, fraction = re.fullmatch(r"(.*T[\d:]*)(?:\.(\d+))?Z", written).groups("")
    return datetime.datetime.fromisoformat(second + "+00:00").replace(microsecond=int(fraction.ljust(6, "0")[:6]))


def duration(written):
    """The span of time that stands in the file, cut."""
    secs, fraction = re.fullmatch(r"(\d+)(?:\.(\d+))?s", written).groups("")
    return datetime.timedelta(seconds=int(secs), microseconds=int(fraction.ljust(6, "0")[:6]))


def path(written):
    """The path that stands in the file; its text where Python makes that another."""
    made = pathlib.Path(written)
    return made if str(made) == written else written


def address(written):
    """The address that stands in the file; its text where it is none."""
    try:
        return ipaddress.ip_address(written)
    except ValueError:
        return written


def scalar(kind, written):
    """The value of a type without another inside that stands in the file."""
    if kind in INTEGERS:
        return int(written)
    if kind in ("i128", "u128"):
        return int(written)
    if kind in ("f32", "f64"):
        return float(written)
    made = {"bytes": bytes.fromhex, "duration": duration, "time": time, "path": path, "ip_addr": address}.get(kind)
    return made(written) if made else written


def named(name, written):
    """The record or variant that stands in the file."""
    cls, shape = getattr(every, name), TYPES[name]
    if "enumeration" in shape:
        [place] = [i for i, variant in enumerate(shape["enumeration"]["variants"]) if variant["name"] == written]
        return list(cls.__members__.values())[place]
    if "data_enum" in shape:
        return variant_of(name, shape["data_enum"]["variants"], written)
    return cls(*fields_of(shape["record"]["fields"], written))


def variant_of(name, variants, written):
    """The variant of an enum with data that stands in the file."""
    key, held = (written, None) if isinstance(written, str) else next(iter(written.items()))
    [variant] = [variant for variant in variants if variant["name"] == key]
    cls, fields = getattr(every, name + key[0].upper() + key[1:]), variant["fields"]
    if variant["payload"] == "fields":
        return cls(*fields_of(fields, held))
    each = held if variant["payload"] == "tuple" else [held] * len(fields)
    assert len(each) == len(fields), written
    return cls(*(value(field["type"], one) for field, one in zip(fields, each)))


def fields_of(fields, written):
    """The values of fields with names that stand in the file."""
    assert set(written) == {field["name"] for field in fields}, written
    return [value(field["type"], written[field["name"]]) for field in fields]


def is_same(left, right):
    """Whether two values are the same: NaN is NaN, and zero has a sign."""
    if isinstance(left, pathlib.Path) and isinstance(right, str):
        return left == pathlib.Path(right)
    if isinstance(right, Unordered):
        places = [next((place for place, other in enumerate(right) if is_same(one, other)), -1) for one in left]
        return type(left) is list and sorted(places) == list(range(len(right)))
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return math.isnan(left) and math.isnan(right) or left == right and math.copysign(1, left) == math.copysign(1, right)
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(is_same(left[key], right[key]) for key in left)
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(is_same, left, right))
    if dataclasses.is_dataclass(left):
        return all(is_same(getattr(left, f.name), getattr(right, f.name)) for f in dataclasses.fields(left))
    return left == right


def arguments(vector):
    function = FUNCTIONS[vector["function"]]
    assert set(vector["request"]) == {param["name"] for param in function["params"]}, vector["name"]
    return [value(param["type"], vector["request"][param["name"]]) for param in function["params"]]


def short(vector):
    return vector["function"].removeprefix("every_")


def events(vector):
    """The events of a vector as the bindings show them."""
    found = []
    for fired in vector.get("events", []):
        name, kind = fired["name"], EVENTS[fired["name"]]["payload"]
        cls = getattr(every, "".join(part.title() for part in name.split("_")) + "Event")
        found.append(cls() if kind is None else cls(value(kind, fired["payload"])))
    return found


class Check:
    """What came of one vector on one path."""

    def __init__(self, vector, transport):
        self.vector = vector
        self.where = f"{vector['name']} ({transport})"

    def answered(self, got):
        vector = self.vector
        assert "error" not in vector, f"{self.where}: answered {got!r}"
        expected = value(FUNCTIONS[vector["function"]]["returns"], vector["response"])
        assert is_same(got, expected), f"{self.where}: {got!r} is not {expected!r}"

    def failed(self, error):
        assert str(error) == self.vector.get("error"), f"{self.where}: {error!r}"

    def heard(self, got):
        expected = events(self.vector)
        assert is_same(got, expected), f"{self.where}: {got!r} is not {expected!r}"


def is_export(vector):
    return FUNCTIONS[vector["function"]]["kind"] == "export"


async def run_async(file, transport):
    async with Every.create(*arguments(file["setup"]), transport=transport) as context:
        stream = context.events()
        for vector in file["vectors"]:
            check, method = Check(vector, transport), getattr(context, short(vector))
            try:
                answer = method(*arguments(vector))
                check.answered(answer if is_export(vector) else await answer)
            except EveryError as error:
                check.failed(error)
            heard = [await asyncio.wait_for(stream.__anext__(), 60) for _ in vector.get("events", [])]
            check.heard(heard)
    rest = [event async for event in stream]
    assert rest == [], rest
    return len(file["vectors"])


def run_blocking(file, transport):
    context = EveryBlocking.create(*arguments(file["setup"]), transport=transport)
    with context, context.events() as stream:
        for vector in file["vectors"]:
            check = Check(vector, transport)
            try:
                check.answered(getattr(context, short(vector))(*arguments(vector)))
            except EveryError as error:
                check.failed(error)
            check.heard([stream.next(timeout=60) for _ in vector.get("events", [])])
        assert stream.next(timeout=0.01) is None
    return len(file["vectors"])


def run_bytes(file):
    """The bytes of requests as the bindings write them, and of what comes as they read it."""
    count = 0
    for vector in [file["setup"], *file["vectors"]]:
        if is_export(vector):
            continue
        function = getattr(_flattened, "call_" + short(vector))
        written = dumps(function.request(*arguments(vector)))
        assert written.hex() == vector["request_cbor"], f"{vector.get('name')}: wrote {written.hex()}"
        if "response_cbor" in vector:
            got = Reader(bytes.fromhex(vector["response_cbor"])).whole(function.response)
            expected = value(FUNCTIONS[vector["function"]]["returns"], vector["response"])
            assert is_same(got, expected), f"{vector['name']}: read {got!r}"
        for fired, expected in zip(vector.get("events", []), events(vector)):
            wires = {event.name: event for event in _flattened.EVENTS}
            read = event_of(None, lambda name: wires[name].wire)
            name, payload = Reader(bytes.fromhex(fired["cbor"])).whole(read)
            event = wires[name]
            assert is_same(event.kind(payload) if event.has_payload else event.kind(), expected), vector["name"]
        count += 1
    return count


def main():
    with open(sys.argv[1], encoding="utf-8") as written:
        file = json.load(written)
    for transport in ("native", "cbor"):
        print(f"awaited, {transport}: {asyncio.run(run_async(file, transport))}")
        print(f"blocking, {transport}: {run_blocking(file, transport)}")
    print(f"bytes: {run_bytes(file)}")


main()
