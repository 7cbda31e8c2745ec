"""Finds the libraries in a file.

A file is searched for names that may be a library's, and the loader is asked which of them are: so a
name in debugging information, or in a string of somebody else's, does no harm.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import re
from typing import Iterator

from ._errors import LoadError

_HASH = b"_ffi_abi_hash\0"
_STEM = re.compile(rb"[0-9A-Za-z_\x80-\xff]+\Z")
_LONGEST = 256


def open_file(path: str | os.PathLike[str], name: str | None) -> tuple[str, ctypes.CDLL, str]:
    """Loads a file, and says where it is and which library in it is meant."""
    # A path without a slash would send the loader to the system's folders.
    found = os.path.realpath(os.fspath(path))
    candidates = _candidates(found)
    try:
        dll = ctypes.CDLL(found)
    except OSError as error:
        raise LoadError(f"{found}: cannot be loaded: {error}") from error
    return found, dll, _choose(found, name, sorted(it for it in candidates if _is_library(dll, it)))


def _candidates(path: str) -> set[str]:
    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            stems = set(_stems(content))
    except (OSError, ValueError) as error:
        raise LoadError(f"{path}: cannot be read: {error}") from error
    # Linkers let a name share the end of a longer one, and macOS begins each with an underscore.
    return {stem[start:] for stem in stems for start in range(len(stem))}


def _stems(content: mmap.mmap) -> Iterator[str]:
    at = content.find(_HASH)
    while at >= 0:
        match = _STEM.search(content[max(0, at - _LONGEST) : at])
        if match:
            yield match.group().decode("utf-8", "replace")
        at = content.find(_HASH, at + 1)


def _is_library(dll: ctypes.CDLL, name: str) -> bool:
    return name.isidentifier() and all(hasattr(dll, f"{name}_ffi_{rest}") for rest in ("schema", "abi_hash", "call_cbor"))


def _choose(path: str, asked: str | None, found: list[str]) -> str:
    if not found:
        raise LoadError(f"{path}: carries no schema: it was not made with #[ffi]")
    if asked is None and len(found) > 1:
        raise LoadError(f"{path}: holds several libraries, name one: {', '.join(found)}")
    if asked is not None and asked not in found:
        raise LoadError(f"{path}: holds no library {asked}; there are {', '.join(found)}")
    return asked or found[0]
