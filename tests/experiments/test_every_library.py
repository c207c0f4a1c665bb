"""What every_library.py found: asked again of the libraries at hand, and compared with every table of its page."""

import re
from pathlib import Path

import every_library
import library_questions
import library_tables
import numpy as np
import pytest

from pooling_book.study.results import results
from pooling_lib import naive

FOUND = results("every_library")
PAGE = (Path(__file__).parents[2] / "appendix" / "libraries.md").read_text(encoding="utf-8")
#: Those that the book installs; the others are asked by who runs the script.
HERE = ["pooling_lib", "NumPy", "TensorFlow", "Keras", "scikit-image", "SciPy ndimage", "SciPy signal"]


def key(setting, size):
    return tuple(setting), size


ASKED = [(setting, size) for setting in every_library.settings() for size in every_library.INPUTS]
RECORDED = {
    key([case[name] for name in every_library.Setting._fields], case["size"]): case["answers"]
    for case in FOUND["cases"]
}


def test_every_setting_was_asked_of_every_library_on_the_inputs_that_are_recorded():
    assert list(RECORDED) == [key(*one) for one in ASKED]
    assert all(list(answers) == list(every_library.LIBRARIES) for answers in RECORDED.values())
    assert FOUND["inputs"] == {str(n): x.tolist() for n, x in every_library.INPUTS.items()}
    assert FOUND["before"] == every_library.BEFORE
    for x in every_library.INPUTS.values():
        assert every_library.dark(x)
        assert (x < 0).any() and (x > 0).any() and not np.array_equal(np.sort(x, axis=None), x.ravel())


@pytest.mark.parametrize("name", HERE)
def test_a_library_at_hand_answers_as_recorded(name):
    for setting, size in ASKED:
        expected, found = RECORDED[key(setting, size)][name], every_library.answer(name, setting, size)
        assert found.keys() == expected.keys(), f"{setting} on {size}: {found}, recorded {expected}"
        assert {**found, "output": None} == {**expected, "output": None}, f"{setting} on {size}"
        if "output" in found:
            ours, theirs = (np.array(one["output"], np.float64) for one in (found, expected))
            assert ours.shape == theirs.shape and np.allclose(ours, theirs, atol=1e-3), (
                f"{setting} on {size}: {ours}, recorded {theirs}"
            )


@pytest.mark.parametrize("name", HERE[1:])
def test_a_recorded_agreement_is_none_of_its_inputs_making(name):
    """On other inputs, too, of negative numbers only and of positive ones: the call agrees wherever it is said to."""
    for (setting, size), answers in RECORDED.items():
        if "why" in answers[name]:
            continue
        s = every_library.Setting(*setting)
        grids = every_library.MORE[size]
        assert (grids[0] < 0).all() and (grids[1] > 0).all() and len(grids) == 5
        for x in (*grids, -np.arange(1, size**2 + 1, dtype=np.float32).reshape(size, size)):
            theirs = every_library.run(name, answers[name]["call"], x)
            assert every_library.agrees(theirs, every_library.ours(s, x)), f"{answers[name]['call']} on\n{x}"


def test_zeros_around_a_maximum_are_noticed():
    call = "signal.order_filter(x, np.ones((3, 3)), 8)[::2, ::2]"
    s, x = every_library.Setting("max", 3, padding="same"), every_library.INPUTS[5]
    assert not every_library.agrees(every_library.run("SciPy signal", call, x), every_library.ours(s, x))
    assert RECORDED[key(s, 5)]["SciPy signal"]["why"] == "Beyond the border stand zeros, which count."


def test_an_answer_without_a_reason_is_that_of_the_loops():
    for (setting, size), answers in RECORDED.items():
        s = every_library.Setting(*setting)
        pool = {"max": naive.max_pool, "avg": naive.avg_pool}[s.kind]
        padding = s.padding if isinstance(s.padding, str) else [(s.padding, s.padding)] * 2
        more = {"count_include_pad": s.divisor == "whole"} if s.kind == "avg" else {}
        y = pool(every_library.INPUTS[size].astype(float), s.window, s.stride, padding, ceil_mode=s.ceil, **more)
        for name, one in answers.items():
            if "output" in one:
                output = np.array(one["output"], np.float64)
                same = output.shape == y.shape and np.allclose(output, y, atol=1e-3)
                assert same == ("why" not in one), f"{name}, {s} on {size}"
            else:
                assert one["error"] and one["why"], f"{name}, {s} on {size}"


# NaN is not asked again: what becomes of it depends on the processor.
QUESTIONS = {"ties": "ties", "integers": "integers", "axes": "axes", "defaults": "defaults", "padding": "most_padding"}


@pytest.mark.parametrize(
    "question, name", [(q, name) for q in QUESTIONS for name in HERE if name in FOUND["questions"][q]]
)
def test_a_question_gets_the_answer_recorded(question, name):
    assert getattr(library_questions, QUESTIONS[question])(name) == FOUND["questions"][question][name]


@pytest.mark.parametrize("name", library_tables.TABLES)
def test_a_table_of_the_page_says_what_was_found(name):
    assert library_tables.table(name, FOUND) in PAGE


def test_the_page_has_nothing_else_between_its_marks():
    assert library_tables.page(PAGE, FOUND) == PAGE


def test_what_is_documented_and_not_run_is_a_link():
    cells = re.findall(r"\[documented\]\((https://\S+)\)", PAGE)
    assert sorted(cells) == sorted(library_tables.DOCUMENTED.values())


def test_what_the_text_beside_the_tables_says_was_found():
    questions, table = (
        FOUND["questions"],
        lambda name: {row[0]: row[1:] for row in library_tables.TABLES[name][1](FOUND)},
    )
    assert questions["defaults"]["scikit-image"]["block_reduce"]["func"] == "sum"
    steps = {name: row[1].split(": ")[-1] for name, row in table("defaults").items()}
    assert {name for name, step in steps.items() if step == "1"} == {"TensorFlow, `tf.nn.pool`", "JAX", "Flax", "ONNX"}
    assert {name for name, step in steps.items() if step == "1, slice afterwards"} == {
        "SciPy ndimage, maximum",
        "SciPy ndimage, mean",
        "SciPy signal, maximum",
        "SciPy signal, mean",
        "OpenCV",
    }
    left = {name: row[0] for name, row in table("divisor").items()}
    assert left["PyTorch"] == left["Flax"] == "whole window" and left["ONNX"] == left["TensorFlow"] == "real elements"
    assert {name: one[1:3] for name, one in questions["padding"].items() if one[1] != "5"} == {
        "PyTorch": ["RuntimeError"] * 2
    }
    assert (
        all(questions["padding"][name][2] == "-inf" for name in ("JAX", "Flax"))
        and questions["padding"]["ONNX"][2] == "0"
    )
    assert (
        all(questions["padding"][name][2].isalpha() for name in ("pooling_lib", "TensorFlow", "ONNX Runtime"))
        and len(questions["padding"]) == 7
    )
    assert all(
        one["gradient"] == [[1, 0, 0, 0], [0, 1, 0, 0]] for one in questions["ties"].values() if "gradient" in one
    )
    assert questions["ties"]["ONNX"]["index"] == [0, 2]  # 1 comes later if columns go first
    assert (
        questions["specials"]["SciPy ndimage"]["means spoilt"] == 4
        and questions["specials"]["ONNX"]["means spoilt"] == 0
    )
    bytes_ = np.array(library_questions.WHOLE["uint8"])
    assert {
        name
        for name, one in questions["specials"].items()
        if (one["max, NaN first"], one["max, NaN last"]) == ("nan", "8")
    } == {"ONNX", "SciPy ndimage", "OpenCV"}
    assert bytes_.mean() > 252.5 and {
        name: one["uint8 avg"]["value"]
        for name, one in questions["integers"].items()
        if one["uint8 avg"].get("dtype") == "uint8"
    } == {"ONNX": "252", "SciPy ndimage": "252", "OpenCV": "253"}
    blur = questions["integers"]["OpenCV"]["int32 avg, blur"], questions["specials"]["OpenCV"]["means spoilt, blur"]
    assert blur == ({"dtype": "int32", "value": "1"}, 2)
    assert all(
        questions["integers"][name]["uint8 avg"]["value"] == f"{bytes_.sum() % 256 / 9:.4g}" for name in ("JAX", "Flax")
    )
    assert questions["axes"]["PyTorch"][1] == [4, 3, 4] and questions["axes"]["Flax"][1] == [2, 3, 8]
    ceil = dict(table("ceil"))
    assert ceil["ONNX Runtime"] == ["by an argument"] * 2
