"""What a notebook's stored outputs depend on, as short hashes: its cells, the code that they import, files of data.

A digest has a line for each part, so that a finding can name the part and git shows what has changed:

    "cells": "3f2a91c0"                                what has to stay as it is
    "pooling_lib.pooling": "77aa01fe 0b12c3 9d8e7f"    the same, and hashes of what has to stay too, while more may join

The front-end files (pooling_book/widgets/*/*.js) are left out: a stored output holds a widget's state and its fallback,
made by the Python modules; the script that brings it to life is added by the site's build.
"""

import ast
import re
from functools import cache

from module_line import line, module_line, short
from sources import PACKAGES, imported_modules, imported_names, imports_of, module_file, package_of, syntax_tree, uses

CHAPTERS = "pooling_book.chapters"
A_CHAPTER = re.compile(rf"{re.escape(CHAPTERS)}\.chapter\d+$")
# A module that reads files, and where they are: the file of their sums, the folder, a file with a line for each entry
FILES = {
    "pooling_book.study.data": "data/SHA256SUMS",
    "pooling_book.study.results": "experiments/results",
    "pooling_book.show.same_call": "experiments/results/same_calls.json",
}
# Who uses one of these may show source, comments included. `kinds` shows solutions: those of the chapters' modules.
SHOWS = frozenset("getsource getsourcelines getcomments getdoc __doc__ help pinfo pinfo2 psource pdoc".split())
SHOWS_SOLUTIONS = "pooling_book.exercise.kinds"
# Who uses one of these may notice a new name without being told of it.
LOOKS_AROUND = frozenset(["globals", "import_module", "__import__", "iter_modules"])
LISTS_NAMES = {"__all__", "__dict__"}


def digest(cells, root):
    """Return the digest of code cells, for the packages and files in the folder `root`."""
    above, questions = (part(cells) for part in (cells_above, questions_of))
    modules = imported_modules([cell.source for cell in cells], root)
    texts = {name: path.read_text(encoding="utf-8") for name, path in sorted(modules.items())}
    trees = {name: syntax_tree(text) for name, text in texts.items()}
    trees[""] = ast.Module(body=[node for cell in cells for node in syntax_tree(cell.source).body], type_ignores=[])

    packages = {name: package_of(name, modules[name]) if name else "" for name in trees}
    starred = {name for other, tree in trees.items() for name in imports_of(tree, packages[other]) if name[-2:] == ".*"}
    shows = any(uses(tree, SHOWS) for name, tree in trees.items() if name != SHOWS_SOLUTIONS)
    shows = shows or any("raises-exception" in cell.metadata.get("tags", []) for cell in cells)  # with lines of ours
    closed = any(looks_around(tree, packages[name], root) for name, tree in trees.items())

    found = {"cells": short([cell.source for cell in above]), "questions": short([cell.source for cell in questions])}
    for name, text in texts.items():
        inside = tuple(other.rpartition(".")[2] for other in modules if other.rpartition(".")[0] == name)
        as_text = shows or name.startswith(f"{CHAPTERS}.")
        found[name] = short(text) if as_text else module_line(text, inside, closed or f"{name}.*" in starred)
    return found | {place: files_line(root / place) for module, place in FILES.items() if module in modules}


def changed(stored, current):
    """Return the parts of a digest that are no longer as they were stored."""
    if not isinstance(stored, dict):
        return list(current)

    def differs(part):
        # A new module may join if all that is in it may
        (had, *kept), (has, *present) = stored.get(part, line([], [])).split(), current.get(part, "gone").split()
        return had != has or not set(kept) <= set(present)

    return [part for part in {**current, **stored} if differs(part)]


def used_above(cells, root):
    """Return the parts of a digest that the cells above the questions depend on."""
    modules = imported_modules([cell.source for cell in cells_above(cells)], root)
    return {"cells", *modules, *(place for module, place in FILES.items() if module in modules)}


def cells_above(cells):
    return cells[: len(cells) - len(questions_of(cells))]


def questions_of(cells):
    """Return the cells that show a chapter's questions and exercises: from the one that imports its module on.

    What a widget asks its reader to try is no question: it stands beside, in a module `tryNN` of its own.
    """
    asks = [any(map(A_CHAPTER.match, imports_of(syntax_tree(cell.source)))) for cell in cells]
    starts = [i for i, one in enumerate(asks) if one]
    return cells[starts[0] :] if starts else []


def files_line(place):
    """A line for files: one that has changed or gone makes a notebook stale, a new one does not."""
    if place.is_dir():
        return line([], [(path.name, path.read_bytes()) for path in sorted(place.iterdir())])
    return line([], place.read_text(encoding="utf-8").splitlines())


@cache
def looks_around(tree, package, root):
    """Whether a tree may notice that one of our modules has a new name: it hands on the module itself, for one."""
    modules = {bound: full for node in ast.walk(tree) for bound, full in imported_names(node, package).items()}
    modules |= {name: name for name in PACKAGES if any(bound.split(".")[0] == name for bound in modules)}
    within_longer_names = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and id(node) not in within_longer_names:
            first, *rest = dotted(node)
            name = ".".join([modules.get(first, ""), *rest])
            if name.split(".")[0] in PACKAGES and (is_module(name, root) or LISTS_NAMES & set(rest)):
                return True
    return uses(tree, LOOKS_AROUND)


def is_module(name, root):
    package, _, last = name.rpartition(".")
    if module_file(name, root) is None or not package:
        return module_file(name, root) is not None
    # or a function of the same name, which the package has put in the module's place
    body = syntax_tree(module_file(package, root).read_text(encoding="utf-8")).body
    return all(imported_names(node, package).get(last, name) == name for node in body)


def dotted(node):
    """Return the parts of a name such as pooling_lib.cost.stack; what stands before the dots may be no name."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    return [getattr(node, "id", ""), *parts]
