"""Tests of the network boxes in Python: their networks, their numbers, and what they refuse."""

import json
import re

import pytest

from pooling_book.study import famous
from pooling_book.widgets.network_boxes import NetworkBoxes
from pooling_book.widgets.network_boxes.boxes import BOXED_NETWORKS, conv, parts, pool
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
    assert len(json.dumps(state)) < 40_000
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
