"""Arguments that do not fit are told with the function and the way to the fault, before the call."""

import math
import unittest
from decimal import Decimal

import ffi_host
from tests import echo, every, native

DEEP = {"value": 0, "children": []}
for _ in range(3000):
    DEEP = {"value": 0, "children": [DEEP]}

FAULTS = [
    ("give_i8", [128], "every_give_i8: value: 128 is out of range, -128 to 127"),
    ("give_u64", [-1], "every_give_u64: value: -1 is out of range, 0 to 18446744073709551615"),
    ("give_u64", [1 << 64], "every_give_u64: value: 18446744073709551616 is out of range"),
    ("give_i32", [1.0], "every_give_i32: value: expected an integer, found float"),
    ("give_i32", [True], "every_give_i32: value: expected an integer, found bool"),
    ("give_i32", ["1"], "every_give_i32: value: expected an integer, found str"),
    ("give_i32", [None], "every_give_i32: value: expected an integer, found None"),
    ("give_f64", ["1"], "every_give_f64: value: expected a number, found str"),
    ("give_f64", [False], "every_give_f64: value: expected a number, found bool"),
    ("give_f64", [10**400], "is out of range"),
    ("give_f64", [Decimal("1e400")], "every_give_f64: value: 1E+400 is out of range"),
    ("give_f64", [Decimal("1e-400")], "every_give_f64: value: 1E-400 is out of range"),
    ("give_f32", [1e300], "every_give_f32: value: 1e+300 is out of range"),
    ("give_f32", [-3.4028235677973366e38], "every_give_f32: value: -3.4028235677973366e+38 is out of range"),
    ("give_f32", [1e-300], "every_give_f32: value: 1e-300 is out of range"),
    ("give_f32", [-7e-46], "every_give_f32: value: -7e-46 is out of range"),
    ("give_bool", [1], "every_give_bool: value: expected True or False, found int"),
    ("give_char", ["ab"], "every_give_char: value: expected a text of one character, found 2"),
    ("give_string", [b"a"], "every_give_string: value: expected a text, found bytes"),
    ("give_string", ["\ud800"], "every_give_string: value: is no Unicode: it has a lone surrogate"),
    ("give_bytes", ["a"], "every_give_bytes: value: expected bytes, found str"),
    ("give_level", ["Top"], "every_give_level: value: 'Top' is no Level; there are Lowest, Middle, Next, top"),
    ("give_list_i32", ["12"], "every_give_list_i32: value: expected a list, found str"),
    ("give_list_list", [[[1], [2, "3"]]], "every_give_list_list: value[1][1]: expected an integer, found str"),
    ("give_list_point", [[{"x": 1}, {}]], "every_give_list_point: value[1].x: is missing"),
    ("give_point", [[1, 2]], "every_give_point: value: expected a mapping, found list"),
    ("give_point", [{"x": 1, "z": 1}], "every_give_point: value.z: is not known; known are x, y"),
    ("give_tree", [DEEP], "every_give_tree: an argument is nested too deeply"),
    ("give_i8", [], "every_give_i8: value: is missing"),
    ("give_i8", [1, 2], "every_give_i8: takes 1 arguments, 2 were given"),
    ("nothing", [1], "every_nothing: takes 0 arguments, 1 were given"),
]


class Arguments(unittest.TestCase):
    def setUp(self):
        self.every = every.create.blocking({"name": "", "delay_ms": 0})
        self.addCleanup(self.every.destroy)

    def refused(self, text, call):
        with self.assertRaises(ffi_host.ArgumentError) as caught:
            call()
        self.assertIn(text, str(caught.exception))
        self.assertEqual(native().pending, {})

    def test_faults(self):
        for name, arguments, text in FAULTS:
            with self.subTest(text):
                self.refused(text, lambda: getattr(self.every, name).blocking(*arguments))
        self.assertEqual(self.every.give_i8.blocking(1), 1)

    def test_keywords(self):
        self.refused("every_give_i8: has no parameter x; its parameters: value", lambda: self.every.give_i8.blocking(x=1))
        self.refused("every_give_i8: value: is given twice", lambda: self.every.give_i8.blocking(1, value=1))

    def test_a_constructor_and_exports(self):
        self.refused("every_create: config.name: is missing", lambda: every.create({"delay_ms": 0}))
        self.refused("echo_is_loud: letter: expected a text of one", lambda: echo.is_loud("ab"))
        self.refused("every_same_u8: value: 256 is out of range", lambda: every.same_u8(256))
        self.refused("every_next_level: thisLevel: 'x' is no Level", lambda: every.next_level("x"))

    def test_what_fits_in_more_than_one_form(self):
        call = self.every
        self.assertEqual(call.give_f64.blocking(3), 3.0)
        self.assertEqual(call.give_f64.blocking(Decimal("0.1")), 0.1)
        self.assertEqual(call.give_f32.blocking(0.1), 0.10000000149011612)
        self.assertEqual(call.give_f32.blocking(3.4028235677973362e38), 3.4028234663852886e38)
        self.assertEqual(call.give_f32.blocking(1e-45), 1.401298464324817e-45)
        for exact in (0.0, -0.0, math.inf, -math.inf, math.nan):
            self.assertEqual(repr(call.give_f32.blocking(exact)), repr(exact))
        self.assertEqual(call.give_bytes.blocking(bytearray(b"ab")), b"ab")
        self.assertEqual(call.give_bytes.blocking(memoryview(b"ab")), b"ab")
        self.assertEqual(call.give_list_i32.blocking((1, 2)), [1, 2])
        self.assertEqual(call.give_point.blocking({"x": 1}), {"x": 1.0, "y": None})
        self.assertIsNone(call.give_option_i64.blocking())

    def test_the_library_s_own_text(self):
        tree = {"value": 0, "children": []}
        for _ in range(70):
            tree = {"value": 0, "children": [tree]}
        with self.assertRaisesRegex(ffi_host.CallError, "every_give_tree: value.children"):
            self.every.give_tree.blocking(tree)
