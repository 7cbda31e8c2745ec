"""Reads rows `verdict read hex comes what` as the Python package without generated code does.

The package's reader is loaded alone, from the folder named first, so that nothing need be installed. Then come the
schema as the library carries it, and the rows.
"""

import sys
import types
from pathlib import Path

folder, schema, rows = map(Path, sys.argv[1:])
package = types.ModuleType("ffi_host")
package.__path__ = [str(folder / "src" / "ffi_host")]
sys.modules["ffi_host"] = package

from ffi_host import _decode, _reader, _schema  # noqa: E402

described = _schema.read("the schema", _reader.whole(schema.read_bytes()))
decoder = _decode.Decoder(described)
readers = {function.name: decoder.reader(function.returns) for function in described.functions}
readers["give_nothing"] = readers["nothing"]


def read(name: str, data: bytes) -> object:
    if name == "any" or name.startswith("on_"):
        return decoder.event(None if name == "any" else name, data)[1]
    return _reader.Reader(data).whole(readers[name])


def shown(name: str, value: object) -> str:
    """A value with its types; a map or a set that is the whole of it in whatever order."""
    if isinstance(value, dict):
        value = dict(sorted(value.items()))
    elif isinstance(value, set) or name.endswith("map_pair"):
        value = type(value), sorted(value)
    return repr(value)


def outcome(name: str, data: bytes) -> "tuple[str | None, str]":
    """The fault, or the value with its types."""
    try:
        return None, shown(name, read(name, data))
    except _reader.Fault as found:
        return str(found), ""


def plain(name: str, comes: str) -> str:
    """The value that the library's own CBOR is."""
    return outcome(name.replace("on_", "give_"), bytes.fromhex(comes))[1]


wrong = 0
lines = rows.read_text().splitlines()
for line in lines:
    verdict, name, digits, comes, what = line.split(" ", 4)
    found, value = outcome(name, b"" if digits == "-" else bytes.fromhex(digits))
    places = [] if found is None else [found, found.removeprefix("payload").lstrip(".")]
    is_told = found is None or comes == "-" or any(place.startswith(f"{comes}: ") for place in places)
    if (found is None) != (verdict == "taken") or not is_told or (
        found is None and name != "any" and value != plain(name, comes)
    ):
        print(f"{name}: {what}: not {verdict} {comes[:80]}: {found}, {value[:80]}: {digits[:80]}")
        wrong += 1

# Descriptions are read alike.
for bad in [b"\x81" * 20_000, b"\xa1\x00" * 20_000, b"\xa2\x61x\x00\x61x\x00", b"\x9b" + b"\xff" * 8, b"\xa0\x00", b"\x61\xff"]:
    try:
        _schema.read("the schema", _reader.whole(bad))
    except _reader.Fault:
        continue
    print(f"a description that is none: {bad[:20]!r}")
    wrong += 1

print(f"{len(lines)} rows, {wrong} wrong")
sys.exit(wrong > 0 or not lines)
