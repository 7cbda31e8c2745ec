"""The end of the process, with contexts that are still alive."""

import subprocess
import sys
import unittest

PRELUDE = """
import asyncio, os, signal, sys, threading, time
from ffi_host import CallError
from tests import create, every
"""

ENDS = {
    "an idle context": "context = every.create.blocking({'name': '', 'delay_ms': 0})",
    "a busy one that is heard": """
context = every.create.blocking({'name': '', 'delay_ms': 0})
context.events.listen(lambda event: None)
def call():
    try:
        context.fire_numbers_slowly.blocking(0, 100_000, 1)
    except CallError as error:
        assert str(error) == "cancelled"
threading.Thread(target=call, daemon=True).start()
time.sleep(0.1)
""",
    "calls in flight on a loop": """
async def main():
    context = await create()
    calls = [context.sleep(100) for _ in range(1000)]
    await calls[0]
asyncio.run(main())
""",
    "a call without a state in flight": """
async def main():
    every.thread_detached(300)
asyncio.run(main())
""",
    "sys.exit in a coroutine": """
async def main():
    context = await create()
    asyncio.ensure_future(context.wait_forever())
    await asyncio.sleep(0)
    sys.exit(0)
asyncio.run(main())
""",
    "a forked child beside a live context": """
context = every.create.blocking({'name': '', 'delay_ms': 0})
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
child = os.fork()
if child == 0:
    try:
        context.give_i64.blocking(1)
    except Exception as error:
        assert 'not usable after fork' in str(error), error
        sys.exit(0)
    sys.exit(1)
assert os.waitpid(child, 0)[1] == 0
assert context.give_i64.blocking(1) == 1
""",
}


class Exit(unittest.TestCase):
    def test_ends(self):
        for name, script in ENDS.items():
            with self.subTest(name):
                run = [sys.executable, "-c", PRELUDE + script]
                done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_an_answer_is_there_before_its_callback_has_returned(self):
        # On a machine that is busy, the callbacks' threads are late.
        busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
        self.addCleanup(lambda: [(program.kill(), program.wait()) for program in busy])
        script = PRELUDE + """
async def main():
    async with every.create({'name': '', 'delay_ms': 0}) as context:
        await context.give_i64(1)
    await every.thread_detached(1)
asyncio.run(main())
"""
        for _ in range(30):
            done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
