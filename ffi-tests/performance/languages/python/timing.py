"""How long a call takes."""

import time
from statistics import median

ROUNDS = 41


def _count(seconds):
    """So many calls make a round of a few milliseconds."""
    return max(1, min(5_000, int(0.005 / max(seconds, 1e-9))))


def timed(call):
    """The median of rounds, nanoseconds a call."""
    begun = time.perf_counter()
    call()
    count = _count(time.perf_counter() - begun)
    rounds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter_ns()
        for _ in range(count):
            call()
        rounds.append((time.perf_counter_ns() - begun) / count)
    return median(rounds)


async def timed_async(call, calls_each=1):
    """The same of what is awaited, which makes so many calls."""
    begun = time.perf_counter()
    await call()
    count = _count(time.perf_counter() - begun)
    rounds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter_ns()
        for _ in range(count):
            await call()
        rounds.append((time.perf_counter_ns() - begun) / count / calls_each)
    return median(rounds)
