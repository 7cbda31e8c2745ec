"""A host of the enums with data of the library `every`, typed as `mypy --strict` wants it: variants that are told apart,
and errors that are caught by what they hold."""

from __future__ import annotations

import asyncio
import copy
import pickle
import typing

import every
from every import (
    Block,
    BlockHeading,
    BlockImage,
    BlockMeasure,
    BlockParagraph,
    BlockPlanted,
    BlockQuote,
    BlockRule,
    BlockSigned,
    BlockStyled,
    Config,
    Every,
    EveryBlocking,
    EveryError,
    Level,
    Misprint,
    MisprintFailure,
    MisprintJammed,
    MisprintJammedFailure,
    MisprintLost,
    MisprintLostFailure,
    MisprintNoPaper,
    MisprintNoPaperFailure,
    MisprintTooLarge,
    MisprintTooLargeFailure,
    MisprintUnreadable,
    MisprintUnreadableFailure,
    OnBlockEvent,
    OnPageEvent,
    Page,
    Point,
    Sign,
    SignBetween,
    SignMinus,
    SignPlus,
    SignWithout,
    Transport,
    Tree,
)

CONFIG = Config("python", None, 0)
TRANSPORTS: tuple[Transport, ...] = ("native", "cbor")

HEADING = BlockHeading(level_of=1, in_bold=True, children=[BlockRule(), BlockParagraph("ünder\0it"), BlockMeasure(2.5, "m")])
STYLED = BlockStyled(Level.NEXT, Point(1.5, None), BlockQuote(HEADING))
BLOCKS: list[Block] = [
    *HEADING.children, HEADING, BlockQuote(BlockQuote(BlockRule())), STYLED, BlockImage(b"\0\1"), BlockImage(b""),
    BlockMeasure(-0.5, None), BlockPlanted(Tree(-3, [Tree(4, [])])), BlockSigned(SignWithout()), BlockSigned(SignBetween(-1, 2)),
]  # fmt: skip
PAGE = Page("A page", STYLED, BLOCKS, SignMinus(by=-(1 << 63)))


def quoted(times: int) -> Block:
    """A line that is quoted so often."""
    return BlockQuote(quoted(times - 1)) if times else BlockRule()


def told(block: Block) -> str:
    """A block in words, by patterns: a checker finds it where a variant lacks."""
    match block:
        case BlockRule():
            return "---"
        case BlockParagraph(text):
            return text
        case BlockMeasure(number, None):
            return f"{number}"
        case BlockMeasure(number, unit):
            return f"{number} {unit}"
        case BlockHeading(level_of=level, children=[]):
            return "#" * level
        case BlockHeading(level_of=level, children=children):
            return f"{'#' * level} {' '.join(map(told, children))}"
        case BlockQuote(inner):
            return f"> {told(inner)}"
        case BlockStyled(type=level, inner=inner):
            return f"{level.name}({'' if inner is None else told(inner)})"
        case BlockImage(octets):
            return octets.hex()
        case BlockPlanted(Tree(value, _)):
            return f"tree {value}"
        case BlockSigned(SignBetween(low, high)):
            return f"{low}..{high}"
        case BlockSigned(sign):
            return type(sign).__name__


def signed(sign: Sign) -> int:
    """A sign's number, by its class, as programs for Python 3.9 tell them apart."""
    if isinstance(sign, SignPlus):
        return sign.value
    if isinstance(sign, SignMinus):
        return -sign.by
    if isinstance(sign, SignBetween):
        return sign.field1 - sign.field0
    return 0


def words() -> None:
    """Variants are told apart, and are like records."""
    assert told(STYLED) == "NEXT(> # --- ünder\0it 2.5 m)", told(STYLED)
    assert [told(block) for block in BLOCKS[4:]] == [
        "> > ---", told(STYLED), "0001", "", "-0.5", "tree -3", "SignWithout", "-1..2",
    ]  # fmt: skip
    assert [signed(sign) for sign in (SignPlus(7), SignMinus(8), SignBetween(1, 4), SignWithout())] == [7, -8, 3, 0]
    assert BlockRule() == BlockRule() and SignPlus(1) != SignPlus(2) and BLOCKS[0] != BLOCKS[4]
    assert repr(BlockMeasure(1.0, None)) == "BlockMeasure(field0=1.0, field1=None)"
    for one in (PAGE, *BLOCKS):
        assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
        assert not hasattr(one, "__dict__")
    assert typing.get_args(Sign) == (SignWithout, SignPlus, SignMinus, SignBetween)
    assert {"Block", "BlockHeading", "Misprint", "MisprintLostFailure"} <= set(every.__all__)


class Shouted(BlockParagraph):
    """A class of one's own is as good as the variant that it derives from."""

    __slots__ = ()


def blocking(transport: Transport) -> None:
    """Values come back as they went, and errors with what they hold."""
    with EveryBlocking.create(CONFIG, transport=transport) as it, it.events() as events:
        for block in BLOCKS:
            assert it.give_block(block) == block == it.give_box_block(block) == it.give_option_block(block)
            it.fire_block(block)
            assert events.next(timeout=60) == OnBlockEvent(block)
        assert it.give_list_block(BLOCKS) == BLOCKS and it.give_list_block([]) == []
        assert it.give_option_block(None) is None and it.give_page(PAGE) == PAGE
        it.fire_page(PAGE, SignPlus(255))
        page = events.next(timeout=60)
        assert isinstance(page, OnPageEvent) and page.payload.page == PAGE and page.payload.sign == SignPlus(255)
        assert it.give_block(Shouted("a")) == BlockParagraph("a")
        assert it.print(BlockParagraph("7")) == 7
        printed(it)
        nested(it)
    assert EveryBlocking.echo_page_here(PAGE) == PAGE


def printed(it: EveryBlocking) -> None:
    """Each variant of an error is an exception of its own, of the class of them all."""
    try:
        it.print(HEADING)
    except MisprintTooLargeFailure as error:
        assert (error.error.limit, error.error.block, str(error)) == (80, HEADING, "wider than 80")
        assert isinstance(error, EveryError) and (error.kind, error.function) == ("author", "every_print")
        copied = pickle.loads(pickle.dumps(error))
        assert type(copied) is MisprintTooLargeFailure and copied.error == error.error and str(copied) == str(error)
    else:
        raise AssertionError("a heading was printed")
    failures: list[tuple[Block, type[MisprintFailure], Misprint]] = [
        (BlockRule(), MisprintNoPaperFailure, MisprintNoPaper()),
        (BlockParagraph("seven"), MisprintUnreadableFailure, MisprintUnreadable("invalid float literal")),
        (BlockSigned(SignMinus(3)), MisprintJammedFailure, MisprintJammed(7, SignMinus(3))),
        (BlockPlanted(Tree(1, [])), MisprintJammedFailure, MisprintJammed(8, None)),
        (BlockImage(b""), MisprintLostFailure, MisprintLost("the drawer", "moved")),
    ]
    for block, kind, expected in failures:
        try:
            it.print(block)
        except MisprintFailure as error:
            assert type(error) is kind and error.error == expected, error.error
        else:
            raise AssertionError(f"{block} was printed")


def nested(it: EveryBlocking) -> None:
    """64 levels cross, of which a variant is one."""
    assert it.give_block(quoted(63)) == quoted(63)
    try:
        it.give_block(quoted(64))
    except EveryError as error:
        assert error.kind == "bad_request" and "nested deeper than 64 levels" in str(error), error
    else:
        raise AssertionError("65 levels crossed")


async def awaited(transport: Transport) -> None:
    """The same in an event loop."""
    async with Every.create(CONFIG, transport=transport) as it:
        assert await it.give_page(PAGE) == PAGE
        try:
            await it.print(BlockSigned(SignPlus(1)))
        except MisprintFailure as error:
            match error.error:
                case MisprintJammed(7, SignPlus(1)):
                    pass
                case other:
                    raise AssertionError(other)
        else:
            raise AssertionError("it was printed")


words()
for transport in TRANSPORTS:
    blocking(transport)
    asyncio.run(awaited(transport))
print("blocks: all passed")
