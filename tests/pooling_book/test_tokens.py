"""The tokens as Python sees them: what the pools answer, what the page keeps, and what the widget asks and says."""

import json
import math
import re
from collections import Counter

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.chapters.try12 import tokens_to_try
from pooling_book.widgets.page import FOLDER
from pooling_book.widgets.things_to_try import goal, guess
from pooling_book.widgets.tokens import QUERIES, SET_POOLS, SETS, TokenBars, answers_of, row, sentence, set_of
from pooling_lib import avg_pool, max_pool

SCALARS = ("sum", "mean", "max", "first", "last", "attention")


def several(count, seed=12):
    """Rows of tokens, some of them dropped, with padding on either side, and what the pools are told."""
    rng = np.random.default_rng(seed)

    def one():
        tokens = [[f"w{n}", int(rng.integers(-6, 7)), bool(rng.random() < 0.8)] for n in range(rng.integers(1, 13))]
        pads = int(rng.integers(0, min(6, 12 - len(tokens)) + 1))
        return row(tokens, pads, str(rng.choice(["left", "right"])))

    def about():
        kept = one() if rng.random() < 0.5 else None
        return {"masked": bool(rng.random() < 0.5), "query": float(rng.choice(QUERIES)), "kept": kept}

    return [one() | about() for _ in range(count)]


def become(tokens, case):
    """The widget with other settings, as the page sets them: to make one anew takes ten times as long."""
    for key, value in case.items():
        setattr(tokens, key, value)
    return tokens


def laid_out(case):
    """A batch's row as an array of numbers, zeros where there is padding, and which places are real."""
    numbers = [number for _, number, here in case["tokens"] if here]
    x, mask = np.zeros(len(numbers) + case["pads"]), np.zeros(len(numbers) + case["pads"], bool)
    where = slice(0, len(numbers)) if case["side"] == "right" else slice(case["pads"], None)
    x[where], mask[where] = numbers, True
    return x, mask


def defined(x, mask, query):
    """Every answer by its definition on masked arrays, or None: no formula of the widget's."""
    real = np.ma.masked_array(x, ~mask)
    if not mask.any():
        return dict.fromkeys(SET_POOLS) | {"sum": [0.0]}
    exponentials = np.where(mask, np.exp(query * x), 0)
    inside = np.flatnonzero(mask)
    best = sorted(sorted(inside, key=lambda n: (-x[n], n))[:2])
    return {
        "sum": [real.sum()],
        "mean": [real.mean()],
        "max": [real.max()],
        "first": [x[inside[0]]],
        "last": [x[inside[-1]]],
        "attention": [np.average(x, weights=exponentials)],
        "spread": [real.mean(), math.sqrt(max(0, (real**2).mean() - real.mean() ** 2))],
        "top": list(x[best]) if mask.sum() > 1 else None,
    }


def plain(answer):
    """An answer of Python as the page has it: a list of numbers, or None."""
    numbers = list(answer) if isinstance(answer, tuple) else [answer]
    return numbers if all(map(math.isfinite, numbers)) else None


def close(found, wanted, case):
    assert (found is None) == (wanted is None), (found, wanted, case)
    if wanted is not None:
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-6), case


# ---- The answers ----


def test_python_answers_by_the_definitions():
    tokens = TokenBars()
    for case in several(1000):
        become(tokens, case)
        x, mask = laid_out(case)
        wanted = defined(x, mask if case["masked"] else np.ones_like(mask), case["query"])
        alone = defined(x, mask, case["query"])
        for name in SET_POOLS:
            close(plain(tokens.answers[name]), wanted[name], case)
            close(plain(tokens.alone[name]), alone[name], case)


def test_the_page_answers_as_python_does():
    cases, tokens = several(2000, seed=13), TokenBars()
    for case, found in zip(cases, js("tokens/state.js", "given.map(it.looked)", cases), strict=True):
        become(tokens, case)
        assert found["numbers"] == tokens.numbers.tolist(), case
        assert found["wrong"] == tokens.wrong, case
        assert (found["same"] or []) == tokens.alike, case
        for name in SET_POOLS:
            close(found["answers"][name], plain(tokens.answers[name]), case)
            close(found["alone"][name], plain(tokens.alone[name]), case)


def test_the_weights_on_the_page_stand_below_their_tokens():
    for case, found in zip(
        several(800, 14), js("tokens/state.js", "given.map(it.looked)", several(800, 14)), strict=True
    ):
        x, mask = laid_out(case)
        reads = mask if case["masked"] else np.ones_like(mask)
        exponentials = np.where(reads, np.exp(case["query"] * x), 0)
        share = exponentials / exponentials.sum() if reads.any() else exponentials
        weights = [one for one in found["weights"]["tokens"] if one is not None]
        np.testing.assert_allclose(weights, share[mask], atol=1e-12, err_msg=str(case))
        dropped = [one is None for one in found["weights"]["tokens"]]
        assert dropped == [not here for *_, here in case["tokens"]], case
        if case["pads"] and not case["masked"]:
            np.testing.assert_allclose(share[~mask], found["weights"]["pad"], atol=1e-12)
        else:
            assert found["weights"]["pad"] is None


def test_sum_mean_and_max_are_those_of_the_library_with_one_window_over_all():
    for numbers in ([2], [-3, -2], [0, 1, 0, -3, 4], list(range(-5, 7))):
        x, answers = np.array(numbers, float), TokenBars(set_of(*numbers)).answers
        assert answers["mean"] == pytest.approx(avg_pool(x, len(x))[0])
        assert answers["max"] == max_pool(x, len(x))[0]
        assert answers["sum"] == pytest.approx(avg_pool(x, len(x))[0] * len(x))


def test_padding_that_is_read_as_zero_makes_the_mean_a_sum_by_the_length():
    padded = TokenBars(sentence("not bad", -3, -2), pads=3, masked=False)
    assert padded.answers["mean"] == padded.alone["sum"] / 5 and padded.answers["max"] == 0
    assert "first" not in padded.wrong and "last" in padded.wrong
    padded.side = "left"
    assert "first" in padded.wrong and "last" not in padded.wrong
    padded.masked = True
    assert padded.wrong == []


def test_attention_goes_from_the_least_over_the_mean_to_the_largest():
    tokens = TokenBars(set_of(-6, 0, 1, 6))
    found = []
    for query in QUERIES:
        tokens.query = query
        found.append(tokens.answers["attention"])
    assert found == sorted(found)
    assert found[0] == pytest.approx(-6, abs=1e-6) and found[6] == tokens.answers["mean"]
    assert found[-1] == pytest.approx(6, abs=1e-5)


def test_an_empty_set_has_a_sum_and_nothing_else():
    empty = TokenBars([["a", 4, False]])
    assert empty.numbers.size == 0 and empty.answers["sum"] == 0 and empty.answers["max"] == -math.inf
    assert all(math.isnan(empty.answers[name]) for name in ("mean", "first", "last", "attention"))
    assert empty.wrong == [] and TokenBars([["a", 4, False]], 2, masked=False).answers["mean"] == 0


@pytest.mark.parametrize(
    "name, same, other",
    [
        ("{1, 1, 1} and {1}", ["mean", "max", "first", "last", "attention", "spread"], ["sum", "top"]),
        ("{1, 2} and {1, 1, 2, 2}", ["mean", "max", "first", "last", "attention", "spread"], ["sum", "top"]),
        ("two orders", ["sum", "mean", "max", "first", "attention", "spread"], ["last", "top"]),
    ],
)
def test_the_ready_sets_show_what_they_are_for(name, same, other):
    ready = TokenBars(**SETS[name])
    assert ready.alike == same and sorted(same + other) == sorted(SET_POOLS)


# ---- The page's state ----


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    tokens = TokenBars(pads=2, query=-1.5, identity="here")
    shown = tokens.html()
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', shown, re.S)[1])
    assert state == json.loads(json.dumps(tokens.state())) and 'id="here"' in shown
    assert (state["pads"], state["query"], state["kept"]) == (2, -1.5, None) and len(json.dumps(state)) < 4000


def test_the_fallback_says_every_answer_with_and_without_padding():
    shown = TokenBars(sentence("not bad", -3, -2), pads=3, masked=False).fallback()
    assert "not −3, bad −2, PAD 0, PAD 0, PAD 0" in shown and shown.count("<tr") == 1 + len(SET_POOLS)
    assert ">−2.5<" in shown and ">−1<" in shown


def test_the_first_ready_set_is_open_unless_tokens_are_given():
    assert TokenBars().tokens == SETS["the film was not good"]["tokens"]
    batch = TokenBars(sets={"batch": SETS["not bad, in a batch"]})
    assert (batch.pads, batch.kept) == (3, row(SETS["the film was not good"]["tokens"]))
    assert TokenBars(set_of(5)).kept is None


SOUND = {
    "tokens": ([[["a", 6, True]], [[f"w{n}", -6, False] for n in range(12)]],
               [[], [["a", 7, True]], [["a", 1.5, True]], [["", 1, True]], [["a" * 13, 1, True]], [["a", 1, 1]],
                [["a", 1]], [["a", 1, True]] * 13, "a", None, [None]]),
    "pads": ([0, 6], [-1, 7, 1.5, "2", None]),
    "side": (["left", "right"], ["middle", None, 0]),
    "masked": ([True, False], [1, None, "true"]),
    "query": ([-3, 0.5, 3], [0.3, 3.5, "1", None]),
    "kept": ([None, row(set_of(1, 2), 2)],
             [row(set_of(9)), row(set_of(*[1] * 12), 3), {"tokens": set_of(1)}, row([]), 3, []]),
}  # fmt: skip


@pytest.mark.parametrize("key", SOUND)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key):
    sound, unsound = SOUND[key]
    given = {"key": key, "values": [*sound, *unsound]}
    found = js("tokens/state.js", "given.values.map((value) => it.settings[given.key](value, {}))", given)
    assert found == [True] * len(sound) + [False] * len(unsound)


def test_an_address_may_not_bring_more_places_than_there_are():
    state = TokenBars(pads=1).state()
    long = [[f"w{n}", 0, True] for n in range(9)]
    most, too_many = given_by_addresses("tokens", state, {"tokens": long, "pads": 3}, {"tokens": long, "pads": 4})
    assert (len(most["tokens"]), most["pads"]) == (9, 3) and too_many == state


CHANGES = """({
  valued: it.valued(given, 1, 7.4).tokens,
  low: it.valued(given, 0, -99).tokens[0],
  dropped: it.dropped(given, 1).tokens[1],
  back: it.dropped(it.dropped(given, 1), 1).tokens,
  right: it.moved(given, 0, 2).tokens.map(([word]) => word),
  left: it.moved(given, 2, 0).tokens.map(([word]) => word),
  added: it.added(given, 0).tokens,
  row: it.rowOf({ ...given, ...it.dropped(given, 1) }),
  none: it.rowOf({ ...given, tokens: given.tokens.map(([word, number]) => [word, number, false]) }).tokens.length,
})"""


def test_a_change_keeps_all_else():
    tokens = sentence("a very good", 0, 2, 4)
    found = js("tokens/state.js", CHANGES, row(tokens, 1, "left"))
    assert found["valued"] == [["a", 0, True], ["very", 6, True], ["good", 4, True]]
    assert found["low"] == ["a", -6, True] and found["dropped"] == ["very", 2, False] and found["back"] == tokens
    assert found["right"] == ["very", "good", "a"] and found["left"] == ["good", "a", "very"]
    assert found["added"] == [["a", 0, True], ["b", 0, True], *tokens[1:]]  # "a" is taken
    assert found["row"] == row([tokens[0], tokens[2]], 1, "left") and found["none"] == 3


# ---- What is said ----

EXPLAIN = """await import(given.state).then(({ looked }) =>
  given.cases.map((values) => it.explain(values, looked(values))))"""


def explained(*cases):
    usual = {"pads": 0, "side": "right", "masked": True, "query": 1, "kept": None}
    given = {"state": (FOLDER / "tokens/state.js").as_uri(), "cases": [usual | case for case in cases]}
    return js("tokens/words.js", EXPLAIN, given)


def test_the_sentence_says_what_padding_does_and_which_pools_can_tell():
    film, bad = sentence("the film was not good", 0, 1, 0, -3, 4), sentence("not bad", -3, -2)
    one, pair = set_of(1), set_of(1, 2)
    found = explained(
        {"tokens": film},
        {"tokens": [*film[:4], ["good", 4, False]], "query": 0.5},
        {"tokens": bad, "pads": 3},
        {"tokens": bad, "pads": 3, "masked": False},
        {"tokens": set_of(0, 2, 4), "pads": 1, "masked": False, "query": 0},
        {"tokens": pair, "kept": row(pair)},
        {"tokens": pair, "kept": row(set_of(1, 1, 2, 2))},
        {"tokens": set_of(2, 2, 3), "kept": row(set_of(3, 1))},
        {"tokens": one, "kept": row(set_of(5, 5))},
        {"tokens": bad, "pads": 1, "masked": False, "kept": row(film)},
        {"tokens": [["a", 1, False]], "query": -2},
    )
    assert [said for said, _ in found] == [
        "5 tokens: mean 0.4, max 4.",
        "4 of 5 tokens: mean −0.5, max 1.",
        "3 PADs, left out: no answer is changed.",
        "3 PADs, read as 0: this changes all but sum and first.",
        "1 PAD, read as 0: this changes mean, last, attention and mean ± deviation.",
        "This is the kept row itself: change it, and see which answers notice.",
        "Only sum and 2 largest in order can tell it from the kept row.",
        "Cannot tell it from the kept row: max.",
        "Every pool tells it from the kept row.",
        "1 PAD, read as 0: this changes all but sum and first. Every pool tells it from the kept row.",
        "The row is empty: its sum is 0, it has no largest, and a mean would be 0 / 0.",
    ]
    seen = [detail for _, detail in found]
    assert seen[0] == "mean = (0 + 1 + 0 − 3 + 4) / 5 = 0.4. Attention weighs each x by eˣ."
    assert seen[1] == "mean = (0 + 1 + 0 − 3) / 4 = −0.5. Attention weighs each x by exp(0.5 · x)."
    assert seen[7].startswith("mean = (2 + 2 + 3) / 3 ≈ 2.33.") and "all alike" in seen[4]
    assert seen[-1] == "Attention weighs each x by exp(−2 · x)."


def test_answers_sets_and_bars_have_words():
    said = "given.map(([name, answer]) => it.said(name, answer))"
    cases = [["sum", [6]], ["mean", [1 / 3]], ["spread", [-1, 1.2649]], ["top", [4, -2]]]
    assert js("tokens/words.js", said, cases) == ["6", "0.33", "−1 ± 1.26", "4, −2"]
    none = js("tokens/words.js", said, [[name, None] for name in SET_POOLS if name != "sum"])
    assert all(text.startswith(("none", "too few")) for text in none)
    rows = [row(set_of(1, -1)), row(sentence("not bad", -3, -2), 2, "left"), row([["a", 1, True], ["b", 2, False]], 1)]
    assert js("tokens/words.js", "given.map(it.setOf)", rows) == [
        "{1, −1}",
        "not −3, bad −2, 2 PADs left",
        "{1}, 1 PAD right",
    ]
    bar = '[it.nameOf(["film", -2, false], 1, 5), it.spokenOf(["film", -2, true], 0.256), it.padName(true)]'
    assert js("tokens/words.js", bar) == ["film, token 2 of 5, dropped", "−2, weight 26 %", "PAD, left out"]


def test_python_and_the_page_have_the_same_names():
    assert js("tokens/words.js", "Object.entries(it.NAMES)") == [list(pair) for pair in SET_POOLS.items()]
    assert js("tokens/state.js", "it.POOLS") == list(SET_POOLS)
    for what in ("guesses", "goals"):
        assert js("tokens/tasks.js", f"Object.keys(it.{what})") == list(getattr(TokenBars, what))


# ---- Things to try ----

TASKS = """given.map(([values, what, about]) => {
  const facts = it.facts({ pads: 0, side: "right", masked: true, query: 1, kept: null, ...values });
  return it.goals[what]?.(facts, about) ?? it.guesses[what].truth(facts, about);
})"""


def asked(*cases):
    return js("tokens/tasks.js", TASKS, cases)


def test_the_guesses_of_the_chapter_have_the_answers_that_their_remarks_give():
    first, second, *_ = ({**one["scene"]} for one in tokens_to_try)
    mean, changed = asked([first, "answer", {"pool": "mean"}], [second, "wrong", tokens_to_try[1]["given"]])
    assert mean == 1 and changed == ["mean", "max", "last"]
    padded = TokenBars(**second)
    padded.side = "left"
    assert "first" in padded.wrong and "last" not in padded.wrong


@pytest.mark.parametrize(
    "n, right, wrong",
    [
        (2, [[2], [3, 1, 1, 3], [0, 4]], [[1, 3], [3, 1], [1, 2], [1, 3, 3]]),
        (3, [[3], [3, 3], [3, 0, -2]], [[1, 3], [1, 3, 2], [3, 4]]),
        (4, [[0, 3, 3], [3, 3, 0]], [[3, 2, 1], [1, 1, 3], [2, 2, 2], [1, 2]]),
    ],
)
def test_the_goals_of_the_chapter_are_met_by_these_sets_and_not_by_those(n, right, wrong):
    task = tokens_to_try[n]
    cases = [[task["scene"] | {"tokens": set_of(*numbers)}, task["goal"], task["given"]] for numbers in right + wrong]
    met = [found["met"] == found["of"] for found in asked(*cases)]
    assert met == [True] * len(right) + [False] * len(wrong)


def test_a_goal_is_about_its_own_set_and_about_no_padding():
    task, menu = tokens_to_try[2], SETS["{1, 2} and {1, 1, 2, 2}"]
    about = [task["goal"], task["given"]]
    padded = task["scene"] | {"tokens": set_of(3, 3), "pads": 1, "masked": False}  # the mean of 3, 3, 0
    let_go = task["scene"] | {"tokens": set_of(2), "kept": None}
    met = [found["met"] == found["of"] for found in asked([menu, *about], [padded, *about], [let_go, *about])]
    assert met == [False, False, True]


def test_another_set_is_one_with_other_numbers_or_other_counts_in_whatever_order():
    rng = np.random.default_rng(5)
    pairs = [[rng.integers(-1, 2, rng.integers(1, 4)).tolist() for _ in range(2)] for _ in range(400)]
    cases = [
        [{"tokens": set_of(*a), "kept": row(set_of(*b))}, "alike", {"pools": ["mean"], "unlike": ["max"]}]
        for a, b in pairs
    ]
    for (a, b), found in zip(pairs, asked(*cases), strict=True):
        alike = abs(np.mean(a) - np.mean(b)) < 1e-9 and max(a) != max(b) and Counter(a) != Counter(b)
        assert (found["met"] == found["of"]) == alike, (a, b, found)


def test_goals_for_attention_and_for_padding():
    settings = {"masked": False}
    near, far, empty, left, right, few = asked(
        [{"tokens": set_of(0, 6), "query": 3}, "near", {"pool": "max", "within": 0.05}],
        [{"tokens": set_of(0, 6), "query": 0.5}, "near", {"pool": "max", "within": 0.05}],
        [{"tokens": [["a", 0, False]]}, "near", {"pool": "max", "within": 0.05}],
        *[
            [{"tokens": set_of(1, 2), "pads": pads, "side": side} | settings, "whole",
             {"pools": ["last"], "pads": 2, "settings": settings}]
            for side, pads in (("left", 2), ("right", 2), ("left", 1))
        ],
    )  # fmt: skip
    assert [one["met"] for one in (near, far, empty, left, right, few)] == [1, 0, 0, 1, 0, 0]


def test_which_pools_tell_two_sets_apart_can_be_asked():
    values = {"tokens": set_of(1, 2), "kept": row(set_of(1, 1, 2, 2))}
    pools = ["sum", "mean", "max", "spread"]
    assert asked([values, "differ", {"pools": pools}]) == [["sum"]]
    options = js("tokens/tasks.js", "it.guesses.differ.options(null, given)", {"pools": pools})
    assert options == [SET_POOLS[name] for name in pools]


# ---- Errors ----


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(tasks=[guess("?", "size")]), ("tasks[0]['guess']='size'", "'answer'")),
        (dict(tasks=[goal("?", "alike", {"window": 2})]), ("'window'", "'tokens'")),
        (dict(tokens=[]), ("tokens has 0 tokens", "1 to 12")),
        (dict(tokens=set_of(*[1] * 12) + set_of(2)), ("13 tokens", "1 to 12")),
        (dict(tokens=set_of(7)), ("tokens[0][1]=7", "from -6 to 6")),
        (dict(tokens=[["a", 1]]), ("tokens[0]=['a', 1]", "[word, number, True]")),
        (dict(tokens=[["incomprehensible", 1, True]]), ("'incomprehensible'", "1 to 12 letters")),
        (dict(pads=7), ("pads=7", "from 0 to 6")),
        (dict(tokens=set_of(*[1] * 8), pads=5), ("8 tokens", "pads=5", "12 places")),
        (dict(side="both"), ("side='both'", "'left'")),
        (dict(masked=1), ("masked=1", "True")),
        (dict(query=0.3), ("query=0.3", "-0.5")),
        (dict(kept=row(set_of(9))), ("kept['tokens'][0][1]=9", "from -6 to 6")),
        (dict(sets={}), ("sets={}", "at least one")),
        (dict(sets={"odd": row(set_of(1), 9)}), ("sets['odd']['pads']=9", "from 0 to 6")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        TokenBars(**settings)
    assert all(word in str(error.value) for word in words), error.value


def test_a_sentence_needs_a_number_for_each_word():
    with pytest.raises(ValueError):
        sentence("not bad", 1)
    assert answers_of(np.array([2.0, 2.0, 1.0]), 0)["top"] == (2, 2)
