"""Famous networks as small lists of layers, for `pooling_lib.cost` to count.

A network is a list. What stands in it is a layer of `pooling_lib.cost` (or one of the few that only one network
needs, below), or a `Split`: branches that read the same numbers and meet again. `costs` counts it, one row for
each layer; `summary` adds the rows up. To try another network, change the list.

ReLU and other functions of one number are left out, since they work in place and have no parameters; so are dropout,
softmax and local response normalisation. The numbers are those of one image.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod

from pooling_lib.cost import (
    Add,
    BatchNorm,
    Concat,
    Conv,
    Cost,
    Dense,
    Flatten,
    GlobalPool,
    Layer,
    Pool,
    Result,
    Shape,
    Upsample,
    stack,
    total,
)
from pooling_lib.geometry import place

# ---- What a list can hold beside the layers of pooling_lib.cost ----


@dataclass(frozen=True)
class Split:
    """Branches that read the same numbers and meet again: added up, or their channels joined.

    Attributes
    ----------
    join : 'add' or 'concat'
    branches : sequence of networks
        An empty list hands on what it reads.
    crop : bool
        Whether larger maps are cropped to the smallest before they meet, as in U-Net.
    """

    join: str
    branches: Sequence[Sequence]
    crop: bool = False


@dataclass(frozen=True)
class TrainedPool(Layer):
    """LeNet-5's pool: the sum of a 2 x 2 window, times a coefficient, plus a bias; both are learnt, for each channel.

    >>> row = stack((28, 28, 6), [TrainedPool()])[0]
    >>> row.output_shape, row.parameters, row.additions, row.multiply_adds
    ((14, 14, 6), 12, 3528, 1176)
    """

    def cost(self, shape: Shape) -> Result:
        output_shape, placed, counts = Pool("average", 2).cost(shape)
        return (
            output_shape,
            placed,
            {"parameters": 2 * shape[-1], "additions": counts["additions"], "multiply_adds": prod(output_shape)},
        )


@dataclass(frozen=True)
class PartialConv(Layer):
    """A convolution each of whose filters sees only some channels: `seen` holds how many.

    >>> stack((14, 14, 6), [PartialConv((3,) * 6 + (4,) * 9 + (6,), 5)])[0].parameters
    1516
    """

    seen: tuple[int, ...]
    window: int
    stride: int = 1

    def cost(self, shape: Shape) -> Result:
        output_shape, placed, _ = Conv(len(self.seen), self.window, self.stride).cost(shape)
        weights = sum(self.seen) * self.window**2
        return (
            output_shape,
            placed,
            {"parameters": weights + len(self.seen), "multiply_adds": prod(output_shape[:-1]) * weights},
        )


@dataclass(frozen=True)
class UpConv(Layer):
    """U-Net's way up: a transposed convolution with window 2 and stride 2. Each output reads one place.

    >>> row = stack((28, 28, 1024), [UpConv(512)])[0]
    >>> row.output_shape, row.parameters, row.multiply_adds == 56 * 56 * 512 * 1024
    ((56, 56, 512), 2097664, True)
    """

    filters: int

    def cost(self, shape: Shape) -> Result:
        up, step, _ = Upsample(2).cost(shape)
        output_shape = (*up[:-1], self.filters)
        return (
            output_shape,
            step,
            {"parameters": self.filters * (4 * shape[-1] + 1), "multiply_adds": prod(output_shape) * shape[-1]},
        )


@dataclass(frozen=True)
class Tokens(Layer):
    """All places in one row, with a class token before them if there is one, and a learnt position added to each.

    Attention follows at once, and there each sees the whole image: that is what the receptive field says.

    >>> stack((14, 14, 768), [Tokens()])[0].output_shape
    (197, 768)
    """

    extra: int = 1

    def cost(self, shape: Shape) -> Result:
        output_shape = (prod(shape[:-1]) + self.extra, shape[-1])
        counts = {"parameters": shape[-1] * self.extra + prod(output_shape), "additions": prod(output_shape)}
        return output_shape, place(shape[:-1], shape[:-1]), counts


@dataclass(frozen=True)
class Attention(Layer):
    """Self-attention: queries, keys and values, each place weighs all places, and one more Dense layer.

    The heads share the work.
    """

    def cost(self, shape: Shape) -> Result:
        places, channels = shape
        return (
            shape,
            (),
            {
                "parameters": 4 * channels * (channels + 1),
                "multiply_adds": 4 * places * channels**2 + 2 * places**2 * channels,
            },
        )


@dataclass(frozen=True)
class LayerNorm(Layer):
    """Normalisation of the channels of each place, with a learnt scale and shift."""

    def cost(self, shape: Shape) -> Result:
        return shape, (), {"parameters": 2 * shape[-1], "multiply_adds": prod(shape)}


@dataclass(frozen=True)
class ClassToken(Layer):
    """The first token alone: everything else is thrown away."""

    def cost(self, shape: Shape) -> Result:
        return shape[-1:], (), {}


# ---- Counting ----


def costs(start: Sequence[int] | Cost, network: Iterable) -> list[Cost]:
    """What each layer of a network costs, branches included.

    Parameters
    ----------
    start : sequence of int, or Cost
        The shape of the image, or the row to continue from.
    network : iterable of Layer and Split
        What reads it, in turn.

    Returns
    -------
    list of Cost
        One row for each layer, in the order of the list; a branch after the other. The last row's
        receptive field is that of the branch that sees most.

    Raises
    ------
    ValueError
        If a layer does not fit, or branches of different sizes meet.

    Examples
    --------
    >>> block = Split("add", [[Conv(8, 3, padding="same")], []])
    >>> [type(row.layer).__name__ for row in costs((6, 6, 8), [block, Pool("max", 2)])]
    ['Conv', 'Add', 'Pool']
    """
    rows: list[Cost] = []
    last = start
    for part in network:
        new = _split(last, part) if isinstance(part, Split) else stack(last, [part])
        rows += new
        last = rows[-1] if rows else last
    return rows


def _split(start: Sequence[int] | Cost, split: Split) -> list[Cost]:
    branches = [costs(start, branch) for branch in split.branches]
    here = start if isinstance(start, Cost) else Cost(None, tuple(start), ())
    ends = [branch[-1] if branch else here for branch in branches]
    sizes = {end.output_shape[:-1] for end in ends}
    if len(sizes) > 1 and not split.crop:
        said = " and ".join(" x ".join(map(str, end.output_shape)) for end in ends)
        raise ValueError(
            f"branches of {said} meet, but they need one size to {split.join}; "
            "choose an image size that every stride divides, or crop=True"
        )
    widest = max(ends, key=lambda end: max((field.size for field in end.receptive_field), default=0))
    if split.crop:
        widest = replace(widest, output_shape=(*min(sizes), widest.output_shape[-1]))
    joins: list[Layer] = [Add()] * (len(ends) - 1)
    if split.join == "concat":
        joins = [Concat(sum(end.output_shape[-1] for end in ends) - widest.output_shape[-1])]
    return [row for branch in branches for row in branch] + stack(widest, joins)


def summary(rows: Iterable[Cost]) -> Cost:
    """All counts of a network in use, added up.

    A batch normalisation is folded into the convolution before it, and a Flatten copies nothing: of both only
    the parameters count, as in most published numbers.

    >>> seen = summary(costs((224, 224, 3), vgg16()))
    >>> seen.parameters, seen.multiply_adds
    (138357544, 15470264320)
    """
    rows = list(rows)
    kept = total(row for row in rows if not isinstance(row.layer, (BatchNorm, LayerNorm, Flatten)))
    return replace(kept, parameters=sum(row.parameters for row in rows))


def pooled_convolutions(network: Iterable) -> tuple[int, int]:
    """How many convolutions have a pool with a stride above 1 as their next layer, and how many there are.

    Normalisations, sums and concatenations between the two do not matter. Global pools do not count.

    >>> pooled_convolutions(vgg16())
    (5, 13)
    """
    found: set[int] = set()  # by their numbers
    followed: set[int] = set()

    def after(part: Layer | Split, arriving: set[int]) -> set[int]:
        """The convolutions whose next layer comes after a part, of those that wait for theirs before it."""
        if isinstance(part, Split):
            return set().union(*(walked(branch, arriving) for branch in part.branches))
        if isinstance(part, BatchNorm):
            return arriving
        if isinstance(part, (Conv, PartialConv, UpConv)):
            found.add(len(found))
            return {len(found) - 1}
        if isinstance(part, TrainedPool) or (isinstance(part, Pool) and part.stride != 1):
            followed.update(arriving)
        return set()

    def walked(parts: Iterable, arriving: set[int]) -> set[int]:
        for part in parts:
            arriving = after(part, arriving)
        return arriving

    walked(network, set())
    return len(followed), len(found)


# ---- The networks ----


def lenet5() -> list:
    """LeNet-5, for images of 32 x 32 x 1: LeCun, Bottou, Bengio and Haffner, Proc. IEEE 86 (1998), section II.B.

    The output layer compares with ten fixed patterns of 84 numbers: they are its 840 weights, and not trained.

    >>> [row.parameters for row in costs((32, 32, 1), lenet5()) if row.parameters]
    [156, 12, 1516, 32, 48120, 10164, 840]
    """
    c3 = PartialConv((3,) * 6 + (4,) * 9 + (6,), 5)
    return [Conv(6, 5), TrainedPool(), c3, TrainedPool(), Conv(120, 5), Flatten(), Dense(84), Dense(10, bias=False)]


def lenet_of_today() -> list:
    """LeNet-5 as it is mostly built today: average pools, filters that see every channel, a Dense layer at the end.

    >>> summary(costs((32, 32, 1), lenet_of_today())).parameters
    61706
    """
    pool = Pool("average", 2)
    return [Conv(6, 5), pool, Conv(16, 5), pool, Flatten(), Dense(120), Dense(84), Dense(10)]


def alexnet(groups: int = 2) -> list:
    """AlexNet, for images of 227 x 227 x 3: Krizhevsky, Sutskever and Hinton, NIPS 2012.

    The paper says 224 x 224, but its first layer makes 55 x 55 of it only from 227. Two graphics cards shared the
    channels: `groups=2`; with 1 every filter sees all of them.

    >>> [summary(costs((227, 227, 3), alexnet(groups))).parameters for groups in (2, 1)]
    [60965224, 62378344]
    """
    pool = Pool("max", 3, 2)
    first = [Conv(96, 11, 4), pool, Conv(256, 5, padding="same", groups=groups), pool]
    rest = [
        Conv(384, 3, padding="same"),
        Conv(384, 3, padding="same", groups=groups),
        Conv(256, 3, padding="same", groups=groups),
        pool,
    ]
    return [*first, *rest, Flatten(), Dense(4096), Dense(4096), Dense(1000)]


def vgg16_body() -> list:
    """The convolutions and pools of VGG16, without its Dense layers."""
    blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]
    return [
        layer for filters, count in blocks for layer in [*[Conv(filters, 3, padding="same")] * count, Pool("max", 2)]
    ]


def vgg16() -> list:
    """VGG16, for images of 224 x 224 x 3: Simonyan and Zisserman, arXiv:1409.1556, network D.

    >>> costs((224, 224, 3), vgg16())[17].output_shape
    (7, 7, 512)
    """
    return [*vgg16_body(), Flatten(), Dense(4096), Dense(4096), Dense(1000)]


def dilated_vgg16() -> list:
    """VGG16's convolutions, the last two pools with a stride of 1, dilation after them: Chen et al., arXiv:1412.7062.

    The paper goes on with convolutions in place of the Dense layers; they are left out.

    >>> for body in (vgg16_body(), dilated_vgg16()):
    ...     last = costs((224, 224, 3), body)[-1]
    ...     print(last.output_shape, last.receptive_field[0].size, last.receptive_field[0].jump)
    (7, 7, 512) 212 32
    (28, 28, 512) 212 8
    """
    *most, _, _, _, _, _ = vgg16_body()
    return [
        *most,
        Pool("max", 2, 1, "same"),
        *[Conv(512, 3, padding="same", dilation=2)] * 3,
        Pool("max", 2, 1, "same", dilation=2),
    ]


def googlenet() -> list:
    """GoogLeNet without auxiliary classifiers, for images of 224 x 224 x 3: Szegedy et al., arXiv:1409.4842, table 1.

    >>> costs((224, 224, 3), googlenet())[-2].output_shape
    (1024,)
    """

    def conv(filters, window=1, stride=1):
        return Conv(filters, window, stride, "same")

    def inception(one, reduce3, three, reduce5, five, projection):
        pooled = [Pool("max", 3, 1, "same"), conv(projection)]
        return Split("concat", [[conv(one)], [conv(reduce3), conv(three, 3)], [conv(reduce5), conv(five, 5)], pooled])

    pool = Pool("max", 3, 2, "same")
    return [
        conv(64, 7, 2),
        pool,
        conv(64),
        conv(192, 3),
        pool,
        inception(64, 96, 128, 16, 32, 32),
        inception(128, 128, 192, 32, 96, 64),
        pool,
        inception(192, 96, 208, 16, 48, 64),
        inception(160, 112, 224, 24, 64, 64),
        inception(128, 128, 256, 24, 64, 64),
        inception(112, 144, 288, 32, 64, 64),
        inception(256, 160, 320, 32, 128, 128),
        pool,
        inception(256, 160, 320, 32, 128, 128),
        inception(384, 192, 384, 48, 128, 128),
        GlobalPool("average"),
        Dense(1000),
    ]


def resnet50(strided: int = 1) -> list:
    """ResNet-50, for images of 224 x 224 x 3: He, Zhang, Ren and Sun, arXiv:1512.03385, table 1.

    Every convolution has a bias, as in Keras. Where a block makes the map smaller, the stride stands in its first
    convolution, of window 1; with `strided=3` in the next, of window 3 ('v1.5', as in torchvision).

    >>> for strided in (1, 3):
    ...     rows = costs((224, 224, 3), resnet50(strided))
    ...     print(summary(rows).parameters, summary(rows).multiply_adds, rows[-3].receptive_field[0].size)
    25636712 3857973248 483
    25636712 4089184256 427
    """
    network = [Conv(64, 7, 2, [(3, 3)] * 2), BatchNorm(), Pool("max", 3, 2, [(1, 1)] * 2)]
    for width, blocks, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        network += resnet_stage(width, blocks, stride, strided)
    return [*network, GlobalPool("average"), Dense(1000)]


def resnet_stage(width: int, blocks: int, stride: int, strided: int = 1) -> list:
    """Bottleneck blocks; the first has the stride, in its convolution of window `strided` and in its shortcut's."""
    network = []
    for number in range(blocks):
        steps = {1: 1, 3: 1} if number else {1: 1, 3: 1, strided: stride}
        narrow = [Conv(width, 1, steps[1]), BatchNorm(), Conv(width, 3, steps[3], [(1, 1)] * 2), BatchNorm()]
        shortcut = [] if number else [Conv(4 * width, 1, stride), BatchNorm()]
        network.append(Split("add", [[*narrow, Conv(4 * width, 1), BatchNorm()], shortcut]))
    return network


def densenet121() -> list:
    """DenseNet-121, for images of 224 x 224 x 3: Huang, Liu, van der Maaten and Weinberger, arXiv:1608.06993, table 1.

    >>> summary(costs((224, 224, 3), densenet121())).parameters
    8062504
    """

    def conv(filters, window=1, stride=1, padding="same"):
        return Conv(filters, window, stride, padding, bias=False)

    network = [conv(64, 7, 2, [(3, 3)] * 2), BatchNorm(), Pool("max", 3, 2, [(1, 1)] * 2)]
    channels = 64
    for count in (6, 12, 24, 16):
        network += [Split("concat", [[], [BatchNorm(), conv(128), BatchNorm(), conv(32, 3)]])] * count
        channels += 32 * count
        if count != 16:
            channels //= 2
            network += [BatchNorm(), conv(channels), Pool("average", 2)]
    return [*network, BatchNorm(), GlobalPool("average"), Dense(1000)]


#: Filters and stride of MobileNet's pairs of a depthwise convolution and one of window 1.
MOBILENET_PAIRS = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]


def mobilenet() -> list:
    """MobileNet, for images of 224 x 224 x 3: Howard et al., arXiv:1704.04861, table 1.

    >>> summary(costs((224, 224, 3), mobilenet())).parameters
    4253864
    """
    network, channels = [Conv(32, 3, 2, "same", bias=False), BatchNorm()], 32
    for filters, stride in MOBILENET_PAIRS:
        network += separable(channels, filters, stride)
        channels = filters
    return [*network, GlobalPool("average"), Dense(1000)]


def separable(channels: int, filters: int, stride: int) -> list:
    """A depthwise convolution, one filter for each channel, and one of window 1 across the channels."""
    depthwise = Conv(channels, 3, stride, "same", groups=channels, bias=False)
    return [depthwise, BatchNorm(), Conv(filters, 1, bias=False), BatchNorm()]


def mobilenet_v2() -> list:
    """MobileNetV2, for images of 224 x 224 x 3: Sandler et al., arXiv:1801.04381, table 2.

    >>> summary(costs((224, 224, 3), mobilenet_v2())).parameters
    3538984
    """
    network: list = [Conv(32, 3, 2, "same", bias=False), BatchNorm()]
    channels = 32
    for expansion, filters, count, first_stride in [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]:
        for number in range(count):
            stride, wide = 1 if number else first_stride, expansion * channels
            expand = [Conv(wide, 1, bias=False), BatchNorm()] if expansion > 1 else []
            block = [*expand, *separable(wide, filters, stride)]
            network += [Split("add", [block, []])] if stride == 1 and channels == filters else block
            channels = filters
    return [*network, Conv(1280, 1, bias=False), BatchNorm(), GlobalPool("average"), Dense(1000)]


def unet(padding: str = "valid", depth: int = 4, filters: int = 64) -> list:
    """U-Net, for images of 572 x 572 x 1: Ronneberger, Fischer and Brox, arXiv:1505.04597, figure 1.

    Without padding, as in the paper, the map that skips over is cropped.
    With padding 'same', as often today, it is not.

    >>> costs((572, 572, 1), unet())[-1].output_shape
    (388, 388, 2)
    """

    def level(number: int) -> list:
        twice: list = [Conv(filters * 2**number, 3, padding=padding)] * 2
        if number == depth:
            return twice
        below = [Pool("max", 2), *level(number + 1), UpConv(filters * 2**number)]
        return [*twice, Split("concat", [[], below], crop=padding == "valid"), *twice]

    return [*level(0), Conv(2, 1)]


def vit_b16(tokens: str = "class") -> list:
    """ViT-B/16, for images of 224 x 224 x 3: Dosovitskiy et al., arXiv:2010.11929, table 1.

    At the end stands the class token, as in the paper, or with `tokens='average'` the mean of all tokens.

    >>> summary(costs((224, 224, 3), vit_b16())).parameters
    86567656
    """
    attention, dense = [LayerNorm(), Attention()], [LayerNorm(), Dense(3072), Dense(768)]
    block = [Split("add", [attention, []]), Split("add", [dense, []])]
    end = ClassToken() if tokens == "class" else GlobalPool("average")
    return [Conv(768, 16, 16), Tokens(int(tokens == "class")), *block * 12, LayerNorm(), end, Dense(1000)]


#: Name, shape of the image, network.
NETWORKS = {
    "LeNet-5": ((32, 32, 1), lenet5),
    "AlexNet": ((227, 227, 3), alexnet),
    "VGG16": ((224, 224, 3), vgg16),
    "GoogLeNet": ((224, 224, 3), googlenet),
    "ResNet-50": ((224, 224, 3), resnet50),
    "DenseNet-121": ((224, 224, 3), densenet121),
    "MobileNet": ((224, 224, 3), mobilenet),
    "MobileNetV2": ((224, 224, 3), mobilenet_v2),
    "U-Net": ((572, 572, 1), unet),
    "ViT-B/16": ((224, 224, 3), vit_b16),
}
