"""What was told before the end of a context is heard, also where `close` returns after that end.

`EVERY_LIBRARY` is the stand-in `late_close`.
"""

import asyncio

from every import Every, EveryBlocking
from refused import CONFIG


async def awaited():
    heard = []
    it = await Every.create(CONFIG)
    it.on_number(heard.append)
    ends = it.events()
    await it.fire_numbers(0, 100)
    await it.close()
    assert heard == list(range(100)), heard
    assert [event.payload async for event in ends] == heard


def blocking():
    it = EveryBlocking.create(CONFIG)
    heard = []
    it.on_number(heard.append)
    it.fire_numbers(0, 100)
    it.close()
    assert heard == list(range(100)), heard


for _ in range(20):
    asyncio.run(awaited())
    blocking()
print("late close: all passed")
