"""Attributes, completion, signatures and documentation, all from the schema."""

import asyncio
import inspect
import io
import pydoc
import unittest

import ffi_host
from tests import echo, every, timer


def offered(thing):
    return {name for name in dir(thing) if not name.startswith("_")}


class Surface(unittest.TestCase):
    def setUp(self):
        self.timer = timer.create.blocking(config={"name": "surface"})
        self.addCleanup(self.timer.destroy)

    def test_completion(self):
        self.assertEqual(offered(timer), {"create", "path", "schema", "types"})
        self.assertEqual((offered(timer.types), offered(every.types)), (set(), {"Block", "Misprint", "Piece", "Sign"}))
        self.assertLessEqual({"create", "upper", "is_loud"}, offered(echo))
        own = {"call", "close", "destroy", "events", "is_closed", "schema"}
        self.assertEqual(offered(self.timer) - own, {"echo", "version", "complex", "schedule"})
        events = {"on_echo_fired", "events_dropped", "not_responding", "responding"}
        self.assertEqual(offered(self.timer.events) - {"listen", "stream"}, events)

    def test_signatures(self):
        shown = "(job: JobSpec, retry: RetryPolicy, schedule: ScheduleConfig) -> ScheduleResult"
        self.assertEqual(str(inspect.signature(self.timer.schedule)), shown)
        self.assertEqual(str(inspect.signature(timer.create)), "(config: TimerConfig) -> my_timer_context")
        self.assertEqual(str(inspect.signature(echo.is_loud)), "(letter: str) -> bool")
        with create_every() as context:
            optional = "(value: bytes | None = None) -> bytes | None"
            self.assertEqual(str(inspect.signature(context.give_option_bytes)), optional)
            self.assertEqual(str(inspect.signature(context.give_list_list)), "(value: list[list[int]]) -> list[list[int]]")

    def test_help(self):
        shown = pydoc.render_doc(self.timer.schedule, renderer=pydoc.plaintext)
        for line in [
            "schedule(job: JobSpec, retry: RetryPolicy, schedule: ScheduleConfig) -> ScheduleResult",
            "Plans a job.",
            "RetryPolicy, a dict:",
            "maxAttempts: int  -- How often to try; above zero.",
            "jitter: int | None  -- How much later it may run first, in milliseconds.",
            "ScheduleResult, a dict:",
        ]:
            self.assertIn(line, shown)
        with create_every() as context:
            self.assertIn("'top'  -- The greatest value, under another name.", context.give_level.__doc__)
            self.assertIn("Tree, a dict:", context.give_tree.__doc__)
            self.assertIn("on_several: OnSeveral\n\nSeveral values at once.", context.events.on_several.__doc__)

    def test_help_of_all(self):
        for thing, line in [(timer, "A timer that echoes messages after a delay"), (self.timer, "Sums up a request")]:
            text = io.StringIO()
            pydoc.Helper(output=text).help(thing)
            self.assertIn(line, text.getvalue())

    def test_repr(self):
        self.assertRegex(repr(timer), r"^<library my_timer [\d.]+ from '.*libmy_timer.*'>$")
        self.assertRegex(repr(self.timer), r"^<live context of my_timer [\d.]+>$")
        self.assertEqual(repr(self.timer.echo), "<my_timer_echo(req: EchoRequest) -> EchoResponse>")
        self.assertIn("<event on_echo_fired of <live", repr(self.timer.events.on_echo_fired))
        self.timer.destroy()
        self.assertIn("closed", repr(self.timer))

    def test_names_that_python_or_a_context_has_already(self):
        with create_every() as context:
            self.assertIn("from_", inspect.signature(context.fire_numbers).parameters)
            context.fire_numbers.blocking(from_=1, count=0)
            context.fire_numbers.blocking(**{"from": 1, "count": 0})
            keywords = dict.fromkeys(["type", "struct", "class", "int", "new", "linux", "errno", "otherName"], 1)
            self.assertEqual(context.give_keywords.blocking(keywords), keywords)

    def test_by_symbol(self):
        self.assertRegex(blocking(self.timer, "my_timer_version"), "^my_timer v")
        with self.assertRaisesRegex(ffi_host.FfiError, "my_timer has no function nope; there are echo, "):
            self.timer.call("nope")
        with self.assertRaisesRegex(AttributeError, "my_timer has no event nope; there are on_echo_fired"):
            self.timer.events.nope
        with self.assertRaises(KeyError):
            self.timer.events["nope"]
        self.assertEqual(repr(self.timer.events["on_echo_fired"]), repr(self.timer.events.on_echo_fired))
        with self.assertRaises(AttributeError):
            self.timer.nope


def blocking(context, name):
    async def call():
        return await context.call(name)

    return asyncio.run(call())


def create_every():
    return every.create.blocking({"name": "", "delay_ms": 0})
