"""Tests of the Keras layers: each equals its twin of plain loops, there and back, however Keras runs or saves it."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import itertools  # noqa: E402
import math  # noqa: E402

import numpy as np  # noqa: E402
import pytest  # noqa: E402

from pooling_lib import naive  # noqa: E402

tf = pytest.importorskip("tensorflow")
import keras  # noqa: E402

from pooling_lib import keras_layers as kl  # noqa: E402

# Each layer with its settings, and its twin's name. A twin takes the same settings.
WINDOWED = {
    "min": (kl.MinPooling, {}, "min_pool"),
    "sum": (kl.SumPooling, {}, "sum_pool"),
    "l1": (kl.LpPooling, {"p": 1}, "lp_pool"),
    "l2.5": (kl.LpPooling, {"p": 2.5}, "lp_pool"),
    "linf": (kl.LpPooling, {"p": math.inf}, "lp_pool"),
    "power 3": (kl.PowerMeanPooling, {"p": 3.0}, "power_mean_pool"),
    "power -0.5": (kl.PowerMeanPooling, {"p": -0.5}, "power_mean_pool"),
    "soft": (kl.SoftPooling, {"temperature": 0.5}, "soft_pool"),
    "soft mean": (kl.SoftPooling, {"temperature": math.inf}, "soft_pool"),
    "stochastic": (kl.StochasticPooling, {}, "stochastic_pool"),
    "mixed": (kl.MixedPooling, {"mix": 0.3}, "mixed_pool"),
    "blur": (kl.BlurPooling, {}, "blur_pool"),
    "max": (kl.MaskedMaxPooling, {}, "masked_max_pool"),
    "average": (kl.MaskedAveragePooling, {}, "masked_avg_pool"),
}
OTHERS = {
    "max blur": (kl.MaxBlurPooling, {"pool_size": 2, "strides": 1, "blur": 2}),
    "global lp": (kl.GlobalLpPooling, {"p": 3}),
    "pyramid": (kl.SpatialPyramidPooling, {"levels": (2, 1)}),
    "global power": (kl.PowerMeanPooling, {"pool_size": None}),
}
STANDARD = {"pool_size": 3, "strides": 2, "padding": "same"}
EVERY = {
    name: (layer, STANDARD | own) for name, (layer, own, _) in WINDOWED.items() if name not in ("l1", "soft mean")
} | OTHERS

# Sizes, then window, stride, padding and dilation.
GEOMETRIES = [
    ((7,), 3, 1, "same", 1),
    ((8,), 2, 3, "valid", 2),
    ((5, 6), (2, 3), (2, 1), "valid", 1),
    ((5, 4), 3, 2, "same", 1),
    ((6, 5), 2, (3, 4), "same", (2, 1)),
    ((3, 4, 3), 2, 1, "same", 1),
    ((4, 3, 5), (3, 2, 1), 2, "valid", 1),
]


def data(name, sizes, data_format="channels_last", dtype="float64", seed=0):
    """Two images of two channels, of few values so that many tie, and the first of zeros; their spatial axes."""
    rng = np.random.default_rng(seed)
    x = rng.integers(-4, 5, (2, *sizes, 2)) / 2
    x[0, :4] = 0
    x = x if "power" not in name and name != "stochastic" else abs(x) + (0.5 if "power" in name else 0)
    first = data_format == "channels_first"
    return (np.moveaxis(x, -1, 1) if first else x).astype(dtype), tuple(range(1 + first, 1 + first + len(sizes)))


def there_and_back(layer, x, dy=None, **how):
    """The layer's output and its input's gradient, for a random dy if none is given; and that dy."""
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, **how)
    dy = np.random.default_rng(1).standard_normal(y.shape).astype(x.dtype.name) if dy is None else dy
    return y.numpy(), tape.gradient(y, x, tf.constant(dy)).numpy(), dy


def assert_agree(ours, theirs):
    rounding = {"float32": 3e-5, "float64": 1e-12}[ours.dtype.name]
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=rounding, atol=rounding)


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("name", WINDOWED)
def test_a_layer_equals_its_twin(name, geometry):
    sizes, window, stride, padding, dilation = geometry
    make, own, twin = WINDOWED[name]
    for data_format, dtype in [("channels_last", "float64"), ("channels_first", "float32")]:
        x, axes = data(name, sizes, data_format, dtype)
        layer = make(window, stride, padding, dilation, data_format, dtype=dtype, **own)
        how = {"window": window, "stride": stride, "padding": padding, "dilation": dilation, "axes": axes} | own
        mask, masked = None, ()
        if "masked" in twin:
            mask = np.random.default_rng(2).random((2, *sizes)) < 0.4  # some windows have no real element
            masked = (np.broadcast_to(np.expand_dims(mask, 1 if axes[0] == 2 else -1), x.shape),)
        y, dx, dy = there_and_back(layer, x, mask=mask) if masked else there_and_back(layer, x)
        theirs = getattr(naive, twin)(x, *masked, **how)
        if masked:
            theirs, real = theirs
            real = np.broadcast_to(real, theirs.shape).take(0, axis=1 if axes[0] == 2 else -1)
            np.testing.assert_array_equal(layer.compute_mask(x, mask), real)
        assert_agree(y, theirs)
        assert layer.compute_output_shape(x.shape) == y.shape
        adjoint = x.shape if name in ("sum", "blur") else x  # what a linear pool's backward pass asks for
        back = getattr(naive, twin + "_backward")(dy, adjoint, *masked, **how)
        assert_agree(dx, back[0] if "power" in name else back)


@pytest.mark.parametrize("p", [3.0, -0.5])
def test_the_gradient_of_the_power(p):
    x, axes = data("power", (5, 4))
    layer = kl.PowerMeanPooling(3, 2, "same", p=p, dtype="float64")
    with tf.GradientTape() as tape:
        y = layer(x)
    dy = np.random.default_rng(0).standard_normal(y.shape)
    _, dp = naive.power_mean_pool_backward(dy, x, 3, 2, "same", axes=axes, p=p)
    np.testing.assert_allclose(tape.gradient(y, layer.power, tf.constant(dy)), dp, rtol=1e-10)


@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
@pytest.mark.parametrize("sizes", [(7,), (5, 6), (3, 4, 5)])
def test_the_other_layers_equal_their_twins(sizes, data_format):
    x, axes = data("", sizes, data_format)
    how = {"data_format": data_format, "dtype": "float64"}
    twins = {
        "max_blur_pool": (kl.MaxBlurPooling(2, 1, "same", blur=3, **how), (2, 1, "same"), {"blur": 3}),
        "global_lp_pool": (kl.GlobalLpPooling(3, keepdims=True, **how), (), {"p": 3, "keepdims": True}),
        "pyramid_pool": (kl.SpatialPyramidPooling((6, 2), **how), ((6, 2),), {}),
    }
    for name, (layer, args, own) in twins.items():
        y, dx, dy = there_and_back(layer, x)
        assert layer.compute_output_shape(x.shape) == y.shape
        assert_agree(y, getattr(naive, name)(x, *args, axes=axes, **own))
        assert_agree(dx, getattr(naive, name + "_backward")(dy, x, *args, axes=axes, **own))

    layer = kl.MaxUnpooling(sizes, **how)
    for stride in (1, 2):
        y, indices = naive.max_pool(x, 2, stride, axes=axes, return_indices=True)
        back, dy, dx = there_and_back(lambda y: layer([y, indices]), y)
        assert layer.compute_output_shape([y.shape, y.shape]) == back.shape
        assert_agree(back, naive.max_unpool(y, indices, sizes, axes=axes))
        if stride == 2:  # no place is named twice
            assert_agree(dy, naive.max_unpool_backward(dx, indices, axes=axes))


def test_unpooling_keeps_the_last_of_a_place_and_sends_the_gradient_there():
    y, indices = np.array([[[1.0], [2.0], [3.0]]]), np.array([[[4], [0], [4]]])
    x, dy, _ = there_and_back(
        lambda y: kl.MaxUnpooling(5, dtype="float64")([y, indices]), y, dy=np.arange(1.0, 6)[None, :, None]
    )
    assert x.ravel().tolist() == [2, 0, 0, 0, 3] and dy.ravel().tolist() == [0, 1, 5]
    with pytest.raises(tf.errors.InvalidArgumentError, match="indices must lie from 0 to 3"):
        kl.MaxUnpooling(4)([y, indices])


@pytest.mark.parametrize("name", sorted(WINDOWED.keys() - {"blur"}))
def test_without_a_window_the_whole_plane_is_pooled(name):
    make, own, _ = WINDOWED[name]
    x, _ = data(name, (4, 3))
    whole, window = make(None, dtype="float64", **own), make((4, 3), dtype="float64", **own)
    y, dx, dy = there_and_back(whole, x)
    again = there_and_back(window, x, dy[:, None, None])
    assert_agree(y, again[0][:, 0, 0])
    assert_agree(dx, again[1])
    assert (
        make(None, keepdims=True, **own)(x).shape
        == make(None, keepdims=True, **own).compute_output_shape(x.shape)
        == (2, 1, 1, 2)
    )


@pytest.mark.parametrize("name", WINDOWED)
def test_masked_steps_are_no_steps(name):
    make, own, _ = WINDOWED[name]
    x, _ = data(name, (7,), seed=3)
    x[0, 4:], x[1, 2:] = np.nan, np.inf
    mask = np.arange(7) < np.array([[4], [2]])
    layer = make(7, 1, dtype="float64", **own)
    y, dx, _ = there_and_back(layer, x, mask=mask)
    if name != "blur":  # its weights depend on the place
        cut = [make(None, dtype="float64", **own)(x[i : i + 1, :n]) for i, n in enumerate((4, 2))]
        assert_agree(y[:, 0], np.concatenate(cut))
    assert np.isfinite(dx).all() and not dx[~mask].any()
    y, dx, _ = there_and_back(layer, x, mask=mask & [[True], [False]])
    np.testing.assert_allclose(y[1], 0, atol=1e-5)  # the power mean gives its epsilon
    assert np.isfinite(dx).all() and not dx[1].any()


def test_masks_travel_through_a_model(tmp_path):
    ids = np.array([[3, 1, 4, 0, 0, 0], [2, 0, 0, 0, 0, 0], [0] * 6])
    embed = keras.layers.Embedding(5, 3, mask_zero=True)
    tokens = keras.Input((None,))
    pooled = kl.MaskedMaxPooling(2)(embed(tokens))
    model = keras.Model(tokens, [kl.MaskedAveragePooling(None)(pooled), keras.layers.GlobalAveragePooling1D()(pooled)])
    ours, keras_own = model.predict(ids, verbose=0)
    x = embed(ids).numpy()
    first, second = x[0, :2].max(0), x[0, 2]
    np.testing.assert_allclose(ours, [(first + second) / 2, x[1, 0], np.zeros(3)], rtol=1e-6)
    np.testing.assert_allclose(keras_own[:2], ours[:2], rtol=1e-6)
    np.testing.assert_allclose(tf.function(model, jit_compile=True)(ids)[0], ours, rtol=1e-6)
    model.save(tmp_path / "model.keras")
    np.testing.assert_array_equal(keras.saving.load_model(tmp_path / "model.keras").predict(ids, verbose=0)[0], ours)
    assert np.isnan(keras_own[2]).all()  # what Keras makes of a sequence without a step


@pytest.mark.parametrize("name", sorted(EVERY.keys() - {"power -0.5"}))
def test_graphs_xla_and_unknown_sizes_change_nothing(name):
    make, own = EVERY[name]
    x, _ = data(name, (5, 6))
    layer = make(dtype="float64", **own)
    y, dx, dy = there_and_back(layer, x)
    spec = [tf.TensorSpec(shape, "float64") for shape in ((None, None, None, 2), [None] * y.ndim)]

    @tf.autograph.experimental.do_not_convert
    def both(x, dy):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x)
        return y, tape.gradient(y, x, dy)

    for compiled in (False, True):
        again = tf.function(both, input_signature=spec, jit_compile=compiled)(x, dy)
        assert_agree(again[0].numpy(), y)
        assert_agree(again[1].numpy(), dx)
    shape = layer(keras.Input((None, None, 2))).shape
    assert len(shape) == y.ndim and all(n in (None, m) for n, m in zip(shape, y.shape))


def test_windows_in_sizes_that_the_graph_does_not_know():
    for window, stride, dilation, padding in itertools.product((1, 3), (1, 2, 4), (1, 2), ("valid", "same")):
        layer = kl.SumPooling(window, stride, padding, dilation)
        unknown = tf.function(layer, input_signature=[tf.TensorSpec((1, None, 1))])
        for size in (5, 6, 8):
            x = np.random.default_rng(size).integers(-9, 10, (1, size, 1)).astype("float32")
            np.testing.assert_array_equal(unknown(x), layer(x))


def test_unpooling_in_xla():
    y, indices = np.array([[[1.0], [2.0], [3.0]]], "float32"), np.array([[[4], [0], [4]]])
    layer = kl.MaxUnpooling(5)
    spec = [tf.TensorSpec((None, None, 1)), tf.TensorSpec((None, None, 1), tf.int64)]
    compiled = tf.function(lambda y, indices: layer([y, indices]), input_signature=spec, jit_compile=True)
    np.testing.assert_array_equal(compiled(y, indices), layer([y, indices]))


def test_a_model_of_all_of_them_trains_saves_and_loads(tmp_path):
    keras.utils.set_random_seed(0)
    image, places = keras.Input((None, None, 2)), keras.Input((2, 2, 4), dtype="int64")
    maps = keras.layers.Conv2D(4, 3, activation="softplus")(image)
    layers = {name: make(**own) for name, (make, own) in EVERY.items()}
    pooled = [layer(maps) for layer in layers.values()]
    flat = [
        y if len(y.shape) == 2 else keras.layers.GlobalAveragePooling1D()(keras.layers.Reshape((-1, 4))(y))
        for y in pooled
    ]
    unpooled = kl.MaxUnpooling((5, 5))([keras.layers.MaxPooling2D(3)(maps), places])
    outputs = keras.layers.Dense(1)(keras.layers.Concatenate()([*flat, keras.layers.GlobalMaxPooling2D()(unpooled)]))
    model = keras.Model([image, places], outputs)
    rng = np.random.default_rng(0)
    inputs = [rng.standard_normal((8, 8, 9, 2)), rng.integers(0, 25, (8, 2, 2, 4))]
    model.compile(keras.optimizers.Adam(0.01), "mse", jit_compile=False)  # to compile so many takes a minute
    before = {name: layers[name].power.numpy().item() for name in ("power 3", "power -0.5", "global power")}
    history = model.fit(inputs, rng.standard_normal((8, 1)), epochs=3, verbose=0).history["loss"]
    assert np.isfinite(history).all()
    for name, power in before.items():
        assert 0.001 < abs(layers[name].power.numpy().item() - power) < 0.1

    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded.predict(inputs, verbose=0), model.predict(inputs, verbose=0))
    for layer in [*layers.values(), kl.MaxUnpooling((5, 5))]:
        assert type(layer).from_config(layer.get_config()).get_config() == layer.get_config()


def test_p_that_is_not_trainable_stays():
    assert kl.PowerMeanPooling(2, trainable=False).trainable_weights == []


def test_half_floats_are_summed_in_single_precision():
    x = np.full((1, 64, 64, 1), 100, "float16")  # their sum, and their squares, overflow a float16
    for layer in (kl.MaskedAveragePooling, kl.PowerMeanPooling, kl.StochasticPooling, kl.MixedPooling, kl.SoftPooling):
        y = layer(None, dtype="mixed_float16")(x)
        assert y.dtype == tf.float16
        np.testing.assert_allclose(y, 100, rtol=1e-3)
    assert kl.LpPooling(8, dtype="mixed_float16")(x)[0, 0, 0, 0] == 800
    assert kl.MaxBlurPooling(2, dtype="mixed_float16")(x).dtype == tf.float16
    assert kl.SumPooling(2)(np.ones((1, 4, 1), "int32")).dtype == tf.float32


def test_nothing_overflows_on_the_way():
    x = np.array([3e38, 0, 1e38, -3e38], "float32").reshape(1, 4, 1)
    for p in (1.5, 2, 40):
        y, dx, _ = there_and_back(kl.LpPooling(2, p=p), abs(x) / 4)
        assert np.isfinite(y).all() and np.isfinite(dx).all() and (y > 0).all()
    y, dx, _ = there_and_back(kl.SoftPooling(2), x)
    np.testing.assert_array_equal(y.ravel(), x.ravel()[[0, 2]])
    assert np.isfinite(dx).all()
    y, dx, _ = there_and_back(kl.PowerMeanPooling(2, p=60.0), abs(x) / 4)
    np.testing.assert_allclose(y.ravel(), np.array([0.75e38, 0.75e38]) * 0.5 ** (1 / 60), rtol=1e-4)
    near_zero = kl.PowerMeanPooling(2, p=1e-6)(np.array([2.0, 8.0], "float32").reshape(1, 2, 1))
    np.testing.assert_allclose(near_zero, 4, rtol=1e-5)  # the geometric mean
    y, dx, _ = there_and_back(kl.PowerMeanPooling(2, epsilon=0.1), np.array([-5.0, 0.0], "float32").reshape(1, 2, 1))
    np.testing.assert_allclose(y, 0.1, rtol=1e-6)
    assert not dx.any()


@pytest.mark.parametrize("compiled", [False, True])
def test_a_nan_wins_wherever_it_stands(compiled):
    for layer, place in itertools.product(
        (kl.MinPooling(3), kl.MaskedMaxPooling(3), kl.LpPooling(3), kl.SoftPooling(3)), range(3)
    ):
        x = np.array([1.0, -2.0, 3.0], "float32").reshape(1, 3, 1)
        x[0, place] = np.nan
        assert np.isnan(tf.function(layer, jit_compile=compiled)(x)).all()


def test_stochastic_pooling_draws_with_its_probabilities():
    x = np.tile(np.array([1.0, 0.0, 5.0, 2.0], "float32"), 5000).reshape(1, -1, 1)
    layers = [kl.StochasticPooling(4, seed=seed) for seed in range(5)]
    for draw in [*layers, tf.function(layers[0], jit_compile=True)]:
        y = draw(x, training=True).numpy().ravel()
        found = [(y == value).mean() for value in (1, 0, 5, 2)]
        # Five standard deviations of a frequency in 5000 draws.
        np.testing.assert_allclose(found, [1 / 8, 0, 5 / 8, 2 / 8], atol=5 * math.sqrt(0.25 / 5000))
        assert found[1] == 0


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_a_draw_is_an_element_of_its_window_and_takes_the_gradient(padding):
    x = np.random.default_rng(0).permutation(2 * 5 * 6 * 2).reshape(2, 5, 6, 2) + 1.0
    y, dx, dy = there_and_back(kl.StochasticPooling(2, 2, padding, dtype="float64"), x, training=True)
    for at in np.ndindex(y.shape):
        (place,) = np.argwhere(x == y[at])
        assert (place[[0, 3]] == np.take(at, [0, 3])).all() and (place[1:3] // 2 == at[1:3]).all()
        assert dx[tuple(place)] == dy[at]
    assert np.count_nonzero(dx) == y.size
    zeros, dx, _ = there_and_back(
        kl.StochasticPooling(2, dtype="float64"), np.array([0.0, 0.0, -1.0, -2.0])[None, :, None], training=True
    )
    assert not zeros.any()


@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_mixed_pooling_draws_for_each_image_and_channel(data_format):
    x = np.random.default_rng(0).standard_normal((20, 4, 4, 50))
    axes = (1, 2) if data_format == "channels_last" else (2, 3)
    y = kl.MixedPooling(2, mix=0.8, seed=3, data_format=data_format, dtype="float64")(x, training=True).numpy()
    is_max = np.isclose(y, naive.max_pool(x, 2, axes=axes)).all(axes)
    is_mean = np.isclose(y, naive.avg_pool(x, 2, axes=axes)).all(axes)
    assert (is_max ^ is_mean).all()
    assert abs(is_max.mean() - 0.8) < 5 * math.sqrt(0.16 / is_max.size)
    assert is_max.any(0).all() and not is_max.all(0).all()


@pytest.mark.parametrize("make", [kl.StochasticPooling, kl.MixedPooling])
def test_seeds_repeat(make):
    x = np.random.default_rng(0).random((4, 8, 8, 3))

    def draws(seed=None, everywhere=0):
        keras.utils.set_random_seed(everywhere)
        layer = make(2, seed=seed)
        return np.array([layer(x, training=True) for _ in range(2)])

    np.testing.assert_array_equal(draws(), draws())
    np.testing.assert_array_equal(draws(seed=1), draws(seed=1, everywhere=5))
    assert (draws() != draws(everywhere=1)).any() and (draws(seed=1) != draws(seed=2)).any()
    first, second = draws()
    assert (first != second).any()
    np.testing.assert_array_equal(make(2)(x), make(2)(x, training=False))
    for compiled in (False, True):  # XLA draws other numbers
        once, again = (tf.function(make(2, seed=1), jit_compile=compiled)(x, training=True) for _ in range(2))
        np.testing.assert_array_equal(once, again)


X = np.zeros((1, 4, 5, 2), "float32")
REFUSED = [
    (ValueError, lambda: kl.MinPooling(0), "pool_size", "0", "1 is the smallest"),
    (TypeError, lambda: kl.MinPooling(2.0), "pool_size", "2.0", "must be an int"),
    (TypeError, lambda: kl.MinPooling("2"), "pool_size", "'2'", "must be an int"),
    (TypeError, lambda: kl.BlurPooling(None, None), "pool_size", "None", "must be an int"),
    (ValueError, lambda: kl.MinPooling(2, strides=(1, 0)), "strides", "(1, 0)", "1 is the smallest"),
    (ValueError, lambda: kl.MinPooling(2, dilation_rate=-1), "dilation_rate", "-1", "1 is the smallest"),
    (ValueError, lambda: kl.MinPooling(2, padding="SAME"), "padding", "'SAME'", "use 'valid' or 'same'"),
    (ValueError, lambda: kl.MinPooling(2, data_format="NHWC"), "data_format", "'NHWC'", "use 'channels_last'"),
    (ValueError, lambda: kl.MinPooling(None, strides=2), "strides", "2", "give a pool_size"),
    (ValueError, lambda: kl.MinPooling((2, 2, 2))(X), "pool_size", "(2, 2, 2)", "one for each axis"),
    (ValueError, lambda: kl.MinPooling((2, 6))(X), "pool_size", "(2, 6)", "use a smaller window"),
    (ValueError, lambda: kl.MinPooling(2)(keras.Input((1, None, 2))), "pool_size", "2", "use a smaller window"),
    (ValueError, lambda: kl.MinPooling(2)(X[0, 0]), "inputs", "(5, 2)", "a batch axis"),
    (ValueError, lambda: kl.MinPooling(2)(X, mask=X > 0), "mask", "(1, 4, 5, 2)", "(N, spatial...)"),
    (ValueError, lambda: kl.LpPooling(p=0.5), "p", "0.5", "at least 1"),
    (TypeError, lambda: kl.LpPooling(p="2"), "p", "'2'", "a number"),
    (ValueError, lambda: kl.GlobalLpPooling(p=math.nan), "p", "nan", "use 2"),
    (ValueError, lambda: kl.PowerMeanPooling(p=0), "p", "0", "not 0"),
    (ValueError, lambda: kl.PowerMeanPooling(p=math.inf), "p", "inf", "finite"),
    (ValueError, lambda: kl.PowerMeanPooling(epsilon=0), "epsilon", "0", "above 0"),
    (ValueError, lambda: kl.SoftPooling(temperature=0), "temperature", "0", "above 0"),
    (ValueError, lambda: kl.MixedPooling(mix=1.5), "mix", "1.5", "between 0"),
    (TypeError, lambda: kl.MixedPooling(mix=True), "mix", "True", "a number"),
    (ValueError, lambda: kl.MaxBlurPooling(2, blur=0), "blur", "0", "1 is the smallest"),
    (ValueError, lambda: kl.MaxBlurPooling(2, blur=9)(X), "pool_size", "9", "use a smaller window"),
    (ValueError, lambda: kl.SpatialPyramidPooling((2, 0)), "levels", "(2, 0)", "a level of 1"),
    (ValueError, lambda: kl.MaxUnpooling(0), "size", "0", "1 is the smallest"),
    (ValueError, lambda: kl.MaxUnpooling((8, 8))([X, X[:, :2]]), "inputs", "(1, 2, 5, 2)", "the same shape"),
    (TypeError, lambda: kl.MaxUnpooling((8, 8))([X, X]), "indices", "float32", "integers"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[2]}={case[3]}")
def test_what_is_refused(case, refuses):
    refuses(*case)
