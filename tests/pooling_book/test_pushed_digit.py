"""The networks in the page without a browser: arithmetic against Keras, state and words, and what is refused."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js
from weights import halved

from pooling_book.chapters.try08 import pushes_to_try
from pooling_book.study import data
from pooling_book.study.pretrained import POOLS, Trained, trained
from pooling_book.study.shifts import shifted
from pooling_book.widgets import page
from pooling_book.widgets.base import base64_of, values_of
from pooling_book.widgets.pushed_digit import FARTHEST_PUSH, PushedDigit, one_of_each_class
from pooling_book.widgets.things_to_try import guess

RNG = np.random.default_rng(0)


def random(pool="max", channels=(3, 4)):
    shapes, before = [], 1
    for after in channels:
        shapes += [(3, 3, before, after), (after,)]
        before = after
    return Trained(pool, [RNG.normal(0, 0.5, shape) for shape in [*shapes, (before, 10), (10,)]])


def in_keras(network):
    """The same network, built of Keras' layers."""
    import keras

    from pooling_lib.keras_layers import MaxBlurPooling

    pools = {
        "max": lambda: keras.layers.MaxPooling2D(2, padding="same"),
        "average": lambda: keras.layers.AveragePooling2D(2, padding="same"),
        "max-blur": lambda: MaxBlurPooling(2, padding="same"),
        "subsample": lambda: keras.layers.MaxPooling2D(1, strides=2, padding="same"),
    }
    widths = [kernel.shape[3] for kernel in network.weights[:-2:2]]
    layers = [keras.layers.Conv2D(widths[0], 3, padding="same", activation="relu")]
    for width in widths[1:]:
        layers += [pools[network.pool](), keras.layers.Conv2D(width, 3, padding="same", activation="relu")]
    built = keras.Sequential(
        [keras.Input((28, 28, 1)), *layers, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10)]
    )
    built.set_weights(list(network.weights))
    return built


@pytest.mark.parametrize("pool", POOLS)
def test_the_logits_are_those_of_keras(pool):
    images = data.mnist().test_images[:50] / 255
    network = random(pool, (3, 4, 5))
    np.testing.assert_allclose(
        network.logits(images), in_keras(network)(images[..., None].astype("float32")), atol=1e-4
    )
    assert [one.shape[1:] for one in network.maps(images[:2])] == [(14, 14, 3), (7, 7, 4), (7, 7, 5)]


def test_the_networks_of_the_book_are_those_that_the_experiment_trained():
    images = data.mnist().test_images[:500:5] / 255
    for network in trained().values():
        said = in_keras(network).predict_on_batch(images[..., None].astype("float32"))
        np.testing.assert_allclose(network.logits(images), said, rtol=1e-4, atol=1e-3)


def test_a_push_moves_the_digit_and_what_leaves_comes_back_with_it():
    for down, across in [(0, 0), (3, -2), (-8, 8)]:
        widget = PushedDigit({"one": random()}, digit=5, pushed=(down, across))
        image = one_of_each_class()[0][5]
        wanted = np.zeros_like(image)
        for row, column in np.argwhere(image):
            if 0 <= row + down < 28 and 0 <= column + across < 28:
                wanted[row + down, column + across] = image[row, column]
        np.testing.assert_array_equal(widget.x, wanted)
        widget.pushed = [0, 0]
        np.testing.assert_array_equal(widget.x, image)
    np.testing.assert_array_equal(shifted(np.ones((2, 3, 3)), 1, 0)[:, 0], 0)


def test_python_follows_what_the_page_sets():
    network = random()
    widget = PushedDigit({"one": network})
    widget.pixels, widget.digit, widget.pushed = PushedDigit({"one": network}, digit=7).pixels, 7, [1, 2]
    image = shifted(one_of_each_class()[0][7:8], 1, 2)[0]
    np.testing.assert_array_equal(widget.x, image)
    np.testing.assert_allclose(
        widget.logits["one"], Trained("max", halved(network.weights)).logits(image[None] / 255)[0], rtol=1e-5
    )
    assert widget.verdicts["one"] == widget.logits["one"].argmax()


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    widget = PushedDigit(trained(), digit=2, pushed=(0, 1), identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', widget.html(), re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in widget.html()
    assert len(json.dumps(state)) < 65_000
    held = [values_of(one, np.uint8).reshape(28, 28) for one in state["test"]["pixels"]]
    np.testing.assert_array_equal(held, one_of_each_class()[0])


def test_the_fallback_says_what_the_networks_read():
    widget = PushedDigit({"one": random(), "two": random("average")}, digit=3)
    assert (
        f"one {widget.verdicts['one']}, two {widget.verdicts['two']}" in widget.fallback()
        and "a handwritten 3" in widget.fallback()
    )


ODD = Trained("max", random().weights[:-2])


@pytest.mark.parametrize(
    "networks, settings, words",
    [
        ({}, {}, ("holds 0", "1 to 3")),
        (dict.fromkeys("abcd", random()), {}, ("holds 4", "1 to 3")),
        ({"one": random()}, dict(digit=10), ("digit=10", "from 0 to 9")),
        ({"one": random()}, dict(digit=True), ("digit=True", "from 0 to 9")),
        ({"one": random()}, dict(pushed=(0, FARTHEST_PUSH + 1)), ("pushed=(0, 9)", "from -8 to 8")),
        ({"one": random()}, dict(pushed=(1,)), ("pushed=(1,)", "two whole numbers")),
        ({"one": random("median")}, {}, ("'one'", "'median'", "'max-blur'")),
        ({"one": ODD}, {}, ("'one'", "(3, 10)")),
        (
            {"one": Trained("max", [np.zeros((3, 3, 2, 4)), np.zeros(4), *random().weights[-2:]])},
            {},
            ("'one'", "(3, 3, 2, 4)", "(3, 3, 1, c)"),
        ),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(networks, settings, words):
    with pytest.raises(ValueError) as error:
        PushedDigit(networks, **settings)
    assert all(word in str(error.value) for word in words), error.value


# ---- In the browser: the arithmetic ----


def computed(networks, images):
    """What the front end makes of these images: for each network and each image its answer and its maps' sums."""
    sums = "maps.map(({ side, channels, values }) => [side, channels, values.reduce((a, b) => a + b)])"
    answer = "(network, image) => { const { maps, ...more } = it.forward(network, image);"
    answer += f" return {{ ...more, maps: {sums} }}; }}"
    return js(
        "kit/network.js",
        f"""given.networks.map((packed) => {{
          const network = it.unpack(packed), answer = {answer};
          return given.images.map((image) => answer(network, Array.from(it.bytes(image), (value) => value / 255)));
        }})""",
        {"networks": networks, "images": [base64_of(image) for image in images]},
    )


def test_the_browser_reads_digits_as_tensorflow_does():
    images = data.mnist().test_images[::40]  # 250 digits, each pushed somewhere
    rng = np.random.default_rng(8)
    images = np.stack([shifted(image[None], *rng.integers(-8, 9, 2))[0] for image in images])
    python = PushedDigit(trained())
    found = computed(python.networks, images)
    for (pool, network), answers in zip(trained().items(), found, strict=True):
        wanted = in_keras(network).predict_on_batch((images[..., None] / 255).astype("float32"))
        logits = np.array([one["logits"] for one in answers])
        np.testing.assert_allclose(logits, wanted, rtol=1e-4, atol=1e-3, err_msg=pool)
        np.testing.assert_allclose([sum(one["shares"]) for one in answers], 1)
        sure = np.diff(np.sort(wanted, axis=1)[:, -2:], axis=1)[:, 0] > 1e-3
        assert [one["verdict"] for one, clear in zip(answers, sure) if clear] == wanted.argmax(axis=1)[sure].tolist()
        assert [one[:2] for one in answers[0]["maps"]] == [[14, 8], [7, 16]]


def test_any_network_that_python_takes_is_computed_and_halves_are_read():
    rng = np.random.default_rng(9)
    networks, images = {}, rng.integers(0, 256, (20, 28, 28)).astype(np.uint8)
    for pool, widths in [("subsample", (2, 3)), ("max-blur", (3, 2, 4)), ("average", (5,))]:
        shapes, before = [], 1
        for after in widths:
            shapes += [(3, 3, before, after), (after,)]
            before = after
        networks[pool] = Trained(
            pool,
            [
                rng.normal(0, 0.5, shape) * 10.0 ** rng.integers(-6, 1, shape)
                for shape in [*shapes, (before, 10), (10,)]
            ],
        )
    python = PushedDigit(networks)
    found = computed(python.networks, images)
    for (pool, network), answers in zip(networks.items(), found, strict=True):
        exact = Trained(pool, halved(network.weights))
        np.testing.assert_allclose(
            [one["logits"] for one in answers], exact.logits(images / 255), atol=1e-6, err_msg=pool
        )
        sums = [one.sum() for one in exact.maps(images[:1] / 255)[:-1]]
        np.testing.assert_allclose([one[2] for one in answers[0]["maps"]], sums, rtol=1e-6)


# ---- In the browser: what an address may bring, and words ----


def test_what_a_reader_may_make_of_the_digit_comes_back():
    state = PushedDigit({"one": random()}, digit=5).state()
    drawn = {"digit": -1, "pixels": base64_of(RNG.integers(0, 256, 784).astype(np.uint8))}
    sound = [{"pushed": [-8, 8]}, drawn, drawn | {"pushed": [1, 0]}]
    sound += [{"digit": digit, "pixels": state["test"]["pixels"][digit]} for digit in range(10)]
    assert given_by_addresses("pushed_digit", state, *sound) == [state | given for given in sound]


def test_what_is_hostile_is_left():
    state = PushedDigit({"one": random()}, digit=5).state()
    pixels = state["test"]["pixels"][3]
    hostile = [{"pushed": [0, 9]}, {"pushed": [0.5, 0]}, {"pushed": "00"}, {"pushed": None}, {"pushed": [0, 0, 0]}]
    hostile += [{"digit": digit} for digit in (10, -2, "5", None, [5])]
    hostile += [{"digit": 3}, {"pixels": pixels}, {"digit": 4, "pixels": pixels}]  # another digit's pixels
    hostile += [{"networks": []}, {"test": {}}]
    for text in (
        "",
        pixels[:-2],
        pixels + "=",
        pixels + "\n",
        "<" + pixels[1:],
        [pixels],
        base64_of(np.zeros(783, np.uint8)),
    ):
        hostile.append({"pixels": text})
    assert given_by_addresses("pushed_digit", state, *hostile) == [state] * len(hostile)


def answers(*verdicts):
    """What networks make of a digit: three quarters for the verdict, the rest for 0 (or 1)."""
    return [
        {"verdict": verdict, "shares": [0.75 if k == verdict else 0.25 * (k == (verdict == 0)) for k in range(10)]}
        for verdict in verdicts
    ]


STILL = dict(label=7, pushed=[0, 0], still=[5, 5], seen=[5, 5], titles=["a", "b", "c"], first=answers(7, 7, 1))


NOTHING = "there is no digit to read. A network names one all the same."


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({}, ["This 7, not pushed: a reads 7, b 7 and c 1.", "How sure: a 75 %, b 75 % and c 75 %."]),
        (
            {"titles": ["a", "b"], "first": answers(7, 7), "found": answers(7, 7)},
            ["This 7, not pushed: all read 7.", "How sure: a 75 % and b 75 %."],
        ),
        (
            {"label": None, "titles": ["a"], "first": answers(2), "found": answers(2)},
            ["Your digit, not pushed: a reads 2.", "How sure: a 75 %."],
        ),
        (
            {"pushed": [-3, 0], "seen": [5, 4], "found": answers(7, 0, 1)},
            [
                "This 7, pushed 3 up: b now reads 0.",
                "Some ink has left the grid. "
                "Of the first reading: a from 75 % to 75 %, b from 75 % to 0 % and c from 75 % to 75 %.",
            ],
        ),
        (
            {"pushed": [1, -2], "found": answers(7, 7, 1)},
            [
                "This 7, pushed 1 down and 2 to the left: all read as before.",
                "Of the first reading: a from 75 % to 75 %, b from 75 % to 75 % and c from 75 % to 75 %.",
            ],
        ),
        (
            {"pushed": [1, 0], "titles": ["a", "b"], "first": answers(7, 7), "found": answers(2, 1)},
            [
                "This 7, pushed 1 down: a now reads 2 and b 1.",
                "Of the first reading: a from 75 % to 0 % and b from 75 % to 0 %.",
            ],
        ),
        (
            {"pushed": [1, -2], "found": None},  # covered
            [
                "This 7, pushed 1 down and 2 to the left.",
                "Before the push a reads 7, b 7 and c 1; how sure: a 75 %, b 75 % and c 75 %.",
            ],
        ),
        ({"seen": [0, 0]}, [f"All ink has left the grid: {NOTHING}", ""]),
        ({"still": [0, 0], "seen": [0, 0]}, [f"The grid is empty: {NOTHING}", ""]),
    ],
)
def test_the_sentence_is_short_and_the_shares_stand_after_it(changes, sentence):
    given = {**STILL, "found": STILL["first"]} | changes
    assert js("pushed_digit/words.js", "it.explain(given)", given) == sentence


# ---- Things to try ----

FACTS = """given.tasks.map(({ scene, guess, goal, given: about }) => {
  const values = { ...given.state, ...scene }, whole = { ...values, ...it.completed(values) };
  const facts = tasks.facts(whole);
  const unsound = Object.keys(scene).filter((key) => !it.settings[key](whole[key], whole));
  const { truth, options } = tasks.guesses[guess] ?? {};
  return { unsound, agrees: it.agree(whole), truth: truth?.(facts, about), options: options?.(facts, about),
    progress: goal ? tasks.goals[goal](facts, about) : null };
})"""


def opened(tasks):
    """Each task opened: settings of its scene that are unsound, the truth of its guess, how far its goal is."""
    given = {"state": PushedDigit(trained(), digit=6, tasks=tasks).state(), "tasks": list(tasks)}
    file = json.dumps((page.FOLDER / "pushed_digit" / "tasks.js").as_uri())
    return js("pushed_digit/state.js", f"await import({file}).then((tasks) => {FACTS})", given)


def changed(digit, pushed):
    before, after = (PushedDigit(trained(), digit=digit, pushed=by).verdicts for by in ((0, 0), pushed))
    return [title for title in before if before[title] != after[title]]


def shares(logits):
    powers = np.exp(logits - logits.max())
    return 100 * powers / powers.sum()


def test_the_tasks_of_the_chapter_can_be_done_and_are_not_done_at_their_start():
    found = opened(pushes_to_try)
    assert all(one["unsound"] == [] and one["agrees"] for one in found)
    share, seven, six, apart, drawn = found
    said = {by: PushedDigit(trained(), digit=5, pushed=by).logits for by in ((0, 0), (-1, 0))}
    before, after = ({title: shares(one) for title, one in logits.items()} for logits in said.values())
    assert before["max"].argmax() == 5 and round(before["max"][5]) == 98
    assert share["truth"] == round(after["max"][5]) < 60
    assert after["average"][5] > 90 and after["max-blur"][5] > 90
    assert seven["truth"] == changed(7, (-5, 0)) and 0 < len(seven["truth"]) < 3
    assert six["truth"] == changed(6, (4, 0)) == ["max"] and six["options"] == list(trained())
    assert apart["progress"] == {"met": 0, "of": 1} and drawn["progress"] == {"met": 0, "of": 3}


def test_the_goals_are_reached_by_a_push_and_by_a_drawing():
    *_, apart, drawn = pushes_to_try
    seven = PushedDigit({"one": random()}, digit=7).pixels
    scenes = [(apart, {"digit": 8, "pushed": [-3, 0]}), (drawn, {"digit": -1, "pixels": seven, "pushed": [0, 0]})]
    scenes += [(drawn, {"digit": 7, "pushed": [0, 0]})]  # not the reader's own
    scenes += [(drawn, {"digit": -1, "pixels": base64_of(np.zeros(784, np.uint8))})]
    found = opened([{**task, "scene": scene} for task, scene in scenes])
    progress = [(one["progress"]["met"], one["progress"]["of"]) for one in found]
    assert progress == [(1, 1), (3, 3), (0, 3), (0, 3)]


def test_the_remarks_of_the_chapter_hold():
    # The 6 on a larger sheet: a push by four pixels changes nothing.
    six = one_of_each_class()[0][6] / 255
    for title, network in trained().items():
        sheets = np.zeros((2, 72, 72))
        sheets[0, 20:48, 20:48] = sheets[1, 24:52, 20:48] = six
        still, pushed = network.logits(sheets)
        np.testing.assert_allclose(pushed, still, atol=1e-9, err_msg=title)
    # All ten are read, and the 8 is misread by somebody if it is pushed up, and no other way.
    assert all(verdicts(digit, [0, 0]) == [digit] * 3 for digit in range(10))
    ways = [(0, 1), (0, -1), (1, 0), (-1, 0)]
    pushes = {way: [set(verdicts(8, [by * n for by in way])) for n in range(9)] for way in ways}
    apart = {way: any(8 in found and len(found) > 1 for found in each) for way, each in pushes.items()}
    assert apart == {(0, 1): False, (0, -1): False, (1, 0): False, (-1, 0): True}


def verdicts(digit, pushed):
    return list(PushedDigit(trained(), digit=digit, pushed=pushed).verdicts.values())


def seven(top):
    """A plain 7 from the widget's own brush, its bar at that row."""
    places = [(top, column) for column in range(9, 20)]
    places += [(top + (25 - top) * t / 20, 19 - 5 * t / 20) for t in range(21)]
    state = PushedDigit({"one": random()}).state()
    paint = "given.places.reduce((now, place) => ({ ...now, ...it.painted(now, place) }), "
    paint += "{ ...given.state, ...it.emptied() })"
    return js("pushed_digit/state.js", paint, {"state": state, "places": places})["pixels"]


def test_a_plain_seven_a_third_of_the_way_down_is_read_and_one_at_the_top_is_not():
    *_, drawn = pushes_to_try
    scenes = [{"digit": -1, "pixels": seven(top)} for top in (8, 9, 10, 4)]
    low, ninth, tenth, high = (one["progress"]["met"] for one in opened([{**drawn, "scene": one} for one in scenes]))
    assert (low, ninth, tenth) == (3, 3, 3) and high < 3


def test_python_opens_a_task_with_its_digit():
    widget = PushedDigit(
        {"one": random()}, digit=2, tasks=[guess("?", "changes", {"digit": 8, "pushed": [0, 4]})], task=0
    )
    assert (widget.digit, widget.pushed) == (8, [0, 4])
    np.testing.assert_array_equal(widget.x, PushedDigit({"one": random()}, digit=8, pushed=(0, 4)).x)


def test_the_test_digits_go_round_and_the_reader_s_own_stands_before_the_first():
    state = PushedDigit({"one": random()}, digit=9, pushed=(1, 1)).state()
    steps = [(9, 1), (0, -1), (4, 1), (-1, 1), (-1, -1)]
    expression = "given.steps.map(([digit, by]) => it.following({ ...given.state, digit }, by))"
    found = js("pushed_digit/state.js", expression, {"state": state, "steps": steps})
    for one, digit in zip(found, (0, 9, 5, 0, 9), strict=True):
        assert one == {"digit": digit, "pixels": state["test"]["pixels"][digit], "pushed": [0, 0]}


def test_ink_goes_where_the_brush_is_however_far_the_digit_is_pushed():
    state = PushedDigit({"one": random()}, digit=5, pushed=(2, -3)).state()
    expression = "(({ emptied, painted, seen }) => { const empty = { ...given, ...emptied(), pushed: given.pushed };"
    expression += " return seen({ ...empty, ...painted(empty, [10.5, 20.5]) }); })(it)"
    ink = np.reshape(js("pushed_digit/state.js", expression, state), (28, 28))
    assert ink[10, 20] == 255 and ink[9:12, 19:22].min() > 0 and ink.sum() == ink[9:12, 19:22].sum()
