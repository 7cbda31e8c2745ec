#!/usr/bin/env python3
"""Counts the lines that `#[ffi]` adds to each of `expansion/*.rs`.

    ffi-tests/costs/expansion.py [FOLDER [CRATE=RLIB]]

Each file is expanded by the compiler (`-Zunpretty=expanded`) and formatted as rustfmt does by default; so is the same file without its
annotations, whose lines are the author's. Blank lines do not count. FOLDER holds other files, to compare with, and
CRATE=RLIB is what they use in place of this runtime.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ANNOTATION = re.compile(
    r"^\s*#\[(ffi|uniffi::\w+)\b[^\n]*\]\n|^(use ffi_runtime|ffi_runtime::library!|uniffi::setup_)[^\n]*\n", re.MULTILINE
)


def run(*command, text):
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=os.environ | {"RUSTC_BOOTSTRAP": "1"})
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}:\n{done.stderr}")
    return done.stdout


def runtime():
    """The runtime as the build of this workspace leaves it."""
    command = ("cargo", "build", "--locked", "--package=ffiwright-runtime", "--message-format=json")
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    artifacts = [json.loads(line) for line in done.stdout.splitlines()]
    libraries = [it for it in artifacts if it.get("target", {}).get("name") == "ffi_runtime" and it["filenames"]]
    return next(name for name in libraries[-1]["filenames"] if name.endswith(".rlib"))


def lines(source, crate, library):
    """How many lines the compiler makes of a source."""
    dependencies = pathlib.Path(library).resolve().parent
    rustc = ("rustc", "--edition=2024", "--crate-type=lib", "--crate-name=expansion", "-Zunpretty=expanded")
    paths = (f"-Ldependency={dependencies}", f"-Ldependency={dependencies}/deps", f"--extern={crate}={library}")
    expanded = run(*rustc, *paths, "-", text=source)
    formatted = run("rustfmt", "--edition=2024", "--config=max_width=100,use_small_heuristics=Default", text=expanded)
    return sum(1 for line in formatted.splitlines() if line.strip())


def main(folder=HERE / "expansion", crate=None):
    crate, library = crate.split("=") if crate else ("ffi_runtime", runtime())
    for path in sorted(pathlib.Path(folder).glob("*.rs")):
        source = path.read_text()
        own = lines(ANNOTATION.sub("", source), crate, library)
        print(f"{path.stem}: {lines(source, crate, library) - own} lines beside {own} of the author's")


if __name__ == "__main__":
    main(*sys.argv[1:])
