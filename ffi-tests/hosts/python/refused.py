"""Calls that fail: the error that one fails with, and every value that is refused before it crosses."""

import math

from every import Config, EveryBlocking, EveryError, Link, Tree

CONFIG = Config("python", None, 0)


def raises(kind, call, *arguments):
    """The error that a call fails with."""
    try:
        call(*arguments)
    except kind as error:
        assert type(error) is kind, f"{error!r} is no plain {kind.__name__}"
        return error
    raise AssertionError(f"{call} was to fail with {kind.__name__}")


async def raises_async(kind, awaitable):
    """The error that what is awaited fails with."""
    try:
        await awaitable
    except kind as error:
        assert type(error) is kind, f"{error!r} is no plain {kind.__name__}"
        return error
    raise AssertionError(f"it was to fail with {kind.__name__}")


def bad_values():
    """What does not fit is refused before it crosses, and the next call works."""
    for transport in ("native", "cbor"):
        with EveryBlocking.create(CONFIG, transport=transport) as it:
            for method, wrong in [
                (it.give_i8, 128), (it.give_i8, -129), (it.give_u8, -1), (it.give_i16, 1 << 15), (it.give_u16, 1 << 16),
                (it.give_i32, 1 << 31), (it.give_u32, -1), (it.give_i64, 1 << 63), (it.give_i64, -(1 << 63) - 1),
                (it.give_u64, 1 << 64), (it.give_u64, -1), (it.give_isize, 1 << 63), (it.give_usize, 1 << 64),
                (it.give_f32, 1e300), (it.give_f32, -1e39), (it.give_f32, 1e-300), (it.give_f32, -7e-46),
                (it.give_f32, 3.4028235677973366e38), (it.give_f32, 10**400), (it.give_list_i32, [0, 1 << 31]), (it.give_option_i64, 1 << 63),
            ]:
                raises(OverflowError, method, wrong)
            for method, wrong in [
                (it.give_i32, 1.5), (it.give_i64, "1"), (it.give_list_i32, [1.5]), (it.give_char, "ab"), (it.give_char, 7),
                (it.give_string, 7), (it.give_list_string, ["a", 7]), (it.give_list_point, 7),
                (it.give_point, None),
            ]:
                raises(TypeError, method, wrong)
            error = raises(UnicodeEncodeError, it.give_string, "\ud800")
            assert str(error).endswith("surrogates not allowed (every_give_string: value)"), error
            assert it.give_i8(127) == 127
            assert it.give_f32(3.4028235677973362e38) == 3.4028234663852886e38 and it.give_f32(0.1) == 0.10000000149011612
            assert [repr(it.give_f32(exact)) for exact in (0.0, -0.0, math.inf, math.nan)] == ["0.0", "-0.0", "inf", "nan"]
            assert it.give_f32(1e-45) == 1.401298464324817e-45
            endless = Tree(1, [])
            endless.children.append(endless)
            error = raises(RecursionError, it.give_tree, endless)
            assert str(error) == "every_give_tree: an argument is nested too deeply"
            deep = Link(0, None)
            for _ in range(64):
                deep = Link(0, deep)
            assert "nested deeper than 64 levels" in str(raises(EveryError, it.give_link, deep))
            assert it.give_link(deep.next) == deep.next
    assert "is not a Unicode scalar value" in str(raises(EveryError, EveryBlocking.same_char, "\ud800"))
    raises(OverflowError, EveryBlocking.same_i8, 128)
    raises(OverflowError, EveryBlocking.same_f32, 1e300)
    raises(OverflowError, EveryBlocking.same_f32, -1e-300)
    raises(TypeError, EveryBlocking.same_i8, "1")
