"""The network boxes: a network as a row of boxes, whose pools can be moved, removed, added and exchanged."""

import html
from collections.abc import Mapping, Sequence

import traitlets

from pooling_book.study import famous
from pooling_book.widgets.base import BookWidget
from pooling_lib.cost import BatchNorm, Conv, Cost, Dense, Flatten, GlobalPool, Pool

#: What a box is made of, and what it is if nothing is said.
DEFAULTS = {
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
HEADS = ("flatten", "global")
MOST = 40


def conv(name, filters, window=3, padding="same", **more):
    return {
        "kind": "conv",
        **DEFAULTS["conv"],
        "name": name,
        "filters": filters,
        "window": window,
        "padding": padding,
        **more,
    }


def pool(how="max", window=2, stride=2, padding="valid"):
    return {"kind": "pool", "how": how, "window": window, "stride": stride, "padding": padding}


def _vgg16():
    items = []
    for block, (filters, count) in enumerate([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)], 1):
        items += [*[conv(f"conv {block}-{number}", filters) for number in range(1, count + 1)], pool()]
    return items


def _networks():
    """Every network: image side and channels, boxes, head, units of hidden Dense layers (behind a Flatten only), classes, whether the last layer has a bias."""
    lenet = [
        conv("C1", 6, 5, "valid"),
        pool("trained"),
        conv("C3", 16, 5, "valid", seen=[3] * 6 + [4] * 9 + [6]),
        pool("trained"),
        conv("C5", 120, 5, "valid"),
    ]
    alexnet = [
        conv("conv 1", 96, 11, "valid", stride=4), pool("max", 3), conv("conv 2", 256, 5, groups=2), pool("max", 3),
        conv("conv 3", 384), conv("conv 4", 384, groups=2), conv("conv 5", 256, groups=2), pool("max", 3),
    ]  # fmt: skip
    resnet = [conv("conv 1", 64, 7, 3, stride=2, norm=True), pool("max", 3, 2, 1)]
    for number, (width, blocks, stride) in enumerate([(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)], 2):
        resnet.append({"kind": "stage", "name": f"stage {number}", "width": width, "blocks": blocks, "stride": stride})
    mobile = [conv("conv 1", 32, stride=2, bias=False, norm=True)]
    for number, (filters, stride) in enumerate(
        [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)], 2
    ):
        mobile.append({"kind": "separable", "name": f"pair {number}", "filters": filters, "stride": stride})
    own = [conv("conv 1", 16), pool(), conv("conv 2", 32), pool(), conv("conv 3", 64), pool()]

    def network(items, size, channels=3, head="global", hidden=(), classes=1000, bias=True):
        return {
            "items": items,
            "size": size,
            "channels": channels,
            "head": head,
            "hidden": list(hidden),
            "classes": classes,
            "bias": bias,
        }

    return {
        "LeNet-5": network(lenet, 32, 1, "flatten", [84], 10, False),
        "AlexNet": network(alexnet, 227, 3, "flatten", [4096, 4096]),
        "VGG16": network(_vgg16(), 224, 3, "flatten", [4096, 4096]),
        "ResNet-50": network(resnet, 224),
        "MobileNet": network(mobile, 224),
        "one of your own": network(own, 32, 3, "flatten", [64], 10),
    }


NETWORKS = _networks()


def parts(items: Sequence[Mapping], channels: int) -> list[list]:
    """The layers of every box, for `famous.costs`.

    A strided pool behind a convolution becomes the convolution's stride, and has no layer of its own; elsewhere
    it only subsamples.

    >>> parts([conv("conv", 8), pool("strided"), pool("strided")], 3)
    [[Conv(filters=8, window=3, stride=4, padding='same', dilation=1, groups=1, bias=True)], [], []]
    """
    found = []
    for number, item in enumerate(items):
        behind = number + 1
        stride = item.get("stride", 1)
        while item["kind"] == "conv" and behind < len(items) and items[behind].get("how") == "strided":
            stride *= items[behind]["stride"]
            behind += 1
        padding = item.get("padding")
        padding = [(padding, padding)] * 2 if isinstance(padding, int) else padding
        if item["kind"] == "conv":
            if item["seen"]:
                found.append([famous.PartialConv(tuple(item["seen"]), item["window"], stride)])
            else:
                found.append(
                    [Conv(item["filters"], item["window"], stride, padding, groups=item["groups"], bias=item["bias"])]
                )
            found[-1] += [BatchNorm()] * item["norm"]
            channels = item["filters"]
        elif item["kind"] == "stage":
            found.append(famous.resnet_stage(item["width"], item["blocks"], stride))
            channels = 4 * item["width"]
        elif item["kind"] == "separable":
            found.append(famous.separable(channels, item["filters"], stride))
            channels = item["filters"]
        elif item["how"] == "trained":
            found.append([famous.TrainedPool()])
        elif item["how"] == "strided":
            before = number - 1
            while before >= 0 and items[before].get("how") == "strided":
                before -= 1
            folded = before >= 0 and items[before]["kind"] == "conv"
            found.append([] if folded else [Pool("max", 1, stride)])
        else:
            found.append([Pool(item["how"], item["window"], stride, padding)])
    return found


class NetworkBoxes(BookWidget):
    """A network as a row of boxes: drag its pools, remove, add and exchange them, and see what it costs.

    Parameters
    ----------
    network : str
        The network shown at first: 'LeNet-5', 'AlexNet', 'VGG16', 'ResNet-50', 'MobileNet' or 'one of your own'.
    items : sequence of mappings, optional
        Other boxes than the network's; each has a 'kind' ('conv', 'pool', 'stage' or 'separable') and may have that
        kind's settings, see `DEFAULTS`.
    size : int, optional
        Side of the image.
    head : 'flatten' or 'global', optional
        What stands between the last map and the Dense layers. A global average pool leaves one Dense layer only.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> boxes = NetworkBoxes("VGG16")
    >>> boxes.cost.parameters, boxes.sizes[-1]
    (138357544, 7)
    """

    networks = traitlets.Dict().tag(sync=True)
    network = traitlets.Unicode().tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    head = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)
    previous = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        network: str = "VGG16",
        items: Sequence[Mapping] | None = None,
        size: int | None = None,
        head: str | None = None,
        identity: str = "architecture",
    ):
        if network not in NETWORKS:
            raise ValueError(f"network={network!r} is unknown; use one of {list(NETWORKS)}")
        given = NETWORKS[network]
        head = given["head"] if head is None else head
        if head not in HEADS:
            raise ValueError(f"head={head!r} is unknown; use 'flatten' or 'global'")
        complete = given["items"] if items is None else [_complete(number, item) for number, item in enumerate(items)]
        if not 1 <= len(complete) <= MOST:
            raise ValueError(f"items holds {len(complete)} boxes, and a network has 1 to {MOST}; drop or add some")
        size = given["size"] if size is None else size
        # What does not fit is refused here, by the library and in its words, not in the browser.
        famous.costs((size, size, given["channels"]), _network(given, complete, head))
        first = next((number for number, item in enumerate(complete) if item["kind"] == "pool"), -1)
        super().__init__(
            identity, networks=NETWORKS, network=network, items=complete, size=size, head=head, selected=first
        )

    @property
    def layers(self) -> list:
        """The network as it stands now, for `famous.costs`."""
        return _network(NETWORKS[self.network], self.items, self.head)

    @property
    def cost(self) -> Cost:
        """What the network costs as it stands now: `famous.summary`."""
        return famous.summary(famous.costs(self._image(), self.layers))

    @property
    def sizes(self) -> list[int]:
        """Side of the map behind every box."""
        start, sizes = self._image(), []
        for part in parts(self.items, NETWORKS[self.network]["channels"]):
            start = (famous.costs(start, part) or [start])[-1]
            sizes.append(start.output_shape[0])
        return sizes

    def _image(self):
        return (self.size, self.size, NETWORKS[self.network]["channels"])

    def fallback(self) -> str:
        """A line for each box with its size, and the totals: what is seen where no script runs."""
        given, lines, channels = NETWORKS[self.network], [], NETWORKS[self.network]["channels"]
        for item, side in zip(self.items, self.sizes):
            channels = {
                "conv": item.get("filters"),
                "separable": item.get("filters"),
                "stage": 4 * item.get("width", 0),
            }.get(item["kind"], channels)
            name = f"{item['how']} pool" if item["kind"] == "pool" else item["name"]
            lines.append(f"<li>{html.escape(name)}: {side} × {side} × {channels}</li>")
        cost = self.cost
        words = f"{self.network}, image {self.size} × {self.size} × {given['channels']}: {cost.parameters:,} parameters, {cost.multiply_adds:,} multiply-adds, {cost.activations:,} activations"
        return f"<p>{html.escape(words)}</p><ol>{''.join(lines)}</ol>"


def _network(given: Mapping, items: Sequence[Mapping], head: str) -> list:
    """The boxes and what stands behind them."""
    body = [layer for part in parts(items, given["channels"]) for layer in part]
    end = [Flatten(), *map(Dense, given["hidden"])] if head == "flatten" else [GlobalPool("average")]
    return [*body, *end, Dense(given["classes"], bias=given["bias"])]


def _complete(number: int, item: Mapping) -> dict:
    """A box with all of its settings; what pooling_lib itself refuses is left to it."""
    kind = item.get("kind")
    if kind not in DEFAULTS:
        raise ValueError(f"items[{number}]['kind']={kind!r} is unknown; use {', '.join(map(repr, DEFAULTS))}")
    unknown = sorted(set(item) - {"kind", *DEFAULTS[kind]})
    if unknown:
        raise ValueError(
            f"items[{number}] has {unknown[0]!r}, which is no setting of a {kind}; use {', '.join(DEFAULTS[kind])}"
        )
    complete = {"kind": kind, **DEFAULTS[kind], **item}
    if kind == "pool" and complete["how"] not in HOW:
        raise ValueError(f"items[{number}]['how']={complete['how']!r} is unknown; use {', '.join(map(repr, HOW))}")
    return complete
