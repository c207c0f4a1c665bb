"""What more_pools.py found: asked again of the libraries at hand, and compared with the page."""

import json
import re
from pathlib import Path

import library_tables
import more_pools
import more_tables
import numpy as np
import pools_to_ask
import pytest

from pooling_book.study.results import results

FOUND = results("more_pools")
PAGE = (Path(__file__).parents[2] / "appendix" / "libraries.md").read_text(encoding="utf-8")
#: Those that the book installs; the others are asked by who runs the script.
HERE = ["pooling_lib", "NumPy", "TensorFlow", "Keras", "scikit-image", "SciPy ndimage"]
#: What becomes of NaN depends on the processor.
FICKLE = {"NaN first", "NaN last", "two NaN"}
QUESTIONS = [(topic, title) for topic, questions in pools_to_ask.ASKED.items() for title in questions]


def asked(topic, title):
    return FOUND["asked"][topic][title]["answers"]


def output(topic, title, name):
    return [float(value) for value in asked(topic, title)[name]["output"]]


def test_every_question_was_asked_of_every_library_on_the_inputs_that_are_recorded():
    assert [(topic, title) for topic, questions in FOUND["asked"].items() for title in questions] == QUESTIONS
    for topic, title in QUESTIONS:
        place, calls = pools_to_ask.ASKED[topic][title]
        assert FOUND["asked"][topic][title]["input"] == place
        assert {name: one["call"] for name, one in asked(topic, title).items()} == calls
    for name, (shape, elements) in FOUND["inputs"].items():
        assert np.array_equal(np.reshape(np.array(elements, float), shape), pools_to_ask.INPUTS[name], equal_nan=True)
    assert list(FOUND["inputs"]) == list(pools_to_ask.INPUTS)
    assert list(FOUND["export"]) == list(more_pools.EXPORTED)


@pytest.mark.parametrize(
    "topic, title", [(topic, title) for topic, title in QUESTIONS if title not in FICKLE], ids=" ".join
)
def test_a_library_at_hand_answers_as_recorded(topic, title):
    for name, recorded in asked(topic, title).items():
        if more_pools.library_of(name) in HERE:
            found = json.loads(json.dumps(more_pools.ask(topic, title, name)))
            assert {**found, "output": None} == {**recorded, "output": None}, name
            if "output" in found:
                mine, theirs = (np.array(one["output"], float) for one in (found, recorded))
                assert np.allclose(mine, theirs, atol=1e-3, equal_nan=True), name


@pytest.mark.parametrize("name", more_tables.TABLES)
def test_a_table_of_the_page_says_what_was_found(name):
    assert library_tables.table(name, FOUND, more_tables.TABLES) in PAGE


def test_the_page_has_nothing_else_between_its_marks():
    assert library_tables.page(PAGE, FOUND, more_tables.TABLES, "more_pools") == PAGE


def test_the_page_has_no_table_that_no_script_writes():
    marks = re.findall(r"% ([\w ]+): written by experiments/(\w+)\.py", PAGE)
    scripts = {"every_library": library_tables.TABLES, "more_pools": more_tables.TABLES}
    assert sorted(marks) == sorted((name, script) for script in scripts for name in [*scripts[script], "versions"])


# ---- The text beside the tables, by rules that share nothing with the libraries ----


def test_global_pools():
    batch, maxima = pools_to_ask.INPUTS["batch"], []
    for image in batch:
        for channel in range(3):
            maxima.append(max(image[row, column, channel] for row in range(4) for column in range(6)))
    for title in ("maximum", "kept"):
        assert all(output("global", title, name) == maxima for name in asked("global", title))
    gradients = {name: tuple(one["output"]) for name, one in asked("global", "gradient").items()}
    third = (0, 0.3333, 0.3333, 0.3333)
    assert [name for name, one in gradients.items() if one == third] == [
        "TensorFlow",
        "Keras",
        "PyTorch, `amax`",
        "JAX",
    ]
    first = ["pooling_lib", "PyTorch, `adaptive_max_pool2d`", "Flax"]
    assert [name for name, one in gradients.items() if one == (0, 1, 0, 0)] == first
    assert gradients["Equinox"] == (0, 0.25, 0.5, 0.25)
    nothing = asked("global", "mean of nothing")
    assert sum(one.get("output") == ["nan"] for one in nothing.values()) == 7 and len(nothing) == 12
    assert [n for n, one in asked("global", "maximum of nothing").items() if "output" in one] == ["TensorFlow"]
    assert "output" in nothing["Keras"] and "error" in asked("global", "maximum of nothing")["Keras"]
    for title, others in (("NaN first", ["ONNX Runtime"]), ("NaN last", [])):
        assert [name for name, one in asked("global", title).items() if one["output"] != ["nan"]] == others


def test_adaptive_pools():
    line = pools_to_ask.LINE
    shared = [line[0:3], line[2:5], line[5:8], line[7:10]]
    means, maxima = ([take(part) for part in shared] for take in (np.mean, max))
    sharing = ["pooling_lib", "Keras", "PyTorch", "PyTorch, `interpolate`"]
    assert [
        n for n in asked("adaptive", "10 to 4") if np.allclose(output("adaptive", "10 to 4", n), means, atol=1e-3)
    ] == (sharing)
    cut = [line[0:3], line[3:6], line[6:8], line[8:10]]
    assert np.allclose(output("adaptive", "10 to 4", "Equinox"), [np.mean(part) for part in cut], atol=1e-3)
    assert output("adaptive", "maximum, 10 to 4", "Equinox") == [max(part) for part in cut]
    assert all(output("adaptive", "maximum, 10 to 4", name) == maxima for name in ("pooling_lib", "Keras", "PyTorch"))
    by_area = [(3 - 1 + 4 / 2) / 2.5, (4 / 2 + 1 - 5) / 2.5, (9 + 2 + 6 / 2) / 2.5, (6 / 2 - 8 + 7) / 2.5]
    for name in ("TensorFlow, `image.resize`", "OpenCV, `resize`"):
        assert np.allclose(output("adaptive", "10 to 4", name), by_area, atol=1e-3)
    pairs = [(line[i] + line[i + 1]) / 2 for i in range(0, 10, 2)]
    assert len(asked("adaptive", "10 to 5")) == 7
    assert all(output("adaptive", "10 to 5", name) == pairs for name in asked("adaptive", "10 to 5"))
    assert [n for n, one in asked("adaptive", "3 to 5").items() if "error" in one] == ["Equinox"]


def test_exported_pools():
    refused = {title for title, one in FOUND["export"].items() if "error" in one}
    assert refused == {"Avg, 10 to 4, TorchScript", "Max, 10 to 4, TorchScript", "Max, 10 to 4, dynamo"}
    assert all(one["agrees"] for title, one in FOUND["export"].items() if title not in refused)
    assert "GatherND" in FOUND["export"]["Avg, 10 to 4, dynamo"]["operators"]


def test_norms():
    windows = [[3, -4], [-1, -2]]
    for p in (1, 2, 3):
        wanted = [sum(abs(v) ** p for v in window) ** (1 / p) for window in windows]
        for name in asked("norms", f"p = {p}"):
            same = np.allclose(output("norms", f"p = {p}", name), wanted, atol=1e-3)
            assert same == (name != "PyTorch" or p == 2), name
    assert output("norms", "p = 1", "PyTorch") == [sum(window) for window in windows]
    assert np.isnan(output("norms", "p = 3", "PyTorch")).all() and all(sum(v**3 for v in w) < 0 for w in windows)
    assert all(output("norms", "p = inf", name) == [4, 2] for name in asked("norms", "p = inf"))
    last = {name: output("norms", "hangs over, p = 1", name)[-1] for name in asked("norms", "hangs over, p = 1")}
    assert last == {"pooling_lib": 5, "PyTorch": 10, "ONNX": 10, "ONNX Runtime": 5}
    squares = {name: output("norms", "hangs over, p = 2", name)[-1] for name in last}
    assert np.allclose([squares["PyTorch"], squares["ONNX"]], np.sqrt(2 * 5**2), atol=1e-3)
    nan = {name for name in asked("norms", "gradient") if np.isnan(output("norms", "gradient", name)).all()}
    assert nan == {"TensorFlow, by hand", "JAX, by hand"}
    assert output("norms", "gradient", "PyTorch") == [0, 0]


def test_unpooling():
    (table, counted) = (
        {row[0]: row[1:] for row in more_tables.TABLES[name][1](FOUND)} for name in ("unpool", "indices")
    )
    assert {row[0] for row in counted.values()} == {"5", "11", "43", "53"}
    assert [name for name, row in counted.items() if row[2] != "0"] == ["PyTorch"] and counted["PyTorch"][2] == "3"
    added = {name for name, row in table.items() if row[0] == "0, 9, 0"}
    assert added == {"TensorFlow, `scatter_nd`", "Keras, `ops.scatter`"}
    assert table["PyTorch"][0] == "0, 7, 0; at times 0, 2, 0"
    assert [n for n, one in asked("unpool", "place 4 of 4").items() if "output" in one] == ["JAX, `at[].set`"]
    for name in ("PyTorch", "ONNX", "ONNX Runtime"):
        assert output("unpool", "no size", name) == [0, 2, 0, 7] and output("unpool", "size 5", name) == [0, 2, 0, 7, 0]


def test_lines_and_cubes():
    cube, six = pools_to_ask.INPUTS["cube"][0, ..., 0], pools_to_ask.LINE[:6]
    places = [(i, j, k) for i in (0, 2) for j in (0, 2) for k in (0, 2)]
    maxima = [float(cube[i : i + 2, j : j + 2, k : k + 2].max()) for i, j, k in places]
    assert all(
        output("axes", "line", name) == [max(six[i : i + 2]) for i in (0, 2, 4)] for name in asked("axes", "line")
    )
    assert len(asked("axes", "line")) == 12
    assert [name for name, one in asked("axes", "cube").items() if one.get("output") != maxima] == ["OpenCV"]
    assert len(asked("axes", "no stride")["Equinox"]["output"]) == 4
    every = [name for name, one in asked("axes", "gradient in a cube").items() if one["output"] == [1] * 8]
    assert every == ["TensorFlow", "Keras"]
    assert all(one["output"] == [1, 0] for one in asked("axes", "gradient on a line").values())
    errors = {
        title: {n for n, one in asked("axes", title).items() if "error" in one} for title in FOUND["asked"]["axes"]
    }
    assert errors["int32 line"] == {"PyTorch", "ONNX Runtime"}
    assert errors["int32 cube"] == {"TensorFlow", "Keras", "ONNX Runtime"}
    assert errors["float64 cube"] == {"TensorFlow", "OpenCV"}
    assert asked("axes", "float64 cube")["Keras"]["dtype"] == "float32"
