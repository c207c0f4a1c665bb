"""The explorer as Python sees it: its arrays, its call, its HTML, and what it refuses."""

import contextlib
import json
import math
import re

import numpy as np
import pytest
from budget import many
from javascript import given_by_addresses, js

from pooling_book.widgets import base as widget
from pooling_book.widgets.explorer import Explorer
from pooling_book.widgets.page import FOLDER
from pooling_book.widgets.photos import small_photos
from pooling_lib import avg_pool, max_pool


def state_of(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])


def test_y_is_what_the_call_computes():
    for settings in [
        dict(),
        dict(operation="avg", window=3, stride=1, padding="same"),
        dict(operation="avg", window=(2, 3), padding=[(1, 0), (0, 2)], count_include_pad=True),
        dict(window=2, dilation=2, stride=3, ceil_mode=True),
    ]:
        explorer = Explorer(**settings)
        computed = eval(explorer.call, {"max_pool": max_pool, "avg_pool": avg_pool, "x": explorer.x})
        np.testing.assert_array_equal(explorer.y, computed)


def test_y_follows_what_the_page_sets():
    explorer = Explorer()
    explorer.operation, explorer.window, explorer.stride = "avg", [3, 3], [1, 1]
    np.testing.assert_array_equal(explorer.y, avg_pool(explorer.x, 3, 1))
    explorer.numbers = "1 nan\n-inf 4"
    explorer.window = explorer.stride = [1, 1]
    np.testing.assert_array_equal(explorer.y, [[1, np.nan], [-np.inf, 4]])


def test_an_image_and_the_readers_photo_arrive_pixel_by_pixel():
    photos = small_photos()
    explorer = Explorer(images=photos, source="cat")
    np.testing.assert_array_equal(explorer.x, photos["cat"])
    explorer.photo = explorer.images["camera"]
    explorer.source = "photo"
    np.testing.assert_array_equal(explorer.x, photos["camera"])


def test_the_state_in_the_page_is_that_of_the_widget():
    explorer = Explorer(images=small_photos(), window=(3, 2), padding=[(1, 1), (0, 0)], covered=True, identity="here")
    state = state_of(explorer.html())
    assert state == json.loads(json.dumps(explorer.state()))
    assert state["window"] == [3, 2] and state["padding"] == [[1, 1], [0, 0]] and state["covered"]
    assert 'id="here"' in explorer.html()


def test_a_script_end_in_the_state_does_not_end_the_state():
    page = widget.html("quiz", {"text": "</script><b>"}, "", "here")
    assert page.count("</script>") == 1 and state_of(page) == {"text": "</script><b>"}


def test_the_output_of_a_cell_is_the_same_each_time():
    bundles = [Explorer(images=small_photos())._repr_mimebundle_()[0] for _ in range(2)]
    assert bundles[0]["text/html"] == bundles[1]["text/html"]
    assert bundles[0]["text/plain"] == bundles[1]["text/plain"] == "<explorer explorer>"
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]


def test_the_fallback_shows_input_and_output():
    numbers, photo = (
        Explorer(padding="same", window=3).fallback(),
        Explorer(images=small_photos(), source="cat").fallback(),
    )
    assert numbers.count("<table") == 2 and 'max_pool(x, window=3, padding="same")' in numbers.replace("&quot;", '"')
    assert photo.count("<img") == 2


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(window=9), ["window=9", "fits nowhere"]),
        (dict(source="dog"), ["source='dog'", "numbers"]),
        (dict(numbers="1 2\n3"), ["numbers", "one length"]),
        (dict(numbers="1 two"), ["numbers", "two"]),
        (dict(images={"grey": np.zeros((2, 2))}), ["images['grey']", "float64", "uint8"]),
        (dict(padding="full"), ["padding='full'"]),
    ],
)
def test_errors_come_from_python_and_name_what_is_wrong(settings, words):
    with pytest.raises(ValueError) as error:
        Explorer(**settings)
    assert all(word in str(error.value) for word in words)


# ---- The front end's pure parts, in Node ----

SAID = """given.map(({ at, element, ...values }) => {
  const scene = state.pooled(values);
  return [it.call(values), it.explain(values, scene, at), it.explainElement(scene, element)];
})"""


def said(*asked):
    """What the explorer says with these settings: its call, an output, an element of the input."""
    asked = [Explorer(**settings).state() | {"at": at, "element": element} for settings, at, element in asked]
    state = json.dumps((FOLDER / "explorer" / "state.js").as_uri())
    return js("explorer/words.js", f"await import({state}).then((state) => {SAID})", asked)


def test_the_words_spell_out_an_output_and_name_the_readers_of_an_element():
    numbers = "1 -2 3\n4 nan 6\n7 8 9"
    assert said(
        ({}, (1, 2), (0, 0)),
        ({"numbers": "1 -2\n3 4", "operation": "avg", "stride": 1}, (0, 0), (1, 1)),
        ({"numbers": numbers, "window": 1, "operation": "avg"}, (0, 1), (9, 9)),
        ({"numbers": numbers, "window": 2, "stride": 2, "padding": [(1, 0), (1, 0)]}, (0, 0), (1, 1)),
        ({"numbers": numbers, "operation": "avg", "padding": [(1, 0), (1, 0)]}, (0, 0), (2, 2)),
        ({"numbers": numbers, "stride": 3, "ceil_mode": True, "window": 2}, (0, 0), (2, 1)),
        ({"numbers": numbers, "window": 2, "stride": 1, "dilation": 2}, (0, 0), (1, 1)),
    ) == [
        [
            "max_pool(x, window=2)",
            "Output (1, 2): max(−2, 3, −6, 4) = 4, at row 3, column 5.",
            "Element (0, 0), 3, is read by output (0, 0).",
        ],
        [
            "avg_pool(x, window=2, stride=1)",
            "Output (0, 0): (1 − 2 + 3 + 4) / 4 = 6 / 4 = 1.5.",
            "Element (1, 1), 4, is read by output (0, 0).",
        ],
        ["avg_pool(x, window=1)", "Output (0, 1): −2 / 1 = −2.", ""],
        [
            "max_pool(x, window=2, padding=[(1, 0), (1, 0)])",
            "Output (0, 0): max(−∞, −∞, −∞, 1) = 1, at row 0, column 0.",
            "Element (1, 1), NaN, is read by output (1, 1).",
        ],
        [
            "avg_pool(x, window=2, padding=[(1, 0), (1, 0)])",
            "Output (0, 0): 1 / 1 = 1. (3 of padding not counted.)",
            "Element (2, 2), 9, is read by output (1, 1).",
        ],
        [
            "max_pool(x, window=2, stride=3, ceil_mode=True)",
            "Output (0, 0): max(1, −2, 4, NaN) = NaN, at row 1, column 1.",
            "Element (2, 1), 8, is read by no window.",
        ],
        [
            "max_pool(x, window=2, stride=1, dilation=2)",
            "Output (0, 0): max(1, 3, 7, 9) = 9, at row 2, column 2.",
            "Element (1, 1), NaN, is read by no window.",
        ],
    ]


def test_long_lists_are_cut_short_in_the_middle():
    [[_, output, element]] = said(
        ({"window": 5, "stride": 1, "padding": "same", "operation": "avg", "count_include_pad": True}, (3, 3), (3, 3))
    )
    terms = re.search(r"\((.*)\) / 25 = ", output.partition(": ")[2])[1].split()
    assert len([term for term in terms if term not in "+−"]) == 11 and "…" in terms
    assert element.count("(") == 1 + 6 and "…, (5, 5)." in element


def test_the_front_end_writes_the_call_that_python_writes():
    cases = [
        dict(),
        dict(window=(3, 2), stride=1, padding="same", dilation=(1, 2)),
        dict(operation="avg", window=3, padding=[(1, 0), (0, 2)], count_include_pad=True),
        dict(window=2, dilation=2, stride=3, ceil_mode=True, count_include_pad=True),
    ]
    states = [Explorer(**settings).state() for settings in cases]
    assert js("explorer/words.js", "given.map(it.call)", states) == [Explorer(**settings).call for settings in cases]


def test_a_window_pulled_by_its_corner_is_as_large_as_fits():
    placed = [{"dilation": 1, "size": 6, "before": 1, "after": 0}, {"dilation": 2, "size": 6, "before": 0, "after": 0}]
    pulled = lambda padding, apart: js(
        "explorer/state.js",
        "it.pulled({ padding: given.padding }, given.placed, [0, 0], [99, 4.2], given.apart)",
        {"placed": placed, "padding": padding, "apart": apart},
    )
    assert pulled("valid", True) == [7, 3]
    assert pulled("valid", False) == [7, 7]
    assert pulled("same", True) == [6, 3]


def test_the_output_is_stepped_through_round_and_round():
    steps = "[[0, 0, 1], [0, 2, 1], [1, 2, 1], [0, 0, -1]]"
    found = js("explorer/state.js", f"{steps}.map(([i, j, by]) => it.stepped([i, j], by, {{ rows: 2, columns: 3 }}))")
    assert found == [[0, 1], [1, 0], [0, 0], [1, 2]]


def test_an_address_gives_only_what_the_explorer_can_show():
    own = Explorer(images=small_photos()).state()
    sound = {"source": "cat", "numbers": "nan -inf\n1 2", "padding": [[0, 9], [1, 1]], "selected": [4096, 0]}
    assert given_by_addresses("explorer", own, sound) == [own | sound]
    unsound = [
        {"source": "photo"},
        {"numbers": "9 " * 901},
        {"numbers": "one"},
        {"padding": [[0, 10], [0, 0]]},
        {"window": [17, 1]},
        {"dilation": [5, 1]},
        {"selected": [-1, 0]},
    ]
    assert given_by_addresses("explorer", own, *unsound) == [own] * len(unsound)


# ---- The arithmetic between the two grids ----

WITH_SCENE = """await import(given.state).then((state) => given.asked.map(({{ at, ...values }}) => {{
  const scene = state.pooled(values);
  return {expression};
}}))"""


def asked(file, expression, *settings):
    """An expression of values, scene and at, for explorers with these settings, each with an output `at`."""
    states = [Explorer(**one).state() | {"at": at} for at, one in settings]
    given = {"state": (FOLDER / "explorer" / "state.js").as_uri(), "asked": states}
    return js(file, WITH_SCENE.format(expression=expression), given)


def matrices(*settings):
    shown = "it.matrix(values, scene, at).map((row) => row.map(({ kind, text }) => kind[0] + text).join(' '))"
    return asked("explorer/arithmetic.js", shown, *settings)


SMALL = "1 -2 3\n4 nan 6\n7 8 9"


def test_the_small_matrix_holds_what_is_under_the_window_and_says_what_is_not_counted():
    corner = {"numbers": SMALL, "padding": [(1, 0), (1, 0)]}
    assert matrices(
        ((0, 1), {"numbers": SMALL, "stride": 1}),
        ((0, 0), corner),
        ((0, 0), corner | {"operation": "avg"}),
        ((0, 0), corner | {"operation": "avg", "count_include_pad": True}),
        ((1, 1), {"numbers": SMALL, "stride": 2, "ceil_mode": True}),
        ((0, 0), {"numbers": SMALL, "dilation": 2}),
    ) == [
        ["r−2 r3", "rNaN r6"],
        ["p−∞ p−∞", "p−∞ r1"],
        ["p p", "p r1"],
        ["p0 p0", "p0 r1"],
        ["r9 o", "o o"],
        ["r1 r3", "r7 r9"],
    ]


def test_of_a_large_window_the_first_rows_and_columns_and_the_last_are_shown():
    numbers = "\n".join(" ".join(str(10 * i + j) for j in range(7)) for i in range(6))
    assert matrices(((0, 0), {"numbers": numbers, "window": (5, 7)})) == [
        [f"r{10 * i} r{10 * i + 1} r{10 * i + 2} g⋯ r{10 * i + 6}" for i in range(5)]
    ]
    [[*top, last]] = matrices(((0, 0), {"numbers": numbers, "window": 6}))
    assert top[3] == "g⋮ g⋮ g⋮ g⋱ g⋮" and last == "r50 r51 r52 g⋯ r55"
    where = (
        "[[0, 0], [3, 4], [5, 5], [6, 0]].map((one) => it.cellOf(it.matrix(values, scene, at), scene.result, at, one))"
    )
    assert asked("explorer/arithmetic.js", where, ((0, 0), {"numbers": numbers, "window": 6, "stride": 1})) == [
        ["0, 0", "gap null, null", "5, 5", None]
    ]


def test_every_place_of_the_largest_is_found_and_of_a_nan():
    places = "it.winners(scene.plane, scene.result, at).map(String)"
    assert asked(
        "explorer/arithmetic.js",
        places,
        ((0, 0), {"window": 3}),
        ((0, 0), {"numbers": SMALL, "window": 2, "stride": 1}),
        ((0, 0), {"numbers": "-inf -inf\n-inf -inf"}),
    ) == [["2,0", "2,2"], ["1,1"], ["0,0", "0,1", "1,0", "1,1"]]
    [[_, output, _]] = said(({"window": 3}, (0, 0), (0, 0)))
    assert output.endswith("= 9, at row 2, column 0, and row 2, column 2.")


def counted(line):
    """The two sides of a size formula, the left one worked out."""
    left, right = "".join(part if isinstance(part, str) else part["text"] for part in line["parts"]).split(" = ")
    for sign, word in zip("⌊⌋⌈⌉−", ["floor(", ")", "ceil(", ")", "-"]):
        left = left.replace(sign, word)
    return eval(left, {"floor": math.floor, "ceil": math.ceil, "min": min}), int(right)


def test_the_size_formula_gives_the_size_whatever_the_settings():
    rng, cases = np.random.default_rng(12), []
    while len(cases) < many(200):
        side = lambda least, most: tuple(int(one) for one in rng.integers(least, most, 2))
        numbers = "\n".join([" ".join("1" * rng.integers(1, 9))] * rng.integers(1, 9))
        padding = ["valid", "same", [side(0, 3), side(0, 3)]][rng.integers(3)]
        ceil = padding != "same" and bool(rng.integers(2))
        with contextlib.suppress(ValueError):
            one = dict(numbers=numbers, window=side(1, 5), stride=side(1, 5), padding=padding, ceil_mode=ceil)
            cases.append(((0, 0), one | {"dilation": side(1, 3)}))
            Explorer(**cases[-1][1])
            continue
        cases.pop()
    found = asked("explorer/arithmetic.js", "it.sizeLines(values, scene.result)", *cases)
    forms = set()
    for (_, settings), lines in zip(cases, found):
        shape = Explorer(**settings).y.shape
        assert len(lines) in (1, 2), lines
        for line, wanted in zip(lines, shape if len(lines) == 2 else shape[:1]):
            left, right = counted(line)
            assert left == right == wanted, (settings, line)
            forms.add(line["parts"][0])
        assert len(lines) == 2 or shape[0] == shape[1]
    assert forms == {"⌊", "⌈", "min(⌈"}


def test_each_symbol_has_a_name_and_tells_rows_from_columns():
    lines = asked(
        "explorer/arithmetic.js",
        "it.sizeLines(values, scene.result)",
        ((0, 0), {}),
        ((0, 0), {"window": (3, 2), "padding": "same"}),
    )
    symbols = [[(p["key"], p["name"]) for line in one for p in line["parts"] if "key" in p] for one in lines]
    assert symbols == [
        [
            ("n", "6, the input’s side"),
            ("p", "0, the padding"),
            ("k", "2, the window’s span"),
            ("s", "2, the stride"),
            ("o", "3, the output’s side"),
        ],
        [
            ("n0", "6, the input’s rows"),
            ("s0", "3, the stride"),
            ("o0", "2, the output’s rows"),
            ("n1", "6, the input’s columns"),
            ("s1", "2, the stride"),
            ("o1", "3, the output’s columns"),
        ],
    ]


def test_what_is_pointed_at_lights_its_symbols():
    settings = {"padding": [(1, 0), (1, 0)], "stride": 1}
    keys = (
        "[{ input: [0, 0] }, { input: [5, 5] }, { input: [-1, 3] }, { input: [6, 0] }, { output: [0, 0] }, "
        "{ output: [2, 2] }, null].map((hover) => it.pointedKeys(it.matrix(values, scene, at), scene, at, hover)[0])"
    )
    assert asked("explorer/arithmetic.js", keys, ((0, 0), settings)) == [["0, 0", "n", "p", None, "output", "o", None]]


def test_cells_stay_large_beside_the_arithmetic_or_it_stands_below():
    shape = "({ rows: scene.result.placed[0].window, columns: scene.result.placed[1].window })"
    rooms = f"[500, 430, 299].map((room) => it.layoutOf(scene, true, room, {shape}, 2, values.operation === 'max'))"
    found = asked(
        "explorer/drawing.js",
        f"(globalThis.devicePixelRatio = 1, {rooms})",
        ((0, 0), {}),
        ((0, 0), {"window": 3, "stride": 1, "padding": "same"}),
        ((0, 0), {"numbers": "\n".join(["1 " * 64] * 64)}),
    )
    assert [[one["beside"] for one in each] for each in found] == [[True, True, False], [False] * 3, [False] * 3]
    for each, rows, columns in zip(found, (6, 8, 64), (6 + 3, 8 + 6, 64 + 32)):
        for one, room, most in zip(each, (500, 430, 299), (232, 232, 168)):
            assert one["input"] >= 28 or not one["beside"]
            assert rows * one["input"] <= most and columns * one["input"] <= room, one
    assert found[0][2]["input"] >= 24  # numbers of 11 pixels: they can be read on a phone


# ---- What it asks ----


def facts(expression, settings, **view):
    given = {"state": Explorer(**settings).state(), "view": view}
    return js("explorer/tasks.js", f"((facts) => {expression})(it.facts(given.state, undefined, given.view))", given)


def test_the_truth_of_each_guess():
    truths = (
        "[it.guesses.output.truth(facts, { at: [2, 0] }), it.guesses.size.truth(facts), "
        "it.guesses.winners.truth(facts, { at: [0, 0] }), it.guesses.readers.truth(facts, { at: [2, 2] })]"
    )
    assert facts(truths, {"window": 3, "stride": 1}) == [9, [4, 4], ["2, 0", "2, 2"], 9]
    assert facts(truths, {"window": 6}) == [9, [1, 1], ["0, 5", "2, 0", "2, 2", "5, 0"], 1]  # kept inside
    none = Explorer().state() | {"window": [9, 9]}
    given = {"state": none, "view": {}}
    assert js("explorer/tasks.js", f"((facts) => {truths})(it.facts(given.state))", given) == [
        None,
        [None, None],
        [],
        None,
    ]


def test_every_output_counts_edits_against_the_numbers_it_began_with():
    every = "it.goals.every(facts, { value: 9, edits: 2 })"
    began = {"numbers": "1 4 2 6 3\n5 8 0 7 2\n3 6 1 4 8"}
    edited = lambda text: facts(every, {"numbers": text, "stride": 1}, **began)
    assert edited(began["numbers"]) == {"met": 0, "of": 8}
    assert edited("1 4 2 6 3\n5 9 0 7 2\n3 6 1 4 8") == {"met": 4, "of": 8}
    assert edited("1 4 2 6 3\n5 9 0 9 2\n3 6 1 4 8") == {"met": 8, "of": 8}
    assert edited("1 4 2 6 3\n9 9 0 9 2\n3 6 1 4 8") == {"met": 7, "of": 8}, "three edits"
    assert edited("9 9 9\n9 9 9") == {"met": 1, "of": 2}, "other numbers"


def test_goals_are_reached_where_they_should_be_and_survive_a_window_that_fits_nowhere():
    apart = "it.goals.mean_apart(facts)"
    assert facts(apart, {}) == {"met": 0, "of": 1}, "a maximum is always one of its own"
    assert facts(apart, {"operation": "avg"}) == {"met": 1, "of": 1}
    assert facts(apart, {"operation": "avg", "numbers": "2 4\n6 4"}) == {"met": 0, "of": 1}
    six = "it.goals.readers(facts, { count: 6 }).met"
    for pointed, met in [((1, 2), 1), ((2, 2), 0), ((9, 9), 0), (None, 0)]:
        assert facts(six, {"window": 3, "stride": 1}, pointed=pointed) == met, pointed
    goals = "Object.values(it.goals).map((goal) => goal(it.facts(given), { rows: 1, count: 1 }).met)"
    assert js("explorer/tasks.js", goals, Explorer().state() | {"window": [9, 9]}) == [0, 0, 0, 0]


def test_a_task_hides_its_answer_and_nothing_else():
    ask = (
        "[it.hidden(null, r), it.hidden({ what: 'size' }, r), it.hidden({ what: 'size', over: true }, r), "
        + ", ".join(
            f"it.hidden({{ what: '{what}', given: {{ at: [2, 0] }} }}, r)" for what in ("output", "winners", "readers")
        )
    )
    found = js("explorer/tasks.js", f"((r) => {ask}])({{ rows: 3, columns: 3 }})")
    assert found == [{}, {"size": True}, {}, {"output": [2, 0]}, {"output": [2, 0]}, {"element": [2, 0]}]


def test_a_number_is_changed_where_it_stands():
    change = "it.edited('1 nan\\n-inf 4', given, 0.25)"
    assert js("explorer/state.js", change, [1, 1]) == "1 nan\n-inf 0.25"
    assert js("explorer/state.js", change, [0, 0]) == "0.25 nan\n-inf 4"
