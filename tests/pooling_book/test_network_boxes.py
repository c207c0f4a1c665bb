"""The network boxes without a browser: networks, numbers and words in Python and in Node, and what they refuse."""

import json
import re
from itertools import combinations

import numpy as np
import pytest
from budget import many
from javascript import given_by_addresses, js

from pooling_book.chapters.try09 import things_to_try
from pooling_book.study import famous
from pooling_book.widgets.network_boxes import NetworkBoxes
from pooling_book.widgets.network_boxes.boxes import BOXED_NETWORKS, conv, layers, parts, pool
from pooling_book.widgets.page import FOLDER
from pooling_lib import avg_pool
from pooling_lib.cost import Conv, Pool


@pytest.mark.parametrize("name", [name for name in BOXED_NETWORKS if name in famous.NETWORKS])
def test_a_network_of_boxes_costs_what_its_list_costs(name):
    shape, network = famous.NETWORKS[name]
    boxes = NetworkBoxes(name)
    assert boxes.cost == famous.summary(famous.costs(shape, network()))
    assert boxes.sizes[-1] == {"LeNet-5": 1, "AlexNet": 6, "VGG16": 7, "ResNet-50": 7, "MobileNet": 7}[name]


def test_python_reads_what_the_reader_changed():
    boxes = NetworkBoxes("VGG16")
    boxes.items = [item for number, item in enumerate(boxes.items) if number != 2]
    assert (boxes.sizes[-1], boxes.cost.parameters) == (14, 138_357_544 + 3 * 25_088 * 4096)
    boxes.head = "global"
    assert boxes.cost.parameters == 14_714_688 + 512 * 1000 + 1000  # the convolutions, and one Dense layer


def test_strides_in_the_place_of_pools():
    assert parts([conv("a", 8), pool("strided"), pool("max"), pool("strided", stride=3)], 3) == [
        [Conv(8, 3, 2, "same")],
        [],
        [Pool("max", 2, 2)],
        [Pool("max", 1, 3)],
    ]
    with_pool, strided = (NetworkBoxes("one of your own", [conv("a", 8), pool(how)]).cost for how in ("max", "strided"))
    assert with_pool.parameters == strided.parameters
    assert (with_pool.multiply_adds - strided.multiply_adds) == 3 * 16 * 16 * 8 * 27


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    boxes = NetworkBoxes("ResNet-50", identity="here")
    html = boxes.html()
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])
    assert state == json.loads(json.dumps(boxes.state())) and 'id="here"' in html
    assert len(json.dumps(state)) < 30_000
    assert [boxes.html(), repr(boxes)] == [html, "<network_boxes here>"]


def test_the_fallback_says_sizes_and_totals():
    fallback = NetworkBoxes("ResNet-50").fallback()
    assert fallback.count("<li>") == 6
    for words in ("max pool: 56 × 56 × 64", "stage 5: 7 × 7 × 2048", "25,636,712 parameters"):
        assert words in fallback


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"network": "VGG"}, ["network='VGG'", "'VGG16'"]),
        ({"head": "none"}, ["head='none'", "'global'"]),
        ({"items": []}, ["0 boxes", "1 to 40"]),
        ({"items": [{"kind": "relu"}]}, ["items[0]", "'relu'", "'conv'"]),
        ({"items": [{"kind": "pool", "filters": 3}]}, ["items[0]", "'filters'", "window"]),
        ({"items": [{"kind": "pool", "how": "median"}]}, ["items[0]", "'median'", "'average'"]),
        ({"size": 3}, ["window=2 fits nowhere"]),
        ({"network": "LeNet-5", "size": 20}, ["window=5 fits nowhere", "smaller window"]),
    ],
)
def test_errors_name_what_is_wrong(arguments, words):
    with pytest.raises(ValueError) as error:
        NetworkBoxes(**arguments)
    assert all(word in str(error.value) for word in words), error.value


# ---- In the browser: what boxes cost ----

CASES = many(600)


def tally(cases):
    """Costs of networks, as the front end counts them."""
    return js("network_boxes/tally.js", "given.map((one) => it.tally(one.given, one.items, one.size, one.head))", cases)


def random_network(rng):
    def integer(low, high):
        return int(rng.integers(low, high + 1))

    items, channels = [], integer(1, 4)
    given = {
        "channels": channels,
        "hidden": [integer(1, 50) for _ in range(integer(0, 2))],
        "classes": integer(1, 20),
        "bias": bool(rng.random() < 0.7),
    }
    for number in range(integer(1, 8)):
        kind = str(rng.choice(["conv", "pool", "pool", "stage", "separable"], p=[0.4, 0.2, 0.2, 0.1, 0.1]))
        padding = [str(rng.choice(["valid", "same"])), integer(0, 2)][rng.random() < 0.3]
        if kind == "conv":
            filters = integer(1, 12)
            groups = int(rng.choice([g for g in range(1, 7) if channels % g == 0 and filters % g == 0]))
            seen = [integer(1, channels) for _ in range(filters)] if rng.random() < 0.15 else []
            more = {"padding": "valid"} if seen else {"padding": padding}
            items.append(
                conv(
                    f"conv {number}",
                    filters,
                    integer(1, 5),
                    stride=integer(1, 2),
                    groups=1 if seen else groups,
                    seen=seen,
                    bias=bool(seen) or bool(rng.random() < 0.5),
                    norm=bool(rng.random() < 0.3),
                    **more,
                )
            )
            channels = filters
        elif kind == "pool":
            how, window = str(rng.choice(["max", "average", "strided", "trained"])), integer(1, 4)
            items.append(pool(how, 2, 2) if how == "trained" else pool(how, window, integer(1, 3), padding))
        elif kind == "stage":
            items.append(
                {
                    "kind": "stage",
                    "name": "stage",
                    "width": integer(1, 5),
                    "blocks": integer(1, 3),
                    "stride": integer(1, 2),
                }
            )
            channels = 4 * items[-1]["width"]
        else:
            items.append({"kind": "separable", "name": "pair", "filters": integer(1, 9), "stride": integer(1, 2)})
            channels = items[-1]["filters"]
    return {"given": given, "items": items, "size": integer(4, 60), "head": str(rng.choice(["flatten", "global"]))}


def assert_counted_alike(case, found):
    """Whether the network fits."""
    said = f"{case}\nin the browser: {found}"
    given, start = case["given"], (case["size"], case["size"], case["given"]["channels"])
    for number, part in enumerate(parts(case["items"], given["channels"])):
        try:
            rows = famous.costs(start, part)
        except ValueError:
            assert found.keys() == {"error"} and found["error"]["at"] == number, said
            return False
        if "error" in found:
            assert found["error"]["at"] > number, said
        else:
            row, before = found["rows"][number], start if isinstance(start, tuple) else start.output_shape
            assert row["input"] == before[0] and row["folded"] == (not part), said
            if rows:
                end, cost = rows[-1], famous.summary(rows)
                assert (row["side"], row["side"], row["channels"]) == end.output_shape, said
                assert (row["field"]["size"], row["field"]["jump"]) == (
                    end.receptive_field[0].size,
                    end.receptive_field[0].jump,
                ), said
                assert (row["parameters"], row["multiplyAdds"], row["activations"]) == (
                    cost.parameters,
                    cost.multiply_adds,
                    cost.activations,
                ), said
        start = rows[-1] if rows else start
    cost = famous.summary(
        famous.costs((case["size"], case["size"], given["channels"]), layers(given, case["items"], case["head"]))
    )
    assert found["totals"] == {
        "parameters": cost.parameters,
        "multiplyAdds": cost.multiply_adds,
        "activations": cost.activations,
    }, said
    return True


def test_the_browser_counts_random_networks_as_the_library_does():
    rng = np.random.default_rng(9)
    cases = [random_network(rng) for _ in range(CASES)]
    fits = [assert_counted_alike(case, found) for case, found in zip(cases, tally(cases), strict=True)]
    assert min(sum(fits), CASES - sum(fits)) > CASES / 10, (
        f"the cases have become one-sided: {sum(fits)} of {CASES} fit"
    )


def test_the_browser_counts_the_famous_networks_exactly_at_any_size():
    cases = [
        {"given": given, "items": given["items"], "size": size, "head": head}
        for given in BOXED_NETWORKS.values()
        for head in ("flatten", "global")
        for size in (given["size"], given["size"] + 1, 2 * given["size"])
    ]
    assert all(assert_counted_alike(case, found) for case, found in zip(cases, tally(cases), strict=True))
    for name, (shape, network) in famous.NETWORKS.items():
        if name in BOXED_NETWORKS:
            cost, given = famous.summary(famous.costs(shape, network())), BOXED_NETWORKS[name]
            (found,) = tally([{"given": given, "items": given["items"], "size": given["size"], "head": given["head"]}])
            assert found["totals"] == {
                "parameters": cost.parameters,
                "multiplyAdds": cost.multiply_adds,
                "activations": cost.activations,
            }


# ---- In the browser: what an address may bring ----

OWN = "one of your own"


def boxes_of(network, size=None, **changes):
    """The settings with which a network begins, changed."""
    given = NetworkBoxes(network).state() | changes
    return {key: given[key] for key in ("network", "items", "size", "head", "selected")}


def test_every_network_and_what_a_reader_makes_of_it_comes_back():
    vgg, own = (BOXED_NETWORKS[name]["items"] for name in ("VGG16", OWN))
    added = conv("conv 17", 64)
    sound = [boxes_of(name) for name in BOXED_NETWORKS]
    sound += [boxes_of("VGG16", items=[pool("average", 3, 2, "same"), *vgg[:5]], selected=0, head="global", size=448)]
    sound += [boxes_of(OWN, items=[own[0], added, added, pool("strided")], selected=2)]
    sound += [boxes_of(OWN, items=[own[0]], selected=-1), boxes_of("LeNet-5", selected=-1)]
    sound += [boxes_of("VGG16", selected=at) for at in (0, 21)]  # a convolution, the last dense layer
    for page in ("VGG16", OWN):
        state = NetworkBoxes(page).state()
        assert given_by_addresses("network_boxes", state, *sound) == [state | given for given in sound]


HOSTILE_BOXES = [
    None,
    "pool",
    [],
    {"kind": "constructor"},
    {"kind": "pool"},
    {**pool(), "how": "median"},
    {**pool(), "how": "toString"},
    {**pool(), "window": 10},
    {**pool(), "window": "2"},
    {**pool(), "stride": 0},
    {**pool(), "padding": "<b>"},
    {**pool(), "more": 1},
    conv("Buy this", 64),
    conv("conv 1", 63),
    conv("conv 1", 64, window=1_000_000),
    {**conv("conv 1", 64), "seen": [1]},
    {"kind": "stage", "name": "stage 2", "width": 64, "blocks": 10**9, "stride": 1},
    {"kind": "separable", "name": "pair 2", "filters": 10**9, "stride": 1},
]


@pytest.mark.parametrize("page", ["VGG16", OWN])
def test_a_hostile_box_is_left_with_all_that_comes_beside_it(page):
    first = BOXED_NETWORKS[page]["items"][0]
    state = NetworkBoxes(page).state()
    found = given_by_addresses("network_boxes", state, *({"items": [first, box]} for box in HOSTILE_BOXES))
    assert found == [state] * len(HOSTILE_BOXES)


def test_a_convolution_of_the_reader_s_own_stands_in_a_network_of_their_own_only():
    state = NetworkBoxes("VGG16").state()
    items = [conv("conv 1-1", 64), conv("conv 9", 64), pool()]
    assert given_by_addresses("network_boxes", state, {"items": items}) == [state]
    items[1] = conv("conv 1-2", 64)
    assert given_by_addresses("network_boxes", state, {"items": items}) == [state | {"items": items}]


def test_boxes_of_the_author_s_stay_the_author_s():
    own = NetworkBoxes("VGG16", [conv("mine", 5, 7), pool("average", 12, 12), conv("mine too", 5)]).state()
    items = own["items"][::-1]
    for state, after in ((own, own | {"items": items}), (NetworkBoxes("VGG16").state(),) * 2):
        assert given_by_addresses("network_boxes", state, {"items": items}) == [after]


def test_what_does_not_go_together_is_left():
    vgg, lenet = boxes_of("VGG16"), boxes_of("LeNet-5")
    strange = [
        {"network": "LeNet-5"},  # with the boxes of the page's network
        vgg | {"items": [pool()] * 9},  # no map is left
        vgg | {"items": vgg["items"][:2], "selected": 6},
        vgg | {"selected": 22},  # after the last dense layer
        lenet | {"items": vgg["items"]},
        {"size": 31},
        {"items": [pool()] * 41},
        {"items": []},
        {"size": 449},
        {"network": "toString"},
        {"network": ["VGG16"]},
        {"head": "none"},
        {"selected": -2},
        {"task": 0},  # there is none
    ]
    state = NetworkBoxes("VGG16").state()
    for given, after in zip(strange, given_by_addresses("network_boxes", state, *strange), strict=True):
        assert after == state, given


# ---- In the browser: words ----


def words(expression, given=None):
    return js("network_boxes/words.js", expression, given)


def test_numbers_as_words():
    numbers = [0, 999, 1000, 9_999, 10_000, 999_999, 1_000_000, 15_470_264_320]
    said = words("given.map((one) => [it.spoken(one), it.brief(one), it.megabytes(one / 4)])", numbers)
    assert said == [
        ["0", "0", "0"],
        ["999", "999", "999"],
        ["1,000", "1,000", "1.00 kB"],
        ["9,999", "9,999", "10.00 kB"],
        ["10,000", "10.00 k", "10.00 kB"],
        ["999,999", "1000.00 k", "1000.00 kB"],
        ["1.00 million", "1.00 M", "1.00 MB"],
        ["15.47 billion", "15.47 G", "15470.26 MB"],
    ]
    assert words("[[1, 1], [3, 2], [1, 300]].map(([now, before]) => it.factor(now, before))") == [
        "same",
        "× 1.5",
        "× 0.00333",
    ]


def test_what_was_done_is_said_with_the_boxes_around_it():
    given = {"items": [conv("C1", 6), pool("average", 3, 1), pool("strided", stride=3), pool("trained")]}
    assert words(
        """[
          it.saidMoved(given.items, 1, given.items.toSpliced(1, 1).toSpliced(0, 0, given.items[1]), 0),
          it.saidRemoved(given.items, 2),
          it.saidInserted(given.items, 1),
          it.saidAltered(given.items, given.items.with(1, given.items[2]), 1),
          it.saidAltered(given.items, given.items.with(0, { ...given.items[0], filters: 8 }), 0),
          it.saidHead("global", { hidden: [84] }),
          it.saidHead("flatten", { hidden: [4096, 4096] }),
          it.saidHead("flatten", { hidden: [] }),
          it.refusal(given.items, { at: 3, window: 2, side: 1 }),
        ]""",
        given,
    ) == [
        "The average pool stands after the image now, not after C1",
        "The stride 3 after the average pool in box 2 is gone",
        "An average pool of 3 × 3 was added after C1",
        "The average pool of 3 × 3 after C1 became a stride of 3",
        "C1 has 8 filters instead of 6",
        "A global average pool took the place of Flatten and of the hidden dense layer (84 units)",
        "Flatten and the hidden dense layers (4,096, 4,096 units) took the place of the global average pool",
        "Flatten took the place of the global average pool",
        "Refused. The trained pool of 2 × 2, stride 2, box 4, would not fit: its window of 2 meets a map of 1 × 1. "
        "Make the image larger, or take out a pool before it.",
    ]


@pytest.mark.parametrize("name", BOXED_NETWORKS)
def test_before_any_change_the_totals_are_said_and_nothing_differs(name):
    state, cost = NetworkBoxes(name).state(), NetworkBoxes(name).cost
    said = "[it.opening(given), it.effects(given, given), it.reasons(given, given), it.table(given)]"
    opening, effects, reasons, table = words(said, state)
    assert opening.startswith("This network: 3 conv" if name == OWN else f"{name}: ")
    assert (effects, reasons) == ("no count changes.", "")
    (first, then), (second, now), (third, ratios) = table["lines"]
    # These are the book's counts of the original network, not what a paper prints.
    assert (first, second, third) == ("at first" if name == OWN else "original", "now", "ratio")
    assert then == now and {ratio["text"] for ratio in ratios} == {"same"}
    assert [one["title"] for one in now[:3]] == [
        f"{count:,}" for count in (cost.parameters, cost.multiply_adds, cost.activations)
    ]


def test_a_change_is_one_sentence_and_its_reasons_are_another_line():
    before = NetworkBoxes("VGG16").state()
    after = before | {"items": before["items"][:5] + before["items"][6:]}
    assert words("[it.effects(...given), it.reasons(...given)]", [before, after]) == [
        "work × 3.08, parameters × 3.23, activations × 1.82, last map 14 × 14.",
        "conv 3-1 reads 112 × 112 places instead of 56 × 56, 4 times as many, and the size changes for 8 more after "
        "it. The first dense layer reads 100,352 numbers instead of 25,088.",
    ]


def test_a_box_is_read_out_by_its_number_and_covered_without_its_counts():
    state = NetworkBoxes("VGG16").state()
    url = json.dumps((FOLDER / "network_boxes" / "state.js").as_uri())
    read = f"await import({url}).then((state) => given.at.map((at) => [true, false].map((hidden) => it.spelled("
    read += "it.boxAt(given, state.counted(given), at), at, 22, hidden))))"
    assert words(read, state | {"at": [-1, 2, 18, 17]}) == [
        ["The image", "The image; 224 × 224 × 3"],
        [
            "Box 3 of 22: max pool, 2 × 2, stride 2",
            "Box 3 of 22: max pool, 2 × 2, stride 2; 112 × 112 × 64, sees 6; 0 parameters, 0 multiply-adds, "
            "802,816 activations",
        ],
        [
            "Box 19 of 22: Flatten",
            "Box 19 of 22: Flatten; 25,088 numbers; 0 parameters, 0 multiply-adds, 0 activations",
        ],
        [
            "Box 18 of 22: max pool, 2 × 2, stride 2",
            "Box 18 of 22: max pool, 2 × 2, stride 2; 7 × 7 × 512, sees 212; 0 parameters, 0 multiply-adds, 25,088 "
            "activations",
        ],
    ]
    covered = words(
        "it.table(given, true).lines.map(([, cells]) => cells.map(({ text, title }) => [text, title]))", state
    )
    assert covered[0][0] == ["138.36 M", "138,357,544"]
    assert {tuple(cell) for line in covered[1:] for cell in line} == {("?", None)}


# ---- In the browser: a pool in the explorer ----


def test_a_pool_opens_on_a_photo_as_large_as_its_map_and_says_so():
    state = NetworkBoxes("VGG16").state()
    about = "[it.aboutOpened(given, 2, 224, 64), it.aboutOpened(given, 17, 14, 14)]"
    large, small = words(about, state)
    assert large["title"] == "VGG16, box 3: max pool of 2 × 2, stride 2."
    assert large["say"].startswith("The photo at 64 × 64 (this pool reads 224 × 224), not the network's own map")
    assert small["say"] == "The photo at 14 × 14, not the network's own map: the book has no weights of it."
    (trained,) = words("[it.aboutOpened(given, 1, 28, 28)]", NetworkBoxes("LeNet-5").state())
    assert (
        trained["title"].startswith("LeNet-5, box 2: trained pool") and "The mean stands for the sum" in trained["say"]
    )


def test_a_photo_becomes_smaller_by_means():
    rng = np.random.default_rng(3)
    plane = rng.integers(0, 256, (8, 8)).astype(float)
    made = "Array.from(it.shrunk({ rows: 8, columns: 8, values: given.values }, given.side).values)"
    shrunk = lambda side: js("network_boxes/opening.js", made, {"values": plane.ravel().tolist(), "side": side})
    np.testing.assert_allclose(shrunk(4), avg_pool(plane, 2).ravel())
    np.testing.assert_allclose(shrunk(8), plane.ravel())
    np.testing.assert_allclose(shrunk(3)[0], plane[:3, :3].mean())  # bins of 3, 4 and 3 places
    np.testing.assert_allclose(shrunk(1), [plane.mean()])


@pytest.mark.parametrize(
    ("item", "settings"),
    [
        (pool("max", 3, 2, 1), ["max", 3, 2, [[1, 1], [1, 1]]]),
        (pool("average", 2, 2, "same"), ["avg", 2, 2, "same"]),
        (pool("trained"), ["avg", 2, 2, "valid"]),
        (pool("strided", 5, 2), ["max", 1, 2, "valid"]),
    ],
)
def test_a_pool_keeps_its_settings_in_the_explorer(item, settings):
    found = js("network_boxes/opening.js", "it.asPooled(given)", item)
    assert [found[key] for key in ("operation", "window", "stride", "padding")] == settings


# ---- Things to try ----


def asked(kind, values, what, given):
    """What tasks.js makes of a widget's settings: the truth of a guess, or how far a goal is."""
    one = {"guess": "it.guesses[given.what].truth", "goal": "it.goals[given.what]"}[kind]
    return js(
        "network_boxes/tasks.js",
        f"{one}(it.facts(given.values), given.given)",
        {"values": values, "what": what, "given": given},
    )


VGG = BOXED_NETWORKS["VGG16"]["items"]

#: What each guess of the chapter comes to, worked out by pooling_lib below or by the chapter's text.
TRUTHS = {
    0: [3.082, 3.228],
    1: ["20", "1", "2"],
    2: ["work", "memory", "sees"],
    3: ["work", "memory", "sees"],
    4: [1, 3.907, 3.803, 2, 0.503],
    5: ["5"],
    6: 32,
}

#: What a reader does to reach each goal, and what is not enough.
REACHED = {
    7: ({"head": "global"}, [{"head": "global", "size": 225}, {"items": [*VGG, pool()]}]),
    8: ({"items": VGG[:-1]}, [{"items": [*VGG[:2], *VGG[3:9], *VGG[10:]]}, {"size": 450, "items": [pool(), *VGG]}]),
    9: (
        {"items": sorted(BOXED_NETWORKS["one of your own"]["items"], key=lambda item: item["kind"] == "conv")},
        [{"items": BOXED_NETWORKS["one of your own"]["items"][:3] + [pool()] * 4}, {"size": 16}],
    ),
}


def test_the_chapter_s_tasks_are_what_they_claim():
    plain = json.loads(json.dumps(NetworkBoxes("AlexNet", tasks=things_to_try).state()))
    for n, task in enumerate(things_to_try):
        scene = json.loads(json.dumps(task["scene"]))
        assert given_by_addresses("network_boxes", plain, scene) == [plain | scene], f"task {n}: the scene is not sound"
        state = json.loads(json.dumps(NetworkBoxes("AlexNet", tasks=things_to_try, task=n).state()))
        if "guess" in task:
            truth = asked("guess", state, task["guess"], task["given"])
            assert truth == pytest.approx(TRUTHS[n], abs=0.001) if n in (0, 4) else truth == TRUTHS[n], task["say"]
            continue
        done, short = REACHED[n]
        states = [state, state | done, *(state | each for each in short)]
        first, then, *less = (asked("goal", each, task["goal"], task["given"]) for each in states)
        assert then == {"met": 1, "of": 1}, task["say"]
        assert [each["met"] for each in (first, *less)] == [0] * (1 + len(less)), task["say"]


def test_what_the_tasks_say_is_what_the_library_counts():
    first, second = NetworkBoxes("VGG16"), NetworkBoxes("VGG16", things_to_try[0]["scene"]["items"])
    ratios = [getattr(second.cost, key) / getattr(first.cost, key) for key in ("multiply_adds", "parameters")]
    assert ratios == pytest.approx(TRUTHS[0], abs=0.001)
    rows = famous.costs((224, 224, 3), first.layers)
    work = [row.multiply_adds for row in rows]
    assert work.count(max(work)) == 6  # 'six convolutions share the most work'
    kept = [row.activations for row in rows]
    assert [n for n, count in enumerate(kept, 1) if count == max(kept)] == [1, 2]
    three = BOXED_NETWORKS["one of your own"]["items"]
    convolutions = [item for item in three if item["kind"] == "conv"]
    costs = []
    for where in combinations(range(6), 3):
        left = iter(convolutions)
        items = [pool() if n in where else next(left) for n in range(6)]
        costs.append(NetworkBoxes("one of your own", items).cost.multiply_adds)
    assert min(costs) == things_to_try[9]["given"]["most"]


def test_edits_are_counted_as_a_reader_makes_them():
    own = NetworkBoxes("VGG16").state()
    changes = [
        {},
        {"items": VGG[1:]},
        {"items": [VGG[1], VGG[0], *VGG[2:]]},
        {"items": [*VGG[:2], pool("average"), *VGG[3:], pool()]},
        {"head": "global", "size": 32},
    ]
    assert js("network_boxes/state.js", "given.map(it.edits)", [own | one for one in changes]) == [0, 1, 1, 2, 2]
