"""What every mapping and object of Python has is no key of a record and no variant, in what is sent and in answers."""

import unittest

import cbor2
from ffi_host import ArgumentError, _classes
from ffi_host._decode import Decoder
from ffi_host._encode import Encoder
from ffi_host._reader import Fault, Reader
from ffi_host._schema import Function, Member, read

NAMES = sorted({*dir(dict), *dir(type("Plain", (), {})), "name", "value"})

RECORD = [{"name": name, "docs": "", "type": "u16"} for name in NAMES]
CHOICE = [{**field, "type": {"option": "u16"}} for field in RECORD]
VARIANTS = [
    *({"name": name, "docs": "", "payload": "unit", "fields": []} for name in [*NAMES, "mro", "None", "None_"]),
    {"name": "Held", "docs": "", "payload": "fields", "fields": [*RECORD, {"name": "Held", "docs": "", "type": "u16"}]},
]
SCHEMA = read(
    "here",
    {
        "format": 2,
        "name": "lib",
        "version": "",
        "docs": "",
        "options": {},
        "functions": [],
        "events": [],
        "types": [
            {"name": "Needed", "path": "Needed", "docs": "", "shape": {"record": {"fields": RECORD}}},
            {"name": "Optional", "path": "Optional", "docs": "", "shape": {"record": {"fields": CHOICE}}},
            {"name": "Data", "path": "Data", "docs": "", "shape": {"data_enum": {"variants": VARIANTS}}},
        ],
    },
)
FULL = {name: number for number, name in enumerate(NAMES)}


def request(type_, value):
    function = Function("lib_f", "f", "stateless", "", (Member("it", "", {"named": type_}),), None, None, True)
    return cbor2.loads(Encoder(SCHEMA).request(function)({"it": value}))["it"]


def answer(type_, value):
    return Reader(cbor2.dumps(value)).whole(Decoder(SCHEMA).reader({"named": type_}))


class Inherited(unittest.TestCase):
    def test_what_every_mapping_has_is_missing(self):
        for name in NAMES:
            rest = {key: value for key, value in FULL.items() if key != name}
            with self.subTest(name), self.assertRaisesRegex(ArgumentError, rf"^lib_f: it\.{name}: is missing$"):
                request("Needed", rest)
            self.assertEqual(request("Optional", rest), {**FULL, name: None})
            with self.subTest(name), self.assertRaisesRegex(Fault, "is missing"):
                answer("Needed", rest)
        self.assertEqual(request("Optional", {}), dict.fromkeys(NAMES))
        self.assertEqual(answer("Optional", {}), dict.fromkeys(NAMES))

    def test_a_key_of_such_a_name_crosses(self):
        self.assertEqual(request("Needed", FULL), FULL)
        self.assertEqual(list(answer("Needed", FULL).items()), list(FULL.items()))
        self.assertEqual(Reader(cbor2.dumps(FULL)).whole(Reader.any), FULL)

    def test_a_variant_of_such_a_name_crosses(self):
        classes = _classes.of(SCHEMA)
        for name, made in classes.variants["Data"].items():
            if name != "Held":
                self.assertEqual((request("Data", made()), answer("Data", name)), (name, made()))
        data = classes.namespace.Data
        self.assertEqual([request("Data", made()) for made in (data.None_, data.None__, data.mro_)], ["None", "None_", "mro"])

    def test_fields_of_such_names_cross(self):
        held = _classes.of(SCHEMA).variants["Data"]["Held"]
        values = list(range(len(NAMES) + 1))
        wire = {"Held": {**FULL, "Held": len(NAMES)}}
        self.assertEqual(request("Data", held(*values)), wire)
        self.assertEqual(answer("Data", wire), held(*values))
        self.assertEqual(list(vars(held(*values)).values()), values)
