"""Enums with data: a class for each, and in it a dataclass for each variant."""

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
import unittest

import ffi_host
from tests import create, every, path

Block, Misprint, Sign = every.types.Block, every.types.Misprint, every.types.Sign


def quoted(levels, block):
    for _ in range(levels):
        block = Block.Quote(block)
    return block


def said(block):
    """What a block says, as who uses the package would write it."""
    match block:
        case Block.Rule():
            return "---"
        case Block.Paragraph(text):
            return text
        case Block.Measure(number, None):
            return f"{number}"
        case Block.Measure(number, unit):
            return f"{number} {unit}"
        case Block.Heading(level_of=level, children=children):
            return " ".join(["#" * level, *map(said, children)])
        case Block.Quote(inner):
            return f"> {said(inner)}"
        case Block.Styled(type=level, at={"x": x}, inner=inner):
            return f"{level} at {x}: {inner and said(inner)}"
        case Block.image(value):
            return f"{len(value)} bytes"
        case Block.Signed(Sign.Minus(by=by)):
            return f"-{by}"
    return type(block).__name__


BLOCKS = [
    (Block.Rule(), "---"),
    (Block.Paragraph("hi"), "hi"),
    (Block.Measure(1.5, "m"), "1.5 m"),
    (Block.Measure(2.0), "2.0"),
    (Block.Heading(level_of=2, in_bold=True, children=[Block.Rule(), Block.Paragraph("x")]), "## --- x"),
    (quoted(2, Block.Rule()), "> > ---"),
    (Block.Styled("top", {"x": 1.0, "y": None}, Block.Rule()), "top at 1.0: ---"),
    (Block.Styled(type="Next", at={"x": 1.0, "y": 2.0}), "Next at 1.0: None"),
    (Block.image(b"123"), "3 bytes"),
    (Block.Planted({"value": 1, "children": []}), "Planted"),
    (Block.Signed(Sign.Minus(5)), "-5"),
]

FAULTS = [
    ("Nope", "value: 'Nope' is no Block; there are Heading, Measure, Paragraph, Planted, Quote, Rule, Signed, Styled, image"),
    ("Paragraph", "value: 'Paragraph' holds something: expected a Block.Paragraph"),
    (Block.Rule, "value: expected a Block, found the class Block.Rule"),
    (None, "value: expected a Block, found None"),
    ({"Rule": None}, "value: expected a Block, found dict"),
    (Sign.Without(), "value: expected a Block, found Without"),
    (Block.Paragraph(1), "value.Paragraph: expected a text, found int"),
    (Block.Measure("x", "m"), "value.Measure.0: expected a number, found str"),
    (Block.Measure(1.0, 2), "value.Measure.1: expected a text, found int"),
    (Block.Heading(256, True, []), "value.Heading.levelOf: 256 is out of range, 0 to 255"),
    (Block.Heading(1, True, ["Rule", 1]), "value.Heading.children[1]: expected a Block, found int"),
    (Block.Styled("x", {"x": 1}), "value.Styled.type: 'x' is no Level"),
    (Block.Styled("top", {}), "value.Styled.at.x: is missing"),
    (quoted(2, Block.Signed(Sign.Between(0, 40_000))), "value.Quote.Quote.Signed.Between.1: 40000 is out of range"),
]

FAILURES = [
    (Block.Rule(), "there is no paper", Misprint.NoPaper()),
    (quoted(1, Block.Rule()), "wider than 80", Misprint.TooLarge(limit=80, block=quoted(1, Block.Rule()))),
    (Block.Signed(Sign.Plus(1)), "jammed at 7", Misprint.Jammed(7, Sign.Plus(1))),
    (Block.Planted({"value": 1, "children": []}), "jammed at 8", Misprint.Jammed(8)),
    (Block.Paragraph("x"), "a number cannot be read", Misprint.Unreadable("invalid float literal")),
    (Block.image(b""), "the drawer is lost", Misprint.Lost(place="the drawer", cause="moved")),
]


class Variants(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.every = await create()
        self.addAsyncCleanup(self.every.close)

    async def test_each(self):
        for block, text in BLOCKS:
            given = await self.every.give_block(block)
            self.assertEqual((given, said(given)), (block, text))
        blocks = [block for block, _ in BLOCKS]
        page = {"title": "A page", "first": blocks[4], "others": blocks, "sign": Sign.Between(1, 2)}
        self.assertEqual(every.echo_page_here(page), page)
        async with self.every.events.on_page.stream() as stream:
            await self.every.fire_page(page, Sign.Plus(3))
            self.assertEqual((await anext(stream)).payload, {"page": page, "sign": Sign.Plus(3)})

    async def test_a_text_for_what_holds_nothing(self):
        self.assertEqual(await self.every.give_block("Rule"), Block.Rule())
        self.assertEqual(await self.every.give_list_sign(["Without", Sign.Without()]), [Sign.Without()] * 2)
        self.assertIsNone(await self.every.give_option_block())

    async def test_what_does_not_fit(self):
        for block, text in FAULTS:
            with self.subTest(text), self.assertRaises(ffi_host.ArgumentError) as caught:
                await self.every.give_block(block)
            self.assertTrue(str(caught.exception).startswith(f"every_give_block: {text}"), caught.exception)
        with self.assertRaisesRegex(ffi_host.ArgumentError, "^every_give_block: an argument is nested too deeply$"):
            await self.every.give_block(quoted(3000, Block.Rule()))
        with self.assertRaises(ffi_host.CallError):
            await self.every.give_block(quoted(64, Block.Rule()))
        deepest = await self.every.give_block(quoted(63, Block.Rule()))
        self.assertEqual(deepest, quoted(63, Block.Rule()))

    async def test_an_error_that_is_one(self):
        for block, text, error in FAILURES:
            for fails in (self.every.print, lambda block: self.every.call("print", block)):
                with self.assertRaises(ffi_host.FailureError) as caught:
                    await fails(block)
                for told in (caught.exception, pickle.loads(pickle.dumps(caught.exception))):
                    self.assertEqual((str(told), told.kind, told.type, told.error), (text, "author", "Misprint", error))
        self.assertEqual(await self.every.print(Block.Paragraph("12.5")), 12)

    async def test_help(self):
        for line in [
            "Fails with: Misprint",
            "Block, one of these classes, of `types.Block`:",
            "    Rule()  -- A line from side to side.",
            "    Paragraph(value: str)  -- A text alone.",
            "    Measure(field0: float, field1: str | None)  -- A number with its unit, if it has one.",
            "    Heading(level_of: int, in_bold: bool, children: list[Block])  -- A heading, and what stands below it.",
            "        level_of: int  -- How deep it is.",
            "Sign, one of these classes, of `types.Sign`:",
            "Misprint, one of these classes, of `types.Misprint`:",
        ]:
            self.assertIn(f"\n{line}\n", self.every.print.__doc__)


class Classes(unittest.TestCase):
    def test_what_they_are(self):
        self.assertEqual((Block.__name__, Block.__doc__), ("Block", "What a page is made of."))
        for name in ("Rule", "Paragraph", "Measure", "Heading", "Quote", "Styled", "image", "Planted", "Signed"):
            variant = getattr(Block, name)
            self.assertTrue(issubclass(variant, Block) and dataclasses.is_dataclass(variant), name)
            self.assertEqual(variant.__qualname__, f"Block.{name}")
        shown = "(type: Level, at: Point, inner: Block | None = None) -> None"
        self.assertEqual(str(inspect.signature(Block.Styled)), shown)
        self.assertIn("A heading, and what stands below it.\n\nlevel_of: int  -- How deep it is.", Block.Heading.__doc__)
        self.assertEqual(repr(Block.Measure(1.5, "m")), "Block.Measure(field0=1.5, field1='m')")

    def test_comparison(self):
        self.assertEqual(len({Block.Rule(), Block.Rule(), Sign.Without()}), 2)
        self.assertNotEqual(Block.Paragraph("a"), Block.Paragraph("b"))
        self.assertNotEqual(Misprint.Unreadable("a"), Block.Paragraph("a"))
        with self.assertRaisesRegex(TypeError, "missing 1 required positional argument: 'value'"):
            Block.Paragraph()

    def test_copies(self):
        for block, _ in BLOCKS:
            for way in (copy.copy, copy.deepcopy, dataclasses.replace, lambda it: pickle.loads(pickle.dumps(it))):
                self.assertEqual(way(block), block)
                self.assertIs(type(way(block)), type(block))
        self.assertIs(pickle.loads(pickle.dumps(Block)), Block)

    def test_a_library_that_is_loaded_twice_has_them_once(self):
        self.assertIs(ffi_host.load(path("every")).types.Block, Block)

    def test_another_process_finds_them(self):
        heading = BLOCKS[4][0]
        program = "import pickle, sys; print(pickle.load(sys.stdin.buffer))"
        told = subprocess.run([sys.executable, "-c", program], input=pickle.dumps(heading), stdout=subprocess.PIPE, check=True)
        self.assertEqual(told.stdout.decode().strip(), repr(heading))
