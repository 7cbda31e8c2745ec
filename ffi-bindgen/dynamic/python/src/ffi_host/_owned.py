"""What a host hands over: no copies of what the library has once, and no listeners that never run."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable, NoReturn, TypeVar

F = TypeVar("F", bound=Callable[..., object])


class Owned:
    """What stands for a thing of the library, which a second object would end while the first is in use."""

    __slots__ = ()

    def __reduce__(self) -> NoReturn:
        # What copy, deepcopy, pickle and dataclasses.asdict ask.
        name = type(self).__name__
        raise TypeError(f"cannot copy or pickle a {name}: it owns something of the library; use the object itself")


_UNSTARTED = "a listener is a plain function, and {} would never run: start it with asyncio.create_task in one"


def plain(function: F) -> F:
    """The listener, which must be a function that runs when it is called."""
    if not callable(function):
        raise TypeError(f"a listener is a function, not {type(function).__name__}")
    called: Any = function
    while isinstance(called, functools.partial):
        called = called.func
    for it in (called, getattr(type(called), "__call__", None)):
        if inspect.iscoroutinefunction(it):
            raise TypeError(_UNSTARTED.format("what an async function returns"))
        if inspect.isgeneratorfunction(it) or inspect.isasyncgenfunction(it):
            raise TypeError(_UNSTARTED.format("a generator"))
    return function


def refuse_unstarted(made: object) -> None:
    """Says that a listener gave what nobody runs: ``lambda event: async_function(event)`` can be seen in no other way."""
    if inspect.iscoroutine(made):
        made.close()
        raise TypeError(_UNSTARTED.format("what an async function returns"))
    if inspect.isgenerator(made) or inspect.isasyncgen(made):
        raise TypeError(_UNSTARTED.format("a generator"))
