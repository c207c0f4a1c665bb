"""Runs the chapters' notebooks, stores them in one stable form, and checks that what is stored is still true.

    python site/notebooks.py check [files]        what `make book` does first: reads only, lists every finding
    python site/notebooks.py execute [files]      what `make execute` does: runs, normalises, writes
    python site/notebooks.py questions [files]    what `make questions` does: runs only questions that have changed
    python site/notebooks.py form [files]         prints how long a chapter is, and what its form lacks

The build of the site executes nothing, so a stale or failed notebook would go out without a word. `check` is the word.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import form
import nbformat
from digest import changed, digest, questions_of, used_above
from sources import names_not_bound

ROOT = Path(__file__).resolve().parents[1]
# What a picture brings to a running notebook: the site's pages have these rules, and a stored one need not repeat them.
PICTURE_STYLE = re.compile(r'<style class="pool-style">.*?</style>', re.S)
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MEND, MEND_QUESTIONS = "make execute", "make questions"
TIMEOUT = 600  # seconds for one cell

# JupyterLab writes this very kernelspec: saving a chapter there leaves it unchanged.
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What an author writes. Everything else in a cell's metadata is what an editor or a run left behind.
CELL_METADATA = ("tags", "mystnb", "guess")

# What the site folds or covers, JupyterLab does, too.
FOLDED_IN_LAB = {
    "source_hidden": form.folds_source,
    "outputs_hidden": lambda cell: "guess" in cell.metadata,
}


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


# Running


def execute(path, root=ROOT):
    """Run a notebook and store it; raise NotebookError, with nothing written, at the first thing that is wrong."""
    notebook, _ = read(path)
    run(notebook, notebook.cells, Path(path))
    store(notebook, path, root)


def execute_questions(path, root=ROOT):
    """Run and store a notebook's questions and exercises if they have changed; refuse if anything above them has.

    They need neither TensorFlow nor the minutes that a chapter may take. Returns 'current' if there was nothing to run.
    """
    notebook, _ = read(path)
    cells = code_cells(notebook)
    stale = stale_parts(notebook, root)
    if not stale:
        return "current"
    if above := [part for part in stale if part in used_above(cells, root)]:
        raise NotebookError(f"{shown(path)}: not its questions alone have changed, but {listed(above)}. Mend: {MEND}")
    questions = questions_of(cells)
    if lent := names_not_bound([cell.source for cell in questions]):
        raise NotebookError(f"{shown(path)}: its questions use {listed(lent)} from the cells above. Mend: {MEND}")
    run(notebook, questions, Path(path))
    store(notebook, path, root)
    return None


def run(notebook, cells, path):
    """Run cells of a notebook, one after the other, in a kernel of their own."""
    # Imported here: `check` is the first thing a build does, and starts in an instant without it.
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    # The book's own kernel, whatever make, the shell or the user's folders say: its file holds its settings
    os.environ["JUPYTER_PATH"] = str(ROOT / "site" / "jupyter")
    started = []
    places = {id(cell): index for index, cell in enumerate(notebook.cells)}
    client = NotebookClient(
        nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata),
        kernel_name="python3",
        timeout=TIMEOUT,
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        record_timing=False,
        on_cell_start=lambda cell, cell_index: started.append(places[id(cell)]),
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


def store(notebook, path, root):
    normalise(notebook)
    notebook.metadata["pooling"] = {"digest": digest(code_cells(notebook), root)}
    if found := [f"{place(path, notebook, index)}: {cause}" for index, cause in machine_paths(notebook, root)]:
        raise NotebookError("\n".join(found))
    nbformat.validate(notebook)
    write(path, serialise(notebook))


# The stable form


def normalise(notebook):
    """Keep what an author wrote and what a reader sees; drop what differs from run to run and by machine."""
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in CELL_METADATA if key in cell.metadata})
        if folded := {key: True for key, folds in FOLDED_IN_LAB.items() if folds(cell)}:
            cell.metadata["jupyter"] = folded
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
    if stale := stale_parts(notebook, root):
        mend = MEND if used_above(code_cells(notebook), root) & set(stale) else MEND_QUESTIONS
        found.append(f"{shown(path)}: something has changed since it was run: {listed(stale)}. Mend: {mend}")
    if "widgets" in notebook.metadata:
        found.append(f"{shown(path)}: widget state is stored. Mend: {MEND}")
    for index, cell in enumerate(notebook.cells):
        found += [f"{place(path, notebook, index)}: {cause}" for cause in cell_findings(cell, ids[index], ids[:index])]
    return found


def stale_parts(notebook, root):
    return changed(notebook.metadata.get("pooling", {}).get("digest"), digest(code_cells(notebook), root))


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
            mend = f"the code, or the tag raises-exception if it is meant; then {MEND}"
            yield f"{output.ename}: {output.evalue}. Mend: {mend}"
        if WIDGET_VIEW in output.get("data", {}):
            yield f"a widget view is stored. Mend: {MEND}"


# Shared


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def place(path, notebook, index):
    first_line = next(iter(notebook.cells[index].source.strip().splitlines()), "")
    return f"{shown(path)}, cell {index + 1} ({first_line[:60]})"


def listed(names, most=3):
    return ", ".join([*names[:most], *([f"and {len(names) - most} more"] if len(names) > most else [])])


def shown(path):
    path = Path(path).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def all_notebooks():
    return [path for room in ("chapters", "appendix") for path in sorted((ROOT / room).glob("*.ipynb"))]


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["check", "execute", "questions", "form"])
    parser.add_argument("files", nargs="*", type=Path, help="default: all of chapters/ and appendix/")
    options = parser.parse_args(arguments)
    files = options.files or all_notebooks()

    if options.command == "check":
        found = [finding for path in files for finding in check(path)]
        print(
            "\n".join(found) if found else f"{len(files)} notebooks checked: current",
            file=sys.stderr if found else sys.stdout,
        )
        return 1 if found else 0

    if options.command == "form":
        for path in options.files or sorted((ROOT / "chapters").glob("*.ipynb")):  # an appendix has another form
            print(shown(path), *form.report(read(path)[0]), "", sep="\n")
        return 0

    act = {"execute": execute, "questions": execute_questions}[options.command]
    for path in files:
        print(f"{shown(path)} …", end=" ", flush=True)
        start = time.perf_counter()
        try:
            found = act(path)
        except NotebookError as error:
            print(f"failed\n{error}\nNothing was written to this notebook.", file=sys.stderr)
            return 1
        print(found or f"{time.perf_counter() - start:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
