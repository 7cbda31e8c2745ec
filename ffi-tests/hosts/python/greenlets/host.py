"""Greenlets of gevent: whoever waits for the library `every` lets the others run."""

from gevent import monkey

monkey.patch_all()

import threading
import time

import gevent

from every import Config, EveryBlocking, EveryClosedError, EveryTimeoutError

CONFIG = Config("greenlets", None, 0)


class Beats:
    """A greenlet that counts, which no other may stop."""

    def __enter__(self):
        self.count = 0
        self._greenlet = gevent.spawn(self._beat)
        return self

    def _beat(self):
        while True:
            self.count += 1
            gevent.sleep(0.01)

    def __exit__(self, *_):
        self._greenlet.kill()


def calls():
    """Calls of many greenlets run side by side, and others run meanwhile."""
    with Beats() as beats, EveryBlocking.create(CONFIG) as it:
        begun = time.monotonic()
        waiting = [gevent.spawn(it.sleep_lightly, 300) for _ in range(20)]
        assert len(gevent.joinall(waiting, timeout=60)) == 20 and all(one.successful() for one in waiting)
        assert time.monotonic() - begun < 3, "not one after another"
        assert beats.count > 10, beats.count
        try:
            it.sleep_lightly(60_000, timeout=0.1)
            raise AssertionError("a timeout was to pass")
        except EveryTimeoutError:
            pass


def listeners():
    """A listener is called in a greenlet of its own, whose neighbours go on, and ends when it is removed."""
    heard, threads = [], set()

    def hear(number):
        heard.append(number)
        threads.add(threading.current_thread().name)
        gevent.sleep(0.01)

    with Beats() as beats, EveryBlocking.create(CONFIG) as it:
        with it.on_number(hear):
            it.fire_numbers(0, 10)
            with gevent.Timeout(60):
                while len(heard) < 10:
                    gevent.sleep(0.01)
        assert heard == list(range(10)) and threads == {"every-listener"} and beats.count > 5
        it.fire_numbers(0, 10)
        gevent.sleep(0.05)
        assert len(heard) == 10, "it was removed"
        it.on_number(lambda _: it.close())
        it.fire_numbers(0, 1)
        with gevent.Timeout(60):
            while not it.closed:
                gevent.sleep(0.01)


def streams():
    """A greenlet waits for events, and is woken by the end."""
    with Beats() as beats:
        it = EveryBlocking.create(CONFIG)
        stream = it.events()
        taken = gevent.spawn(lambda: [event.payload for event in stream])
        gevent.sleep(0.1)
        assert beats.count > 5, "who waits for an event stops nobody"
        it.fire_numbers(0, 5)
        it.close()
        assert taken.get(timeout=60) == [0, 1, 2, 3, 4]


def killed():
    """A greenlet that is killed gives its call up."""
    with EveryBlocking.create(CONFIG) as it:
        waiting = gevent.spawn(it.sleep_lightly, 60_000)
        gevent.sleep(0.1)
        waiting.kill(timeout=60)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2, "nothing is left to wait for"


def forgotten():
    """A call that waits when its object is closed is let go."""
    it = EveryBlocking.create(CONFIG)
    waiting = gevent.spawn(it.wait_forever)
    gevent.sleep(0.1)
    it.close()
    try:
        waiting.get(timeout=60)
        raise AssertionError("it was closed")
    except EveryClosedError:
        pass


for part in (calls, listeners, streams, killed, forgotten):
    with gevent.Timeout(120):
        part()
print("greenlets: all passed")
