"""Reads rows `verdict read hex comes what` as a generated package does: `hostile_python.py FOLDER PACKAGE ROWS`.

What is between Python and the library stands aside, so that nothing need be built.
"""

import sys
import types
from pathlib import Path
from types import SimpleNamespace

folder, name, rows = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
package = types.ModuleType(name)
package.__path__ = [str(folder / name)]
sys.modules[name] = package
bridge = types.ModuleType(f"{name}._bridge")
bridge.ffi = SimpleNamespace(
    NULL=None, unpack=lambda data, size: data, def_extern=lambda *_, **__: lambda function: function
)
bridge.lib = SimpleNamespace(py_release=lambda message: None)
sys.modules[f"{name}._bridge"] = bridge

flattened = __import__(f"{name}._flattened", fromlist=["EVENTS"])
runtime = __import__(f"{name}._runtime", fromlist=["read"])
heard = __import__(f"{name}._events", fromlist=["Ear"])
cbor = __import__(f"{name}._cbor", fromlist=["dumps"])
errors = __import__(f"{name}._errors", fromlist=["HostileError"])

# Their names begin with that of the library, as it was described: `call_all_give_i8`.
functions = {it.split("_", 2)[2]: getattr(flattened, it) for it in dir(flattened) if it.startswith("call_")}
functions["give_nothing"] = functions["nothing"]
events = {event.name: event for event in flattened.EVENTS}

# What Python makes of values that it cannot hold: it counts microseconds, and its empty path is the folder.
MADE = {("duration", "82011a3b9ac600"): "82011a3b9ac230", ("path", "60"): "612e"}


def value(read, data):
    message = SimpleNamespace(ret=0, dropped=0, blobs=data, n_blobs=len(data))
    if read.startswith("give_"):
        return runtime.read(functions[read], message, True, None)
    ear = heard.Ear.__new__(heard.Ear)
    ear.event, ear.events, ear.wire, ear.dropped = events.get(read), flattened.EVENTS, True, 0
    told = ear.hear(message)
    return told and told[1]


def outcome(read, data):
    """The fault, or the library's own CBOR of the value."""
    try:
        found = value(read, data)
    except errors.HostileError as fault:
        return str(fault), ""
    if read == "any" or read.endswith("_nothing"):
        return None, found
    request = functions[read.replace("on_", "give_")].request(found)
    return None, cbor.dumps(request["it"]).hex()


wrong = 0
lines = rows.read_text().splitlines()
for line in lines:
    verdict, read, digits, comes, what = line.split(" ", 4)
    found, own = outcome(read, b"" if digits == "-" else bytes.fromhex(digits))
    place = "" if found is None else found.split("cannot be read: ")[1]
    places = [place, place.removeprefix("payload").lstrip(".")]
    is_told = found is None or comes == "-" or any(place.startswith(f"{comes}: ") for place in places)
    if (found is None) != (verdict == "taken") or not is_told or (
        found is None and read != "any" and own != (None if read.endswith("_nothing") else MADE.get((read.partition("_")[2], comes), comes))
    ):
        print(f"{read}: {what}: not {verdict} {comes[:80]}: {found}: {digits[:80]}")
        wrong += 1
print(f"{len(lines)} rows, {wrong} wrong")
sys.exit(wrong > 0 or not lines)
