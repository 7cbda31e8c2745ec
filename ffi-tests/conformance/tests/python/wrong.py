"""A mistake a line, each for the type checker to find."""

from my_timer import EchoRequest, MyTimer, MyTimerBlocking, TimerConfig


async def main(timer: MyTimer, blocking: MyTimerBlocking) -> None:
    EchoRequest(1, 1)
    MyTimer.create("name")
    MyTimer.create(TimerConfig("name"), transport="carrier pigeon")
    number: int = await timer.version()
    timer.on_echo_fired(lambda event: event.nothing)
    blocking.version(timeout="soon")
