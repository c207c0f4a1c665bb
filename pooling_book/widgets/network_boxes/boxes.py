"""Networks as rows of boxes, which a reader can rearrange, and the layers that the boxes stand for."""

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from math import prod
from typing import Any

from pooling_book.study import famous
from pooling_book.widgets.base import one_of
from pooling_lib.cost import BatchNorm, Conv, Dense, Flatten, GlobalPool, Layer, Pool

Box = dict[str, Any]

#: What a box of each kind is made of, and what it is if nothing is said.
KINDS_OF_BOX: dict[str, Box] = {
    "conv": {
        "name": "conv",
        "filters": 16,
        "window": 3,
        "stride": 1,
        "padding": "same",
        "groups": 1,
        "seen": [],
        "bias": True,
        "norm": False,
    },
    "pool": {"how": "max", "window": 2, "stride": 2, "padding": "valid"},
    "stage": {"name": "stage", "width": 64, "blocks": 3, "stride": 1},
    "separable": {"name": "separable", "filters": 64, "stride": 1},
}
#: What a pool can be. 'trained' is LeNet-5's; 'strided' takes no window: every so manieth row and column is kept.
HOW = ("max", "average", "strided", "trained")


def complete(number: int, item: Mapping) -> Box:
    """The box at that place, with all of its settings; what pooling_lib itself refuses is left to it.

    >>> complete(0, {"kind": "pool", "window": 3})
    {'kind': 'pool', 'how': 'max', 'window': 3, 'stride': 2, 'padding': 'valid'}
    """
    kind = one_of(f"items[{number}]['kind']", item.get("kind"), KINDS_OF_BOX)
    settings = KINDS_OF_BOX[str(kind)]
    unknown = sorted(set(item) - {"kind", *settings})
    if unknown:
        raise ValueError(f"items[{number}] has {unknown[0]!r}, no setting of a {kind}; use {', '.join(settings)}")
    if "how" in item:
        one_of(f"items[{number}]['how']", item["how"], HOW)
    return {"kind": kind, **settings, **item}


def conv(name: str, filters: int, window: int = 3, padding: str | int = "same", **more) -> Box:
    """The box of a convolution; `more` are others of its settings."""
    settings = {"name": name, "filters": filters, "window": window, "padding": padding}
    return {"kind": "conv", **KINDS_OF_BOX["conv"], **settings, **more}


def pool(how: str = "max", window: int = 2, stride: int = 2, padding: str | int = "valid") -> Box:
    """The box of a pool."""
    return {"kind": "pool", "how": how, "window": window, "stride": stride, "padding": padding}


# ---- The layers of boxes ----


def parts(items: Sequence[Mapping], channels: int) -> list[list[Layer | famous.Split]]:
    """The layers of every box, for `famous.costs`.

    A strided pool after a convolution becomes the convolution's stride, and has no layer of its own; elsewhere
    it only subsamples.

    >>> parts([conv("conv", 8), pool("strided"), pool("strided")], 3)
    [[Conv(filters=8, window=3, stride=4, padding='same', dilation=1, groups=1, bias=True)], [], []]
    """
    found: list[list[Layer | famous.Split]] = []
    folding = False  # whether a strided pool here is a stride of the convolution before it
    for number, item in enumerate(items):
        if folding and _strided(item):
            found.append([])
            continue
        folding = item["kind"] == "conv"
        folded = takewhile(_strided, items[number + 1 :]) if folding else ()
        found.append(LAYERS[item["kind"]](item, channels, prod(each["stride"] for each in [item, *folded])))
        channels = channels_after(item, channels)
    return found


def layers(given: Mapping, items: Sequence[Mapping], head: str) -> list[Layer | famous.Split]:
    """The layers of all boxes of a network, and those after them."""
    body = [layer for part in parts(items, given["channels"]) for layer in part]
    end = [Flatten(), *map(Dense, given["hidden"])] if head == "flatten" else [GlobalPool("average")]
    return [*body, *end, Dense(given["classes"], bias=given["bias"])]


def channels_after(item: Mapping, channels: int) -> int:
    """Channels of the map after a box that reads so many.

    >>> channels_after(pool(), 3), channels_after(conv("conv", 8), 3)
    (3, 8)
    """
    return 4 * item["width"] if item["kind"] == "stage" else item.get("filters", channels)


def _strided(item: Mapping) -> bool:
    return item.get("how") == "strided"


def _padding(item: Mapping) -> str | list[tuple[int, int]]:
    padding = item["padding"]
    return padding if isinstance(padding, str) else [(padding, padding)] * 2


def _convolution(item: Mapping, channels: int, stride: int) -> list:
    norm = [BatchNorm()] * item["norm"]
    if item["seen"]:
        return [famous.PartialConv(tuple(item["seen"]), item["window"], stride), *norm]
    settings = {"groups": item["groups"], "bias": item["bias"]}
    return [Conv(item["filters"], item["window"], stride, _padding(item), **settings), *norm]


def _pooling(item: Mapping, channels: int, stride: int) -> list:
    if item["how"] == "trained":
        return [famous.TrainedPool()]
    if item["how"] == "strided":
        return [Pool("max", 1, stride)]
    return [Pool(item["how"], item["window"], stride, _padding(item))]


#: The layers of a box, by its kind; with the channels that it reads, and its stride.
LAYERS: dict[str, Callable[[Mapping, int, int], list]] = {
    "conv": _convolution,
    "pool": _pooling,
    "stage": lambda item, channels, stride: famous.resnet_stage(item["width"], item["blocks"], stride),
    "separable": lambda item, channels, stride: famous.separable(channels, item["filters"], stride),
}


# ---- The networks ----


def _lenet() -> list[Box]:
    seen = [3] * 6 + [4] * 9 + [6]
    c1, c3, c5 = conv("C1", 6, 5, "valid"), conv("C3", 16, 5, "valid", seen=seen), conv("C5", 120, 5, "valid")
    return [c1, pool("trained"), c3, pool("trained"), c5]


def _alexnet() -> list[Box]:
    return [
        conv("conv 1", 96, 11, "valid", stride=4), pool("max", 3), conv("conv 2", 256, 5, groups=2), pool("max", 3),
        conv("conv 3", 384), conv("conv 4", 384, groups=2), conv("conv 5", 256, groups=2), pool("max", 3),
    ]  # fmt: skip


def _vgg16() -> list[Box]:
    items = []
    for block, (filters, count) in enumerate([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)], 1):
        items += [*[conv(f"conv {block}-{number}", filters) for number in range(1, count + 1)], pool()]
    return items


def _resnet50() -> list[Box]:
    items = [conv("conv 1", 64, 7, 3, stride=2, norm=True), pool("max", 3, 2, 1)]
    for number, (width, blocks, stride) in enumerate([(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)], 2):
        items.append({"kind": "stage", "name": f"stage {number}", "width": width, "blocks": blocks, "stride": stride})
    return items


def _mobilenet() -> list[Box]:
    items = [conv("conv 1", 32, stride=2, bias=False, norm=True)]
    for number, (filters, stride) in enumerate(famous.MOBILENET_PAIRS, 2):
        items.append({"kind": "separable", "name": f"pair {number}", "filters": filters, "stride": stride})
    return items


def _own() -> list[Box]:
    return [conv("conv 1", 16), pool(), conv("conv 2", 32), pool(), conv("conv 3", 64), pool()]


def _network(
    items: list[Box],
    size: int,
    channels: int = 3,
    head: str = "global",
    hidden: Sequence[int] = (),
    classes: int = 1000,
    bias: bool = True,
) -> dict[str, Any]:
    """Boxes, side and channels of the image, and what stands after the boxes.

    That is a head; units of hidden Dense layers, after a Flatten only; classes; whether the last layer has a bias.
    """
    return {
        "items": items,
        "size": size,
        "channels": channels,
        "head": head,
        "hidden": list(hidden),
        "classes": classes,
        "bias": bias,
    }


BOXED_NETWORKS = {
    "LeNet-5": _network(_lenet(), 32, 1, "flatten", [84], 10, False),
    "AlexNet": _network(_alexnet(), 227, 3, "flatten", [4096, 4096]),
    "VGG16": _network(_vgg16(), 224, 3, "flatten", [4096, 4096]),
    "ResNet-50": _network(_resnet50(), 224),
    "MobileNet": _network(_mobilenet(), 224),
    "one of your own": _network(_own(), 32, 3, "flatten", [64], 10),
}


def scene(
    network: str,
    items: Sequence[Mapping] | None = None,
    size: int | None = None,
    head: str | None = None,
    selected: int | None = None,
) -> dict[str, Any]:
    """The settings that show a network of `BOXED_NETWORKS`, for a task: as it was published but for what is given.

    Its first pool is chosen unless another box is.

    >>> scene("ResNet-50", head="flatten")["selected"], scene("MobileNet")["selected"]
    (1, -1)
    """
    given = BOXED_NETWORKS[network]
    items = given["items"] if items is None else list(items)
    first = next((number for number, item in enumerate(items) if item["kind"] == "pool"), -1)
    return {
        "network": network,
        "items": items,
        "size": given["size"] if size is None else size,
        "head": given["head"] if head is None else head,
        "selected": first if selected is None else selected,
    }
