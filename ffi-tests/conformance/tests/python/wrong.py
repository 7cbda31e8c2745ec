"""A mistake a line, or in what a function leaves out, each for the type checker to find."""

from every import Block, BlockHeading, EveryBlocking, Sign, SignMinus, SignPlus, SignWithout
from my_timer import EchoRequest, MyTimer, MyTimerBlocking, TimerConfig


async def main(timer: MyTimer, blocking: MyTimerBlocking) -> None:
    EchoRequest(1, 1)
    MyTimer.create("name")
    MyTimer.create(TimerConfig("name"), transport="carrier pigeon")
    number: int = await timer.version()
    timer.on_echo_fired(lambda event: event.nothing)
    blocking.version(timeout="soon")


def without_between(sign: Sign) -> int:
    match sign:
        case SignWithout():
            return 0
        case SignPlus(value) | SignMinus(by=value):
            return value


def another_enum() -> Block:
    BlockHeading(level_of="x", in_bold=True, children=[])
    return SignWithout()


def spans(every: EveryBlocking) -> float:
    return every.give_duration(1.5)


def own_keys(every: EveryBlocking) -> None:
    every.give_map([("a", 1)])
    every.give_path(b"/a")
