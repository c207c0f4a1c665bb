"""Tests that pooling_lib equals TensorFlow on finite data, wherever TensorFlow can express the case."""

import os

from budget import many

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from hypothesis import assume, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from pooling_lib import avg_pool, max_pool  # noqa: E402

tf = pytest.importorskip("tensorflow")

# TensorFlow's functions take (N, spatial..., C); SPATIAL names ours. They get tensors, since
# tf.nn.max_pool2d casts a NumPy array of any dtype to float32.
SPATIAL = {1: (1,), 2: (1, 2), 3: (1, 2, 3)}
MAX = {1: tf.nn.max_pool1d, 2: tf.nn.max_pool2d, 3: tf.nn.max_pool3d}
AVERAGE = {1: tf.nn.avg_pool1d, 2: tf.nn.avg_pool2d, 3: tf.nn.avg_pool3d}


@st.composite
def cases(draw, axes=(1, 2, 3), dtypes=("float16", "float32", "float64"), dilated=False):
    """A batch of shuffled signed images, a window, a stride and a dilation that fit without padding."""
    rank = draw(st.sampled_from(axes))
    window = [draw(st.integers(1, 4)) for _ in range(rank)]
    dilation = [draw(st.integers(1, 3)) if dilated else 1 for _ in range(rank)]
    stride = [1 if dilated else draw(st.integers(1, 4)) for _ in range(rank)]
    sizes = [d * (k - 1) + 1 + draw(st.integers(0, 5)) for k, d in zip(window, dilation)]
    shape = draw(st.integers(1, 2)), *sizes, draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    if rank == 3:
        dtypes = ["float32"]  # TensorFlow has no other 3-D kernels on a CPU
    x = (
        rng.integers(-4, 5, shape) if draw(st.booleans()) else 100 * rng.standard_normal(shape)
    )  # with many ties, or with none
    return x.astype(draw(st.sampled_from(dtypes))), window, stride, dilation


def assert_averages_agree(ours, theirs, size):
    """`size` bounds the input: the averages differ by a rounding of sums of up to 64 elements."""
    assert ours.shape == theirs.shape and ours.dtype == theirs.dtype
    # TensorFlow sums float16 in float16.
    rounding = {"float16": 2e-2, "float32": 2e-6, "float64": 1e-13}[ours.dtype.name]
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=rounding * size)


def assert_maxima_agree(ours, theirs):
    assert ours.dtype == theirs.dtype
    np.testing.assert_array_equal(ours, theirs)


@settings(max_examples=many(300))
@given(cases(), st.sampled_from(["VALID", "SAME"]))
def test_max_and_average_in_1_2_and_3_dimensions(case, padding):
    x, window, stride, _ = case
    rank = len(window)
    # Where a stride exceeds its window, TensorFlow's volumes start inside the image under SAME: a padding below 0.
    assume(rank < 3 or padding == "VALID" or all(k >= S for k, S in zip(window, stride)))
    how = dict(window=window, stride=stride, padding=padding.lower(), axes=SPATIAL[rank])
    theirs = [table[rank](tf.constant(x), window, stride, padding).numpy() for table in (MAX, AVERAGE)]
    assert_maxima_agree(max_pool(x, **how), theirs[0])
    assert_averages_agree(avg_pool(x, **how), theirs[1], np.abs(x).max())


def test_where_the_stride_exceeds_the_window_tensorflows_volumes_start_at_0_or_inside_as_the_processor_has_it():
    x = np.arange(27, dtype="f4").reshape(1, 3, 3, 3, 1)
    assert tf.nn.max_pool3d(x, 1, 3, "SAME").numpy().ravel().tolist() in ([0], [13])
    assert tf.nn.max_pool2d(x[:, 0], 1, 3, "SAME").numpy().ravel().tolist() == [0]
    assert max_pool(x, 1, 3, "same", axes=(1, 2, 3)).ravel().tolist() == [0]


@settings(max_examples=many(200))
@given(cases(axes=(2,), dtypes=("int8", "uint8", "int16", "int32", "int64")), st.sampled_from(["VALID", "SAME"]))
def test_max_of_integers(case, padding):
    x, window, stride, _ = case
    assert_maxima_agree(
        max_pool(x, window, stride, padding.lower()), tf.nn.max_pool2d(tf.constant(x), window, stride, padding).numpy()
    )


@settings(max_examples=many(200))
@given(st.data())
def test_max_with_explicit_padding(data):
    x, window, stride, _ = data.draw(cases(axes=(1, 2), dtypes=("float32",)))
    # TensorFlow, too, refuses padding that could fill a window.
    pairs = [tuple(data.draw(st.integers(0, k - 1)) for _ in "ab") for k in window]
    theirs = MAX[len(window)](tf.constant(x), window, stride, [[0, 0], *map(list, pairs), [0, 0]])
    assert_maxima_agree(max_pool(x, window, stride, pairs, axes=SPATIAL[len(window)]), theirs.numpy())


@settings(max_examples=many(200))
@given(cases(dilated=True, dtypes=("float32", "float64")))
def test_dilation_at_stride_1(case):
    x, window, stride, dilation = case
    how = dict(window=window, stride=1, dilation=dilation, axes=SPATIAL[len(window)])
    # TensorFlow has dilated pooling without padding only.
    theirs = [
        tf.nn.pool(tf.constant(x), window, kind, strides=stride, padding="VALID", dilations=dilation).numpy()
        for kind in ("MAX", "AVG")
    ]
    assert_maxima_agree(max_pool(x, **how), theirs[0])
    assert_averages_agree(avg_pool(x, **how), theirs[1], np.abs(x).max())


@settings(max_examples=many(200))
@given(cases(axes=(2,), dtypes=("float32", "float64", "int32")), st.sampled_from(["VALID", "SAME"]))
def test_indices_of_max_pool_with_argmax(case, padding):
    x, window, stride, _ = case
    y, where = max_pool(x, window, stride, padding.lower(), return_indices=True)
    theirs = tf.nn.max_pool_with_argmax(tf.constant(x), window, stride, padding, include_batch_in_index=False)
    channels = x.shape[-1]
    assert_maxima_agree(y, theirs.output.numpy())
    np.testing.assert_array_equal(
        where * channels + np.arange(channels), theirs.argmax.numpy()
    )  # theirs counts channels too


def test_same_is_not_explicit_zeros_followed_by_valid():
    x = np.array([[6, -2], [4, 8]], np.float32)[None, :, :, None]
    ours = avg_pool(x, 2, 1, "same")
    np.testing.assert_array_equal(ours, tf.nn.avg_pool2d(x, 2, 1, "SAME"))
    zeros = np.pad(x, [(0, 0), (0, 1), (0, 1), (0, 0)])
    counted = tf.nn.avg_pool2d(zeros, 2, 1, "VALID").numpy()
    assert not np.array_equal(ours, counted)
    np.testing.assert_array_equal(avg_pool(x, 2, 1, "same", count_include_pad=True), counted)
