"""The nearest neighbours of a digit as Python sees them: its arrays, its state, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.chapters.try04 import things_to_try
from pooling_book.study import data
from pooling_book.widgets.neighbours import DIGIT_METHODS, Neighbours, images_of, letters_of, split_digits, vote
from pooling_book.widgets.page import FOLDER
from pooling_book.widgets.things_to_try import guess
from pooling_lib import avg_pool, max_pool


def by_the_definition(x, method, window, stride):
    """Pooled form, and labels and distances of all training digits, the nearest first."""
    pool = {
        "none": lambda image: image,
        "subsample": lambda image: image[::stride, ::stride],
        "max": lambda image: max_pool(image, window, stride),
        "avg": lambda image: avg_pool(image, window, stride),
    }[method]
    training, labels = split_digits()[0]
    distances = np.array([np.sqrt(((pool(x) - pool(image.astype(int))) ** 2).sum()) for image in training])
    order = np.lexsort((np.arange(len(distances)), distances.round(9)))
    return pool(x), [(int(labels[n]), distances[n]) for n in order]


@pytest.mark.parametrize("method", DIGIT_METHODS)
@pytest.mark.parametrize("window, stride", [(1, 1), (2, 2), (3, 2), (2, 3), (8, 1)])
def test_pooled_form_and_neighbours_are_those_of_the_definition(method, window, stride):
    for digit in (0, 17, 49):
        widget = Neighbours(digit=digit, method=method, window=window, stride=stride)
        pooled, nearest = by_the_definition(widget.x, method, window, stride)
        np.testing.assert_allclose(widget.pooled, pooled)
        assert [label for label, _ in widget.neighbours] == [label for label, _ in nearest[:5]]
        np.testing.assert_allclose(
            [distance for _, distance in widget.neighbours], [distance for _, distance in nearest[:5]]
        )
        assert widget.multiplications == 400 * pooled.size


def test_the_test_digits_are_counted_by_their_verdicts():
    for settings in (dict(), dict(method="max", voters=3), dict(method="avg", window=4, stride=4)):
        widget = Neighbours(**settings)
        right = 0
        for digit, label in enumerate(widget.test["labels"]):
            one = Neighbours(digit=digit, **settings)
            right += one.verdict == int(label)
        assert widget.right == right


def test_the_digits_are_a_fixed_choice_and_none_is_on_both_sides():
    training, testing = split_digits()
    assert np.bincount(training.labels).tolist() == [40] * 10 and np.bincount(testing.labels).tolist() == [5] * 10
    images = data.digits().images
    places = lambda part: {int(np.flatnonzero((images == image).all(axis=(1, 2)))[0]) for image in part.images}
    assert not places(training) & places(testing)


def test_letters_hold_every_value():
    images = np.random.default_rng(0).integers(0, 17, (3, 8, 8))
    np.testing.assert_array_equal(images_of(letters_of(images)), images)


def test_a_vote_goes_to_the_most_frequent_and_of_equals_to_the_nearest():
    assert [vote(labels) for labels in ([4], [3, 8, 8], [8, 3, 8], [3, 8, 5], [5, 5, 1])] == [4, 8, 8, 3, 5]


def test_python_follows_what_the_page_sets():
    widget = Neighbours()
    widget.pixels = letters_of(np.eye(8, dtype=int) * 16)
    widget.digit, widget.method, widget.window, widget.stride = -1, "max", 4, 4
    np.testing.assert_array_equal(widget.pooled, [[16, 0], [0, 16]])


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    widget = Neighbours(digit=7, method="avg", window=3, stride=2, voters=3, identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', widget.html(), re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in widget.html()
    assert len(json.dumps(state)) < 40_000
    assert widget.html() == Neighbours(digit=7, method="avg", window=3, stride=2, voters=3, identity="here").html()


def test_the_fallback_shows_both_forms_and_names_the_neighbours():
    widget = Neighbours(digit=48, method="avg")
    fallback = widget.fallback()
    assert fallback.count("<table") == 2 and "What is compared, 4 × 4" in fallback
    assert fallback.count("at distance") == 5 and "an 8 at distance" in Neighbours(digit=48).fallback()


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(digit=50), ("digit=50", "from 0 to 49")),
        (dict(digit=-1), ("digit=-1", "from 0 to 49")),
        (dict(method="mean"), ("method='mean'", "'avg'")),
        (dict(window=9), ("window=9", "from 1 to 8")),
        (dict(window=2.5), ("window=2.5", "from 1 to 8")),
        (dict(stride=0), ("stride=0", "from 1 to 8")),
        (dict(stride=True), ("stride=True", "from 1 to 8")),
        (dict(voters=2), ("voters=2", "one of 1, 3")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        Neighbours(**settings)
    assert all(word in str(error.value) for word in words), error.value


# ---- The front end's arithmetic, state and words ----

COMPUTE = """given.cases.map(({ pixels, settings, voters }) => {
  const values = { ...settings, voters, pixels, digit: -1, pushed: [0, 0], train: given.train };
  const training = it.trained(values), query = it.features(it.readDigits(pixels)[0], values).values;
  return { ...it.looked(values, training), places: it.nearest(query, training, 5).map(({ n }) => n) };
})"""


def random_query(rng, n):
    image = rng.integers(0, 17, (8, 8)) if n % 3 else rng.choice([0, 16], (8, 8))
    image = split_digits()[1].images[n % 50] if n % 2 else image
    settings = {
        "method": str(rng.choice(DIGIT_METHODS)),
        "window": int(rng.integers(1, 9)),
        "stride": int(rng.integers(1, 9)),
    }
    return {"pixels": letters_of(image), "settings": settings, "voters": int(rng.choice([1, 3]))}


def test_the_browser_finds_the_neighbours_that_numpy_finds():
    rng = np.random.default_rng(8)
    python, cases = Neighbours(), [random_query(rng, n) for n in range(120)]
    found = js("neighbours/state.js", COMPUTE, {"cases": cases, "train": python.train})
    ties = 0
    for case, answer in zip(cases, found, strict=True):
        python.pixels, python.voters = case["pixels"], case["voters"]
        python.method, python.window, python.stride = case["settings"].values()
        squares = python._squares(images_of(case["pixels"]))[0]
        assert answer["tied"] == np.sum(squares == squares.min())
        ties += len(np.unique(np.sort(squares)[:6])) < 6
        assert (answer["rows"], answer["columns"]) == python.pooled.shape, case
        np.testing.assert_allclose(answer["compared"], python.pooled.ravel(), rtol=1e-12)
        assert answer["places"] == np.argsort(squares, kind="stable")[:5].tolist(), case
        assert [one["n"] for one in answer["found"]] == answer["places"]
        distances = [one["distance"] for one in answer["found"]]
        np.testing.assert_allclose(distances, [distance for _, distance in python.neighbours], rtol=1e-12)
        voted = vote([label for label, _ in python.neighbours[: python.voters]])
        assert int(answer["verdict"]) == python.verdict == voted, case
    assert ties > 10, "ties are what such a comparison is most likely to get wrong"


def test_the_browser_counts_the_right_verdicts_as_python_does():
    chosen = [dict(), dict(method="max", voters=3), dict(method="avg", window=4, stride=4), dict(method="subsample")]
    score = "given.map((values) => it.scored(values, it.trained(values)))"
    found = js("neighbours/state.js", score, [Neighbours(**settings).state() for settings in chosen])
    assert found == [{"right": Neighbours(**settings).right, "of": 50} for settings in chosen]


def changed(expression, widget, **more):
    """What a function of state.js makes of a widget's settings."""
    return js("neighbours/state.js", f"(({{ values }}) => it.{expression})(given)", {"values": widget.state() | more})


def test_test_digits_go_round_and_begin_anew_after_the_readers_own():
    widget = Neighbours(digit=49)
    for by, more, wanted in [(1, {}, 0), (-1, {}, 48), (1, {"digit": -1}, 0), (-1, {"digit": -1}, 49)]:
        found = changed(f"following(values, {by})", widget, **more)
        assert found == {"digit": wanted, "pixels": Neighbours(digit=wanted).pixels, "pushed": [0, 0]}


def test_a_push_moves_the_ink_and_ends_where_none_is_left():
    widget = Neighbours(digit=8)
    found = changed("pushedBy(values, 1, -2)", widget, pushed=[3, 0])
    after = np.zeros((8, 8), int)
    after[1:, :-2] = widget.x[:-1, 2:]
    assert found == {"pixels": letters_of(after), "pushed": [4, -2]}
    assert changed("pushedBy(values, -1, 0)", widget, pixels="a" * 64, pushed=[-8, 0])["pushed"] == [-8, 0]


def test_what_the_reader_paints_is_the_readers_own():
    widget = Neighbours(digit=8)
    empty = {"digit": -1, "pixels": "a" * 64, "pushed": [0, 0]}
    assert changed("emptied()", widget) == empty
    dot = changed("painted(values, [2.5, 3.5])", widget, **empty)
    image = images_of(dot["pixels"])[0]
    assert image[2, 3] == 16 and image[2, 4] == image[1, 3] == 8 and (image > 0).sum() == 9 - 4 * (image[1, 2] == 0)
    toggled = changed("toggled(values, [2, 3])", widget, **dot)
    assert images_of(toggled["pixels"])[0][2, 3] == 0 and toggled["digit"] == -1
    assert changed("toggled(values, [2, 3])", widget, **toggled) == dot


STATE_KEYS = ("digit", "pixels", "pushed", "method", "window", "stride", "voters")


def test_what_a_reader_makes_comes_back_and_nothing_else_does():
    state = json.loads(json.dumps(Neighbours(digit=8, method="max").state()))
    other = Neighbours(digit=9).pixels
    gone = letters_of(np.vstack([np.zeros((1, 8), int), images_of(state["pixels"])[0][:-1]]))
    sound = [
        {"digit": 9, "pixels": other},
        {"digit": -1, "pixels": "q" * 64, "method": "avg", "window": 8, "stride": 1, "voters": 3},
        {"pixels": gone, "pushed": [1, 0]},
        {"pixels": "a" * 64, "pushed": [0, 8]},
    ]
    assert given_by_addresses("neighbours", state, *sound) == [state | one for one in sound]
    hostile = {
        "digit": [50, -2, 1.5, "8", None, [8]],
        "pixels": ["q" * 63, "r" * 64, "A" * 64, "", 3, None, ["a"] * 64],
        "pushed": [[9, 0], [0], [0.5, 0], "00", None],
        "method": ["mean", "constructor", "__proto__", None],
        "window": [0, 9, 2.5, "2", [2, 2]],
        "stride": [0, 1e9],
        "voters": [2, "3", True, None],
    }
    assert hostile.keys() == set(STATE_KEYS)
    givens = [{key: value} for key, values in hostile.items() for value in values]
    # Pixels that are not the digit's, under its label; the same where the digit is pushed elsewhere.
    givens += [{"digit": 9}, {"pixels": other}, {"pixels": "q" * 64}, {"pixels": gone}, {"pushed": [1, 0]}]
    assert given_by_addresses("neighbours", state, *givens) == [state] * len(givens)


LOOK = {
    "image": [1],
    "label": "3",
    "pushed": [0, 0],
    "compared": [1, 2, 3, 4.5],
    "found": [{"label": "8", "distance": 2.5, "compared": [0, 0, 1.5, 0]}, {"label": "3"}, {"label": "5"}],
    "voters": 1,
    "verdict": "8",
    "tied": 1,
    "training": 400,
}
SUM = "√(1² + 2² + 1.5² + …) = 2.5; 4 of the 4 numbers differ."


@pytest.mark.parametrize(
    "changes, words, worked",
    [
        ({}, "This 3 is taken for an 8, which is wrong.", SUM),
        (
            {"label": None, "voters": 3, "verdict": "3", "pushed": [-2, 1]},
            "Your digit, pushed 2 up and 1 to the right, is taken for a 3 (the three nearest: 8, 3, 5).",
            SUM,
        ),
        (
            {"compared": [0, 0, 1.5, 0], "verdict": "3"},
            "This 3 is taken for a 3, which is right.",
            "0; 0 of the 4 numbers differ.",
        ),
        (
            {"compared": [1], "found": [{"label": "3", "distance": 0, "compared": [1]}]},
            "This 3 is taken for an 8, which is wrong.",
            "0; the one number is the same.",
        ),
        (
            {"tied": 7},
            "This 3 is taken for an 8, which is wrong.",
            f"{SUM} 7 equally near: the first wins.",
        ),
        ({"image": [0, 0]}, "The grid is empty: there is no digit to read, and no one votes.", None),
    ],
)
def test_the_sentence_says_the_verdict_and_a_line_spells_out_the_distance(changes, words, worked):
    found = js("neighbours/words.js", "[it.explain(given), it.spelled(given)]", LOOK | changes)
    assert found == [words, f"Distance to the nearest: {worked}" if worked else ""]


def test_the_score_and_the_cursor_are_said():
    said = "[it.scoreOf({ right: 7, of: 50 }, given), it.placeOf([0, 0], given)]"
    assert js("neighbours/words.js", said, LOOK) == [
        "With this, 7 of 50 unpushed test digits are right, at 400 × 4 = 1,600 multiplications for each.",
        "Row 0, column 0: 1",
    ]


def test_who_listens_hears_one_sentence_for_each_change():
    score = "{ right: 7, of: 50 }"
    heard = f"[it.heard('It is a 3.', null), it.heard('It is a 3.', {score}), it.heard('', {score})]"
    whole = "With this, 7 of 50 unpushed test digits are right."
    assert js("neighbours/words.js", heard) == ["It is a 3.", f"It is a 3; {whole}", whole]


# ---- Things to try ----

SCENE = """((it, state, { values, what, given }) => {
  const training = state.trained(values), score = state.scored(values, training);
  return it(what)({ values, look: state.looked(values, training), score }, given);
})"""


def asked(kind, values, what, **given):
    """What tasks.js makes of a widget's settings: the truth of a guess, or how far a goal is."""
    one = {"guesses": "(what) => it.guesses[what].truth", "goals": "(what) => it.goals[what]"}[kind]
    state = json.dumps((FOLDER / "neighbours" / "state.js").as_uri())
    whole = f"await import({state}).then((state) => {SCENE}({one}, state, given))"
    return js("neighbours/tasks.js", whole, {"values": values, "what": what, "given": given})


def test_the_truth_of_a_guess_is_what_python_finds():
    for settings in (dict(digit=48, method="avg"), dict(digit=3, voters=3), dict(method="max", window=4, stride=1)):
        widget = Neighbours(**settings)
        values = widget.state()
        labels = [label for label, _ in widget.neighbours]
        assert asked("guesses", values, "verdict") == str(widget.verdict)
        assert asked("guesses", values, "among", label=str(labels[0])) == labels.count(labels[0])
        assert asked("guesses", values, "right") == widget.right
        numbers, times = np.unique(widget.pooled, return_counts=True)
        assert asked("guesses", values, "commonest") in numbers[times == times.max()]


def test_goals_are_met_in_part_and_only_as_the_task_has_it():
    plain = {"method": "none", "voters": 1}
    at = lambda *by, **settings: Neighbours(**settings).state() | pushed_state(Neighbours(**settings), *by)
    assert asked("goals", at(0, 0, digit=48), "change", settings=plain) == {"met": 0, "of": 1}
    assert asked("goals", at(1, 0, digit=48), "change", settings=plain) == {"met": 1, "of": 1}
    assert asked("goals", at(1, 0, digit=48, voters=3), "change", settings=plain)["met"] == 0  # other settings
    average = dict(digit=48, method="avg", window=3, stride=2)
    for by, met in [((0, 0), 0), ((-1, 0), 1), ((-2, 0), 2), ((0, 1), 0)]:
        found = asked("goals", at(*by, **average), "hold", settings={"method": "avg"}, by=2)
        assert found == {"met": met, "of": 2}, by


def pushed_state(widget, *by):
    return js("neighbours/state.js", "it.pushedBy(given, ...given.by)", widget.state() | {"by": by})


def test_a_digit_of_the_reader_s_own_has_to_be_as_high_as_the_grid():
    seven = np.zeros((8, 8), int)
    seven[0, 1:7] = seven[1, 1:7] = 16
    for row, column in enumerate([5, 5, 4, 4, 3, 3], 2):
        seven[row, column - 1 : column + 1] = 16
    own = Neighbours().state() | {"digit": -1}
    drawn = own | {"pixels": letters_of(seven)}
    verdict = asked("guesses", drawn, "verdict")
    assert asked("goals", drawn, "read", label=verdict) == {"met": 1, "of": 1}
    other = str((int(verdict) + 1) % 10)
    assert asked("goals", drawn, "read", label=other)["met"] == 0
    assert asked("goals", own | {"pixels": letters_of(seven[:1].repeat(8, 0) * 0)}, "read", label="1")["met"] == 0
    assert asked("goals", Neighbours(digit=7).state(), "read", label="7")["met"] == 0  # no digit of their own


# What a reader does to reach each goal of the chapter: settings that follow from the scene.
REACHED = {
    2: lambda widget: pushed_state(widget, 0, 1),
    3: lambda widget: pushed_state(widget, -2, 0),
    6: lambda widget: {"digit": -1, "pixels": Neighbours(digit=WRITTEN_SEVEN).pixels, "pushed": [0, 0]},
}
WRITTEN_SEVEN = 7  # a test digit with that label, drawn pixel by pixel


def test_the_chapter_s_tasks_are_what_they_claim():
    assert Neighbours(digit=WRITTEN_SEVEN).verdict == 7
    truths = {0: "1", 1: 3, 4: 16, 5: 45}  # what their `then` speaks of
    for n, task in enumerate(things_to_try):
        widget = Neighbours(digit=48, tasks=things_to_try, task=n)
        state = json.loads(json.dumps(widget.state()))
        scene = json.loads(json.dumps(task["scene"]))
        before = json.loads(json.dumps(Neighbours(digit=3, tasks=things_to_try).state()))
        assert given_by_addresses("neighbours", before, scene) == [before | scene], f"task {n}: the scene is not sound"
        if "guess" in task:
            assert asked("guesses", state, task["guess"], **task["given"]) == truths[n], task["say"]
            continue
        first, then = (
            asked("goals", values, task["goal"], **task["given"]) for values in (state, state | REACHED[n](widget))
        )
        assert first["met"] < first["of"] and then["met"] == then["of"], task["say"]
    forgiving = [
        asked("guesses", Neighbours(digit=48).state() | pushed_state(Neighbours(digit=48), *by), "verdict")
        for by in ((1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    assert "8" not in forgiving, "one pixel is enough, whichever way"
    average = Neighbours(digit=48, method="avg", window=3, stride=2)
    held = {
        by: asked("guesses", average.state() | pushed_state(average, *by), "verdict") == "8"
        for by in ((1, 0), (-1, 0), (0, 1), (0, -1))
    }
    assert held == {(1, 0): True, (-1, 0): True, (0, 1): False, (0, -1): False}
    assert [Neighbours(method=method).right for method in ("subsample", "avg", "max")] == [45, 45, 40]


def test_a_task_is_refused_that_the_widget_does_not_know():
    with pytest.raises(ValueError, match="tasks.0..'guess'.='output'.*'verdict'"):
        Neighbours(tasks=[guess("What?", "output")])
    assert Neighbours(tasks=things_to_try, task=1).method == "avg"
