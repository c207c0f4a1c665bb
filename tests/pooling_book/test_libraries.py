"""The widget of every library as Python sees it: what it shows, its HTML, and what it refuses."""

import json
import re

import pytest

from pooling_book.study.results import results
from pooling_book.widgets.libraries import CHOICES, Libraries

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
    assert len(json.dumps(state, ensure_ascii=False).encode()) < 40_000
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
