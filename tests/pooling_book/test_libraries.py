"""The widget of every library without a browser: what it shows, its HTML, its state and words, and what it refuses."""

import contextlib
import io
import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.chapters.try06 import things_to_try
from pooling_book.study.results import results
from pooling_book.widgets.libraries import CHOICES, Libraries, asked
from pooling_book.widgets.things_to_try import guess

FOUND = results("every_library")


def settings(case):
    return {key: case[key] for key in CHOICES}


def test_every_recorded_case_can_be_shown():
    for case in FOUND["cases"]:
        widget = Libraries(**settings(case))
        assert widget.case == case
        assert widget.answer("Keras") == case["answers"]["Keras"]
        assert len(widget.agree) + len(widget.differ) + len(widget.refuse) == len(widget.names) - 1


def test_what_is_shown_follows_what_the_page_sets():
    widget = Libraries()
    assert widget.answer("Flax")["call"] == "nnx.max_pool(x, (2, 2), strides=(2, 2))"
    widget.setting = {**widget.setting, "stride": None}
    assert widget.answer("Flax")["call"] == "nnx.max_pool(x, (2, 2))"
    assert "Flax" in widget.differ and "Keras" in widget.agree and not set(widget.differ) & set(widget.refuse)


def test_choices_are_all_that_were_recorded():
    for key, words in CHOICES.items():
        assert {case[key] for case in FOUND["cases"]} == set(words)


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    widget = Libraries("avg", padding="same", identity="here")
    html = widget.html()
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in html
    assert len(json.dumps(state, ensure_ascii=False).encode()) < 41_000  # of these 3,000 for the programs
    assert [widget.html(), repr(widget)] == [html, "<libraries here>"]


def test_the_fallback_names_every_library_its_call_and_why_it_differs():
    fallback = Libraries("avg", padding=1, window=3).fallback()
    assert fallback.count("<li>") == len(FOUND["cases"][0]["answers"])
    assert (
        "F.avg_pool2d(x, 3, 2, padding=1)" in fallback
        and "gives other numbers: Padding counts" in fallback
        and "refuses with AttributeError" in fallback
    )


@pytest.mark.parametrize(
    "given, words",
    [
        ({"kind": "min"}, ["kind='min'", "'max'", "'avg'"]),
        ({"size": 7}, ["size=7", "6, 5"]),
        ({"padding": 2}, ["padding=2", "'same'"]),
        ({"divisor": "real"}, ["divisor='real'", "not asked together"]),
        ({"ceil": True, "padding": "same"}, ["ceil=True", "padding='same'", "default"]),
    ],
)
def test_errors_name_what_is_wrong(given, words):
    with pytest.raises(ValueError) as error:
        Libraries(**given)
    assert all(word in str(error.value) for word in words), error.value


def test_an_unknown_library_is_refused():
    with pytest.raises(ValueError, match="library='MXNet'"):
        Libraries().answer("MXNet")


def test_a_program_is_whole_and_prints_what_was_recorded():
    for case in FOUND["cases"][::9]:
        widget = Libraries(**settings(case))
        for name in ("pooling_lib", "NumPy", "SciPy ndimage", "SciPy signal"):
            recorded = widget.answer(name)
            if "output" in recorded:
                found = printed(widget.program(name))
                rows = [line.strip(" []").split() for line in found.splitlines()]
                wanted = np.array(recorded["output"], np.float64)
                np.testing.assert_allclose(np.array(rows, np.float64), wanted, atol=1e-3)


def printed(code):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue()


# ---- In the browser: what was recorded ----


def test_the_page_shows_the_same_program():
    widget = Libraries(window=3)
    grid = widget.inputs[str(widget.setting["size"])]
    for name in widget.names:
        call = widget.answer(name)["call"]
        assert words("it.program(...given)", [widget.before[name], call, grid]) == widget.program(name)


def test_the_page_reads_every_case_as_it_was_recorded():
    state = Libraries().state()
    found = js("libraries/state.js", "given.cases.map((line) => it.unpack(line, given.texts))", state)
    for case, one in zip(FOUND["cases"], found, strict=True):
        assert one["places"] == [list(CHOICES[key]).index(case[key]) for key in CHOICES]
        for (name, recorded), answer in zip(case["answers"].items(), one["answers"], strict=True):
            assert (
                answer["call"] == recorded["call"]
                and answer.get("why") == recorded.get("why")
                and answer.get("error") == recorded.get("error")
            ), name
            if "output" in recorded:
                grid, wanted = one["outputs"][answer["output"]], recorded["output"]
                same = [[None if isinstance(v, str) else v for v in row] for row in wanted]  # JSON has no infinity
                close = [
                    [a == b or abs(a - b) < 1e-3 if None not in (a, b) else a == b for a, b in zip(r, s, strict=True)]
                    for r, s in zip(grid, same, strict=True)
                ]
                assert all(all(row) for row in close), f"{name}: {grid}, recorded {wanted}"
            else:
                assert "output" not in answer


def test_numbers_that_json_has_not_are_read_and_compared():
    said = "it.unpack(given, []).outputs[0].flat().map(String)"
    assert js("libraries/state.js", said, "0|nan inf;-inf -0.5|0") == ["NaN", "Infinity", "-Infinity", "-0.5"]
    grids = "[[[NaN, Infinity], [1, 2]], [[NaN, -Infinity], [1.00001, 2.1]]]"
    assert js("libraries/state.js", f"it.differing(...{grids})") == [[0, 1], [1, 1]]


def test_an_address_brings_what_was_recorded_and_nothing_else():
    state = Libraries().state()
    sound = [{"setting": settings(case)} for case in FOUND["cases"]]
    assert given_by_addresses("libraries", state, *sound) == [state | given for given in sound]
    recorded = settings(FOUND["cases"][0])
    hostile = [None, [], "1010200", {}, dict.fromkeys(CHOICES), recorded | {"more": 1}, recorded | {"size": "6"}]
    hostile += [recorded | {"kind": "min"}, recorded | {"ceil": 0}, {key: [value] for key, value in recorded.items()}]
    hostile += [recorded | {"padding": "same", "ceil": True}]  # not asked together
    hostile = [{"setting": one} for one in hostile] + [{"cases": []}, {"texts": ["Buy this"]}]
    assert given_by_addresses("libraries", state, *hostile) == [state] * len(hostile)


def test_a_choice_stays_and_what_moved_with_it_is_said():
    state = Libraries(padding="same").state()
    expression = """(() => {
      const cases = given.cases.map((line) => it.unpack(line, given.texts));
      return [["ceil", 1], ["ceil", 0], ["window", 1]].map(([key, place]) => it.chosen(cases, given, key, place));
    })()"""
    up, down, window = js("libraries/state.js", expression, state)
    assert up["setting"]["ceil"] is True and up["setting"]["padding"] != "same" and up["moved"] == ["padding"]
    assert down == {"setting": state["setting"], "moved": []}
    assert window == {"setting": state["setting"] | {"window": 3}, "moved": []}
    words = "given.chosen.map((one) => it.noteOf(one, given.choices))"
    said = js("libraries/words.js", words, {"chosen": [up, down], "choices": state["choices"]})
    now = CHOICES["padding"][up["setting"]["padding"]]
    assert said == [f"These were not asked together, so padding is now “{now}”.", ""]


def words(expression, given=None):
    return js("libraries/words.js", expression, given)


def test_what_is_asked_is_said():
    asked = [
        dict(kind="max", size=6, window=2, stride=None, padding="valid", ceil=False, divisor=None),
        dict(kind="avg", size=5, window=3, stride=2, padding="same", ceil=False, divisor="real"),
        dict(kind="avg", size=5, window=3, stride=2, padding=1, ceil=True, divisor="whole"),
    ]
    assert words("given.map(it.asked)", asked) == [
        "Maximum of 2 × 2 on 6 × 6, stride not said",
        "Average of 3 × 3 on 5 × 5, stride 2, padding same, divided by the real elements",
        "Average of 3 × 3 on 5 × 5, stride 2, padding 1 on each side, size rounded up, divided by the whole window",
    ]


@pytest.mark.parametrize(
    "agree, differ, refuse, said",
    [
        (13, [], 0, "12 of 12 other ways agree with pooling_lib."),
        (1, [2], 1, "0 of 3 other ways agree with pooling_lib, 2 give other numbers, 1 refuses."),
        (3, [1], 2, "2 of 5 other ways agree with pooling_lib, 1 gives other numbers, 2 refuse."),
        (2, [2, 1], 0, "1 of 4 other ways agree with pooling_lib, 3 give other numbers."),
    ],
)
def test_who_agrees_is_counted(agree, differ, refuse, said):
    groups = {"agree": [0] * agree, "refuse": [0] * refuse, "others": [{"who": [0] * count} for count in differ]}
    setting = dict(kind="max", size=6, window=2, stride=2, padding="valid", ceil=False, divisor=None)
    assert words("it.explain(...given)", [setting, groups]) == f"Maximum of 2 × 2 on 6 × 6, stride 2: {said}"


def test_how_an_output_differs_is_said():
    said = words("[it.against([[1, 2.5]], [[1, -3]]), it.against([[1, NaN]], [[1, 2]]), it.against([[1]], [[1, 2]])]")
    assert said == [
        "1 of 2 numbers differ; the first, in row 0, column 1, is 2.5 and not −3.",
        "1 of 2 numbers differ; the first, in row 0, column 1, is NaN and not 2.",
        "1 × 1 numbers, not 1 × 2.",
    ]


def test_a_case_is_put_in_groups_and_each_library_gets_a_sign():
    one = {
        "outputs": [[[1]], [[2]], [[3]]],
        "answers": [{"output": 0}, {"output": 1, "why": "a"}, {"output": 1, "why": "a"}],
    }
    one["answers"] += [{"output": 2, "why": "a"}, {"why": "b", "error": "E"}]
    names = list("pqrst")
    found = js("libraries/state.js", "it.grouped(given.one, given.names)", {"one": one, "names": names})
    assert [found["agree"], found["refuse"]] == [["p"], ["t"]]
    assert found["others"] == [{"values": [[2]], "who": ["q", "r"]}, {"values": [[3]], "who": ["s"]}]
    assert words("given.names.map((name) => it.signOf(name, given.one))", {"names": names, "one": found}) == [
        "=",
        "≠ B",
        "≠ B",
        "≠ C",
        "✕",
    ]
    two = found | {"others": found["others"][:1]}
    assert words("it.signOf('q', given)", two) == "≠", "one other answer needs no letter"
    said = words("given.names.map((name) => it.verdictOf(name, given.one))", {"names": names, "one": found})
    assert said[0] == "Nobody gives the same numbers." and said[4] == "It refuses: " and said[1].startswith("1 of 1")


# ---- Things to try ----


def told(state):
    return js("libraries/tasks.js", "it.facts(given)", state)


@pytest.mark.parametrize("what", Libraries.guesses)
def test_a_truth_is_what_was_recorded(what):
    truth = f"given.map((state) => it.guesses.{what}.truth(it.facts(state), {{}}))"
    widgets = [Libraries(**settings(case)) for case in FOUND["cases"][::3]]
    found = js("libraries/tasks.js", truth, [widget.state() for widget in widgets])

    def different(widget):
        answers = widget.case["answers"].values()
        others = [one["output"] for one in answers if "why" in one and "output" in one]
        return [None, *(one for n, one in enumerate(others) if one not in others[:n])]  # pooling_lib's is one

    recorded = {
        "agree": lambda widget: len(widget.agree),
        "answers": lambda widget: len(different(widget)),
        "differ": lambda widget: set(widget.differ),
        "refuse": lambda widget: set(widget.refuse),
    }[what]
    assert [set(one) if isinstance(one, list) else one for one in found] == [recorded(widget) for widget in widgets]


def test_goals_are_met_by_some_case_only():
    states = [Libraries(**settings(case)).state() for case in FOUND["cases"]]
    given = [("alike", {}), ("answers", {"count": 3})]
    met = "given.states.map((state) => it.goals[given.what](it.facts(state), given.given))"
    for what, more in given:
        found = js("libraries/tasks.js", met, {"states": states, "what": what, "given": more})
        reached = [one["met"] == one["of"] for one in found]
        assert any(reached) and not all(reached), what


def test_the_chapters_tasks_are_true():
    for task in things_to_try:
        widget = Libraries(tasks=things_to_try)
        widget.setting, facts = task["scene"]["setting"], told(widget.state() | task["scene"])
        if "guess" in task:
            truth = js(
                "libraries/tasks.js", f"it.guesses.{task['guess']}.truth(given, {{}})", json.loads(json.dumps(facts))
            )
            assert truth, task["say"]  # a place can be marked, and a number is above zero
    stride = Libraries(stride=None)
    assert len(Libraries().refuse) == 1 and Libraries().agree == [n for n in stride.names[1:] if n != "SciPy signal"]
    shapes = {(len(one["output"]), len(one["output"][0])) for one in stride.case["answers"].values() if "output" in one}
    assert len(shapes) == 3, "silence about the stride has three meanings"
    assert set(Libraries(window=3, padding="same").differ) == {"SciPy ndimage", "SciPy signal", "OpenCV"}
    assert Libraries(size=5, window=3, padding="same").differ == ["SciPy signal"]
    for widget in (Libraries(size=n, window=3, padding=1) for n in (6, 5)):
        assert "SciPy signal" in widget.agree and "constant_values=-np.inf" in widget.answer("SciPy signal")["call"]
    alike = [case for case in FOUND["cases"] if not any("why" in one for one in case["answers"].values())]
    assert len(alike) == 1


def test_a_task_begins_with_its_scene_and_an_unknown_one_is_refused(refuses):
    assert Libraries("avg", tasks=things_to_try, task=1).setting == asked(stride=None)["setting"]
    refuses(ValueError, lambda: Libraries(tasks=[guess("?", "output")]), "tasks[0]['guess']", "'output'", "'agree'")
    refuses(ValueError, lambda: asked(colour="red"), "changes", "'colour'", "'kind'")
    refuses(ValueError, lambda: Libraries(library="Caffe"), "library", "'Caffe'", "'Keras'")
