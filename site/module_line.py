"""A module in one line: a hash of what has to stay as it is, and hashes of what has to stay too while more may join.

Comments and docstrings are in none of them. A new function may join: nothing that ran before can have called it. `free`
says what else may; all other code is in the first hash. So some changes are named that change no output, and none is
missed that does.
"""

import ast
import builtins
import hashlib
import sys
from collections import Counter
from functools import cache

from sources import PACKAGES, imported_names

QUIET_IMPORTS = {*PACKAGES, *sys.stdlib_module_names} - {"__future__"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# An expression of these alone does nothing, and means the same wherever it stands.
QUIET = (
    *(ast.Constant, ast.Name, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Starred, ast.UnaryOp, ast.BinOp),
    *(ast.unaryop, ast.operator, ast.expr_context),
)


@cache
def module_line(text, inside=(), closed=False):
    """Return the line of a module's text: `inside` are a package's own modules, `closed` says that nothing may join."""
    body = [node for node in undocumented(ast.parse(text)).body if not is_overload(node)]
    names = Counter(name for node in body for name in bound(node))
    # Where a name is bound twice, or hides one that is there without it, it matters what stands first.
    hidden = {"*", *(name for name in dir(builtins) if name[0] != "_")}
    if closed or hidden & set(names) or max(names.values(), default=0) > 1:
        return short([spelled(node) for node in body])
    kept, joining = [], []
    for node in body:
        parts = None if set(bound(node)) & set(inside) else free(node)
        kept += [spelled(node)] if parts is None else []
        joining += parts or []
    return line(kept, joining)


def line(kept, joining):
    return " ".join([short(kept), *sorted({short(part)[:6] for part in joining})])


def short(part):
    return hashlib.sha256(repr(part).encode()).hexdigest()[:8]


def free(node):
    """Return the parts that a statement adds to a module where nobody notices, or None if it may do more.

    Such a part can be found by its name alone, and is the same before and after any other statement. No class and no
    decorator is one: it may sign itself up where others look.
    """
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        level, module = getattr(node, "level", 0), getattr(node, "module", None)
        roots = {name.split(".")[0] for name in imported_names(node).values()}
        return [(level, module, spelled(alias)) for alias in node.names] if level or roots <= QUIET_IMPORTS else None
    if isinstance(node, FUNCTIONS) and not node.name.startswith("__") and not node.decorator_list:
        given = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        types = [part.annotation for part in ast.walk(node.args) if isinstance(part, ast.arg)] + [node.returns]
        calls = any(isinstance(part, ast.Call) for kind in filter(None, types) for part in ast.walk(kind))
        return [spelled(node)] if all(map(quiet, given)) and not calls else None
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and len(node.targets) == 1:
        name = node.targets[0].id
        if name == "__all__" and isinstance(node.value, ast.List):
            return [(name, spelled(part)) for part in node.value.elts]
        return [spelled(node)] if quiet(node.value) and not name.startswith("__") else None
    return None


def quiet(expression):
    return all(isinstance(part, QUIET) for part in ast.walk(expression))


def bound(node):
    """Yield each name that a statement binds in its module, and again each that a function in it says to be global."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        yield node.name
        for part in ast.walk(node):
            yield from part.names if isinstance(part, ast.Global) else ()
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.Name):
        yield from () if isinstance(node.ctx, ast.Load) else (node.id,)
    else:
        # An except clause and a pattern name things, too
        yield from (
            part for part in (getattr(node, "name", None), getattr(node, "rest", None)) if isinstance(part, str)
        )
        for child in ast.iter_child_nodes(node):
            yield from bound(child)


def undocumented(tree):
    """Return a tree without the docstrings of its modules, classes and functions."""
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS))
            and ast.get_docstring(node, clean=False) is not None
        ):
            del node.body[0]
    return tree


def is_overload(node):
    """Whether a statement only tells a type checker what a function that follows returns."""
    return isinstance(node, FUNCTIONS) and [ast.unparse(part) for part in node.decorator_list] == ["overload"]


def spelled(node):
    """Return a tree as tuples, alike in every version of Python: without places, and without what is empty."""
    if isinstance(node, ast.AST):
        fields = [(name, spelled(part)) for name, part in ast.iter_fields(node) if part is not None and part != []]
        return type(node).__name__, *fields
    return tuple(map(spelled, node)) if isinstance(node, list) else node
