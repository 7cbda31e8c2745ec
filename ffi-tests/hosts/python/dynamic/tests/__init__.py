"""The behaviour of the package `ffi_host`; `FFI_LIBRARIES` is the folder of the built libraries."""

import os
import pathlib

import ffi_host

FOLDER = pathlib.Path(os.environ["FFI_LIBRARIES"])
ENDING = {"Darwin": ".dylib"}.get(os.uname().sysname, ".so")


def path(name):
    """Where a library was built."""
    return FOLDER / f"lib{name}{ENDING}"


every = ffi_host.load(path("every"))
timer = ffi_host.load(path("my_timer"))
echo = ffi_host.load(path("echo"))


def create(name="", **config):
    """A context of the library with every type."""
    return every.create({"name": name, "delay_ms": 0, **config})


def native(library=every):
    """What the package keeps of a library: the calls and listeners that are not over."""
    return library._loaded.native
