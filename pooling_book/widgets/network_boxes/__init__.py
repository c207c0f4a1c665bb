"""The network boxes: a network as a row of boxes, whose pools can be moved, removed, added and exchanged."""

import html
from collections.abc import Mapping, Sequence

import traitlets

from pooling_book.study import famous
from pooling_book.widgets.base import one_of
from pooling_book.widgets.network_boxes.boxes import BOXED_NETWORKS, channels_after, complete, layers, parts, scene
from pooling_book.widgets.photos import encode, small_photos
from pooling_book.widgets.things_to_try import TaskWidget
from pooling_lib.cost import Cost, Shape

MOST_BOXES = 40


class NetworkBoxes(TaskWidget):
    """A network as a row of boxes: drag its pools, remove, add and exchange them, and see what it costs.

    A pool opens in the explorer: on a photo in the place of its map, since no weights of these networks are here.

    Parameters
    ----------
    network : str
        The network shown at first: 'LeNet-5', 'AlexNet', 'VGG16', 'ResNet-50', 'MobileNet' or 'one of your own'.
    items : sequence of mappings, optional
        Other boxes than the network's; each has a 'kind' ('conv', 'pool', 'stage' or 'separable') and may have that
        kind's settings, see `boxes.KINDS_OF_BOX`.
    size : int, optional
        Side of the image.
    head : 'flatten' or 'global', optional
        What stands between the last map and the Dense layers. A global average pool leaves one Dense layer only.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`; `scene` gives their settings.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> boxes = NetworkBoxes("VGG16")
    >>> boxes.cost.parameters, boxes.sizes[-1]
    (138357544, 7)
    """

    guesses = ("two", "five", "changed", "most", "refuses", "least")
    goals = ("dense", "map", "work")

    networks = traitlets.Dict().tag(sync=True)
    network = traitlets.Unicode().tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    head = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)  # the box that is looked at; -1: the image
    picture = traitlets.Dict().tag(sync=True)  # what stands for a map in the explorer

    def __init__(
        self,
        network: str = "VGG16",
        items: Sequence[Mapping] | None = None,
        size: int | None = None,
        head: str | None = None,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "architecture",
    ):
        given = BOXED_NETWORKS[one_of("network", network, BOXED_NETWORKS)]
        head = one_of("head", given["head"] if head is None else head, ("flatten", "global"))
        boxes = given["items"] if items is None else [complete(number, item) for number, item in enumerate(items)]
        if not 1 <= len(boxes) <= MOST_BOXES:
            raise ValueError(f"items holds {len(boxes)} boxes, and a network has 1 to {MOST_BOXES}; drop or add some")
        size = given["size"] if size is None else size
        # What does not fit is refused here, by the library and in its words, not in the browser.
        famous.costs((size, size, given["channels"]), layers(given, boxes, head))
        begun = scene(network, boxes, size, head)
        picture = encode("camera", small_photos()["camera"])
        super().__init__(identity, tasks, task, networks=BOXED_NETWORKS, picture=picture, **begun)

    @property
    def layers(self) -> list:
        """The network as it stands now, for `famous.costs`."""
        return layers(BOXED_NETWORKS[self.network], self.items, self.head)

    @property
    def cost(self) -> Cost:
        """What the network costs as it stands now: `famous.summary`."""
        return famous.summary(famous.costs(self._image(), self.layers))

    @property
    def sizes(self) -> list[int]:
        """Side of the map after every box."""
        rows: list[Cost] = []
        sizes = []
        for part in parts(self.items, BOXED_NETWORKS[self.network]["channels"]):
            rows += famous.costs(rows[-1] if rows else self._image(), part)
            sizes.append(rows[-1].output_shape[0] if rows else self.size)
        return sizes

    def _image(self) -> Shape:
        return (self.size, self.size, BOXED_NETWORKS[self.network]["channels"])

    def fallback(self) -> str:
        """A line for each box with its size, and the totals: what is seen where no script runs."""
        *_, channels = self._image()
        lines, cost, image = [], self.cost, f"{self.size} × {self.size} × {channels}"
        for item, side in zip(self.items, self.sizes):
            channels = channels_after(item, channels)
            name = f"{item['how']} pool" if item["kind"] == "pool" else item["name"]
            lines.append(f"<li>{html.escape(name)}: {side} × {side} × {channels}</li>")
        words = f"{self.network}, image {image}: {cost.parameters:,} parameters, "
        words += f"{cost.multiply_adds:,} multiply-adds, {cost.activations:,} activations"
        return f"<p>{html.escape(words)}</p><ol>{''.join(lines)}</ol>"
