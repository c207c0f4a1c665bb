"""The votes without a browser: arithmetic against NumPy, what a hand does, words, tasks, and what is refused."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js
from weights import halved

from pooling_book.chapters.try11 import votes_to_try
from pooling_book.study.pretrained import Trained, trained
from pooling_book.study.shifts import shifted
from pooling_book.widgets import page
from pooling_book.widgets.base import base64_of, values_of
from pooling_book.widgets.pushed_digit import one_of_each_class
from pooling_book.widgets.things_to_try import goal, guess
from pooling_book.widgets.voting_places import VotingPlaces
from pooling_lib import adaptive_avg_pool

RNG = np.random.default_rng(12)
NETWORKS = trained()
STATE = VotingPlaces(NETWORKS, digit=9).state()


def votes_of(image, network, k):
    """A class's weights, place by place, one channel after the other: in loops over what the last convolution gives."""
    exact = Trained(network.pool, halved(network.weights))
    maps, weights = exact.maps(image[None] / 255)[-1][0], exact.weights[-2][:, k]
    found = np.zeros(maps.shape[:2])
    for row, column, channel in np.ndindex(maps.shape):
        found[row, column] += maps[row, column, channel] * weights[channel]
    return found, float(exact.weights[-1][k]), float(exact.logits(image[None] / 255)[0, k])


HEARD = """given.cases.map(({ network, pixels, pushed, looked }) => {
  const one = networks.find(({ title }) => title === network), values = seen({ pixels, pushed });
  const { k, votes, average, bias, score } = it.heard(read([one], values)[0], one, looked);
  return { k, votes: Array.from(votes.values), side: votes.rows, average, bias, score };
})"""


def heard(cases):
    """What the page hears in each of these."""
    modules = [page.FOLDER / "kit" / "network.js", page.FOLDER / "pushed_digit" / "state.js"]
    both = ", ".join(f"import({json.dumps(one.as_uri())})" for one in modules)
    expression = f"""await Promise.all([{both}]).then(([{{ unpack }}, {{ read, seen }}]) => {{
      const networks = given.networks.map(unpack); return {HEARD}; }})"""
    return js("voting_places/state.js", expression, {"networks": STATE["networks"], "cases": cases})


# ---- Arithmetic ----


def test_the_votes_are_those_of_numpy_and_their_average_and_the_bias_make_the_score():
    images, _ = one_of_each_class()
    cases = [
        {
            "network": str(RNG.choice(list(NETWORKS))),
            "digit": int(RNG.integers(10)),
            "pushed": RNG.integers(-8, 9, 2).tolist(),
            "looked": [None, *range(10)][RNG.integers(11)],
        }
        for _ in range(24)
    ]
    for case, found in zip(cases, heard([{**one, "pixels": STATE["test"]["pixels"][one["digit"]]} for one in cases])):
        python = VotingPlaces(NETWORKS, **case)
        image = shifted(images[case["digit"] : case["digit"] + 1], *case["pushed"])[0]
        votes, bias, score = votes_of(image, NETWORKS[case["network"]], python.voted)
        assert found["k"] == python.voted and found["side"] == 7
        np.testing.assert_allclose(np.reshape(found["votes"], (7, 7)), votes, atol=1e-4)
        np.testing.assert_allclose(python.votes, votes, atol=1e-4)
        assert found["average"] == pytest.approx(votes.mean(), abs=1e-4)
        assert found["bias"] == bias == python.bias
        assert found["average"] + found["bias"] == pytest.approx(found["score"], abs=1e-9)
        assert found["score"] == pytest.approx(score, abs=1e-4) and python.score == pytest.approx(score, abs=1e-4)
        if case["looked"] is None:
            assert python.voted == python.verdicts[case["network"]]


def test_smoothed_votes_lie_between_the_middles_of_their_places():
    votes = RNG.normal(size=(5, 5)).round(3)
    plane = {"rows": 5, "columns": 5, "values": votes.ravel().tolist()}
    fine = js(
        "voting_places/state.js", "(({ rows, values }) => [rows, Array.from(values)])(it.smoothed(given, 4))", plane
    )
    assert fine[0] == 20
    values = np.reshape(fine[1], (20, 20))
    middles = (np.arange(20) + 0.5) / 4 - 0.5
    along = np.array([np.interp(middles, np.arange(5), row) for row in votes])
    wanted = np.array([np.interp(middles, np.arange(5), column) for column in along.T]).T
    np.testing.assert_allclose(values, wanted, atol=1e-12)
    assert values.max() <= votes.max() and values.min() >= votes.min()  # nothing is made up


def test_a_place_sees_18_pixels_each_way_as_the_chapter_says():
    image = one_of_each_class()[0][7]
    for name in ("max", "average"):
        network = NETWORKS[name]
        far = np.zeros((28, 28), bool)
        before, *_ = votes_of(image, network, 7)
        for row in range(28):
            for column in (0, 14):  # two columns are enough for the rows
                other = image.copy()
                other[row, column] = 255 - other[row, column]
                far[row, column] = not np.isclose(votes_of(other, network, 7)[0][3, 3], before[3, 3], atol=1e-9)
        rows = np.flatnonzero(far[:, 14])
        assert not far[:, 0].any() and rows.min() >= 5 and rows.max() <= 22, name  # rows 5 to 22 are 18


# ---- What a hand does ----


def after(expression, **given):
    return js("voting_places/state.js", expression, {"state": STATE, **given})


def pixels(text):
    return values_of(text, np.uint8).reshape(28, 28)


@pytest.mark.parametrize("pushed", [(0, 0), (3, -2)])
def test_the_eraser_takes_ink_near_it_and_leaves_the_rest(pushed):
    found = after("it.rubbed({ ...given.state, pushed: given.pushed }, [12, 14])", pushed=pushed)
    before, now = pixels(STATE["pixels"]), pixels(found["pixels"])
    rows, columns = np.ogrid[:28, :28]
    far = np.hypot(rows + 0.5 + pushed[0] - 12, columns + 0.5 + pushed[1] - 14)
    assert found["digit"] == -1 and (now[far <= 1.6] == 0).all()
    np.testing.assert_array_equal(now[far >= 2.6], before[far >= 2.6])
    assert (now <= before).all() and now.sum() < before.sum()
    assert after("it.rubbed(given.state, [0.5, 0.5])") == {}  # paper: still the test digit


def test_ink_that_is_left_is_told_and_new_ink_is_none():
    expression = "given.all.map((pixels) => it.inkLeft({ ...given.state, pixels }, 9))"
    nine = pixels(STATE["pixels"])
    half = nine.copy()
    half[:14] = 0
    other = half.copy()
    other[0, 0] = 1
    found = after(expression, all=[base64_of(one) for one in (nine, half, other, 0 * nine)])
    assert found == [1, pytest.approx(half.sum() / nine.sum()), None, 0]


@pytest.mark.parametrize("dark", [False, True])
def test_a_photo_becomes_ink_on_paper(dark):
    photo = np.full((64, 64), 230, np.uint8)
    photo[10:50, 28:36] = 40  # a stroke
    image = 255 - photo if dark else photo
    given = {"rows": 64, "columns": 64, "pixels": base64_of(image)}
    found = after("it.inked(given.photo)", photo=given)
    small = adaptive_avg_pool(photo, (28, 28))
    ink = np.maximum(0, 230 - small)
    np.testing.assert_allclose(pixels(found["pixels"]), 255 * ink / ink.max(), atol=0.51)
    assert found["digit"] == -1 and found["pushed"] == [0, 0]
    plain = {"rows": 64, "columns": 64, "pixels": base64_of(np.full((64, 64), 128, np.uint8))}
    assert not pixels(after("it.inked(given.photo)", photo=plain)["pixels"]).any()


# ---- What an address may bring ----


def test_sound_settings_come_and_hostile_ones_are_left():
    sound = [
        {"network": "average"},
        {"looked": None},
        {"looked": 0},
        {"looked": 9},
        {"smooth": True},
        {"pushed": [8, -8]},
    ]
    assert given_by_addresses("voting_places", STATE, *sound) == [STATE | one for one in sound]
    hostile = [
        {"network": "median"},
        {"network": 0},
        {"network": None},
        {"looked": 10},
        {"looked": -1},
        {"looked": "3"},
    ]
    hostile += [{"smooth": 1}, {"pushed": [9, 0]}, {"digit": 3}, {"pixels": "x"}, {"networks": []}, {"test": {}}]
    assert given_by_addresses("voting_places", STATE, *hostile) == [STATE] * len(hostile)


# ---- Words ----


def test_the_printed_sum_adds_up():
    cases = RNG.normal(0, 10, (400, 2)).tolist() + [[9.3149, 0.1751], [5.0163, -0.1318], [0.004, 0.004]]
    found = js("voting_places/words.js", "given.map(([a, b]) => it.addition(a, b, a + b))", cases)
    number = lambda text: float(text.replace("−", "-").replace("+", "").replace(" ", ""))
    for (average, bias), said in zip(cases, found, strict=True):
        digits = len(said["score"].partition(".")[2])
        assert 2 <= digits <= 6
        if digits < 6:
            assert number(said["average"]) + number(said["bias"]) == pytest.approx(number(said["score"]), abs=1e-9)
        assert number(said["average"]) == pytest.approx(average, abs=0.5 * 10**-digits + 1e-9)
        assert said["bias"].startswith("− " if bias < 0 else "+ ")


HEARD_NINE = {
    "k": 9,
    "votes": {"rows": 2, "columns": 2, "values": [-2, 12, 30, 0]},
    "average": 10,
    "bias": -0.5,
    "score": 9.5,
}
FOUND = {"verdict": 9, "shares": [0, 0, 0, 0, 0.25, 0, 0, 0, 0, 0.75]}
EXPLAIN = "it.explain(given, given.hides)"


def test_the_sentence_says_how_the_score_is_made():
    given = {"inked": True, "heard": HEARD_NINE, "found": FOUND, "hides": {}}
    assert js("voting_places/words.js", EXPLAIN, given) == [
        "The 4 votes for 9: average 10.00 − 0.50 (bias) = score 9.50.",
        "The network reads 9 (75 %), then 4 (25 %). The votes for 9 go from −2 to 30.",
    ]
    for hides, short in [({"scores": True}, "the score is covered."), ({"map": True}, "covered.")]:
        assert js("voting_places/words.js", EXPLAIN, {**given, "hides": hides}) == [f"The 4 votes for 9: {short}", ""]
    empty = js("voting_places/words.js", EXPLAIN, {**given, "inked": False})
    assert empty[0].startswith("There is no ink, and the places vote all the same")


def test_a_place_says_its_vote_and_where_it_stands():
    given = {**HEARD_NINE, "votes": {"rows": 7, "columns": 7, "values": [0] * 16 + [-24.5] + [0] * 32}}
    assert js("voting_places/words.js", "it.explainPlace(given, [2, 2])", given) == (
        "Place (2, 2) votes −24.5 for 9: −0.5 of the average. "
        "It stands over rows 8 to 11, columns 8 to 11 of the 28 × 28 pixels."
    )
    assert js("voting_places/words.js", "it.coveredPlace([2, 2])") == "Place (2, 2): covered."


def test_a_class_is_named_with_its_score():
    names = [
        "it.nameOfClass(3, -1.25, 0.1, false)",
        "it.nameOfClass(9, 9.5, 0.75, true)",
        "it.nameOfClass(9, null, 0.75, false)",
    ]
    assert [js("voting_places/words.js", name) for name in names] == [
        "3: score −1.3, 10 %",
        "9: score 9.5, 75 %, what the network reads",
        "9: covered",
    ]


# ---- Things to try ----

TRIED = """given.tasks.map(({ scene, guess, goal, given: about }) => {
  const facts = it.facts({ ...given.state, ...scene });
  return guess ? it.guesses[guess].truth(facts, about) : it.goals[goal](facts, about);
})"""


def tried(*tasks):
    return js("voting_places/tasks.js", TRIED, {"state": STATE, "tasks": tasks})


def test_the_tasks_of_the_chapter_have_these_answers():
    loudest, score, loud, moved, gone = tried(*votes_to_try)
    seven = VotingPlaces(NETWORKS, digit=7, looked=7)
    largest = np.argsort(-seven.votes.ravel())[:3]
    assert loudest == [f"{n // 7}, {n % 7}" for n in largest]
    six = VotingPlaces(NETWORKS, digit=6, looked=6)
    said = re.search(r"add up to ([\d.]+), .* bias of (−?\d+\.\d+)", votes_to_try[1]["say"]).groups()
    total, bias = (float(one.replace("−", "-")) for one in said)
    assert total == pytest.approx(six.votes.sum(), abs=0.05) and bias == pytest.approx(six.bias, abs=0.005)
    assert (
        score == pytest.approx(total / 49 + bias, abs=0.01) and seven.verdicts["max"] == 7 and six.verdicts["max"] == 6
    )
    assert loud == {"met": 0, "of": 1} and gone == {**loud, "words": "100 % of the ink left"}
    best = [
        divmod(int(VotingPlaces(NETWORKS, digit=2, looked=2, pushed=by).votes.argmax()), 7) for by in ((0, 0), (0, 4))
    ]
    assert votes_to_try[3]["then"].startswith(f"From {best[0]} to {best[1]}: ")
    assert moved == best[1][1] - best[0][1] == 1


def test_the_loud_one_loses():
    task = votes_to_try[2]
    met = tried(*({**task, "scene": {**task["scene"], "looked": k}} for k in range(10)))
    digit = task["scene"]["digit"]
    own = VotingPlaces(NETWORKS, digit=digit, looked=digit)
    largest = [VotingPlaces(NETWORKS, digit=digit, looked=k).votes.max() for k in range(10)]
    larger = [k for k in range(10) if largest[k] > largest[digit]]
    assert [k for k, one in enumerate(met) if one["met"]] == larger and own.verdicts["max"] == digit
    assert len(larger) == 1, "the task asks for the one digit that does it"
    assert largest[larger[0]] > largest[digit] + 1  # no tie that rounding decides
    assert own.logits["max"][larger[0]] < own.logits["max"][digit]


def erased(digit, *strokes):
    """A test digit after the eraser has been at the places of each of these strokes."""
    start = "{ ...given.state, digit: given.digit, pixels: given.state.test.pixels[given.digit] }"
    rub = f"places.reduce((now, place) => ({{ ...now, ...it.rubbed(now, place) }}), {start})"
    expression = f"""given.strokes.map((places) => {rub})
      .map(({{ digit, pixels }}) => ({{ digit, pixels }}))"""
    return after(expression, digit=digit, strokes=strokes)


def test_an_eight_can_be_erased_until_it_is_read_as_another():
    task = votes_to_try[-1]
    eight = pixels(STATE["test"]["pixels"][8])
    inked = np.argwhere(eight > 128)
    tries = [(int(row) + 0.5, int(column) + 0.5) for row, column in inked[::6]]
    none = [(row + 0.5, column + 0.5) for row in range(28) for column in range(0, 28, 2)]
    *scenes, none = erased(8, *([place, (place[0], place[1] + 2)] for place in tries), none)
    met = tried(*({**task, "scene": {**task["scene"], **scene}} for scene in scenes))
    assert sum(one["met"] for one in met) >= 2, "nowhere do two touches of the eraser change the reading"
    gone = tried({**task, "scene": {**task["scene"], **none}})[0]
    assert gone == {"met": 0, "of": 1, "words": "0 % left, too little: press Reset, cut less."}


def test_python_opens_a_task_with_its_scene():
    task = guess("?", "score", {"digit": 4, "pushed": [0, 1], "network": "average", "looked": 2, "smooth": True})
    widget = VotingPlaces(NETWORKS, digit=1, tasks=[task, goal("!", "gone", {}, digit=1, keep=5)], task=0)
    assert (widget.digit, widget.network, widget.looked, widget.smooth) == (4, "average", 2, True)
    np.testing.assert_array_equal(widget.x, VotingPlaces(NETWORKS, digit=4, pushed=(0, 1)).x)
    assert widget.voted == 2


# ---- Python ----


def test_python_follows_what_the_page_sets():
    widget = VotingPlaces(NETWORKS, digit=5)
    before = widget.score
    widget.looked, widget.network = 6, "max-blur"
    assert widget.voted == 6 and widget.score == pytest.approx(widget.logits["max-blur"][6], abs=1e-4) != before


def test_the_fallback_says_how_the_score_is_made():
    widget = VotingPlaces(NETWORKS, digit=9)
    text = widget.fallback()
    assert "Votes for 9" in text and "a handwritten 9" in text
    average, bias, score = (
        float(one.replace("−", "-")) for one in re.findall(r"−?\d+\.\d+", text.rpartition("<p>")[2])
    )
    assert average + bias == pytest.approx(score, abs=0.011) and score == pytest.approx(widget.score, abs=0.006)


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(network="median"), ("network='median'", "'max-blur'")),
        (dict(looked=10), ("looked=10", "9")),
        (dict(looked=True), ("looked=True", "9")),
        (dict(smooth=1), ("smooth=1", "False, True")),
        (dict(digit=10), ("digit=10", "from 0 to 9")),
        (dict(pushed=(9, 0)), ("pushed=(9, 0)", "from -8 to 8")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        VotingPlaces(NETWORKS, **settings)
    assert all(word in str(error.value) for word in words), error.value
