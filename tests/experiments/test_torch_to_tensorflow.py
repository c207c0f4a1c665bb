"""What PyTorch's pools gave for one map: what pooling_lib gives, and what PyTorch gives again where it is at hand."""

import importlib.util

import numpy as np
import pytest
import torch_to_tensorflow

from pooling_book.study.results import results
from pooling_lib import adaptive_avg_pool, avg_pool, max_pool

FOUND = results("torch_to_tensorflow")
ENDS = [(1, 1), (1, 1)]
OURS = {
    "MaxPool2d(3, 2, padding=1)": lambda x: max_pool(x, 3, 2, ENDS),
    "AvgPool2d(3, 2, padding=1)": lambda x: avg_pool(x, 3, 2, ENDS, count_include_pad=True),
    "AvgPool2d(3, 2, padding=1, count_include_pad=False)": lambda x: avg_pool(x, 3, 2, ENDS),
    "MaxPool2d(3, 2, ceil_mode=True)": lambda x: max_pool(x, 3, 2, ceil_mode=True),
    "AvgPool2d(3, 2, ceil_mode=True)": lambda x: avg_pool(x, 3, 2, ceil_mode=True),
    "AdaptiveAvgPool2d(14)": lambda x: adaptive_avg_pool(x, 14),
    "AdaptiveAvgPool2d(5)": lambda x: adaptive_avg_pool(x, 5),
}


def test_every_layer_of_the_table_is_recorded():
    assert list(FOUND["layers"]) == list(torch_to_tensorflow.LAYERS) == list(OURS)


@pytest.mark.parametrize("layer", OURS)
def test_pooling_lib_gives_the_same(layer):
    y = OURS[layer](torch_to_tensorflow.the_map())
    np.testing.assert_allclose(FOUND["layers"][layer], y, atol=1e-6)


@pytest.mark.parametrize("layer", OURS)
def test_pytorch_gives_it_again(layer):
    if not importlib.util.find_spec("torch"):
        pytest.skip("PyTorch is of the group peers, which the tests do without")
    np.testing.assert_allclose(torch_to_tensorflow.asked(layer), FOUND["layers"][layer], atol=1e-5)
