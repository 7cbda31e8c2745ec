"""Imports generated packages without their libraries: `every_name.py FOLDER`, which has one project each."""

import importlib
import pathlib
import symtable
import sys
import types
import typing
from unittest import mock

folder = pathlib.Path(sys.argv[1])


def unknown(table: symtable.SymbolTable, defined: set[str]) -> list[str]:
    """The global names that a module uses and nobody defines."""
    found = [
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_global() and symbol.is_referenced() and symbol.get_name() not in defined
    ]
    return found + [name for child in table.get_children() for name in unknown(child, defined)]


def look(project: pathlib.Path) -> None:
    """Compiles and imports one package, and looks for names that are not there."""
    init = next(project.glob("*/__init__.py"))
    package = init.parent
    for file in sorted(project.rglob("*.py")):
        compile(file.read_text(encoding="utf-8"), file, "exec")
    made = types.ModuleType("it")
    made.__path__ = [str(package)]
    sys.modules["it"] = made
    bridge = types.ModuleType("it._bridge")
    bridge.ffi = mock.MagicMock()
    bridge.lib = mock.MagicMock()
    sys.modules["it._bridge"] = bridge
    for name in ["_types", "_flattened", "_api"]:
        module = importlib.import_module(f"it.{name}")
        text = (package / f"{name}.py").read_text(encoding="utf-8")
        table = symtable.symtable(text, name, "exec")
        missing = unknown(table, set(vars(module)) | set(dir(__builtins__)))
        assert not missing, (project, name, missing)
    api, kinds, flattened = sys.modules["it._api"], sys.modules["it._types"], sys.modules["it._flattened"]
    text = (package / "_types.py").read_text(encoding="utf-8")
    for name in kinds.__all__:
        kind = getattr(kinds, name)
        if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__"):
            # The union of one class is that class.
            assert kind.__name__ == name or f"\n{name} = typing.Union[\n" in text, (name, kind)
            value = kind(*range(len(kind.__slots__)))
            assert [getattr(value, it) for it in kind.__slots__] == list(range(len(kind.__slots__))), name
            repr(value)
            typing.get_type_hints(kind, vars(kinds))
    for made in vars(api).values():
        if isinstance(made, type) and made.__module__ == "it._api":
            for method in vars(made).values():
                called = getattr(method, "__func__", method)
                if isinstance(called, types.FunctionType):
                    typing.get_type_hints(called)
    del flattened
    for name in [name for name in sys.modules if name == "it" or name.startswith("it.")]:
        del sys.modules[name]


for project in sorted(folder.iterdir()):
    look(project)
