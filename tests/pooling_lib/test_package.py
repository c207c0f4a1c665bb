"""The library alone: what it imports, what it offers, and how large it may grow."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

import pooling_lib

FOLDER = Path(__file__).resolve().parents[2] / "pooling_lib"
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py"))}

LOADED = """
import sys
before = set(sys.modules)
import pooling_lib
print({name.split(".")[0] for name in set(sys.modules) - before})
"""


def test_the_library_needs_numpy_and_nothing_else():
    loaded = eval(subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout)
    assert {name for name in loaded if name not in sys.stdlib_module_names} == {"pooling_lib", "numpy"}


def test_every_public_name_has_a_docstring():
    assert all(getattr(pooling_lib, name).__doc__ for name in pooling_lib.__all__)


def test_the_version_is_the_one_that_the_citation_names():
    cited = (FOLDER.parent / "CITATION.cff").read_text(encoding="utf-8")
    assert pooling_lib.__version__ == re.search(r"^version: (.+)$", cited, re.M)[1]


@pytest.mark.parametrize("module", SOURCES)
def test_nothing_in_the_library_knows_of_a_book(module):
    source = SOURCES[module].replace("pooling-lib[book]", "")  # what to install is called so
    assert not re.search(r"pooling_book|\b(chapter|book|notebook)s?\b", source, re.I)


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_imports_only_what_stands_before_it(module):
    """Geometry first: no arrow runs back, and gradients stand beside the pools, not on them."""
    order = "geometry plans arguments reductions kernels walks".split()
    above = {"pooling": order, "gradients": order, "naive": [], "__init__": [*SOURCES]}
    imported = {
        name
        for node in ast.walk(ast.parse(SOURCES[module]))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pooling_lib")
        for name in ([node.module.split(".")[1]] if "." in node.module else [one.name for one in node.names])
    }
    allowed = above.get(module, order[: order.index(module)] if module in order else [*order, "pooling"])
    assert imported <= {*allowed, *(pooling_lib.__all__ if module == "__init__" else ())}


def code_lines(source):
    """The lines that hold code: no comments, no docstrings, nothing empty."""
    quiet = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in quiet
        for line in range(token.start[0], token.end[0] + 1)
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            lines -= {*range(node.body[0].lineno, node.body[0].end_lineno + 1)}
    return len(lines)


def test_the_library_stays_small_and_flat():
    folders = [path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert folders == [] and sum(map(code_lines, SOURCES.values())) < 3300


def test_lines_of_code_are_counted_without_docstrings_and_comments():
    source = 'def f(x):\n    """It.\n\n    So.\n    """\n    # why\n\n    return (\n        x  # so\n    )\n'
    assert code_lines(source) == 4


def test_no_function_is_longer_than_forty_lines():
    for module, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                length = node.end_lineno - body[0].lineno + 1 if body else 0
                assert length < 40, f"{module}.{node.name} has {length} lines"
