"""The forest plot: every contrast on its line, and in words."""

import re

import numpy as np
import pytest

from pooling_book.show import forest
from pooling_book.study.contrasts import Contrast, judge

BLOCKS = {"parts": "3,000 images"}
PAIRS = [("max", "none"), ("average", "none")]


def judged(spread=0.05):
    rng = np.random.default_rng(0)
    contrasts = [
        Contrast("", "parts", data, cell, against) for cell, against in PAIRS for data in ("digits", "clothes")
    ]
    level = {"none": 500, "max": 250, "average": 490}
    errors = {
        ("parts", data, cell): level[cell] * np.exp(rng.normal(0, spread, 8))
        for data in ("digits", "clothes")
        for cell in level
    }
    return judge(contrasts, errors)


def test_each_ratio_is_said_with_its_verdict():
    picture = forest(judged(), BLOCKS)
    for one in judged():
        assert f"{one.contrast.data}: {one.ratio:.2f}, {one.verdict}" in picture.alt
    assert picture.alt.count(";") == 3


def test_two_data_sets_share_a_line_and_the_band_of_the_same_is_drawn():
    svg = forest(judged(), BLOCKS).html
    words = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    assert [word for word in words if "/" in word] == ["max / none", "average / none"]
    assert {"digits", "clothes", "0.5", "0.7", "1"} <= {*words}


def test_a_line_names_its_block_where_there_are_several():
    few = [one._replace(contrast=one.contrast._replace(block="few")) for one in judged()]
    svg = forest([*judged(), *few], BLOCKS | {"few": "300 images"}).html
    assert "max / none: 3,000 images" in svg and "max / none: 300 images" in svg


def test_ratios_near_1_have_ticks_near_1():
    contrasts = [one.contrast for one in judged() if one.contrast.cell == "average"]
    errors = {
        ("parts", data, cell): np.full(8, level) + np.arange(8) % 2
        for data in ("digits", "clothes") for cell, level in (("none", 500), ("average", 460))
    }  # fmt: skip
    words = re.findall(r"<text[^>]*>([^<]+)</text>", forest(judge(contrasts, errors), BLOCKS).html)
    assert "1.1" not in words and "0.7" not in words and {"0.9", "1"} & {*words}


@pytest.mark.parametrize("spread, marked", [(0.05, False), (2.5, True)])
def test_an_interval_that_goes_on_is_marked(spread, marked):
    found = judged(spread)
    wide = any(one.beside[0] < 0.2 or one.beside[1] > 3 for one in found)
    assert wide == marked
    plain, drawn = (forest(each, BLOCKS).html.count("<use") for each in (judged(), found))
    assert (drawn > plain) == marked


def test_a_second_run_is_drawn_beside_the_first_and_named():
    first, second = judged(), judged(0.06)
    plain, both = (forest(first, BLOCKS, *more).html for more in ((), (second,)))
    assert "second run" in both and "second run" not in plain
    assert both.count("<use") - plain.count("<use") == len(second) + 1  # an open mark each, and the legend's


def test_it_is_the_same_on_every_run():
    assert forest(judged(), BLOCKS).html == forest(judged(), BLOCKS).html
