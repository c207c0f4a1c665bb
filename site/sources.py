"""What a source imports and which names it uses: read from its syntax tree, nothing is run."""

import ast
import builtins
from functools import cache

PACKAGES = ("pooling_lib", "pooling_book")


def imported_modules(sources, root):
    """Return name and file of each of our modules that the sources import, that these import, and so on.

    The packages lie in the folder `root`.
    """
    found = {}
    waiting = [name for source in sources for name in imports_of(syntax_tree(source))]
    while waiting:
        name = waiting.pop()
        path = module_file(name, root)
        if path is None or name in found:
            continue
        found[name] = path
        waiting += imports_of(syntax_tree(path.read_text(encoding="utf-8")), package_of(name, path))
    return found


@cache
def imports_of(tree, package=""):
    """Return our names in a tree's import statements, with the packages on the way to each."""
    names = [name for node in ast.walk(tree) for name in imported_names(node, package).values()]
    names = [name for name in names if name.split(".")[0] in PACKAGES]
    return [".".join(name.split(".")[:depth]) for name in names for depth in range(1, len(name.split(".")) + 1)]


def imported_names(node, package=""):
    """Return what an import statement imports, by the names that it binds; nothing for other nodes."""
    if isinstance(node, ast.Import):
        return {alias.asname or alias.name: alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*parents, *([node.module] if node.module else [])])
        # `from package import name`: the name may be a module of its own; module_file() finds out
        return {alias.asname or alias.name: f"{base}.{alias.name}" for alias in node.names}
    return {}


def module_file(name, root):
    stem = root.joinpath(*name.split("."))
    for path in (stem / "__init__.py", stem.with_suffix(".py")):
        if path.is_file():
            return path
    return None


def package_of(name, path):
    return name if path.name == "__init__.py" else name.rpartition(".")[0]


@cache
def syntax_tree(source):
    try:
        return ast.parse(source)
    except SyntaxError:
        pass
    # What only a notebook knows: %magic, !command, name?. Imported here: IPython takes a second to load.
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:  # a cell may show one on purpose
        return ast.Module(body=[], type_ignores=[])


def names_not_bound(sources):
    """Return the names that these sources read, and that nothing in them binds."""
    nodes = [node for source in sources for node in ast.walk(syntax_tree(source))]
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    bound |= {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    bound |= {(node.asname or node.name).split(".")[0] for node in nodes if isinstance(node, ast.alias)}
    return sorted({node.id for node in nodes if isinstance(node, ast.Name)} - bound - set(dir(builtins)))


@cache
def uses(tree, names):
    """Whether a tree has one of the names as a variable, an attribute, an import or the name of a magic."""
    field = {ast.Name: "id", ast.Attribute: "attr", ast.alias: "name", ast.Constant: "value"}
    return any(getattr(node, field.get(type(node), ""), None) in names for node in ast.walk(tree))
