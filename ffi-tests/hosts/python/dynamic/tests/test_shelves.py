"""Collections, tuples, arrays, times, wide integers, paths and addresses."""

import collections
import datetime
import ipaddress
import math
import pathlib
import unittest
from datetime import timedelta

import ffi_host
from ffi_host import _reader, _schema
from tests import create, every, native

Piece = every.types.Piece
UTC = datetime.timezone.utc
NOON = datetime.datetime(2024, 2, 29, 12, tzinfo=UTC)

SHELF = {
    "scores": {"a": 1, "bb": -2},
    "points": {"top": {"x": 0.5, "y": None}},
    "names": {-1: ["below"], 1: []},
    "nested": {True: {"a": 1}, False: {}},
    "by_place": {(0, 1): "corner", (-1, 0): None},
    "words": {"one", "three"},
    "numbers": {0, 255},
    "colours": {b"\0\0\0", b"\xff\0\x80"},
    "pair": ("pair", 7),
    "single": (0.5,),
    "digest": b"1234",
    "axes": ["x", "y"],
    "grid": [[1, 2], [3, 4], [5, 6]],
    "timeout": timedelta(seconds=1.5),
    "since": NOON,
    "until": None,
    "signed": -(1 << 127),
    "unsigned": (1 << 128) - 1,
    "rows": 1,
    "columns": 80,
    "path": pathlib.Path("/shelf/a b"),
    "address": ipaddress.ip_address("::1"),
    "peer": "127.0.0.1:80",
    "shared": {"x": 0.0, "y": None},
    "label": "label",
    "marks": [1, 2],
    "title": "title",
    "note": "note",
    "rest": [{"x": 1.0, "y": 2.0}],
    "queue": ["first"],
    "ring": b"\1\2",
}

FAULTS = [
    ("give_duration", timedelta(microseconds=-1), "value: -1 day, 23:59:59.999999 is out of range: it is below zero"),
    ("give_list_duration", [timedelta(0), timedelta(-1)], "value[1]: -1 day, 0:00:00 is out of range"),
    ("give_duration", 1.5, "value: expected a timedelta, found float"),
    ("give_time", datetime.datetime(2024, 1, 1), "value: expected a datetime with a time zone, found one without"),
    ("give_time", datetime.date(2024, 1, 1), "value: expected a datetime, found date"),
    ("give_time", 0, "value: expected a datetime, found int"),
    ("give_time", None, "value: expected a datetime, found None"),
    ("give_i128", 1 << 127, "value: 170141183460469231731687303715884105728 is out of range, -1701411834604692317316873"),
    ("give_i128", -(1 << 127) - 1, "value: -170141183460469231731687303715884105729 is out of range"),
    ("give_u128", -1, "value: -1 is out of range, 0 to 340282366920938463463374607431768211455"),
    ("give_u128", 1 << 128, "value: 340282366920938463463374607431768211456 is out of range"),
    ("give_u128", True, "value: expected an integer, found bool"),
    ("give_i128", math.nan, "value: expected an integer, found float"),
    ("give_array", [1, 2], "value: expected 3 elements, found 2"),
    ("give_array", [1, 2, 3, 4], "value: expected 3 elements, found 4"),
    ("give_array", [1, 2, "3"], "value[2]: expected an integer, found str"),
    ("give_array", {1, 2, 3}, "value: expected a list, found set"),
    ("give_array_bytes", b"123", "value: expected 4 bytes, found 3"),
    ("give_array_bytes", [1, 2, 3, 4], "value: expected bytes, found list"),
    ("give_array_array", [b"12", b"3"], "value[1]: expected 2 bytes, found 1"),
    ("give_tuple", (1,), "value: expected 2 elements, found 1"),
    ("give_tuple", (1, "a", 2), "value: expected 2 elements, found 3"),
    ("give_tuple", "ab", "value: expected a tuple, found str"),
    ("give_tuple", (1, 2), "value.1: expected a text, found int"),
    ("give_list_tuple", [(True, "a"), (False, "ab")], "value[1].1: expected a text of one character, found 2"),
    ("give_map", 5, "value: expected a mapping or a list of pairs, found int"),
    ("give_map", {"a": 1, "b": "x"}, "value[1].value: expected an integer, found str"),
    ("give_map", {1: 1}, "value[0].key: expected a text, found int"),
    ("give_map", [("a", 1), ("b", 1), ("a", 2)], "value[2].key: stands twice"),
    ("give_map", [("a",)], "value[0]: expected 2 elements, found 1"),
    ("give_map", [("a", 1), 2], "value[1]: expected a key and a value, found int"),
    ("give_map", ["ab"], "value[0]: expected a key and a value, found str"),
    ("give_map_level", {"Top": []}, "value[0].key: 'Top' is no Level; there are Lowest, Middle, Next, top"),
    ("give_map_pair", [((0, 1), None), ([0, 1], "x")], "value[1].key: stands twice"),
    ("give_map_pair", [((0, 40_000), None)], "value[0].key.1: 40000 is out of range"),
    ("give_map_address", {"::1": timedelta(0), "0::1": timedelta(0)}, "value[1].key: stands twice"),
    ("give_map_address", {"::1": timedelta(-1)}, "value[0].value: -1 day, 0:00:00 is out of range"),
    ("give_map_pair", {(0, 1): None, (0,): None}, "value[1].key: expected 2 elements, found 1"),
    ("give_map_wide", {1 << 127: "Gap"}, "value[0].key: 170141183460469231731687303715884105728 is out of range"),
    ("give_map_path", {b"a": "::1"}, "value[0].key: expected a path, found bytes"),
    ("give_map_path", {"a": "::1", pathlib.Path("a"): "::1"}, "value[1].key: stands twice"),
    ("give_map_path", {"a": "localhost"}, "value[0].value: 'localhost' is no IP address"),
    ("give_map_bytes", {"a": b"12"}, "value[0].key: expected bytes, found str"),
    ("give_map_bytes", {b"": b"12", b"a": b"1"}, "value[1].value: expected 2 bytes, found 1"),
    ("give_map_bytes", [(b"a", b"12"), (bytearray(b"a"), b"34")], "value[1].key: stands twice"),
    ("give_map_duration", 5, "value: expected a mapping or a list of pairs, found int"),
    ("give_map_duration", [(timedelta(1), NOON), (timedelta(0), NOON), (timedelta(1), NOON)], "value[2].key: stands twice"),
    ("give_map_duration", [(timedelta(0), NOON, 3)], "value[0]: expected 2 elements, found 3"),
    ("give_map_duration", ["ab"], "value[0]: expected a key and a value, found str"),
    ("give_map_duration", {timedelta(0): NOON, timedelta(-1): NOON}, "value[1].key: -1 day, 0:00:00 is out of range"),
    ("give_map_duration", [(timedelta(0), 0)], "value[0].value: expected a datetime, found int"),
    ("give_map_option", [(None, 1), ("a", 1), (None, 2)], "value[2].key: stands twice"),
    ("give_set", ["a", "b", "a"], "value[2]: stands twice"),
    ("give_set", "ab", "value: expected a set or a list, found str"),
    ("give_set_u8", {256}, "value[0]: 256 is out of range, 0 to 255"),
    ("give_set_u8", b"12", "value: expected a set or a list, found bytes"),
    ("give_set_tuple", [(0, "a"), (0, "a")], "value[1]: stands twice"),
    ("give_set_tuple", {(0, 1)}, "value[0].1: expected a text, found int"),
    ("give_set_peer", ["[::1]:80", "1.1.1.1:1", "[::1]:80"], "value[2]: stands twice"),
    ("give_set_peer", {("::1", 80)}, "value[0]: expected a text, found tuple"),
    ("give_set_option", [2, None, 2], "value[2]: stands twice"),
    ("give_set_option", {1 << 16}, "value[0]: 65536 is out of range, 0 to 65535"),
    ("give_set_option", b"12", "value: expected a set or a list, found bytes"),
    ("give_set_time", [NOON, NOON.astimezone(datetime.timezone(timedelta(hours=1)))], "value[1]: stands twice"),
    ("give_set_time", {0}, "value[0]: expected a datetime, found int"),
    ("give_path", b"a", "value: expected a path, found bytes"),
    ("give_path", pathlib.Path("\udcff"), "value: is no Unicode: it has a lone surrogate"),
    ("give_list_path", ["a", 1], "value[1]: expected a path, found int"),
    ("give_address", "localhost", "value: 'localhost' is no IP address"),
    ("give_address", 1, "value: expected an IP address, found int"),
    ("give_peer", ("127.0.0.1", 80), "value: expected a text, found tuple"),
    ("give_piece", Piece.Index({"a": "Gap"}, {-1}), "value.Index.1[0]: -1 is out of range"),
    ("give_piece", Piece.Index({"a": 1}, set()), "value.Index.0[0].value: expected a Piece, found int"),
    ("give_piece", Piece.Pair((1, 2)), "value.Pair.1: expected a text, found int"),
    ("give_piece", Piece.Dated(NOON, timedelta(-1), 1), "value.Dated.lasts: -1 day, 0:00:00 is out of range"),
    ("give_piece", Piece.Split(["Gap"]), "value.Split: expected 2 elements, found 1"),
    ("give_shelf", {**SHELF, "grid": [[1, 2], [3], [5, 6]]}, "value.grid[1]: expected 2 elements, found 1"),
]


def many(count):
    """More keys than anybody compares one by one."""
    return [((number % 300, number // 300), None) for number in range(count)]


class Shelves(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.every = await create()
        self.addAsyncCleanup(self.every.close)

    async def test_each(self):
        given = every.echo_shelf_here(SHELF)
        self.assertEqual(given, SHELF)
        for name, value in SHELF.items():
            self.assertIs(type(given[name]), type(value), name)
        self.assertEqual(given["since"].utcoffset(), timedelta(0))
        stream = self.every.events.stream()
        await self.every.fire_shelf(SHELF, NOON, {"a": 1})
        events = [await anext(stream), await anext(stream)]
        self.assertEqual([event.name for event in events], ["on_shelf", "on_scores"])
        self.assertEqual([event.payload for event in events], [{"shelf": SHELF, "at": NOON}, {"a": 1}])

    async def test_what_does_not_fit(self):
        for name, value, text in FAULTS:
            with self.subTest(text), self.assertRaises(ffi_host.ArgumentError) as caught:
                await getattr(self.every, name)(value)
            self.assertTrue(str(caught.exception).startswith(f"every_{name}: {text}"), caught.exception)

    async def test_what_fits_in_more_than_one_form(self):
        given = self.every
        self.assertEqual(await given.give_map(collections.OrderedDict(b=2, a=1)), {"a": 1, "b": 2})
        self.assertEqual(await given.give_map([("b", 2), ["a", 1]]), {"a": 1, "b": 2})
        self.assertEqual(list(await given.give_map({"bb": 2, "c": 1})), ["c", "bb"])
        for pairs in ({(0, 1): "x"}, [((0, 1), "x")], [[[0, 1], "x"]]):
            self.assertEqual(await given.give_map_pair(pairs), {(0, 1): "x"})
        span, earlier = timedelta(microseconds=1), NOON - timedelta(microseconds=1)
        ordered = [(span, NOON), (timedelta(1), earlier)]
        for pairs in (ordered[::-1], dict(ordered), [[timedelta(1), earlier], [span, NOON]]):
            self.assertEqual(await given.give_map_duration(pairs), ordered)
        self.assertEqual(await given.give_set(frozenset("ab")), {"a", "b"})
        self.assertEqual(await given.give_set({"a": 1}.keys()), {"a"})
        self.assertEqual(await given.give_set(["a"]), {"a"})
        for values in ({(0, "a")}, [(0, "a")], [[0, "a"]]):
            self.assertEqual(await given.give_set_tuple(values), {(0, "a")})
        for values in ({NOON, earlier}, [NOON, earlier]):
            self.assertEqual(await given.give_set_time(values), [earlier, NOON])
        for values in ({None, 0}, [None, 0]):
            self.assertCountEqual(await given.give_set_option(values), [None, 0])
            self.assertIs(type(await given.give_set_option(values)), list)
        self.assertEqual(await given.give_tuple([1, "a"]), (1, "a"))
        self.assertEqual(await given.give_array((1, 2, 3)), [1, 2, 3])
        self.assertEqual(await given.give_array_bytes(bytearray(b"1234")), b"1234")
        self.assertEqual(await given.give_path("/a"), pathlib.Path("/a"))
        self.assertEqual(await given.give_path(pathlib.PurePosixPath("a")), pathlib.Path("a"))
        self.assertEqual(await given.give_address("0::1"), ipaddress.IPv6Address("::1"))
        self.assertEqual(await given.give_address(ipaddress.IPv4Address("10.0.0.1")), ipaddress.IPv4Address("10.0.0.1"))
        self.assertIsNone(await given.give_option_time())
        self.assertEqual(await given.give_piece("Gap"), Piece.Gap())

    async def test_there_and_back(self):
        given, near, far = self.every, ipaddress.ip_address("::1"), ipaddress.ip_address("10.0.0.1")
        earlier = NOON - timedelta(microseconds=1)
        for call, value in [
            (given.give_map_pair, {(1, -2): "x", (0, 1): None}),
            (given.give_map_wide, {(1 << 127) - 1: Piece.Gap(), -(1 << 127): Piece.Pair((1, "x"))}),
            (given.give_map_address, {near: timedelta(1), far: timedelta(0)}),
            (given.give_map_bytes, {b"": b"\0\0", b"\xff\0": b"ab", bytes(range(256)): b"\0\xff"}),
            (given.give_map_duration, [(timedelta(0), NOON), (timedelta(1), earlier)]),
            (given.give_map_option, [("ü", 2), (None, 1)]),
            (given.give_set_tuple, {(2, "b"), (1, "a")}),
            (given.give_set_peer, {"[::1]:80", "127.0.0.1:65535"}),
            (given.give_set_time, [earlier, NOON]),
        ]:
            for sent in (value, type(value)()):
                got = await call(sent)
                self.assertEqual((got, type(got), call.blocking(sent)), (sent, type(value), sent))
        # Two in Rust, and one as a `Path`.
        paths = await given.give_map_path({"./a": near, "a": far, pathlib.Path("/ünder it"): far})
        self.assertEqual({place for _, place in paths}, {near, far})
        self.assertEqual(len(paths), 3)
        numbers = given.give_set_option.blocking([(1 << 16) - 1, None, 0])
        self.assertCountEqual(numbers, [None, 0, (1 << 16) - 1])
        self.assertEqual(await given.give_set_option([]), [])

    async def test_the_library_s_own_texts(self):
        for call, text in [
            (self.every.give_peer("127.0.0.1"), 'value: "127.0.0.1" is not an IP address with a port'),
            (self.every.give_set_peer({"127.0.0.1"}), 'value[0]: "127.0.0.1" is not an IP address with a port'),
            (self.every.give_non_zeros((-1, 0)), "value.1: 0 where the type has no 0"),
        ]:
            with self.assertRaises(ffi_host.CallError) as caught:
                await call
            self.assertIn(text, str(caught.exception))

    async def test_many_keys(self):
        pairs = many(20_000)
        self.assertEqual(await self.every.give_map_pair(pairs[::-1]), dict(pairs))
        spans = [(timedelta(seconds=number), NOON) for number in range(20_000)]
        self.assertEqual(await self.every.give_map_duration(spans[::-1]), spans)
        words = {str(number) for number in range(20_000)}
        self.assertEqual(await self.every.give_set(words), words)
        deep = Piece.Gap()
        for _ in range(3000):
            deep = Piece.Index({"a": deep}, set())
        with self.assertRaisesRegex(ffi_host.ArgumentError, "^every_give_piece: an argument is nested too deeply$"):
            await self.every.give_piece(deep)
        with self.assertRaisesRegex(ffi_host.ArgumentError, r"value\[20000\].key: stands twice"):
            await self.every.give_map_pair([*pairs, pairs[7]])
        with self.assertRaisesRegex(ffi_host.ArgumentError, r"value\[20000\].key: stands twice"):
            await self.every.give_map_duration([*spans, spans[7]])

    async def test_help(self):
        for line in [
            "    points: dict[Level, Point]  -- Points by the place of a level.",
            "    by_place: dict[tuple[int, int], str | None]  -- Keys that are tuples.",
            "    words: set[str]  -- Words, each once.",
            "    colours: set[Annotated[bytes, 3]]  -- Arrays, each once.",
            "    pair: tuple[str, int]  -- A text and a number.",
            "    grid: Annotated[list[Annotated[list[int], 2]], 3]  -- Arrays in an array.",
            "    timeout: timedelta  -- How long it takes.",
            "    until: datetime | None  -- When it ended, if it has.",
            "    path: Path  -- Where it lies.",
            "    address: IPv4Address | IPv6Address  -- A machine.",
        ]:
            self.assertIn(f"\n{line}\n", self.every.give_shelf.__doc__)
        for name, text in [
            ("give_map_duration", "list[tuple[timedelta, datetime]]"),
            ("give_map_option", "list[tuple[str | None, int]]"),
            ("give_map_bytes", "dict[bytes, Annotated[bytes, 2]]"),
            ("give_set_option", "list[int | None]"),
            ("give_set_peer", "set[str]"),
        ]:
            self.assertIn(f"(value: {text}) -> {text}\n", getattr(self.every, name).__doc__)
        self.assertIn("Index(field0: dict[str, Piece], field1: set[int])", self.every.give_piece.__doc__)


class Times(unittest.TestCase):
    def test_what_is_finer_is_cut_toward_the_past(self):
        before = datetime.datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
        self.assertEqual(every.time_of(0, 1_999), datetime.datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC))
        self.assertEqual(every.time_of(-1, 999_999_999), before)
        self.assertEqual(every.duration_of(0, 999), timedelta(0))
        self.assertEqual(every.duration_of(1, 1_999), timedelta(seconds=1, microseconds=1))

    def test_what_is_out_of_range(self):
        self.assertEqual(every.time_of(253_402_300_799, 999_999_999), datetime.datetime.max.replace(tzinfo=UTC))
        self.assertEqual(every.time_of(-62_135_596_800, 0), datetime.datetime.min.replace(tzinfo=UTC))
        for secs in (253_402_300_800, -62_135_596_801, 1 << 62, -(1 << 62)):
            with self.assertRaises(ffi_host.FfiError) as caught:
                every.time_of(secs, 0)
            text = f"every_time_of: its answer cannot be read: {secs} seconds from 1970 are out of range of a datetime"
            self.assertEqual(str(caught.exception), text)
        longest = 86_400 * 1_000_000_000 - 1
        self.assertEqual(every.duration_of(longest, 999_999_999), timedelta.max)
        for secs in (longest + 1, (1 << 64) - 1):
            with self.assertRaisesRegex(ffi_host.FfiError, f"read: {secs} seconds are out of range of a timedelta$"):
                every.duration_of(secs, 0)

    def test_other_zones_and_the_ends(self):
        with every.create.blocking({"name": "", "delay_ms": 0}) as context:
            east = datetime.timezone(timedelta(hours=14))
            for time in (NOON.astimezone(east), datetime.datetime.max.replace(tzinfo=UTC), datetime.datetime(1, 1, 1, 14, tzinfo=east)):
                given = context.give_time.blocking(time)
                self.assertEqual((given, given.tzinfo), (time, UTC))
            for span in (timedelta(0), timedelta(microseconds=1), timedelta.max):
                self.assertEqual(context.give_duration.blocking(span), span)

    def test_they_are_told_from_each_other_as_they_were_sent(self):
        read = native().decoder.reader({"set": {"tuple": ["time", {"set": "duration"}]}})

        def values(*digits):
            return _reader.Reader(bytes.fromhex("".join(["98", f"{len(digits):02x}", *digits]))).whole(read)

        def pair(time, spans):
            return f"82d903e9{time}{spans}"

        start, later, spans = "a201002800", "a201002801", "82820000820001"
        # Within one microsecond.
        self.assertEqual(len(values(pair(start, "80"), pair(later, "80"), pair(start, "81820001"))), 3)
        for other in (pair("a10100", spans), pair("a228000100", spans), pair(start, "82820001820000")):
            with self.assertRaisesRegex(_reader.Fault, r"^\[1\]: stands twice$"):
                values(pair(start, spans), other)
        with self.assertRaisesRegex(_reader.Fault, r"^\[0\].1\[1\]: stands twice$"):
            values(pair(start, "82820001820001"))


class Types(unittest.TestCase):
    def read(self, returns):
        function = dict(name="l_f", kind="stateless", docs="", params=[], returns=returns, is_async=False)
        return _schema.read("l", dict(format=2, name="l", version="", docs="", options={}, functions=[function], types=[]))

    def test_types_that_are_none(self):
        self.read({"map": [{"tuple": ["i8", {"array": ["u8", 1]}]}, {"set": "path"}]})
        for returns, text in [
            ({"array": ["u8", 0]}, "an array has 0 elements"),
            ({"array": ["u8", True]}, "an array has True elements"),
            ({"array": ["u8"]}, "not enough values"),
            ({"map": ["u8"]}, "not enough values"),
            ({"map": {"u8": "u8"}}, "a dict stands for a list"),
            ({"tuple": "u8"}, "a str stands for a list"),
            ({"tuple": ["u8", {"mist": "u8"}]}, "a type is a mist, which this package does not know"),
            ({"map": ["u8", {"list": "strong"}]}, "a type is strong, which this package does not know"),
            ({"map": ["u8", {"named": "Nobody"}]}, "Nobody"),
            ({"set": None}, "its schema is not one"),
        ]:
            with self.subTest(returns), self.assertRaisesRegex(ffi_host.LoadError, text):
                self.read(returns)
