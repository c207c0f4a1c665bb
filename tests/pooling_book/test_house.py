"""What holds in all of pooling_book's code: one name, one thing, and types where they tell something."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

import pooling_book

FOLDER = Path(pooling_book.__file__).parent

#: Names that stand twice, and why.
ALLOWED = {
    "shifted": "a reader of chapter 04 writes for 8x8 digits what study.shifts does for any",
    "times_read": "a reader of chapter 01 counts by a loop of their own what show.tables counts by geometry",
}


def definitions(tree, constants):
    """The public names that a module defines at its top level: functions and classes, and constants if asked for."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif constants and isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def where_defined():
    """The modules of pooling_book that define each public name.

    Of a chapter's module functions only: its quiz and its exercises are named for what they are in that chapter.
    """
    found = defaultdict(set)
    for path in FOLDER.rglob("*.py"):
        module = path.relative_to(FOLDER).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name in definitions(tree, constants=not module.startswith("chapters/")):
            if not name.startswith("_"):
                found[name].add(module)
    return found


def test_no_public_name_stands_in_two_modules():
    twice = {name: sorted(modules) for name, modules in where_defined().items() if len(modules) > 1}
    assert {name: modules for name, modules in twice.items() if name not in ALLOWED} == {}
    assert set(ALLOWED) == set(twice), "a name that is allowed to stand twice does no longer"


def test_the_names_are_found():
    found = where_defined()
    assert found["PhotoWidget"] == {"widgets/photos.py"} and found["BLOCKS"] == {"study/runs.py"}
    assert "quiz" not in found and len(found) > 150


def untyped(body, within=""):
    """The public functions and methods there whose parameters or result have no type."""
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from untyped(node.body, f"{node.name}.")
        if isinstance(node, ast.FunctionDef) and (node.name == "__init__" or not node.name.startswith("_")):
            parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            names = [one.arg for one in parameters if one.annotation is None and one.arg not in ("self", "cls")]
            if names or (node.returns is None and node.name != "__init__"):
                yield f"{within}{node.name}({', '.join(names)})"


@pytest.mark.parametrize("room", ["exercise", "study", "widgets"])
def test_public_functions_have_types(room):
    paths = sorted((FOLDER / room).rglob("*.py"))
    found = {path.stem: list(untyped(ast.parse(path.read_text(encoding="utf-8")).body)) for path in paths}
    assert paths and {name: functions for name, functions in found.items() if functions} == {}
