"""A library that is not the one that a package was made for is refused when the package is imported, and
the first item that differs is named.

    loading.py ANOTHER_LIBRARY
"""

import os
import subprocess
import sys


def imported(library):
    """What importing the timer's package says where this is its library."""
    environment = {**os.environ, "MY_TIMER_LIBRARY": library}
    run = [sys.executable, "-c", "import my_timer"]
    ended = subprocess.run(run, env=environment, capture_output=True, text=True, timeout=120)
    return ended.returncode, ended.stderr


code, said = imported(sys.argv[1])
assert code and "is not the library my_timer: it has no my_timer_ffi_schema" in said, said
code, said = imported("/nowhere/libmy_timer.so")
assert code and "ImportError" in said and "MY_TIMER_LIBRARY" in said, said
code, said = imported("")
assert code == 0, said

from my_timer import _library


def refused(*items):
    """What loading says where these items were in the package's library."""
    _library._ABI_HASH, _library._ITEMS = 0, items
    try:
        _library.load()
    except ImportError as error:
        return str(error)
    return ""


known = _library._ITEMS
assert refused(*known) == "", "what a library has beyond does no harm"
assert refused(*known, ("function", "my_timer_gone", 1)).endswith(": missing function my_timer_gone")
assert refused(("type", "EchoRequest", 1), ("function", "my_timer_gone", 1)).endswith(": type EchoRequest")
assert refused(("event", "on_echo_fired", 1)).endswith(": event on_echo_fired")
print("loading: all passed")
