"""Great numbers of all that the bindings of the library `every` do, and ends of processes in the midst of it.

    leaks.py                everything
    leaks.py exit_alive     what `exits` has another process do
"""

import asyncio
import gc
import subprocess
import sys
import threading

from counted import descriptors, everything, resident, settle, threads
from every import Config, Every, EveryBlocking, EveryError, Fate

CONFIG = Config("python", None, 0)


def leaks():
    """Nothing is left of thousands of calls, failures, cancelled calls, events and contexts."""

    async def calls(count):
        async with Every.create(CONFIG) as it, it.events() as stream:
            for _ in range(count // 100):
                await asyncio.gather(*(it.echo(everything(b"x" * 100)) for _ in range(20)))
                await asyncio.gather(*(it.storm_later(number, Fate(number % 3)) for number in range(60)), return_exceptions=True)
                tasks = [asyncio.ensure_future(it.sleep_lightly(60_000)) for _ in range(20)]
                await asyncio.sleep(0)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                await it.fire_numbers(0, 20)
                for number in range(20):
                    assert (await stream.__anext__()).payload == number

    def contexts(count):
        for number in range(count):
            with EveryBlocking.create(CONFIG, transport=("native", "cbor")[number % 2]) as it:
                it.on_number(str)
                with it.events():
                    it.fire_numbers(0, 3)
                    it.echo(everything(b"y"))
            try:
                EveryBlocking.create(Config("python", "told to fail", 0))
            except EveryError:
                pass

    def work():
        asyncio.run(calls(3_000))
        contexts(50)
        settle()
        return threads(), descriptors(), len(gc.get_objects()), resident()

    work()
    before = work()
    after = [work() for _ in range(3)][-1]
    assert after[:2] == before[:2], (before, after)
    assert after[2] <= before[2] + 50, f"{after[2] - before[2]} objects more"
    assert after[3] <= before[3] + (3 << 20), f"{after[3] - before[3]} bytes more"


def exit_alive():
    """Ends with calls, listeners and streams alive, in a loop and in a thread."""

    async def main():
        it = await Every.create(CONFIG)
        it.on_number(lambda _: None)
        main.kept = [it, it.events(), asyncio.ensure_future(it.wait_forever())]
        await it.fire_numbers_slowly(0, 3, 1)
        background = EveryBlocking.create(CONFIG)
        background.on_number(lambda _: None)
        threading.Thread(target=background.fire_numbers_slowly, args=(0, 1_000_000, 0), daemon=True).start()
        main.kept += [background, background.events()]
        await asyncio.sleep(0.1)

    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    print("exits", flush=True)


def exits():
    """A process that ends without closing anything neither hangs nor crashes."""
    for _ in range(3):
        ended = subprocess.run([sys.executable, __file__, "exit_alive"], capture_output=True, text=True, timeout=60)
        assert ended.returncode == 0 and "exits" in ended.stdout, (ended.returncode, ended.stdout, ended.stderr)
        assert "Fatal" not in ended.stderr and "Traceback" not in ended.stderr, ended.stderr


if __name__ == "__main__":
    if len(sys.argv) > 1:
        globals()[sys.argv[1]]()
    else:
        leaks()
        exits()
        settle()
        assert threads() == 1, threads()
        print("leaks: all passed")
