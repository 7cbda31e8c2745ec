"""Looks at a generated project without running its bindings: `python_project.py FOLDER PACKAGE`.

Every file of Python must compile; prints what the classes of the types and of the library are made of.
"""

import ast
import importlib.util
import pathlib
import sys

folder, package = pathlib.Path(sys.argv[1]), sys.argv[2]
for file in sorted(folder.rglob("*.py")):
    compile(file.read_text(encoding="utf-8"), file, "exec")

spec = importlib.util.spec_from_file_location("types_of_it", folder / package / "_types.py")
types = importlib.util.module_from_spec(spec)
sys.modules["types_of_it"] = types
spec.loader.exec_module(types)
assert not hasattr(types, "smuggled")
for name in types.__all__:
    made = getattr(types, name)
    if isinstance(made, type):
        members = list(made.__members__) if hasattr(made, "__members__") else made.__slots__
        print(name, *members, "|", repr(made.__doc__))

for node in ast.parse((folder / package / "_api.py").read_text(encoding="utf-8")).body:
    if isinstance(node, ast.ClassDef) and not node.name.endswith("Blocking"):
        for method in node.body:
            if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and not method.name.startswith("__"):
                arguments = [it.arg for it in method.args.args]
                print(f"{method.name}({', '.join(arguments)})", "|", repr(ast.get_docstring(method)))
