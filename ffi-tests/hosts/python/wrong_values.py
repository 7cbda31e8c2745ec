"""Wrong values in every position of every type, on both paths: each is refused with the function and the way to it, and
none crosses as another value. What is right is told by the annotations, as a type checker reads them; but a `bool` is
no number."""

import collections
import decimal
import enum
import types
import typing

import every
from every import Currency, Empty, Every, EveryBlocking, Level, Link, Point, Tree
from every import _flattened, _runtime
from counted import everything


def samples():
    """Values of every kind, a generator among them, which is used up by whoever takes from it."""
    return [
        None, True, 1, 1.5, "a", "ab", b"a", bytearray(b"a"), memoryview(b"a"), [], [1], [True], [1.5], ["a"], [b"a"],
        [None], [[1]], [Level.MIDDLE], [Currency.YEN], [Point(1.0, None)], [Empty()], (1, 1), {}, {"a": 1}, {1}, range(2),
        collections.deque([1]), iter([1]), (1 for _ in "a"), decimal.Decimal(1), decimal.Decimal("1.5"), 1j, object(),
        int, Level.MIDDLE, Currency.YEN, Point(1.0, None), Point, Empty(), Tree(1, []), Link(1, None),
    ]


def takes(kind, value, name):
    """Whether a type checker takes this value for the annotation of the field of this name."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union:
        return value is None or takes(inner[0], value, name)
    if origin is list:
        return isinstance(value, (list, tuple, range, collections.deque)) and all(takes(inner[0], it, name) for it in value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is float:
        return isinstance(value, (int, float, decimal.Decimal)) and not isinstance(value, bool)
    if kind is bytes:
        return isinstance(value, (bytes, bytearray, memoryview))
    return isinstance(value, kind) and (kind is not str or "char" not in name or len(value) == 1)


def outcome(call, *arguments):
    """What a call gives, or its error."""
    try:
        return call(*arguments)
    except (TypeError, OverflowError) as error:
        return error


def over_cbor(value):
    return _runtime.call_blocking(_flattened.call_echo_here, _runtime.State(0, True), (value,), None)


def in_every_field():
    """Each field of the record that has a field of every type."""
    hints, tried = typing.get_type_hints(every.Everything, vars(every._types)), 0
    for name, kind in hints.items():
        for index in range(len(samples())):
            outcomes = []
            for call in (EveryBlocking.echo_here, over_cbor):
                record, value = everything(b""), samples()[index]
                setattr(record, name, value)
                outcomes.append(outcome(call, record))
            native, wire = outcomes
            what = (name, kind, value, outcomes)
            if takes(kind, value, name):
                assert native == wire or isinstance(native, OverflowError) and str(native) == str(wire), what
            else:
                assert type(native) is type(wire) is TypeError and str(native) == str(wire), what
                assert str(native).startswith(f"every_echo_here: value.{name}"), what
            tried += 1
    assert tried > 2000, tried


def as_parameters():
    """Where the fault stands in a parameter, and among several."""
    rest = (1, 1.0, "c", True, [1], None, Point(1.0, None), Level.MIDDLE, 1, 2, None, 3)
    for index, wrong, text in [
        (0, "1", "a_byte: expected int, not str"), (1, "1", "b_real: expected float, not str"),
        (2, b"c", "c_text: expected str, not bytes"), (3, 1, "d_flag: expected bool, not int"),
        (4, b"abc", "e_list: expected list, not bytes"), (4, [1, "2"], "e_list[1]: expected int, not str"),
        (5, 5, "f_option: expected str, not int"), (6, {"x": 1.0}, "g_point: expected Point, not dict"),
        (6, Point("1", None), "g_point.x: expected float, not str"), (7, 1, "h_level: expected Level, not int"),
        (7, Currency.YEN, "h_level: expected Level, not Currency"), (8, None, "type: expected int, not None"),
        (10, "abc", "cb: expected list, not str"), (10, ["a", 7], "cb[1]: expected str, not int"),
        (10, ("a" for _ in "a"), "cb: expected list, not generator"), (10, {"a": 1}, "cb: expected list, not dict"),
    ]:
        arguments = [*rest[:index], wrong, *rest[index + 1:]]
        for transport in ("native", "cbor"):
            with EveryBlocking.create(every.Config("p", None, 0), transport=transport) as it:
                error = outcome(it.many, *arguments)
                assert str(error) == f"every_many: {text}", (error, text)
    deep = Tree(1, [Tree(2, []), Tree(3, [Tree("4", [])])])
    assert str(outcome(over_cbor, 5)) == "every_echo_here: value: expected Everything, not int"
    with EveryBlocking.create(every.Config("p", None, 0)) as it:
        text = "every_give_tree: value.children[1].children[0].value: expected int, not str"
        assert str(outcome(it.give_tree, deep)) == text
        record = Link.__new__(Link)
        assert str(outcome(it.give_link, record)) == "every_give_link: value.value: is missing"
        alike = types.SimpleNamespace(x=1.0, y=None)
        assert it.give_point(alike) == Point(1.0, None), "what has the same fields is as good"
    error = outcome(EveryBlocking.create, every.Config(7, None, 0))
    assert str(error) == "every_create: config.name: expected str, not int"


def in_exports():
    """Exports are told in the same words."""
    for export, wrong, text in [
        (Every.same_i8, "1", "every_same_i8: value: expected int, not str"),
        (Every.same_i8, True, "every_same_i8: value: expected int, not bool"),
        (Every.same_i8, 128, "every_same_i8: value: 128 does not fit i8"),
        (Every.same_u64, -1, "every_same_u64: value: -1 does not fit u64"),
        (Every.same_i64, decimal.Decimal("1.5"), "every_same_i64: value: expected int, not Decimal"),
        (Every.same_f64, "1", "every_same_f64: value: expected float, not str"),
        (Every.same_f32, None, "every_same_f32: value: expected float, not None"),
        (Every.same_bool, 1, "every_same_bool: value: expected bool, not int"),
        (Every.same_char, b"a", "every_same_char: value: expected str, not bytes"),
        (Every.same_char, "ab", "every_same_char: value: expected a str of one character, not of 2"),
        (Every.next_level, 1, "every_next_level: this_level: expected Level, not int"),
    ]:
        assert str(outcome(export, wrong)) == text, (outcome(export, wrong), text)


def numbers():
    """Numbers of other kinds cross where nothing is lost, and no number becomes another."""

    class Index:
        def __index__(self):
            return 7

    class Number(enum.IntEnum):
        SEVEN = 7

    with EveryBlocking.create(every.Config("p", None, 0)) as it:
        for seven in (Index(), Number.SEVEN):
            assert it.give_i8(seven) == it.give_i64(seven) == it.give_u64(seven) == 7
            assert it.give_list_i32([1, seven]) == [1, 7]
        assert it.give_f64(3) == 3.0 and it.give_f64(decimal.Decimal("0.5")) == 0.5
        for number in (decimal.Decimal("1e400"), decimal.Decimal("1e-400")):
            error = outcome(it.give_f64, number)
            assert str(error) == f"every_give_f64: value: {number!r} does not fit f64", error
        error = outcome(it.give_i64, 10**5000)
        assert str(error) == "every_give_i64: value: an int of 16610 bits does not fit i64", error
        error = outcome(it.give_list_i32, [0, 1 << 31])
        assert str(error) == "every_give_list_i32: value[1]: 2147483648 does not fit i32", error


def in_data_enums():
    """What is wrong within a variant is told with the variant, on both paths."""
    heading = every.BlockHeading
    for value, text in [
        (heading("x", True, []), ".Heading.level_of: expected int, not str"),
        (heading(256, True, []), ".Heading.level_of: 256 does not fit u8"),
        (heading(1, True, [every.BlockRule(), heading(1, 1, [])]), ".Heading.children[1].Heading.in_bold: expected bool, not int"),
        (heading(1, True, ["Rule"]), ".Heading.children[0]: expected Block, not str"),
        (every.BlockParagraph(None), ".Paragraph: expected str, not None"),
        (every.BlockMeasure("1", None), ".Measure.0: expected float, not str"),
        (every.BlockMeasure(1.0, "mm"), ".Measure.1: expected a str of one character, not of 2"),
        (every.BlockQuote(every.BlockQuote(7)), ".Quote.Quote: expected Block, not int"),
        (every.BlockStyled(Level.NEXT, None, None), ".Styled.at: expected Point, not None"),
        (every.BlockStyled(Currency.YEN, Point(1.0, None), None), ".Styled.type: expected Level, not Currency"),
        (every.BlockImage("00"), ".image: expected bytes, not str"),
        (every.BlockSigned(every.BlockRule()), ".Signed: expected Sign, not BlockRule"),
        (every.BlockSigned(every.SignBetween(1, 1 << 15)), ".Signed.Between.1: 32768 does not fit i16"),
        (every.BlockQuote.__new__(every.BlockQuote), ".Quote.value: is missing"),
        (None, ": expected Block, not None"), (every.BlockRule, ": expected Block, not type"),
        (Point(1.0, None), ": expected Block, not Point"), ("Rule", ": expected Block, not str"), (0, ": expected Block, not int"),
    ]:
        for transport in ("native", "cbor"):
            with EveryBlocking.create(every.Config("p", None, 0), transport=transport) as it:
                for name in ("give_block", "give_box_block", "give_option_block"):
                    if value is None and name == "give_option_block":
                        continue
                    error = outcome(getattr(it, name), value)
                    assert str(error) == f"every_{name}: value{text}", (error, text)
                error = outcome(it.give_list_block, [every.BlockRule(), value])
                assert str(error) == f"every_give_list_block: value[1]{text}", (error, text)
    for tag in (-1, 4):
        try:
            _flattened._get_Sign(iter([tag]).__next__)
        except ValueError as error:
            assert str(error) == f"{tag} is no Sign", error
        else:
            raise AssertionError(f"{tag} is a tag")
    endless = heading(1, True, [])
    endless.children.append(endless)
    with EveryBlocking.create(every.Config("p", None, 0)) as it:
        try:
            it.give_block(endless)
        except RecursionError as error:
            assert str(error) == "every_give_block: an argument is nested too deeply"


for part in (in_every_field, as_parameters, in_exports, numbers, in_data_enums):
    part()
print("wrong values: all passed")
