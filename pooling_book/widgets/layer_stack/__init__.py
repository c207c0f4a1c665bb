"""The stack calculator: layers one after the other, their sizes, and what one output sees of an image."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import traitlets

from pooling_book import palette
from pooling_book.show import pictures
from pooling_book.widgets.base import one_of
from pooling_book.widgets.photos import PhotoWidget
from pooling_lib.cost import Cost, Pool, ReceptiveField
from pooling_lib.cost import stack as costs

#: Layers that a stack can hold.
MOST_LAYERS = 6
#: What a layer is made of, and what it is if nothing is said; a pool's stride is its window.
A_LAYER = {"kind": "pool", "window": 2, "stride": None, "padding": "valid", "dilation": 1}
KINDS = ("pool", "convolution")


class LayerStack(PhotoWidget):
    """A calculator for a stack of layers: sizes by the formula, and the receptive field drawn on an image.

    Parameters
    ----------
    layers : sequence of mappings
        One to six, the first reads the image. Each may hold 'kind' ('pool' or 'convolution': only the
        name differs), 'window', 'stride' (by default a pool's is its window, a convolution's 1),
        'padding' ('valid', 'same' or a number of elements at each end) and 'dilation'. Windows are
        square.
    images : mapping of str to ndarray of uint8 (H, H)
        Images the reader can choose; 64 x 64 redraws within a frame.
    source : str, optional
        The name of the image shown at first; by default the first one.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> stack = LayerStack([{"window": 3, "stride": 2}, {"window": 2}], images={"grey": np.zeros((64, 64), np.uint8)})
    >>> stack.sizes
    [64, 31, 15]
    >>> stack.receptive_field
    ReceptiveField(size=5, jump=4, start=0)
    """

    guesses = ("size", "field", "inside", "corners")
    goals = ("reach",)

    layers = traitlets.List(traitlets.Dict()).tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    selected = traitlets.List(traitlets.Int(), [0, 0]).tag(sync=True)

    def __init__(
        self,
        layers: Sequence[Mapping],
        images: Mapping[str, np.ndarray],
        source: str | None = None,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "stack",
    ):
        encoded, source = self.checked(images, source)
        if not 1 <= len(layers) <= MOST_LAYERS:
            raise ValueError(f"layers holds {len(layers)} layers, and a stack has 1 to {MOST_LAYERS}; drop or add some")
        complete = [_complete(number, layer) for number, layer in enumerate(layers)]
        # A wrong geometry is refused here, by the library and in its words, not in the browser.
        side = encoded[source]["rows"]
        rows = costs((side, side, 1), map(_pool, complete))
        middle = rows[-1].output_shape[0] // 2
        super().__init__(
            identity,
            images=encoded,
            source=source,
            layers=complete,
            layer=len(layers) - 1,
            selected=[middle, middle],
            tasks=tasks,
            task=task,
        )

    @staticmethod
    def wanted(rows: int, columns: int) -> str:
        return "" if rows == columns else "a square image: crop it"

    @property
    def sizes(self) -> list[int]:
        """Rows of the image, then of every layer's output as it stands now; one that does not fit ends the list."""
        return [len(self.image), *(row.output_shape[0] for row in self._rows())]

    @property
    def receptive_field(self) -> ReceptiveField:
        """What one output of the chosen layer sees along each axis, computed by pooling_lib."""
        rows = self._rows()[: self.layer + 1]
        return rows[-1].receptive_field[0] if rows else ReceptiveField()

    @property
    def seen(self) -> tuple[range, range]:
        """The rows and the columns that the chosen output sees, those beyond the image too."""
        last = self.sizes[: self.layer + 2][-1] - 1
        rows, columns = (self.receptive_field.covered(min(place, last)) for place in self.selected)
        return rows, columns

    def _rows(self) -> list[Cost]:
        """What the layers cost, up to the first that does not fit."""
        rows: list[Cost] = []
        for layer in self.layers:
            try:
                rows += costs(rows[-1] if rows else (*self.image.shape, 1), [_pool(layer)])
            except ValueError:
                break
        return rows

    def fallback(self) -> str:
        """A receptive field framed on the image, and a line for each layer: what is seen where no script runs."""
        image, sizes, lines = self.image, self.sizes, []
        for number, (layer, row) in enumerate(zip(self.layers, self._rows()), 1):
            seen = row.receptive_field[0]
            settings = ", ".join(f"{key} {layer[key]}" for key in ("window", "stride", "padding", "dilation"))
            words = f"Layer {number}, {layer['kind']} ({settings}): {sizes[number - 1]} → {sizes[number]}, "
            words += f"receptive field {seen.size}, jump {seen.jump}"
            lines.append(f"<li>{html.escape(words)}</li>")
        (top, bottom), (left, right) = ((max(0, seen.start), min(len(image), seen.stop)) for seen in self.seen)
        colours = np.repeat(image[:, :, None], 3, axis=2)
        framed = np.zeros(image.shape, bool)
        framed[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = True
        framed[top:bottom, left:right] = False
        colours[framed] = palette.rgb("window")
        caption = f"What output ({', '.join(map(str, self.selected))}) of layer {self.layer + 1} sees"
        picture = pictures.images(
            colours,
            captions=[caption],
            alts=[f"{self.source}, with a frame around rows {top} to {bottom - 1}, columns {left} to {right - 1}"],
        )
        return f"<ul>{''.join(lines)}</ul>{picture.html}"


def _complete(number: int, layer: Mapping) -> dict:
    """A layer with all of its settings; what pooling_lib itself refuses is left to it."""
    unknown = sorted(set(layer) - set(A_LAYER))
    if unknown:
        raise ValueError(f"layers[{number}] has {unknown[0]!r}, which is no setting; use {', '.join(A_LAYER)}")
    complete: dict[str, Any] = {**A_LAYER, **layer}
    one_of(f"layers[{number}]['kind']", complete["kind"], KINDS)
    padding = complete["padding"]
    if padding not in ("valid", "same") and (isinstance(padding, bool) or not isinstance(padding, int)):
        raise ValueError(
            f"layers[{number}]['padding']={padding!r} is not allowed; "
            "use 'valid', 'same' or the number of elements at each end"
        )
    if complete["stride"] is None:
        complete["stride"] = complete["window"] if complete["kind"] == "pool" else 1
    return complete


def _pool(layer: Mapping) -> Pool:
    """The layer as pooling_lib counts it; sizes and fields of a convolution are those of a pool."""
    padding = layer["padding"] if isinstance(layer["padding"], str) else [(layer["padding"],) * 2] * 2
    return Pool("max", layer["window"], layer["stride"], padding, layer["dilation"])
