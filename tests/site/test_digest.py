"""site/digest.py: prose and additions leave a notebook fresh, whatever may change an output makes it stale."""

import pytest
import small_book
from digest import changed, digest, looks_around
from module_line import module_line
from nbformat import v4
from small_book import BookFile
from sources import imported_modules, syntax_tree

POOLING, PACKAGE = BookFile("pooling_lib/pooling.py"), BookFile("pooling_lib/__init__.py")
CELL = """
from pooling_lib import pool
from pooling_book.study import data, results
from pooling_book.chapters import chapter01
"""


@pytest.fixture
def root(tmp_path):
    return small_book.small_book(tmp_path)


def cells(*sources, tags=()):
    return [v4.new_code_cell(source, metadata={"tags": list(tags)}) for source in sources]


@pytest.mark.parametrize(
    "source, modules",
    [
        ("import numpy", ""),
        ("import pooling_lib.geometry as g", "lib lib.geometry lib.kernels lib.pooling"),
        ("from pooling_lib import geometry", "lib lib.geometry lib.kernels lib.pooling"),
        ("from pooling_lib.geometry import size", "lib lib.geometry lib.kernels lib.pooling"),
        ("from pooling_book import *", "book"),
        ("def f():\n    import pooling_book.study", "book book.study"),
        ("%time import os\nimport pooling_book", "book"),
        ("%%time\nimport pooling_book", ""),
        ("import pooling_book\nthis is no Python", ""),
        (
            "from pooling_book import figures",
            "book book.figures book.study book.study.data lib lib.geometry lib.kernels lib.pooling",
        ),
    ],
)
def test_imported_modules(root, source, modules):
    assert sorted(imported_modules([source], root)) == [f"pooling_{name}" for name in modules.split()]


def stale(root, edits, source=CELL, tags=()):
    """The parts that have changed after edits of (file, old text, new text); a file without an old text is written."""
    notebook = cells(source, tags=tags)
    before = digest(notebook, root)
    for file, old, new in edits:
        path = file.path(root)
        path.write_text(path.read_text().replace(old, new, 1) if old else new)
        assert not old or new in path.read_text() != old
    return changed(before, digest(notebook, root))


def edit(old, new, file=POOLING):
    return [(file, old, new)]


NEW_FUNCTION = ("def unpool", "def added(x, window=2) -> list[int]:\n    return unpool(x)\n\n\ndef unpool")

FRESH = {
    "a docstring of the module": edit("The pools.", "Every pool."),
    "a docstring of a function": edit('    """Pool x."""\n    # in', '    """Pool x, in windows."""\n    # in'),
    "a docstring that goes": edit('    """Pool x."""\n    # in', "    # in"),
    "a docstring that comes": edit("def unpool(y):\n", 'def unpool(y):\n    """Undo it."""\n'),
    "a docstring of a class": edit("A pool.", "One pool."),
    "a docstring of a method": edit('        """Pool x."""', '        """Pool it."""'),
    "a comment": edit("# in windows", "# window by window"),
    "a comment at a line's end": edit("# elements", "# numbers"),
    "blank lines": edit("\n\n\n", "\n\n\n\n"),
    "another layout": edit('(x, window=2, *, kind="max")', "(\n    x,\n    window=2,\n    *,\n    kind='max',\n)"),
    "a new function": edit(*NEW_FUNCTION),
    "a new constant": edit("LARGEST", "SMALLEST = -9\nLARGEST"),
    "a new import from the standard library": edit(
        "from functools import cache", "import math\nfrom functools import cache"
    ),
    "functions in another order": edit("def unpool(y):\n    return [y] * geometry.size if fast else []\n\n\n", "")
    + edit("@cache", "def unpool(y):\n    return [y] * geometry.size if fast else []\n\n\n@cache"),
    "a new public name": edit("import pool\n", "import pool, unpool\n", PACKAGE)
    + edit('["pool"]', '["pool", "unpool"]', PACKAGE),
    "a new module": [(BookFile("pooling_lib/words.py"), "", 'def described():\n    return "max"\n')]
    + edit("\n__all__", "from pooling_lib.words import described\n\n__all__", PACKAGE),
    "a module that nobody imports": [(BookFile("pooling_lib/unused.py"), "", "changed = 1\n")],
    "a comment in the book": [(BookFile("pooling_book/study/results.py"), "", '"""Results."""  # of experiments\n')],
    "a new file of data": [(BookFile("data/SHA256SUMS"), "", "4567  cat.png\n0123  digits.npz\n")],
    "a new file of results": [(BookFile("experiments/results/new.json"), "", "{}")],
}

STALE = {
    "a constant": edit("LARGEST = 9", "LARGEST = 8"),
    "a constant's type": edit("window = 2", "window = 2.0"),
    "a default": edit("window=2", "window=3"),
    "a default that is named": edit('kind="max"', 'kind="min"'),
    "a body": edit("x[:window]", "x[window:]"),
    "a body's order": edit("[y] * geometry.size", "geometry.size * [y]"),
    "a method's body": edit("self.window)", "1)"),
    "an attribute of a class": edit("    window = 2", "    window = 3"),
    "a decorator": edit("@cache\n", ""),
    "a decorator that comes": edit("def unpool", "@cache\ndef unpool"),
    "a parameter's name": edit("(y):\n    return [y]", "(z):\n    return [z]"),
    "an annotation": edit("def unpool(y)", "def unpool(y: int)"),
    "a function that goes": edit("def unpool(y):\n    return [y] * geometry.size if fast else []\n", ""),
    "a function's name": edit("def unpool", "def unpooled"),
    "an import": edit("from .kernels import fast", "from .geometry import size as fast"),
    "an import that goes": edit("from . import geometry\n", ""),
    "an import of a library": edit("from functools", "import numpy\nfrom functools"),
    "a public name that goes": edit('["pool"]', "[]", PACKAGE),
    "where a public name comes from": edit("pooling import pool", "pooling import unpool as pool", PACKAGE),
    "a second definition of a name": edit("class Pool", "def pool(x):\n    return x\n\n\nclass Pool"),
    "a definition before that of its name": edit("def pool", "def pool(x):\n    return x\n\n\ndef pool"),
    "a new name that hides an import": edit("def unpool", "def fast(x):\n    return x\n\n\ndef unpool"),
    "a new name that hides a builtin": edit("def unpool", "def max(x):\n    return x\n\n\ndef unpool"),
    "a new name that hides a module": edit("import pool\n", "import pool, unpool as geometry\n", PACKAGE),
    "a new function that binds a global name": edit(
        "def unpool", "def f():\n    global fast\n    fast = 0\n\n\ndef unpool"
    ),
    "a new name in a clause": edit("KINDS", "try:\n    pass\nexcept ValueError as fast:\n    pass\nKINDS"),
    "a new __getattr__": edit("def unpool", "def __getattr__(name):\n    return 1\n\n\ndef unpool"),
    "a new import of all": edit("from .kernels import fast", "from .kernels import fast\nfrom .unused import *"),
    "a new class": edit("class Pool", "class Sign(type(geometry)):\n    pass\n\n\nclass Pool"),
    "a new function that signs itself up": edit(
        "def unpool", "@KINDS.setdefault\ndef f(x):\n    return x\n\n\ndef unpool"
    ),
    "a new default that acts": edit("def unpool", "def f(x=KINDS.pop('max')):\n    return x\n\n\ndef unpool"),
    "a new annotation that acts": edit("def unpool", "def f(x: KINDS.pop('max')):\n    return x\n\n\ndef unpool"),
    "a new constant that acts": edit("LARGEST", "GONE = KINDS.pop('max')\nLARGEST"),
    "a new statement": edit("LARGEST", "KINDS.clear()\nLARGEST"),
    "a new module that acts": [(BookFile("pooling_lib/words.py"), "", "import pooling_lib\npooling_lib.pool = print\n")]
    + edit("\n__all__", "from pooling_lib import words\n\n__all__", PACKAGE),
    "a module that is imported by way of another": [(BookFile("pooling_lib/kernels.py"), "", "fast = False\n")],
    "a comment in a chapter's module": edit("# a comment", "# another", small_book.CHAPTER),
    "a file of data": [(BookFile("data/SHA256SUMS"), "", "0124  digits.npz\n")],
    "a file of results": [(BookFile("experiments/results/long.json"), "", "{ }\n")],
}


@pytest.mark.parametrize("edits", FRESH.values(), ids=FRESH)
def test_stays_fresh(root, edits):
    assert stale(root, edits) == []


@pytest.mark.parametrize("edits", STALE.values(), ids=STALE)
def test_becomes_stale(root, edits):
    assert stale(root, edits) != []


def test_a_new_function_that_a_known_one_calls_is_a_change(root):
    assert stale(root, [*edit(*NEW_FUNCTION), *edit("return looked_up", "return added(x) or looked_up")])


def test_what_has_joined_since_is_no_part_of_the_notebook(root):
    before = digest(cells(CELL), root)
    POOLING.edit(root, *NEW_FUNCTION)
    POOLING.edit(root, "return unpool(x)", "return 0")
    assert changed(before, digest(cells(CELL), root)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pooling_lib\n\nvars(pooling_lib)",
        "import pooling_lib.pooling as p\n\ndir(p)",
        "import pooling_lib\n\nlen(pooling_lib.__all__)",
        "import pooling_lib\n\nhasattr(pooling_lib.pooling, 'added')",
        "from pooling_lib.pooling import *",
        "import importlib\n\nimportlib.import_module('pooling_lib.pooling').__all__\nimport pooling_lib",
        "from pooling_lib import pool\n\npool.__globals__, globals()",
    ],
)
def test_a_cell_that_looks_around_notices_a_new_function(root, source):
    assert stale(root, edit(*NEW_FUNCTION), source) == ["pooling_lib.pooling"]


@pytest.mark.parametrize(
    "source, tags",
    [
        ("import inspect\nfrom pooling_lib import pool\n\ninspect.getsource(pool)", ()),
        ("from pooling_lib import pool\n\npool??", ()),
        ("from pooling_lib import pool\n\npool?", ()),
        ("from pooling_lib import pool\n\nhelp(pool)", ()),
        ("from pooling_lib import pool\n\nprint(pool.__doc__)", ()),
        ("from pooling_lib import pool\n\npool(None)", ["raises-exception"]),  # lines of ours are shown
    ],
)
def test_where_source_is_shown_its_comments_count(root, source, tags):
    assert stale(root, edit("# in windows", "# window by window"), source, tags) == ["pooling_lib.pooling"]


def test_prose_does_not_count_and_a_cell_does(root):
    assert digest(cells("1"), root) == digest(cells("1"), root)
    assert changed(digest(cells("1"), root), digest(cells("2"), root)) == ["cells"]
    ask = "from pooling_book.chapters.chapter01 import quiz"
    assert changed(digest(cells("1", ask), root), digest(cells("1", f"{ask}\nquiz"), root)) == ["questions"]
    tries = "from pooling_book.chapters.try01 import things_to_try"  # of a widget, above the questions
    assert changed(digest(cells(tries, "1"), root), digest(cells(tries, "2"), root)) == ["cells"]


def test_a_notebook_without_a_digest_is_stale(root):
    assert "cells" in changed(None, digest(cells("1"), root)) and "cells" in changed("0123", digest(cells("1"), root))


def test_the_book_leaves_room_for_new_names():
    """No module of ours looks around, so that a new function is noticed by nobody."""
    root = small_book.Path(__file__).parents[2]
    for package in ("pooling_lib", "pooling_book"):
        for path in sorted((root / package).rglob("*.py")):
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            assert not looks_around(syntax_tree(path.read_text(encoding="utf-8")), name.rpartition(".")[0], root), name


def test_every_version_of_python_spells_a_module_alike():
    text = """
import math

def f(x: int, *y, z=(1, -2.5), **more) -> "f":
    return f"{x!r:>{y}} a" "b" if x else {**more, 1: [0j, b"", ...]}
"""
    assert module_line(text) == "4f53cda1 0eab70 63cb0f"
