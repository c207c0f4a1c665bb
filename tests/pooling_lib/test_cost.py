"""Tests of the cost calculator: against Keras, TensorFlow's profiler, published numbers, experiments, and by hand."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from fractions import Fraction  # noqa: E402
from math import prod  # noqa: E402

import numpy as np  # noqa: E402
import pytest  # noqa: E402

from pooling_lib.cost import (
    Activation,
    Add,
    BatchNorm,
    Concat,
    Conv,
    Cost,
    Dense,
    Flatten,
    GlobalPool,
    Pool,
    Upsample,
    stack,
    total,
)  # noqa: E402

tf = pytest.importorskip("tensorflow")
keras = tf.keras
layers = keras.layers

from keras_costs import costed, operations, ours  # noqa: E402


def profiled(model):
    """Floating-point operations by kind of operation, as TensorFlow's profiler counts them for one image."""
    graph = (
        tf.function(lambda x: model(x, training=False))
        .get_concrete_function(tf.TensorSpec([1, *model.input.shape[1:]]))
        .graph
    )
    options = tf.compat.v1.profiler.ProfileOptionBuilder(tf.compat.v1.profiler.ProfileOptionBuilder.float_operation())
    node, counts = tf.compat.v1.profiler.profile(graph, cmd="op", options=options.with_empty_output().build()), {}
    while node.children:
        node = node.children[0]
        counts[node.name] = node.float_ops
    return counts


def assert_costs_are_keras(model):
    for layer, inputs, padding, row in costed(model):
        case = layer.name, row
        assert row.parameters == layer.count_params(), case
        assert row.output_shape == layer.output.shape[1:], case
        assert row.activations == prod(layer.output.shape[1:]), case
        assert row.inputs == sum(prod(x.shape[1:]) for x in inputs), case
        assert (row.multiply_adds, row.comparisons, row.additions, row.divisions) == operations(
            layer, inputs, padding
        ), case


def random_layers(rng, rank, x, linear):
    """Apply random layers of Keras to `x`. Linear ones hold only ones, and see one channel."""

    def of(name):
        return getattr(layers, f"{name}{rank}D")

    def ints(low, high):
        return [int(n) for n in rng.integers(low, high + 1, rank)]

    for kind in rng.choice(["conv", "depthwise", "dense", "max", "average", "up", "norm"], size=rng.integers(2, 6)):
        small = min(x.shape[1:-1]) < 8
        padding = "same" if small else str(rng.choice(["same", "valid"]))
        how = {"strides": ints(1, 3)} if small or rng.random() < 0.6 else {"dilation_rate": ints(1, 3)}
        bias = not linear and bool(rng.random() < 0.5)
        weights = {"padding": padding, "use_bias": bias, "kernel_initializer": "ones"} | how
        groups = int(rng.choice([g for g in range(1, 7) if x.shape[-1] % g == 0]))
        if kind == "depthwise" and rank < 3 and not linear:
            weights |= {"strides": int(rng.integers(1, 3)), "dilation_rate": 1}
            x = of("DepthwiseConv")(
                ints(1, 4), depth_multiplier=2, **{"depthwise_initializer": weights.pop("kernel_initializer")} | weights
            )(x)
        elif kind == "dense" and not linear:
            x = layers.Dense(5, use_bias=bias)(x)
        elif kind == "norm" and not linear:
            x = layers.BatchNormalization(scale=bias)(x)
        elif kind == "up" and max(x.shape[1:-1]) < 40:
            x = of("UpSampling")(int(rng.integers(1, 4)) if rank == 1 else ints(1, 3))(x)
        elif kind in ("max", "average"):
            x = of("MaxPooling" if kind == "max" and not linear else "AveragePooling")(ints(1, 4), ints(1, 4), padding)(
                x
            )
        else:
            x = of("Conv")(1 if linear else groups * int(rng.integers(1, 4)), ints(1, 4), groups=groups, **weights)(x)
    return x


# --- against Keras ---


def test_random_stacks_in_1_2_and_3_dimensions():
    rng = np.random.default_rng(0)
    for case in range(60):
        rank = case % 3 + 1
        x = keras.Input((*rng.integers(8, 30, rank).tolist(), int(rng.integers(1, 7))))
        y = random_layers(rng, rank, x, linear=False)
        head = [
            layers.Flatten(),
            getattr(layers, f"GlobalMaxPooling{rank}D")(),
            getattr(layers, f"GlobalAveragePooling{rank}D")(),
        ][rng.integers(3)]
        model = keras.Model(x, layers.Dense(3)(head(y)))
        assert_costs_are_keras(model)
        rows = stack(x.shape[1:], [ours(layer) for layer in model.layers[1:]])
        assert rows[-1].output_shape == (3,)
        assert total(rows).parameters == model.count_params()
        assert total(rows).activations == sum(prod(layer.output.shape[1:]) for layer in model.layers[1:])


@pytest.mark.parametrize("name", ["VGG16", "MobileNet", "ResNet50", "InceptionV3"])
def test_famous_networks_layer_by_layer(name):
    model = getattr(keras.applications, name)(weights=None)
    assert_costs_are_keras(model)
    rows = [row for *_, row in costed(model)]
    assert total(rows).parameters == model.count_params()
    # The profiler counts two operations for a multiply-add (none for a convolution in groups: not in these networks).
    flops = profiled(model)
    weighed = [row for row in rows if isinstance(row.layer, (Conv, Dense))]
    assert (
        sum(flops.get(kind, 0) for kind in ("Conv2D", "DepthwiseConv2dNative", "MatMul"))
        == 2 * total(weighed).multiply_adds
    )
    # It adds one for every bias, and takes k * k for every output of a pool, at the border too.
    assert flops["BiasAdd"] == sum(row.activations for row in weighed if row.layer.bias)
    pools = [row for layer, *_, row in costed(model) if hasattr(layer, "pool_size")]
    assert flops.get("MaxPool", 0) + flops.get("AvgPool", 0) == sum(
        row.activations * prod(row.layer.window) for row in pools
    )
    if name == "VGG16":  # 2 x 2 windows without padding: k * k is one more than the comparisons
        assert flops["MaxPool"] == sum(row.comparisons + row.activations for row in pools)


# --- receptive fields by experiment ---


def seen(model):
    """Which elements of a one-channel image change which outputs: a boolean array (image..., output...).

    Every layer is linear and all its weights are 1, so nothing cancels; the images are those with a single 1.
    """
    *image, _ = model.input.shape[1:]
    ones = np.eye(prod(image), dtype=np.float32).reshape(-1, *image, 1)
    return model(ones, training=False).numpy().any(-1).reshape(*image, *model.output.shape[1:-1])


def assert_fields_are_what_is_seen(model, fields):
    """Returns how many outputs lie so far inside that their whole field had to be seen."""
    changed, rank, whole = seen(model), len(fields), 0
    for axis, field in enumerate(fields):
        size, outputs = changed.shape[axis], changed.shape[rank + axis]
        along = changed.any(tuple(a for a in range(2 * rank) if a not in (axis, rank + axis)))
        for output in range(outputs):
            covered, found = field.covered(output), np.flatnonzero(along[:, output])
            assert 0 < len(covered) <= field.size
            if covered.start >= 0 and covered.stop <= size:
                assert (found[0], found[-1]) == (covered[0], covered[-1])
                whole += 1
            else:  # what a layer leaves out at the end may be missing here
                assert set(found) <= set(covered)
            if not any(isinstance(step, int) for step in field.steps):
                start = field.start + output * field.jump
                assert covered == range(start, start + field.size)
    return whole


def test_receptive_fields_are_what_changes_an_output():
    rng, whole = np.random.default_rng(1), 0
    for case in range(40):
        rank = case % 2 + 1
        x = keras.Input((*([60], [19, 22])[case % 2], 1))
        model = keras.Model(x, random_layers(rng, rank, x, linear=True))
        whole += assert_fields_are_what_is_seen(
            model, stack(x.shape[1:], [ours(layer) for layer in model.layers[1:]])[-1].receptive_field
        )
    assert whole > 300


def test_a_small_u_net_is_costed_by_adding_branches():
    def convolve(filters, window=3):
        return layers.Conv2D(filters, window, padding="same", kernel_initializer="ones", use_bias=False)

    x = keras.Input((24, 24, 1))
    left = convolve(4)(x)
    bottom = convolve(8)(layers.AveragePooling2D(2)(left))
    up = convolve(4, 2)(layers.UpSampling2D(2)(bottom))
    model = keras.Model(x, convolve(2)(layers.Concatenate()([up, left])))
    assert_costs_are_keras(model)

    def conv(filters, window=3):
        return Conv(filters, window, padding="same", bias=False)

    left = stack((24, 24, 1), [conv(4)])
    deep = stack(left[-1], [Pool("average", 2), conv(8), Upsample(2), conv(4, 2)])
    right = stack(deep[-1], [Concat(left[-1].output_shape[-1]), conv(2)])
    rows = [*left, *deep, *right]
    assert total(rows).parameters == model.count_params()
    assert total(rows).multiply_adds == sum(
        operations(layer, inputs, padding)[0] for layer, inputs, padding, _ in costed(model)
    )
    assert rows[-1].receptive_field[0].jump == 1 and type(rows[-1].receptive_field[0].jump) is int
    assert assert_fields_are_what_is_seen(model, rows[-1].receptive_field) > 20


# --- published numbers ---


def convs(*filters):
    return [layer for n in filters for layer in (Conv(n, 3, padding="same"), Activation())]


def field(row):
    assert row.receptive_field[0] == row.receptive_field[1]
    return row.receptive_field[0].size, row.receptive_field[0].jump, row.receptive_field[0].start


# Araujo, Norris and Sim (Distill 2019) publish the size, the stride and the padding of the receptive
# fields of TF-Slim's networks, in the table of github.com/google-research/receptive_field.


def test_vgg16():
    blocks = [[*convs(*block), Pool("max", 2)] for block in ([64] * 2, [128] * 2, [256] * 3, [512] * 3, [512] * 3)]
    body = [layer for block in blocks for layer in block]
    rows = stack((224, 224, 3), [*body, Flatten(), Dense(4096), Activation(), Dense(4096), Activation(), Dense(1000)])
    assert total(rows).parameters == 138_357_544  # "138 M", Simonyan and Zisserman, arXiv:1409.1556, table 2
    assert (
        round(total(rows).multiply_adds / 1e9, 1) == 15.5
    )  # Sze, Chen, Yang and Emer, Proc. IEEE 105 (2017), table II
    assert field(rows[len(body) - 1]) == (212, 32, -90)  # Araujo


def test_alexnet():
    relu, pool = Activation(), Pool("max", 3, 2)
    first = [Conv(96, 11, 4), relu, pool, Conv(256, 5, padding="same", groups=2), relu, pool]
    rest = [
        Conv(384, 3, padding="same"),
        relu,
        Conv(384, 3, padding="same", groups=2),
        relu,
        Conv(256, 3, padding="same", groups=2),
        relu,
        pool,
    ]
    rows = stack((227, 227, 3), [*first, *rest, Flatten(), Dense(4096), relu, Dense(4096), relu, Dense(1000)])
    assert total(rows).parameters == 60_965_224  # "60 million", Krizhevsky, Sutskever and Hinton, NIPS 2012
    assert round(total(rows).multiply_adds / 1e6) == 724  # Sze
    neurons = [row.activations for row in rows if isinstance(row.layer, (Conv, Dense))]
    assert neurons[1:] == [
        186_624,
        64_896,
        64_896,
        43_264,
        4096,
        4096,
        1000,
    ]  # Krizhevsky, section 3.5 (whose count for the first layer is off)
    assert field(rows[12]) == (195, 32, -64)  # Araujo


def test_mobilenet():
    def step(filters, stride):
        return lambda c: [
            Conv(c, 3, stride, "same", groups=c, bias=False),
            BatchNorm(),
            Conv(filters, 1, bias=False),
            BatchNorm(),
        ]

    rows = stack((224, 224, 3), [Conv(32, 3, 2, "same", bias=False), BatchNorm()])
    for filters, stride in [
        (64, 1),
        (128, 2),
        (128, 1),
        (256, 2),
        (256, 1),
        (512, 2),
        *[(512, 1)] * 5,
        (1024, 2),
        (1024, 1),
    ]:
        rows += stack(rows[-1], step(filters, stride)(rows[-1].output_shape[-1]))
    assert field(rows[-1])[:2] == (315, 32)  # Araujo
    rows += stack(rows[-1], [GlobalPool("average"), Dense(1000)])
    assert total(rows).parameters == 4_253_864  # Keras's
    # "569 million mult-adds, 4.2 million parameters", Howard et al., arXiv:1704.04861, table 4
    weighed = total(row for row in rows if isinstance(row.layer, (Conv, Dense)))
    assert (round(weighed.multiply_adds / 1e6), round(weighed.parameters / 1e6, 1)) == (569, 4.2)


def test_resnet50():
    rows = stack((224, 224, 3), [Conv(64, 7, 2, [(3, 3)] * 2), BatchNorm(), Activation(), Pool("max", 3, 2, "same")])
    for width, blocks, first_stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for block in range(blocks):
            stride, start = 1 if block else first_stride, rows[-1]
            narrow = [
                Conv(width, 1, stride),
                BatchNorm(),
                Activation(),
                Conv(width, 3, padding="same"),
                BatchNorm(),
                Activation(),
            ]
            main = stack(start, [*narrow, Conv(4 * width, 1), BatchNorm()])
            shortcut = [] if block else stack(start, [Conv(4 * width, 1, stride), BatchNorm()])
            rows += [*shortcut, *main, *stack(main[-1], [Add(), Activation()])]
    assert field(rows[-1]) == (483, 32, -239)  # Araujo
    rows += stack(rows[-1], [GlobalPool("average"), Dense(1000)])
    assert total(rows).parameters == 25_636_712  # Keras's, with a bias in every convolution


def test_lenet5():
    tanh, pool = Activation(), Pool("average", 2)
    rows = stack(
        (32, 32, 1), [Conv(6, 5), pool, tanh, Conv(16, 5), pool, tanh, Conv(120, 5), tanh, Flatten(), Dense(84), tanh]
    )
    c1, s2, _, _, s4, _, c5, _, _, f6, _ = rows
    # LeCun, Bottou, Bengio and Haffner, Proc. IEEE 86 (1998), section II.B; its C3 does not see every map, and
    # its connections are our multiply-adds and a bias for every output.
    assert (c1.parameters, c1.multiply_adds + c1.activations) == (156, 122_304)
    assert (s2.output_shape, s4.output_shape) == ((14, 14, 6), (5, 5, 16))
    assert (s2.additions, s2.divisions, s2.comparisons) == (3 * 14 * 14 * 6, 14 * 14 * 6, 0)
    assert (c5.output_shape, c5.parameters) == ((1, 1, 120), 48_120)
    assert (f6.parameters, f6.multiply_adds) == (10_164, 10_080)
    assert field(c5) == field(f6) == (32, 4, 0)  # all of the image


# --- by hand ---


def test_pools_count_real_elements_only():
    # Windows of 2, 3, 3 and 1 real elements; the last hangs over.
    how = dict(window=3, stride=2, padding=[(1, 1)], ceil_mode=True)
    largest, mean = (stack((6, 5), [Pool(kind, **how)])[0] for kind in ("max", "average"))
    assert (largest.comparisons, largest.additions, largest.divisions) == (5 * 5, 0, 0)
    assert (mean.comparisons, mean.additions, mean.divisions) == (0, 5 * 5, 4 * 5)
    assert stack((5, 1), [Pool("max", 2, 1, dilation=3)])[0].comparisons == 2
    assert stack((7, 7, 1), [Pool("max", 3, 1)])[0].comparisons == 8 * 25  # k * k - 1, not the 2 (k - 1) of a fast one


def test_a_convolution_counts_its_padding():
    assert stack((6, 1), [Conv(1, 3, padding="same")])[0].multiply_adds == 18


def test_bytes_are_all_numbers_read_and_written():
    row = stack((400,), [Dense(120)])[0]
    assert row.bytes() == 4 * (400 + 401 * 120 + 120) and row.bytes(np.int64(1)) == row.bytes() // 4
    assert total(stack((8, 8, 2), [Pool("max", 2), Activation()])).bytes(2) == 2 * (128 + 32 + 32 + 32)


def test_a_stack_continues_from_a_row_and_a_total_from_its_last():
    first, second = [Conv(4, 3), Pool("max", 2)], [Conv(5, 3, padding="same"), Flatten(), Dense(3)]
    rows = stack((12, 11, 2), first)
    assert [*rows, *stack(rows[-1], second)] == stack((12, 11, 2), [*first, *second])
    assert stack(total(rows), second) == stack(rows[-1], second)
    assert stack(rows[-1], []) == []


def test_the_fields_of_a_whole_plane_and_of_parts_of_an_element():
    for layer in (Flatten(), GlobalPool("max")):
        plane = stack((12, 7, 2), [Conv(4, 3, padding="same"), layer, Dense(3)])[-1].receptive_field
        assert [(f.size, f.start) for f in plane] == [(14, -1), (9, -1)]
    up = stack((5, 1), [Upsample(3)])[0].receptive_field[0]
    assert (up.size, up.jump, up.start) == (1, Fraction(1, 3), 0)
    assert [up.covered(i)[0] for i in range(6)] == [0, 0, 0, 1, 1, 1]


def test_numpy_integers_and_lists_are_as_good_as_ints_and_tuples():
    plain = stack((9, 8, 4), [Conv(6, (3, 2), groups=2), Upsample((2, 1)), Dense(3)])
    other = stack(
        np.array([9, 8, 4]),
        (layer for layer in [Conv(np.int64(6), [3, 2], groups=np.uint8(2)), Upsample([2, 1]), Dense(np.int8(3))]),
    )
    for a, b in zip(plain, other, strict=True):
        assert a.output_shape == b.output_shape and a.multiply_adds == b.multiply_adds and a.parameters == b.parameters
        assert all(type(n) is int for n in (*b.output_shape, b.multiply_adds, b.parameters, b.activations))


REFUSED = {
    "no filters": (ValueError, Conv(0, 3), "filters=0", "at least 1"),
    "half a filter": (TypeError, Conv(2.0, 3), "filters=2.0", "must be an int"),
    "groups that do not divide the channels": (ValueError, Conv(6, 3, groups=3), "groups=3", "divisor of both"),
    "groups that do not divide the filters": (ValueError, Conv(5, 3, groups=2), "groups=2", "divisor of both"),
    "a window too large": (ValueError, Conv(6, 9), "window=9", "smaller window"),
    "an unknown padding": (ValueError, Conv(6, 3, padding="full"), "padding='full'", "'valid'"),
    "True units": (TypeError, Dense(True), "units=True", "must be an int"),
    "an unknown pool": (ValueError, Pool("mean", 2), "kind='mean'", "'average'"),
    "an unknown global pool": (ValueError, GlobalPool("avg"), "kind='avg'", "'average'"),
    "ceil_mode with same": (ValueError, Pool("max", 2, padding="same", ceil_mode=True), "ceil_mode=True", "drop one"),
    "a factor of 0": (ValueError, Upsample(0), "factor=0", "at least 1"),
    "no channels": (ValueError, Concat(0), "channels=0", "at least 1"),
    "a class": (TypeError, Activation, "layers[0]=<class", "write one such as"),
    "a name": (TypeError, "relu", "layers[0]='relu'", "write one such as"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_a_layer(name, refuses):
    error, layer, value, mend = REFUSED[name]
    refuses(error, lambda: stack((8, 8, 4), [layer]), "layers[0]=", value, mend)


def test_refuses_everything_else(refuses):
    for layer in (Conv(6, 3), Pool("max", 2), GlobalPool("max"), Upsample(2)):
        refuses(ValueError, lambda: stack((8, 8, 4), [Flatten(), layer]), "layers[1]=", "(256,)", "before Flatten")
    for start in (28, (), None):
        refuses(TypeError, lambda: stack(start, []), f"start={start!r}", "neither", "write (28, 28, 1)")
    refuses(TypeError, lambda: stack((None, 28, 28, 1), []), "start=(None, 28, 28, 1)", "no batch", "must be an int")
    refuses(ValueError, lambda: stack((28, 0, 1), []), "start=(28, 0, 1)", "0", "at least 1")
    for wrong in (Flatten(), None):
        refuses(TypeError, lambda: stack((8, 8, 4), wrong), "layers=", str(wrong), "in brackets")
    for rows in ([], None, [[]], stack((8,), [Dense(2)])[0]):
        refuses(ValueError, lambda: total(rows), "rows=", repr(rows), "one row of stack or more")
    refuses(ValueError, lambda: Cost(None, (), ()).bytes(0), "itemsize", "0", "at least 1")
