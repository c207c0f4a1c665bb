"""site/notebooks.py: each rule about stored notebooks, broken in a small notebook, is named."""

import importlib.util
import json
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

spec = importlib.util.spec_from_file_location("notebooks", Path(__file__).parents[2] / "site" / "notebooks.py")
notebooks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(notebooks)


@pytest.fixture
def root(tmp_path):
    """A small book: a library of a few modules, and a folder for chapters."""
    library = tmp_path / "pooling_lib"
    for name, text in {
        "__init__.py": "",
        "geometry.py": "size = 2\n",
        "pooling.py": "from . import geometry\nfrom .kernels import fast\n",
        "kernels.py": "fast = True\n",
        "unused.py": "",
        "book/__init__.py": "",
        "book/data.py": "from .. import geometry\n",
        "book/results.py": "",
        "book/figures.py": "import pooling_book.study.data\nfrom .data import geometry\n",
    }.items():
        path = library / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "SHA256SUMS").write_text("0123  digits.npz\n")
    (tmp_path / "experiments" / "results").mkdir(parents=True)
    (tmp_path / "experiments" / "results" / "long.json").write_text("{}\n")
    (tmp_path / "chapters").mkdir()
    return tmp_path


def save(root, *cells, **metadata):
    path = root / "chapters" / "01_sample.ipynb"
    # as plain JSON: nbformat would mend what the tests break
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return path


def code(source, outputs=(), tags=(), count=1, id="cell-1"):
    return v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)}, execution_count=count, id=id)


def stored(root, *cells):
    """Save a notebook whose digest is current, without running it."""
    notebook = nbformat.from_dict({"cells": cells})
    return save(root, *cells, pooling={"digest": notebooks.digest(notebook, root)})


def widget_view(**others):
    return v4.new_output("display_data", data={notebooks.WIDGET_VIEW: {"model_id": "1"}, **others})


# What the digest covers


@pytest.mark.parametrize(
    "source, modules",
    [
        ("import numpy", []),
        ("import pooling_lib.geometry as g", ["pooling_lib", "pooling_lib.geometry"]),
        ("from pooling_lib import geometry", ["pooling_lib", "pooling_lib.geometry"]),
        ("from pooling_lib.geometry import size", ["pooling_lib", "pooling_lib.geometry"]),
        (
            "from pooling_lib.pooling import *",
            ["pooling_lib", "pooling_lib.geometry", "pooling_lib.kernels", "pooling_lib.pooling"],
        ),
        ("def f():\n    import pooling_lib.kernels", ["pooling_lib", "pooling_lib.kernels"]),
        ("%time import os\nimport pooling_lib", ["pooling_lib"]),
        ("%%time\nimport pooling_lib", []),
        ("import pooling_lib\nthis is no Python", []),
        (
            "from pooling_book import figures",
            [
                "pooling_lib",
                "pooling_book",
                "pooling_book.study.data",
                "pooling_book.figures",
                "pooling_lib.geometry",
            ],
        ),
    ],
)
def test_imported_modules(root, source, modules):
    assert sorted(notebooks.imported_modules([source], root)) == modules


@pytest.mark.parametrize(
    "changed, matters",
    [
        ("pooling_lib/pooling.py", True),
        ("pooling_lib/kernels.py", True),
        ("pooling_lib/__init__.py", True),
        ("data/SHA256SUMS", True),
        ("experiments/results/long.json", True),
        ("pooling_lib/unused.py", False),
    ],
)
def test_digest_follows_what_the_outputs_depend_on(root, changed, matters):
    notebook = v4.new_notebook(cells=[code("import pooling_lib.pooling\nfrom pooling_book import data, results")])
    before = notebooks.digest(notebook, root)
    (root / changed).write_text("# changed\n")
    assert (notebooks.digest(notebook, root) != before) == matters


def test_digest_covers_code_and_not_prose():
    def digest(text, source):
        return notebooks.digest(v4.new_notebook(cells=[v4.new_markdown_cell(text), code(source)]))

    assert digest("a", "1") == digest("b", "1")
    assert digest("a", "1") != digest("a", "2")


# check


def test_check_passes_a_sound_notebook(root):
    error = v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    path = stored(
        root,
        code("raise ValueError('no')", [error], tags=["raises-exception"]),
        v4.new_markdown_cell("text", id="text"),
    )
    assert notebooks.check(path, root) == []


def test_check_names_notebook_cell_cause_and_mend(root):
    path = stored(root, v4.new_markdown_cell("text", id="text"), code("\n# first line\n1", count=None))
    assert notebooks.check(path, root) == [f"{path}, cell 2 (# first line): never run. Mend: make execute"]


@pytest.mark.parametrize(
    "cell, cause",
    [
        (code("1", count=None), "never run"),
        (
            code("1/0", [v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])]),
            "ZeroDivisionError: division by zero",
        ),
        (code("1", [widget_view()]), "a widget view is stored"),
        ({**code("1"), "id": "not valid"}, "no valid id"),
        ({key: value for key, value in code("1").items() if key != "id"}, "no valid id"),
    ],
)
def test_check_finds_a_bad_cell(root, cell, cause):
    [finding] = notebooks.check(stored(root, nbformat.from_dict(cell)), root)
    assert "cell 1" in finding and cause in finding


def test_check_finds_a_stale_notebook(root):
    path = stored(root, code("import pooling_lib.geometry"))
    (root / "pooling_lib" / "geometry.py").write_text("size = 3\n")
    [finding] = notebooks.check(path, root)
    assert "has changed since it was run" in finding


def test_check_finds_stored_widget_state(root):
    path = save(root, pooling={"digest": notebooks.digest(v4.new_notebook(), root)}, widgets={})
    [finding] = notebooks.check(path, root)
    assert "widget state is stored" in finding


def test_check_lists_all_findings(root):
    path = save(root, code("1", count=None, id="same"), code("2", count=None, id="same"))
    found = "\n".join(notebooks.check(path, root))
    assert found.count("never run") == 2
    assert "has changed" in found and "another cell has its id, same" in found


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": []}'])
def test_check_names_a_file_that_is_no_notebook(root, text):
    path = root / "chapters" / "broken.ipynb"
    path.write_text(text)
    [finding] = notebooks.check(path, root)
    assert "broken.ipynb: not a notebook" in finding


def test_check_exits_with_1_and_prints_every_file(root, capsys):
    good, bad = stored(root, code("1")), root / "chapters" / "02_bad.ipynb"
    bad.write_text("{")
    assert notebooks.main(["check", str(good)]) == 0
    assert notebooks.main(["check", str(bad), str(good), str(bad)]) == 1
    assert capsys.readouterr().err.count("02_bad") == 2


# The stable form


def test_ids_are_stable_and_kept():
    def ids():
        cells = [{}, {"id": "mine"}, {"id": "mine"}, {"id": "not valid"}]
        notebooks.give_ids(cells, "01_sample")
        return [cell["id"] for cell in cells]

    assert ids() == ids()
    assert ids()[1] == "mine"
    assert len(set(ids())) == 4 and all(map(notebooks.valid_id, ids()))


def test_normalise_keeps_what_matters_and_drops_the_rest():
    cell = code("1", tags=["hide-input"], count=7)
    cell.metadata.update(mystnb={"image": {"width": "50%"}}, execution={"started": "now"}, collapsed=True)
    cell.outputs = [
        v4.new_output("stream", name="stdout", text="a\n"),
        v4.new_output("stream", name="stderr", text="a warning\n"),
        v4.new_output("stream", name="stdout", text="b\n"),
        widget_view(),
        widget_view(**{"text/html": "<p>"}),
        v4.new_output("execute_result", data={"text/plain": "1"}, execution_count=7),
    ]
    notebook = v4.new_notebook(
        cells=[cell], metadata={"widgets": {}, "language_info": {"name": "python", "version": "3.11.4"}, "toc": 1}
    )
    notebooks.normalise(notebook)
    assert notebook.metadata == notebooks.NOTEBOOK_METADATA
    assert cell.metadata == {"tags": ["hide-input"], "mystnb": {"image": {"width": "50%"}}}
    assert [output.get("text") or output.data for output in cell.outputs] == [
        "a\nb\n",
        {"text/html": "<p>"},
        {"text/plain": "1"},
    ]
    assert cell.execution_count == cell.outputs[-1].execution_count == 1


@pytest.mark.parametrize(
    "text, named",
    [
        ("{root}/data/x.npz", True),
        ("'{home}'", True),
        ("/tmp/ipykernel_1/2.py", True),
        ("https://example.org/tmp/x", False),
        ("/tmporary", False),
    ],
)
def test_machine_paths(root, text, named):
    text = text.format(root=root, home=Path.home())
    notebook = v4.new_notebook(cells=[code("1", [v4.new_output("display_data", data={"text/html": text})])])
    assert bool(notebooks.machine_paths(notebook, root)) == named


def test_machine_paths_leaves_images_alone(root):
    notebook = v4.new_notebook(cells=[code("1", [v4.new_output("display_data", data={"image/png": "+/tmp/+"})])])
    assert notebooks.machine_paths(notebook, root) == []


# execute


def test_execute_twice_gives_the_same_bytes_and_check_is_content(root):
    cells = [
        v4.new_markdown_cell("# Title"),
        code("import os, sys\nprint(os.path.basename(os.getcwd()))\nprint('log', file=sys.stderr)", count=None),
        code("hash('a'), os.environ['TF_CPP_MIN_LOG_LEVEL']", count=9, id="cell-2"),
        code("raise KeyError('expected')", tags=["raises-exception"], count=None, id="cell-3"),
    ]
    path = save(root, *cells)
    notebooks.execute(path, root)
    first = path.read_bytes()
    notebooks.execute(path, root)
    assert path.read_bytes() == first
    assert first.endswith(b"\n}\n") and b'\n "cells": [' in first
    assert notebooks.check(path, root) == []
    outputs = [cell.outputs for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert outputs[0] == [v4.new_output("stream", name="stdout", text="chapters\n")]
    assert outputs[1][0].data["text/plain"].endswith("'3')")


@pytest.mark.parametrize(
    "source, cause",
    [
        ("# a division\n1/0", r"cell 2 \(# a division\): ZeroDivisionError: division by zero"),
        ("import os\nprint(os.getcwd())", r"cell 2 \(import os\): its output names the folder"),
        ("import os\nos._exit(1)", r"cell 2 \(import os\): the kernel died"),
    ],
)
def test_execute_stops_with_nothing_written(root, source, cause):
    path = save(root, v4.new_markdown_cell("text"), code(source, count=None))
    before = path.read_bytes()
    with pytest.raises(notebooks.NotebookError, match=cause):
        notebooks.execute(path, root)
    assert path.read_bytes() == before
