"""The bins without a browser: arithmetic against the library and plain definitions, state, words, tasks, refusals."""

import json
import math
import re

import numpy as np
import pytest
from budget import many
from javascript import given_by_addresses, js

from pooling_book.chapters.try11 import bins_to_try
from pooling_book.widgets import page
from pooling_book.widgets.bins import LEVELS, Bins, pictures_for_maps
from pooling_lib import adaptive_avg_pool, adaptive_max_pool, pyramid_pool
from pooling_lib import plans as library

RNG = np.random.default_rng(11)
PICTURES = pictures_for_maps()  # made once: it takes most of a second
BOTH = {"max": adaptive_max_pool, "avg": adaptive_avg_pool}


def made(**settings):
    return Bins(PICTURES, **settings)


# ---- Plain definitions, which share no formula with the widget ----


def sampled(x, y, across):
    """The value at a place of a map whose cell (i, j) has its value at its middle, (i + 1/2, j + 1/2).

    Each cell counts by how near it is: a tent, one cell wide to either side.
    """
    rows, columns = x.shape
    y, across = min(max(y, 0.5), rows - 0.5), min(max(across, 0.5), columns - 0.5)
    tent = lambda far: max(0.0, 1 - abs(far))
    return sum(
        x[i, j] * tent(i + 0.5 - y) * tent(j + 0.5 - across)
        for i in range(max(0, math.floor(y) - 1), min(rows, math.floor(y) + 2))
        for j in range(max(0, math.floor(across) - 1), min(columns, math.floor(across) + 2))
    )


def roi_align(x, box, outputs, reduce):
    """The output of each bin from its four samples, in plain loops."""
    top, left, bottom, right = box
    high, wide = (bottom - top) / outputs[0], (right - left) / outputs[1]
    return np.array(
        [
            [
                reduce(
                    [
                        sampled(x, top + i * high + a * high, left + j * wide + b * wide)
                        for a in (0.25, 0.75)
                        for b in (0.25, 0.75)
                    ]
                )
                for j in range(outputs[1])
            ]
            for i in range(outputs[0])
        ]
    )


def roi_pool(x, box, outputs, reduce):
    """The cells of each bin: those that the bin, on whole cells, has any part of."""
    top, left, bottom, right = (math.floor(edge + 0.5) for edge in box)
    found = np.zeros(outputs)
    for i, j in np.ndindex(*outputs):
        reads = [
            x[row, column]
            for row in range(top, bottom)
            for column in range(left, right)
            # (row - top) m .. (row - top + 1) m and i n .. (i + 1) n overlap, in whole numbers
            if (row - top) * outputs[0] < (i + 1) * (bottom - top)
            and (row - top + 1) * outputs[0] > i * (bottom - top)
            and (column - left) * outputs[1] < (j + 1) * (right - left)
            and (column - left + 1) * outputs[1] > j * (right - left)
        ]
        found[i, j] = reduce(reads)
    return found


def random_settings(**fixed):
    size = RNG.integers(1, 17, 2)
    tenths = [sorted(int(n) for n in RNG.integers(0, 10 * side + 1, 2)) for side in size]
    tenths = [(low, high) if high - low >= 10 else (0, 10 * side) for (low, high), side in zip(tenths, size)]
    box = [edge / 10 for ends in zip(*tenths) for edge in ends]
    return {
        "source": str(RNG.choice(["camera", "digit"])),
        "size": size.tolist(),
        "pool": str(RNG.choice(["adaptive", "pyramid", "region"])),
        "operation": str(RNG.choice(["max", "avg"])),
        "outputs": RNG.integers(1, 8, 2).tolist(),
        "level": str(RNG.choice(["all", "4", "2", "1"])),
        "box": box,
        **fixed,
    }


# ---- Arithmetic ----


def test_the_browser_s_bins_are_those_of_the_library():
    cases = [(n, m) for n in range(1, 65) for m in range(1, 33)]
    found = js("kit/bins.js", "given.map(([n, m]) => it.binsOf(n, m))", cases)
    for (n, m), bins in zip(cases, found, strict=True):
        wanted = library.Bins(n, m)
        assert [one["start"] for one in bins] == wanted.starts.tolist(), (n, m)
        assert [one["end"] - one["start"] for one in bins] == wanted.lengths.tolist(), (n, m)


BINNED = """given.map(({ plane, outputs, operation }) => {
  const one = { rows: plane.length, columns: plane[0].length, values: plane.flat() };
  const bins = [it.binsOf(one.rows, outputs[0]), it.binsOf(one.columns, outputs[1])];
  return Array.from(it.binned(one, bins, operation).values);
})"""


def test_the_browser_pools_over_bins_as_the_library_does():
    cases = [
        {
            "plane": RNG.normal(size=RNG.integers(1, 17, 2)).round(3).tolist(),
            "outputs": RNG.integers(1, 8, 2).tolist(),
            "operation": str(RNG.choice(list(BOTH))),
        }
        for _ in range(many(8000))
    ]
    for case, found in zip(cases, js("kit/bins.js", BINNED, cases), strict=True):
        wanted = BOTH[case["operation"]](np.array(case["plane"]), case["outputs"])
        np.testing.assert_allclose(found, wanted.ravel(), rtol=1e-12, atol=1e-12, err_msg=str(case))


SCENE = """given.cases.map((settings) => {
  const { plane, levels, times, again, region } = it.scene({ images: given.images, photo: null, ...settings });
  return { x: Array.from(plane.values), y: levels.flatMap(({ values }) => Array.from(values)), again, times,
    shown: levels.map(({ shown }) => shown), edges: region && region.box, rounded: region && region.rounded,
    aligned: region && Array.from(region.align.values) };
})"""


def scenes(cases):
    return js("bins/state.js", SCENE, {"images": made().images, "cases": cases})


def test_the_browser_s_scene_is_that_of_python_and_of_the_plain_definitions():
    cases = [random_settings() for _ in range(many(2000))]
    for case, found in zip(cases, scenes(cases), strict=True):
        python = made(**case)
        rows, columns = case["size"]
        np.testing.assert_array_equal(np.reshape(found["x"], (rows, columns)), python.x, err_msg=str(case))
        np.testing.assert_allclose(found["y"], python.y.ravel(), rtol=1e-12)
        if case["pool"] == "pyramid":
            wanted = [BOTH[case["operation"]](python.x, level).ravel() for level in LEVELS]
            np.testing.assert_allclose(found["y"], np.concatenate(wanted), rtol=1e-12)
            if case["operation"] == "max":
                np.testing.assert_array_equal(found["y"], pyramid_pool(python.x, LEVELS))
            assert len(found["y"]) == 21
        if case["pool"] == "adaptive":
            assert found["again"] == python.again, case
        if case["pool"] != "region":
            continue
        reduce = {"max": max, "avg": lambda values: sum(values) / len(values)}[case["operation"]]
        x = python.x.astype(float)
        np.testing.assert_allclose(
            found["aligned"], roi_align(x, case["box"], case["outputs"], reduce).ravel(), atol=1e-9
        )
        np.testing.assert_allclose(python.aligned.ravel(), found["aligned"], atol=1e-9)
        np.testing.assert_allclose(found["y"], roi_pool(x, case["box"], case["outputs"], reduce).ravel(), atol=1e-9)
        assert [found["rounded"][n % 2][n // 2] for n in range(4)] == python.rounded


def test_cells_that_are_read_again_are_counted_one_by_one():
    cases = [random_settings(pool="adaptive") for _ in range(many(400))]
    for case, found in zip(cases, scenes(cases), strict=True):
        times = np.zeros(case["size"], int)
        for i, j in np.ndindex(*times.shape):
            reading = [
                sum(at * m < (n + 1) * size and (at + 1) * m > n * size for n in range(m))
                for at, m, size in zip((i, j), case["outputs"], case["size"])
            ]
            times[i, j] = reading[0] * reading[1]
        assert found["again"] == (times > 1).sum(), case
        assert np.array_equal(np.outer(*found["times"]), times)


def test_a_pyramid_marks_what_its_shown_level_reads_again():
    found = scenes(
        [dict(random_settings(pool="pyramid"), size=[5, 5], level=level) for level in ("all", "4", "2", "1")]
    )
    assert [one["shown"] for one in found] == [
        [True] * 3,
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert [one["again"] for one in found] == [21, 21, 9, 0]  # 4 bins of 5 rows: row 0 and 4 once, 1, 2 and 3 twice


def test_the_box_stays_on_the_map_and_keeps_a_cell_each_way():
    boxes = [[0, 0, 16, 16], [9, 9, 9.2, 9.3], [3.04, 2.95, 4.06, 5], [0.5, 0.5, 1.5, 2.5]]
    cases = [random_settings(pool="region", size=[4, 6], box=box) for box in boxes]
    edges = [one["edges"] for one in scenes(cases)]
    assert edges == [[[0, 4], [0, 6]], [[3, 4], [5, 6]], [[2.9, 4], [3, 5]], [[0.5, 1.5], [0.5, 2.5]]]
    for case, found in zip(cases, edges):
        widget = made(**{**case, "box": None})
        widget.box = [float(edge) for edge in case["box"]]
        assert widget.edges == [found[0][0], found[1][0], found[0][1], found[1][1]]
    assert widget.rounded == [1, 1, 2, 3]  # a half goes up


def test_a_box_that_goes_to_the_right_makes_jumps_and_slopes():
    case = random_settings(pool="region", source="camera", size=[12, 14], outputs=[2, 2], operation="max")
    case["box"] = [2.2, 1.7, 8.4, 7.3]
    settings = {"images": made().images, "photo": None, **case}
    points = js("bins/state.js", "it.travelled(given, 1)", settings)
    assert [point["left"] for point in points] == [round(n / 10, 1) for n in range(85)]
    for point in points[::7]:
        left = point["left"]
        there = made(**{**case, "box": [2.2, left, 8.4, round(left + 5.6, 1)]})
        assert point["pool"] == there.y.ravel()[1] and point["align"] == pytest.approx(there.aligned.ravel()[1])
    steps = np.abs(np.diff([point["align"] for point in points]))
    jumps = np.flatnonzero(np.diff([point["pool"] for point in points]))
    assert 0 < len(jumps) < 12 and steps.max() < 12 and (steps > 0).mean() > 0.9


JUMPS = "given.map((one) => it.untilItJumps(one))"


def test_the_jump_is_where_an_edge_rounds_to_another_cell():
    cases = [random_settings(pool="region") for _ in range(many(400))]
    for case, found in zip(cases, js("bins/state.js", JUMPS, cases), strict=True):
        top, left, bottom, right = case["box"]
        widget = made(**case)

        def at(by):
            widget.box = [top, round(left + by / 10, 1), bottom, round(right + by / 10, 1)]
            return widget.rounded

        room = round(10 * (case["size"][1] - right))
        assert found == next((by for by in range(1, room + 1) if at(by) != at(0)), None), case


def test_what_a_hand_does_stays_in_range():
    values = {"size": [6, 9], "box": [1, 2, 3.5, 6]}
    moves = [[5, -7], [-100, 100], [0.4, 0.6]]
    found = js(
        "bins/state.js", "given.moves.map((by) => it.moved(given.values, by).box)", {"values": values, "moves": moves}
    )
    assert found == [[1.5, 1.3, 4, 5.3], [0, 5, 2.5, 9], [1, 2.1, 3.5, 6.1]]
    pulls = [[41, 77], [0, 0], [900, 900]]
    found = js(
        "bins/state.js", "given.pulls.map((to) => it.pulled(given.values, to).box)", {"values": values, "pulls": pulls}
    )
    assert found == [[1, 2, 4.1, 7.7], [1, 2, 2, 3], [1, 2, 6, 9]]
    assert js("bins/state.js", "[[0, 3.4], [20, -1]].map((size) => it.sized(size).size)") == [[1, 3], [16, 1]]


def test_an_output_is_found_by_its_number_among_those_that_are_shown():
    cases = [
        (pool, level, n) for pool in ("adaptive", "pyramid") for level in ("all", "4", "2", "1") for n in range(25)
    ]
    expression = """given.cases.map(([pool, level, selected]) => {
      const { n, level: of, i, j } = it.placeOf(selected, it.scene({ ...given.state, pool, level }));
      return [n, of.first, of.rows, i, j]; })"""
    state = made(size=(8, 8), outputs=(2, 3)).state()
    for (pool, level, n), found in zip(cases, js("bins/state.js", expression, {"state": state, "cases": cases})):
        sides = {"all": (4, 2, 1), "4": (4,), "2": (2,), "1": (1,)}[level]
        if pool == "adaptive":
            at = min(n, 5)
            assert found == [at, 0, 2, at // 3, at % 3]
        else:
            first = {4: 0, 2: 16, 1: 20}
            at = min(max(n, first[sides[0]]), first[sides[-1]] + sides[-1] ** 2 - 1)
            side = max((side for side in sides if first[side] <= at), key=lambda side: first[side])
            at -= first[side]
            assert found == [at + first[side], first[side], side, at // side, at % side], (level, n)


# ---- What an address may bring ----


def test_sound_settings_come_and_hostile_ones_are_left():
    state = made().state()
    sound = [{"size": [16, 1]}, {"pool": "region", "box": [0, 0.5, 3.7, 16]}, {"level": "1"}, {"selected": 48}]
    sound += [{"outputs": [7, 1], "operation": "avg"}, {"source": "digit"}]
    assert given_by_addresses("bins", state, *sound) == [state | one for one in sound]
    hostile = [{"size": [0, 5]}, {"size": [17, 5]}, {"size": [5]}, {"size": "5"}, {"outputs": [8, 1]}, {"level": 4}]
    hostile += [{"pool": "roi"}, {"box": [0, 0, 1]}, {"box": [0, 0, 1, "2"]}, {"box": [-1, 0, 1, 2]}, {"box": None}]
    hostile += [{"selected": -1}, {"selected": 49}, {"selected": 1.5}, {"operation": "sum"}, {"source": "photo"}]
    assert given_by_addresses("bins", state, *hostile) == [state] * len(hostile)


# ---- Words ----


def said(words="it.explain(given.state, scene, at)", hover=0, **settings):
    """What is said of a state, by the words of the page."""
    file = json.dumps((page.FOLDER / "bins" / "state.js").as_uri())
    expression = f"""await import({file}).then((state) => {{
      const scene = state.scene(given.state), at = state.placeOf({hover}, scene); return {words}; }})"""
    return js("bins/words.js", expression, {"state": made(**settings).state()})


def test_a_bin_says_what_it_reads_and_shares():
    short, rest = said(hover=4, size=(5, 7), outputs=(3, 3))
    assert short.split(". ") == [
        "Bin (1, 1) reads rows 1 to 3 (3 rows), columns 2 to 4 (3 columns)",
        "Read twice: rows 1 and 3, columns 2 and 4.",
    ]
    value = int(made(size=(5, 7)).y[1, 1])
    assert rest == (
        f"Its maximum is {value}. Rows: from floor(1 · 5 / 3) = 1 to below ceil(2 · 5 / 3) = 4. "
        "5 × 7 places in, 3 × 3 out. 20 of 35 places are read more than once."
    )
    short, rest = said(size=(6, 9), outputs=(3, 3), operation="avg")
    assert short == "Bin (0, 0) reads rows 0 to 1 (2 rows), columns 0 to 2 (3 columns)."
    assert rest.startswith("Its average is ") and rest.endswith("Every place is read once.")
    short, _ = said(hover=1, size=(1, 2), outputs=(3, 1))
    assert short == "Bin (1, 0) reads row 0 (1 row), columns 0 to 1 (2 columns). Read 3 times: row 0."
    short, _ = said(hover=0, size=(1, 3), outputs=(3, 2))
    assert short.endswith("Read 3 times: row 0. Read twice: column 1.")


def test_a_pyramid_says_how_many_numbers_come_out():
    short, rest = said(hover=20, pool="pyramid", level="all", size=(13, 9))
    assert short == "The one bin reads rows 0 to 12 (13 rows), columns 0 to 8 (9 columns)."
    assert rest.endswith("13 × 9 places in, 16 + 4 + 1 = 21 numbers out.")
    _, rest = said(pool="pyramid", level="2", size=(5, 4))
    assert rest.endswith("21 numbers out. 4 of 20 places are read more than once.")


def test_a_box_says_both_answers_and_where_they_come_from():
    box = made(pool="region", size=(12, 14), outputs=(2, 2), box=(2.2, 1.7, 8.4, 7.3), source="camera")
    short, rest = said(hover=1, pool="region", size=(12, 14), outputs=(2, 2), box=(2.2, 1.7, 8.4, 7.3), source="camera")
    numbers = re.fullmatch(r"Output \(0, 1\), maximum: RoI pool ([\d.]+), RoI align ([\d.]+)\.", short)
    assert float(numbers[1]) == box.y[0, 1] and float(numbers[2]) == pytest.approx(box.aligned[0, 1], abs=0.05)
    assert rest == (
        "Region: rows 2.2 to 8.4, columns 1.7 to 7.3; rounded edges: rows 2 and 8, columns 2 and 7. "
        "RoI pool reads rows 2 to 4, columns 4 to 6; RoI align samples at heights 2.98 and 4.53, widths 5.2 and 6.6."
    )


def test_nothing_is_told_while_it_is_covered():
    words = "it.coveredWords(given.state, scene)"
    assert said(words, size=(5, 7)) == ["The bins are covered until you uncover your guess.", "A map of 5 × 7 places."]
    assert said(words, pool="region", size=(5, 7), box=(1, 1, 3.5, 4))[1].endswith(
        "Region: rows 1 to 3.5, columns 1 to 4."
    )


def test_a_cell_says_how_many_bins_read_it():
    names = [said(f"it.pointedCell(scene, [1, 2], Array({count}))", size=(5, 7)) for count in (0, 1, 4)]
    value = int(made(size=(5, 7)).x[1, 2])
    who = ("no bin reads it", "one bin reads it", "4 bins read it")
    assert names == [f"Row 1, column 2: {value}; {words}." for words in who]


# ---- Things to try ----

TRIED = """given.tasks.map(({ scene, guess, goal, given: about }) => {
  const facts = it.facts({ ...given.state, ...scene });
  return guess ? it.guesses[guess].truth(facts, about) : it.goals[goal](facts, about);
})"""


def tried(*tasks):
    return js("bins/tasks.js", TRIED, {"state": made().state(), "tasks": tasks})


def test_the_tasks_of_the_chapter_have_these_answers():
    lengths, again, once, count, jump = tried(*bins_to_try)
    assert lengths == [2, 3, 2] and sum(lengths) == 7
    assert again == made(size=(10, 10), outputs=(7, 7)).again == 84
    assert count == 21
    box = bins_to_try[-1]["scene"]
    answers = [
        made(**{**box, "box": [box["box"][0], round(1.7 + by / 10, 1), 8.4, round(7.3 + by / 10, 1)]})
        for by in range(9)
    ]
    rounded = [one.rounded for one in answers]
    assert jump == next(by for by in range(9) if rounded[by] != rounded[0])
    # RoI align changes with every step
    assert all((one.aligned != other.aligned).any() for one, other in zip(answers, answers[1:]))
    assert once["met"] < once["of"]


def test_the_remarks_of_the_chapter_hold():
    ten = made(size=(10, 10), outputs=(7, 7))
    times = np.zeros(10, int)
    for start, end in ten.rows:
        times[start:end] += 1
    assert np.flatnonzero(times == 1).tolist() == [0, 3, 6, 9]
    task = bins_to_try[2]
    for size in np.ndindex(16, 16):
        size = [side + 1 for side in size]
        touches = made(size=size, outputs=(3, 3)).again == 0
        assert touches == (size[0] % 3 == 0 and size[1] % 3 == 0), size
    reached = [{**task, "scene": {**task["scene"], "size": size}} for size in ([9, 9], [12, 9], [6, 9], [9, 8])]
    assert [one["met"] for one in tried(*reached)] == [3, 3, 2, 2]


def test_the_goal_apart_is_met_where_the_two_answers_differ():
    from pooling_book.widgets.things_to_try import goal

    box = {"pool": "region", "source": "camera", "size": [12, 14], "outputs": [2, 2], "box": [2.2, 1.7, 8.4, 7.3]}
    widget = made(**box)
    far = abs(widget.y - widget.aligned).ravel()
    n = int(far.argmax())
    tasks = [goal("!", "apart", {**box, "selected": n}, by=by) for by in (far[n] - 0.1, far[n] + 0.1)]
    tasks += [goal("!", "apart", {**box, "pool": "adaptive"}, by=0), goal("!", "size", box, size=(12, 14))]
    assert [one["met"] for one in tried(*tasks)] == [1, 0, 0, 1]


# ---- Python ----


def test_the_fallback_says_which_rows_are_read():
    text = made(size=(5, 7), outputs=(3, 2)).fallback()
    assert "The bins read rows 0 to 1, 1 to 3, 3 to 4; columns 0 to 3, 3 to 6." in text and "Map, 5 × 7" in text
    assert "Outputs, 21" in made(pool="pyramid").fallback() and "Outputs, 3 × 3" in made(pool="region").fallback()


def test_the_map_is_the_picture_in_fewer_cells():
    for name, image in pictures_for_maps().items():
        exact = adaptive_avg_pool(image, (5, 7))
        assert np.abs(made(source=name, size=(5, 7)).x - exact).max() <= 0.5


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(size=(0, 5)), ("size=0", "from 1 to 16")),
        (dict(size=(5, 17)), ("size=17", "from 1 to 16")),
        (dict(size=(5,)), ("size=(5,)", "two whole numbers")),
        (dict(outputs=(8, 1)), ("outputs=8", "from 1 to 7")),
        (dict(pool="roi"), ("pool='roi'", "'region'")),
        (dict(operation="sum"), ("operation='sum'", "'avg'")),
        (dict(level=4), ("level=4", "'all'")),
        (dict(selected=49), ("selected=49", "from 0 to 48")),
        (dict(size=(5, 5), box=(0, 0, 6, 3)), ("box=(0, 0, 6, 3)", "5 x 5")),
        (dict(size=(5, 5), box=(1, 1, 1.5, 3)), ("box=(1, 1, 1.5, 3)", "at least 1 apart")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        made(**settings)
    assert all(word in str(error.value) for word in words), error.value
