"""A host of the collections, times and numbers of the library `every`, typed as `mypy --strict` wants it: values of
Python's own classes come back as they went, and what has no place on one of the two sides is told."""

from __future__ import annotations

import asyncio
import collections
import copy
import datetime
import ipaddress
import os
import pathlib
import pickle
import types
import typing

from every import (
    Config,
    Every,
    EveryBlocking,
    EveryError,
    Level,
    OnScoresEvent,
    OnShelfEvent,
    Piece,
    PieceDated,
    PieceGap,
    PieceHost,
    PieceIndex,
    PiecePair,
    PieceSplit,
    Point,
    Shelf,
    Transport,
    _flattened,
    _runtime,
)

CONFIG = Config("python", None, 0)
TRANSPORTS: tuple[Transport, ...] = ("native", "cbor")
UTC = datetime.timezone.utc
Span, Time = datetime.timedelta, datetime.datetime

NOON = Time(2024, 2, 29, 12, 0, 0, 123456, UTC)
SHELF = Shelf(
    scores={"a": 1, "ünder\0it": -2}, points={Level.NEXT: Point(1.5, None)}, names={-1: ["below"], 1: []},
    nested={True: {"a": 1}, False: {}}, by_place={(0, 1): "corner", (1, 0): None}, words={"one", "three"},
    numbers={0, 255}, colours={b"\0\0\0", b"\xff\0\x80"}, pair=("pair", 7), single=(0.5,), digest=b"\1\2\3\4",
    axes=["x", "y"], grid=[[1, 2], [3, 4], [5, -6]], timeout=Span(seconds=1.5), since=NOON, until=None,
    signed=-(1 << 127), unsigned=(1 << 128) - 1, rows=1, columns=None, path=pathlib.Path("/shelf/a b"),
    address=ipaddress.IPv6Address("fe80::1"), peer="[::1]:80", shared=Point(0.0, None), label="", marks=[1, 2],
    title="title", note="note", rest=[Point(1.0, 2.0)], queue=["first"], ring=b"\1\2",
)  # fmt: skip
PIECES: list[Piece] = [
    PieceGap(), PiecePair((1, "x")), PieceIndex({"a": PieceGap(), "b": PiecePair((1, "x"))}, {1, 300}),
    PieceDated(NOON, Span(days=3), 1 << 100), PieceSplit([PieceGap(), PieceHost(ipaddress.IPv4Address("127.0.0.1"))]),
]  # fmt: skip


class Named(typing.NamedTuple):
    """A tuple whose values have names."""

    number: int
    text: str


class Wanted:
    """What a path is taken from: whatever the system takes for one."""

    def __fspath__(self) -> str:
        return "/wanted"


def refused(call: typing.Callable[..., object], *arguments: object) -> str:
    """What a call is refused with."""
    try:
        made = call(*arguments)
    except (TypeError, OverflowError, UnicodeEncodeError, EveryError) as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError(f"{arguments} gave {made!r}")


def whole(it: EveryBlocking) -> None:
    """One of each comes back as it went."""
    assert it.give_shelf(SHELF) == SHELF == it.echo_shelf_here(SHELF), it.echo_shelf_here(SHELF)
    for piece in PIECES:
        assert it.give_piece(piece) == piece
        assert copy.deepcopy(piece) == pickle.loads(pickle.dumps(piece)) == piece
    assert it.give_array_piece(PIECES[:2]) == PIECES[:2]
    assert it.give_tuple_piece((PIECES[2], Point(1.0, None))) == (PIECES[2], Point(1.0, None))
    assert it.give_tuple_one((Level.NEXT,)) == (Level.NEXT,)


def taken(it: EveryBlocking) -> None:
    """What is like a value is taken for it."""
    assert it.give_path("/a/./b/") == pathlib.Path("/a/b") == it.give_path(pathlib.PurePosixPath("/a/b"))
    assert it.give_path(Wanted()) == pathlib.Path("/wanted") and it.give_path("") == pathlib.Path()
    assert it.give_list_path([pathlib.Path("a"), pathlib.Path("ünder it")]) == [pathlib.Path("a"), pathlib.Path("ünder it")]
    assert it.give_address("::1") == ipaddress.IPv6Address("::1") == it.give_address(ipaddress.ip_address("::1"))
    assert it.give_option_address(None) is None and it.give_option_address("1.2.3.4") == ipaddress.IPv4Address("1.2.3.4")
    mapped = ipaddress.IPv6Address("::ffff:1.2.3.4")
    assert it.give_address(mapped) == mapped and it.give_peer("127.0.0.1:80") == "127.0.0.1:80"
    counted: typing.Any = types.MappingProxyType({"a": 1})
    assert it.give_map(counted) == {"a": 1} == it.give_map(collections.OrderedDict(a=1))
    words: typing.Any = frozenset({"a", "b"})
    assert it.give_set(words) == {"a", "b"} == it.give_set(typing.cast(typing.Any, dict.fromkeys(words).keys()))
    assert it.give_set_tuple({(2, "b"), (1, "a")}) == {(1, "a"), (2, "b")} and it.give_set_u8(set()) == set()
    named = Named(1, "a")
    assert it.give_tuple(named) == (1, "a") and type(it.give_tuple(named)) is tuple
    octets: typing.Any = bytearray(b"\1\2\3\4")
    assert it.give_array_bytes(octets) == b"\1\2\3\4" and it.give_array_array([b"\1\2", b"\3\4"]) == [b"\1\2", b"\3\4"]
    assert it.give_option_map({"a": {True: 1}}) == {"a": {True: 1}} and it.give_option_map(None) is None
    assert list(it.give_map({"b": 1, "a": 2})) == ["a", "b"]


def keyed(it: EveryBlocking) -> None:
    """A map is a dict and a set is Python's where the keys have a hash and none is cut; else they are lists, in order."""
    places: dict[tuple[int, int], str | None] = {(1, -2): "x", (0, 1): None}
    assert it.give_map_pair(places) == places and it.give_map_pair({}) == {}
    placed: typing.Any = types.MappingProxyType({Named(1, "a"): None})
    assert it.give_set_tuple(placed.keys()) == {(1, "a")} and type(next(iter(it.give_set_tuple({Named(1, "a")})))) is tuple
    wide: dict[int, Piece] = {(1 << 127) - 1: PIECES[1], -(1 << 127): PIECES[0]}
    assert it.give_map_wide(wide) == wide
    one, other = ipaddress.ip_address("::1"), ipaddress.ip_address("1.1.1.1")
    assert it.give_map_address({one: Span(1), other: Span(0)}) == {one: Span(1), other: Span(0)}
    texts: typing.Any = {"::1": Span(1), other: Span(0)}
    assert it.give_map_address(texts) == {one: Span(1), other: Span(0)}
    paths = [(pathlib.Path("/ünder it"), other), (pathlib.Path("a"), one), (pathlib.Path(), one)]
    assert dict(it.give_map_path(paths)) == dict(paths)
    wanted: typing.Any = [(Wanted(), "::1"), ("a/./b/", "1.1.1.1")]
    assert dict(it.give_map_path(wanted)) == {pathlib.Path("/wanted"): one, pathlib.Path("a/b"): other}
    # Two in Rust, and one as a `Path`.
    apart: typing.Any = [("./a", "::1"), ("a", "1.1.1.1")]
    assert {place for _, place in it.give_map_path(apart)} == {one, other}
    octets = {b"": b"\0\0", b"\xff\0": b"ab", bytes(range(256)): b"\0\xff"}
    assert it.give_map_bytes(octets) == octets
    peers = {"[::1]:80", "127.0.0.1:65535"}
    assert it.give_set_peer(peers) == peers and it.give_set_peer({"[0::1]:080"}) == {"[::1]:80"}
    earlier = NOON - Span(microseconds=1)
    pairs = [(Span(microseconds=1), NOON), (Span(1), earlier)]
    assert it.give_map_duration(pairs[::-1]) == pairs and it.give_map_duration([]) == []
    alike: typing.Any = (pairs[0], pairs[1])
    assert it.give_map_duration(alike) == pairs
    assert it.give_set_time([NOON, earlier]) == [earlier, NOON] and it.give_set_time([]) == []
    counts = it.give_map_option([(None, 1), ("ü", 2)])
    assert len(counts) == 2 and dict(counts) == {None: 1, "ü": 2}
    numbers = it.give_set_option([(1 << 16) - 1, None, 0])
    assert len(numbers) == 3 and set(numbers) == {None, 0, (1 << 16) - 1}


def times(it: EveryBlocking) -> None:
    """Times are those of UTC, to the microsecond and in Python's range."""
    for span in (Span(0), Span(microseconds=1), Span(days=-1, seconds=86400), Span.max):
        assert it.give_duration(span) == span
    least, most = Time.min.replace(tzinfo=UTC), Time.max.replace(tzinfo=UTC)
    for time in (NOON, least, most, Time(1969, 12, 31, 23, 59, 59, 999999, UTC), Time.fromtimestamp(0, UTC)):
        got = it.give_time(time)
        assert got == time and got.tzinfo is UTC
    east = datetime.timezone(Span(hours=5, minutes=30))
    assert it.give_time(NOON.astimezone(east)) == NOON
    assert it.give_list_duration([Span(1), Span(2)]) == [Span(1), Span(2)] and it.give_option_time(None) is None
    outside = refused(it.give_time, Time.max.replace(tzinfo=datetime.timezone(Span(hours=-1))))
    assert "are out of range of a datetime" in outside, outside


def bounds() -> None:
    """What Python has no value for is told, and what is finer than its times is cut toward the past."""

    def over_cbor(function: typing.Any) -> typing.Callable[..., typing.Any]:
        return lambda *arguments: _runtime.call_blocking(function, _runtime.State(0, True), arguments, None)

    for time_of in (EveryBlocking.time_of, over_cbor(_flattened.call_time_of)):
        assert time_of(1, 1) == Time(1970, 1, 1, 0, 0, 1, 0, UTC)
        assert time_of(-1, 999_999_999) == Time(1969, 12, 31, 23, 59, 59, 999999, UTC)
        assert time_of(253402300799, 999_999_999) == Time.max.replace(tzinfo=UTC)
        assert time_of(-62135596800, 0) == Time.min.replace(tzinfo=UTC)
        for secs in (253402300800, -62135596801, (1 << 63) - 2, -(1 << 63)):
            said = f"EveryError: every_time_of: the library sent what cannot be read: {secs} seconds from 1970 are out of range"
            assert refused(time_of, secs, 0) == f"{said} of a datetime"
    for duration_of in (EveryBlocking.duration_of, over_cbor(_flattened.call_duration_of)):
        assert duration_of(0, 999) == Span(0) and duration_of(0, 1999) == Span(microseconds=1)
        assert duration_of(86399999999999, 999_999_999) == Span.max
        for secs in (86400000000000, (1 << 64) - 1):
            said = f"EveryError: every_duration_of: the library sent what cannot be read: {secs} seconds are out of range"
            assert refused(duration_of, secs, 0) == f"{said} of a timedelta"


def wrong(it: EveryBlocking) -> None:
    """What is none of the library's values is refused with the function and the way to it."""
    naive, aware = Time(2024, 1, 1), "expected an aware datetime.datetime, not a naive one"
    below, text = Span(microseconds=-1), "datetime.timedelta(days=-1, seconds=86399, microseconds=999999) does not fit duration"
    beyond = "170141183460469231731687303715884105728"
    least, east = Time.min.replace(tzinfo=UTC), datetime.timezone(Span(hours=5, minutes=30))
    gone = copy.copy(SHELF)
    gone.by_place = {(0, 1): None, (0, 1 << 15): "corner"}
    hidden = copy.copy(SHELF)
    hidden.nested = {True: {"ab": 1}}
    for call, value, said in [
        (it.give_time, naive, f"TypeError: every_give_time: value: {aware}"),
        (it.give_time, NOON.date(), "TypeError: every_give_time: value: expected datetime.datetime, not date"),
        (it.give_time, 1.0, "TypeError: every_give_time: value: expected datetime.datetime, not float"),
        (it.give_option_time, naive, f"TypeError: every_give_option_time: value: {aware}"),
        (it.give_piece, PieceDated(naive, Span(0), 1), f"TypeError: every_give_piece: value.Dated.at: {aware}"),
        (it.give_duration, below, f"OverflowError: every_give_duration: value: {text}"),
        (it.give_list_duration, [Span(0), below], f"OverflowError: every_give_list_duration: value[1]: {text}"),
        (it.give_duration, 1, "TypeError: every_give_duration: value: expected datetime.timedelta, not int"),
        (it.give_i128, 1 << 127, f"OverflowError: every_give_i128: value: {beyond} does not fit i128"),
        (it.give_u128, -1, "OverflowError: every_give_u128: value: -1 does not fit u128"),
        (it.give_u128, 1 << 128, "OverflowError: every_give_u128: value: an int of 129 bits does not fit u128"),
        (it.give_list_i128, [0, "1"], "TypeError: every_give_list_i128: value[1]: expected int, not str"),
        (it.give_path, b"/a", "TypeError: every_give_path: value: expected pathlib.Path, not bytes"),
        (it.give_list_path, [pathlib.Path("a"), 1], "TypeError: every_give_list_path: value[1]: expected pathlib.Path, not int"),
        (it.give_address, 1, "TypeError: every_give_address: value: expected an IPv4Address or IPv6Address, not int"),
        (it.give_address, "nowhere", 'EveryError: every_give_address: value: "nowhere" is not an IP address'),
        (it.give_peer, "::1", 'EveryError: every_give_peer: value: "::1" is not an IP address with a port'),
        (it.give_peer, 80, "TypeError: every_give_peer: value: expected str, not int"),
        (it.give_tuple, [1, "a"], "TypeError: every_give_tuple: value: expected tuple, not list"),
        (it.give_tuple, (1,), "TypeError: every_give_tuple: value: expected a tuple of 2 elements, not of 1"),
        (it.give_tuple, ("a", 1), "TypeError: every_give_tuple: value.0: expected int, not str"),
        (it.give_list_tuple, [(True, "a"), (1, "a")], "TypeError: every_give_list_tuple: value[1].0: expected bool, not int"),
        (it.give_array, [1, 2], "TypeError: every_give_array: value: expected a list of 3 elements, not of 2"),
        (it.give_array, [1, 2, 3, 4], "TypeError: every_give_array: value: expected a list of 3 elements, not of 4"),
        (it.give_array, [1, 2, 1 << 31], "OverflowError: every_give_array: value[2]: 2147483648 does not fit i32"),
        (it.give_array_bytes, b"abc", "TypeError: every_give_array_bytes: value: expected 4 bytes, not 3"),
        (it.give_array_bytes, [1, 2, 3, 4], "TypeError: every_give_array_bytes: value: expected bytes, not list"),
        (it.give_array_array, [b"ab", b"c"], "TypeError: every_give_array_array: value[1]: expected 2 bytes, not 1"),
        (it.give_map, [("a", 1)], "TypeError: every_give_map: value: expected dict, not list"),
        (it.give_map, {"a": 1, 2: 1}, "TypeError: every_give_map: value[1].key: expected str, not int"),
        (it.give_map, {"a": 1, "b": None}, "TypeError: every_give_map: value[1].value: expected int, not None"),
        (it.give_map_level, {1: []}, "TypeError: every_give_map_level: value[0].key: expected Level, not int"),
        (it.give_map_pair, [((1, 2), None)], "TypeError: every_give_map_pair: value: expected dict, not list"),
        (it.give_map_pair, {(1, 2): None, (1,): None}, "TypeError: every_give_map_pair: value[1].key: expected a tuple of 2 elements, not of 1"),
        (it.give_map_pair, {(1, 2): None, 1: None}, "TypeError: every_give_map_pair: value[1].key: expected tuple, not int"),
        (it.give_map_pair, {(1, 2): None, (0, 0): 1}, "TypeError: every_give_map_pair: value[1].value: expected str, not int"),
        (it.give_map_wide, {0: PIECES[0], 1 << 127: PIECES[0]}, f"OverflowError: every_give_map_wide: value[1].key: {beyond} does not fit i128"),
        (it.give_map_address, [("::1", Span(0))], "TypeError: every_give_map_address: value: expected dict, not list"),
        (it.give_map_address, {1: Span(0)}, "TypeError: every_give_map_address: value[0].key: expected an IPv4Address or IPv6Address, not int"),
        (it.give_map_address, {"1.1.1.1": Span(0), "::1": below}, f"OverflowError: every_give_map_address: value[1].value: {text}"),
        (it.give_map_address, {"1.1.1.1": Span(0), "::1": Span(0), ipaddress.ip_address("::1"): Span(1)}, "EveryError: every_give_map_address: value[2].key: the key appears twice"),
        (it.give_map_path, [("a", "::1"), (b"b", "::1")], "TypeError: every_give_map_path: value[1].key: expected pathlib.Path, not bytes"),
        (it.give_map_path, [("a", "nowhere")], 'EveryError: every_give_map_path: value[0].value: "nowhere" is not an IP address'),
        (it.give_map_path, [("a", "::1"), (pathlib.Path("a"), "::1")], "EveryError: every_give_map_path: value[1].key: the key appears twice"),
        (it.give_map_bytes, [(b"", b"ab")], "TypeError: every_give_map_bytes: value: expected dict, not list"),
        (it.give_map_bytes, {"": b"ab"}, "TypeError: every_give_map_bytes: value[0].key: expected bytes, not str"),
        (it.give_map_bytes, {b"": b"ab", b"a": b"a"}, "TypeError: every_give_map_bytes: value[1].value: expected 2 bytes, not 1"),
        (it.give_map_duration, {Span(0): NOON}, "TypeError: every_give_map_duration: value: expected list, not dict"),
        (it.give_map_duration, [(Span(0), NOON), (below, NOON)], f"OverflowError: every_give_map_duration: value[1].key: {text}"),
        (it.give_map_duration, [(Span(0), NOON), (Span(1), naive)], f"TypeError: every_give_map_duration: value[1].value: {aware}"),
        (it.give_map_duration, [(Span(0), NOON, 3)], "TypeError: every_give_map_duration: value[0]: expected a tuple of 2 elements, not of 3"),
        (it.give_map_duration, ["ab"], "TypeError: every_give_map_duration: value[0]: expected tuple, not str"),
        (it.give_map_duration, [(Span(1), NOON), (Span(0), NOON), (Span(1), least)], "EveryError: every_give_map_duration: value[2].key: the key appears twice"),
        (it.give_map_option, [(None, 1), ("a", 1), (None, 2)], "EveryError: every_give_map_option: value[2].key: the key appears twice"),
        (it.give_set, ["a"], "TypeError: every_give_set: value: expected set, not list"),
        (it.give_set, {"a": 1}, "TypeError: every_give_set: value: expected set, not dict"),
        (it.give_set_u8, {256}, "OverflowError: every_give_set_u8: value[0]: 256 does not fit u8"),
        (it.give_set_u8, {True}, "TypeError: every_give_set_u8: value[0]: expected int, not bool"),
        (it.give_set_tuple, [(1, "a")], "TypeError: every_give_set_tuple: value: expected set, not list"),
        (it.give_set_tuple, {(1, 2)}, "TypeError: every_give_set_tuple: value[0].1: expected str, not int"),
        (it.give_set_peer, ["[::1]:80"], "TypeError: every_give_set_peer: value: expected set, not list"),
        (it.give_set_peer, {"::1"}, 'EveryError: every_give_set_peer: value[0]: "::1" is not an IP address with a port'),
        (it.give_set_peer, dict.fromkeys(("[::1]:80", "1.1.1.1:1", "[0::1]:80")).keys(), "EveryError: every_give_set_peer: value[2]: the value appears twice"),
        (it.give_set_option, {None}, "TypeError: every_give_set_option: value: expected list, not set"),
        (it.give_set_option, [None, 1 << 16], "OverflowError: every_give_set_option: value[1]: 65536 does not fit u16"),
        (it.give_set_option, [2, None, 2], "EveryError: every_give_set_option: value[2]: the value appears twice"),
        (it.give_set_time, {NOON}, "TypeError: every_give_set_time: value: expected list, not set"),
        (it.give_set_time, [NOON, naive], f"TypeError: every_give_set_time: value[1]: {aware}"),
        (it.give_set_time, [NOON, least, NOON.astimezone(east)], "EveryError: every_give_set_time: value[2]: the value appears twice"),
        (it.give_shelf, gone, "OverflowError: every_give_shelf: value.by_place[1].key.1: 32768 does not fit i16"),
        (it.give_shelf, hidden, "TypeError: every_give_shelf: value.nested[0].value[0].key: expected a str of one character, not of 2"),
    ]:  # fmt: skip
        told = refused(typing.cast(typing.Any, call), value)
        assert told == said, f"{told}\n{said}"
    if os.name == "posix":
        told = refused(it.give_path, os.fsdecode(b"/\xff"))
        assert told.startswith("UnicodeEncodeError: ") and told.endswith("(every_give_path: value)"), told


async def awaited(transport: Transport) -> None:
    """Values come back from what is awaited, and as events."""
    async with Every.create(CONFIG, transport=transport) as it:
        stream = it.events()
        await it.fire_shelf(SHELF, NOON, {"a": 1, "b": (1 << 32) - 1})
        shelf, scores = await stream.__anext__(), await stream.__anext__()
        assert isinstance(shelf, OnShelfEvent) and (shelf.payload.shelf, shelf.payload.at) == (SHELF, NOON), shelf
        assert scores == OnScoresEvent({"a": 1, "b": (1 << 32) - 1}), scores
        assert await it.give_path("/a") == pathlib.Path("/a") and await it.give_time(NOON) == NOON


for each in TRANSPORTS:
    with EveryBlocking.create(CONFIG, transport=each) as every:
        for part in (whole, taken, keyed, times, wrong):
            part(every)
    asyncio.run(awaited(each))
bounds()
print("shelves: all passed")
