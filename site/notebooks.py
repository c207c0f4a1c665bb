"""Runs the chapters' notebooks, stores them in one stable form, and checks that what is stored is still true.

    python site/notebooks.py check [files]      what `make book` does first: reads only, lists every finding
    python site/notebooks.py execute [files]    what `make execute` does: runs, normalises, writes

The build of the site executes nothing, so a stale or failed notebook would go out without a word. `check` is the word.
"""

import argparse
import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pooling_lib", "pooling_book")
# What a picture brings to a running notebook: the site's pages have these rules, and a stored one need not repeat them.
PICTURE_STYLE = re.compile(r'<style class="pool-style">.*?</style>', re.S)
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MEND = "make execute"
TIMEOUT = 600  # seconds for one cell

# JupyterLab writes this very kernelspec: saving a chapter there leaves it unchanged.
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What an author writes. Everything else in a cell's metadata is what an editor or a run left behind.
CELL_METADATA = ("tags", "mystnb", "jupyter")


class NotebookError(Exception):
    """A notebook cannot be stored; the message names it, the cell and the cause."""


# Reading and writing


def read(path):
    """Return a notebook and the ids its cells have in the file.

    In the notebook, cells without a valid id, or with another cell's, have one that does not change from run to run.
    """
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8"))
        if not isinstance(raw, dict) or raw.get("nbformat") != 4:
            raise ValueError("no notebook of format 4")
        cells = raw.get("cells", [])
        stored_ids = [cell.get("id") for cell in cells]
        give_ids(cells, Path(path).stem)
        raw["nbformat_minor"] = max(5, raw.get("nbformat_minor", 0))  # ids came with 4.5
        notebook = nbformat.reads(json.dumps(raw), as_version=4)
        nbformat.validate(notebook)
    except (ValueError, nbformat.ValidationError) as error:
        raise NotebookError(f"{shown(path)}: not a notebook: {str(error).splitlines()[0]}") from None
    return notebook, stored_ids


def give_ids(cells, name):
    # nbformat would draw random ids: the same notebook would differ after each run.
    kept = {}
    for cell in cells:
        if valid_id(cell.get("id")):
            kept.setdefault(cell["id"], cell)
    for position, cell in enumerate(cells):
        if kept.get(cell.get("id")) is cell:
            continue
        attempt = 0
        while (new := sha256(f"{name}/{position}/{attempt}")[:8]) in kept:
            attempt += 1
        cell["id"] = new
        kept[new] = cell


def valid_id(text):
    return isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text) is not None


def serialise(notebook):
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def write(path, text):
    """Write only what has changed, so that the site rebuilds only what has changed."""
    path = Path(path)
    if path.read_text(encoding="utf-8") == text:
        return
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)


# The digest: what the stored outputs depend on


def digest(notebook, root=ROOT):
    """Hash the code cells and the texts of the library modules that they import, directly or not.

    The front-end files (pooling_book/widgets/*.js) are left out: a stored output holds a widget's state and its fallback, made by the
    Python modules; the script that brings it to life is added by the site's build. A change there calls for no new run.
    """
    sources = [cell.source for cell in code_cells(notebook)]
    modules = imported_modules(sources, root)
    parts = sources + [f"{name}\n{path.read_text(encoding='utf-8')}" for name, path in sorted(modules.items())]
    if "pooling_book.study.data" in modules:
        parts.append((root / "data" / "SHA256SUMS").read_text(encoding="utf-8"))
    if "pooling_book.study.results" in modules:
        parts += [path.read_bytes().hex() for path in sorted((root / "experiments" / "results").iterdir())]
    return sha256(json.dumps(parts))


def imported_modules(sources, root=ROOT):
    """Return name and file of each library module that the sources import, those that these import, and so on."""
    found = {}
    waiting = [name for source in sources for name in imports_of(source)]
    while waiting:
        name = waiting.pop()
        path = module_file(name, root)
        if path is None or name in found:
            continue
        found[name] = path
        waiting += imports_of(path.read_text(encoding="utf-8"), package_of(name, path))
    return found


def imports_of(source, package=""):
    """Return the library's names in the import statements of a text, with the packages on the way to each."""
    names = []
    for node in ast.walk(syntax_tree(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parents, *([node.module] if node.module else [])])
            # `from package import name`: the name may be a module of its own; module_file() finds out
            names += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    names = [name for name in names if name.split(".")[0] in PACKAGES]
    return [".".join(name.split(".")[:depth]) for name in names for depth in range(1, len(name.split(".")) + 1)]


def module_file(name, root):
    stem = root.joinpath(*name.split("."))
    for path in (stem.with_suffix(".py"), stem / "__init__.py"):
        if path.is_file():
            return path
    return None


def package_of(name, path):
    return name if path.name == "__init__.py" else name.rpartition(".")[0]


def syntax_tree(source):
    try:
        return ast.parse(source)
    except SyntaxError:
        pass
    # What only a notebook knows: %magic, !command, name?. Imported here: IPython takes a second to load, few cells need it.
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:  # a cell may show one on purpose
        return ast.Module(body=[], type_ignores=[])


# Running


def execute(path, root=ROOT):
    """Run a notebook and store it; raise NotebookError, with nothing written, at the first thing that is wrong."""
    notebook, _ = read(path)
    run(notebook, Path(path))
    normalise(notebook)
    notebook.metadata["pooling"] = {"digest": digest(notebook, root)}
    found = [f"{place(path, notebook, index)}: {cause}" for index, cause in machine_paths(notebook, root)]
    if found:
        raise NotebookError("\n".join(found))
    nbformat.validate(notebook)
    write(path, serialise(notebook))


def run(notebook, path):
    # Imported here: `check` is the first thing a build does, and starts in an instant without it.
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    # The book's own kernel, whatever make, the shell or the user's folders say: its file holds its settings
    os.environ["JUPYTER_PATH"] = str(ROOT / "site" / "jupyter")
    started = []
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=TIMEOUT,
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        record_timing=False,
        on_cell_start=lambda cell, cell_index: started.append(cell_index),
    )
    try:
        # TensorFlow's first log lines obey no setting, and would bury the progress
        client.execute(stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        raise NotebookError(f"{place(path, notebook, started[-1])}: {error.ename}: {error.evalue}") from None
    except CellTimeoutError:
        raise NotebookError(f"{place(path, notebook, started[-1])}: still running after {TIMEOUT} s") from None
    except DeadKernelError:
        raise NotebookError(f"{place(path, notebook, started[-1])}: the kernel died") from None


# The stable form


def normalise(notebook):
    """Keep what an author wrote and what a reader sees; drop what differs from run to run and from machine to machine."""
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in CELL_METADATA if key in cell.metadata})
    count = 0
    for cell in code_cells(notebook):
        cell.outputs = stable_outputs(cell.outputs)
        if cell.execution_count is not None:
            count += 1
            cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count


def stable_outputs(outputs):
    kept = []
    for output in outputs:
        if output.output_type == "stream":
            if output.name == "stderr":
                continue
            if kept and kept[-1].output_type == "stream":
                kept[-1].text += output.text  # where a stream is cut is a matter of timing
                continue
        elif WIDGET_VIEW in output.get("data", {}):
            # It names a model in a kernel that is gone. What the static page shows stays.
            del output.data[WIDGET_VIEW]
            output.metadata.pop(WIDGET_VIEW, None)
            if not output.data:
                continue
        if "text/html" in output.get("data", {}):
            output.data["text/html"] = PICTURE_STYLE.sub("", output.data["text/html"])
        output.pop("transient", None)
        kept.append(output)
    return kept


def machine_paths(notebook, root=ROOT):
    """Return (cell index, cause) for each path of this machine in the outputs: such a notebook is true nowhere else."""
    folders = {
        str(folder) for folder in (root, Path.home(), Path(tempfile.gettempdir()), Path("/tmp")) if folder != Path("/")
    }
    pattern = re.compile(
        "|".join(rf"(?<![\w.]){re.escape(folder)}(?![\w-])" for folder in sorted(folders, key=len, reverse=True))
    )
    found = []
    for index, cell in enumerate(notebook.cells):
        seen = {match for text in strings(cell.get("outputs", [])) for match in pattern.findall(text)}
        found += [(index, f"its output names the folder {folder}") for folder in sorted(seen)]
    return found


def strings(value):
    """Yield every text in an output, without the images: base64 may spell anything."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not key.startswith("image/") or key == "image/svg+xml":
                yield from strings(item)


# Checking


def check(path, root=ROOT):
    """Return every reason why the notebook must not be published, one line each."""
    try:
        notebook, ids = read(path)
    except NotebookError as error:
        return [str(error)]
    found = []
    if notebook.metadata.get("pooling", {}).get("digest") != digest(notebook, root):
        found.append(
            f"{shown(path)}: its code, or the library that it imports, has changed since it was run. Mend: {MEND}"
        )
    if "widgets" in notebook.metadata:
        found.append(f"{shown(path)}: widget state is stored. Mend: {MEND}")
    for index, cell in enumerate(notebook.cells):
        found += [f"{place(path, notebook, index)}: {cause}" for cause in cell_findings(cell, ids[index], ids[:index])]
    return found


def cell_findings(cell, stored_id, ids_before):
    if not valid_id(stored_id):
        yield f"no valid id. Mend: {MEND}"
    elif stored_id in ids_before:
        yield f"another cell has its id, {stored_id}. Mend: {MEND}"
    if cell.cell_type != "code":
        return
    if cell.execution_count is None and cell.source.strip():
        yield f"never run. Mend: {MEND}"
    for output in cell.outputs:
        if output.output_type == "error" and "raises-exception" not in cell.metadata.get("tags", []):
            yield f"{output.ename}: {output.evalue}. Mend: the code, or the tag raises-exception if it is meant; then {MEND}"
        if WIDGET_VIEW in output.get("data", {}):
            yield f"a widget view is stored. Mend: {MEND}"


# Shared


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def place(path, notebook, index):
    first_line = next(iter(notebook.cells[index].source.strip().splitlines()), "")
    return f"{shown(path)}, cell {index + 1} ({first_line[:60]})"


def shown(path):
    path = Path(path).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["check", "execute"])
    parser.add_argument("files", nargs="*", type=Path, help="default: all of chapters/*.ipynb")
    options = parser.parse_args(arguments)
    files = options.files or sorted((ROOT / "chapters").glob("*.ipynb"))

    if options.command == "check":
        found = [finding for path in files for finding in check(path)]
        print(
            "\n".join(found) if found else f"{len(files)} notebooks checked: current",
            file=sys.stderr if found else sys.stdout,
        )
        return 1 if found else 0

    for path in files:
        print(f"{shown(path)} …", end=" ", flush=True)
        start = time.perf_counter()
        try:
            execute(path)
        except NotebookError as error:
            print(f"failed\n{error}\nNothing was written to this notebook.", file=sys.stderr)
            return 1
        print(f"{time.perf_counter() - start:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
