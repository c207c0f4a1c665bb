"""What a stack of layers costs for one image: parameters, operations, memory, receptive field. Plain integers.

What is counted, and how
------------------------
multiply-add
    One multiplication with its addition; the first adds to the bias, or to zero. A convolution
    multiplies the zeros of its padding too, as published counts have it.
comparison
    The maximum of n elements takes n - 1. That is the count of the definition; a fast algorithm
    needs fewer.
addition, division
    The average of n elements takes n - 1 additions and one division.
pools at a border
    n is the number of real elements under the window, as everywhere in this library.
activations
    The numbers that a layer writes. Leave an Activation out if it works in place.
no operations
    Copies (Flatten, Concat, Upsample), and what an Activation computes.

Branches
--------
`stack` continues from a row as well as from a shape: give every branch the row it starts from, and
add all the rows up. A residual block on `rows`, then what follows it::

    branch = stack(rows[-1], [Conv(64, 3, padding="same"), Activation(), Conv(64, 3, padding="same")])
    joined = stack(branch[-1], [Add(), Activation(), GlobalPool("average"), Dense(10)])
    total([*rows, *branch, *joined])

Where branches meet, continue from the one with the largest receptive field: with odd windows and
'same' padding it covers those of the others. Every further kind of layer is a `Layer` of your own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import prod
from numbers import Integral

from pooling_lib.geometry import Pair, Windows, extent, ints, place

Shape = tuple[int, ...]
Sizes = int | Sequence[int]
Padding = str | Sequence[Pair]
#: What a layer does along one axis: slide windows, or repeat every element so many times.
Step = Windows | int
#: What the method `cost` of a `Layer` returns.
Result = tuple[Shape, tuple[Step, ...], dict[str, int]]


@dataclass(frozen=True)
class ReceptiveField:
    """What one output sees of the image along one axis, padding and gaps included.

    Attributes
    ----------
    size : int
        Elements from the first to the last that it can depend on. After `Upsample` outputs differ
        and this is the most.
    jump : int or Fraction
        Elements from one output's field to the next one's: the product of the strides.
    start : int
        Where output 0's field starts; negative when that is in the padding.
    steps : tuple of Windows or int
        What the layers that led here do along this axis, first to last.

    Notes
    -----
    A layer with windows of k elements, stride s, dilation d and p elements of padding before the first
    makes of (size, jump, start): ``(size + d * (k - 1) * jump, jump * s, start - p * jump)``. Araujo,
    Norris and Sim, *Computing receptive fields of convolutional neural networks*, Distill 2019,
    doi:10.23915/distill.00021.
    """

    size: int = 1
    jump: int | Fraction = 1
    start: int = 0
    steps: tuple[Step, ...] = field(default=(), repr=False)

    def covered(self, output: int) -> range:
        """The positions that output number `output` sees, those in the padding too.

        >>> stack((8, 1), [Conv(1, 3, padding="same"), Pool("max", 2)])[-1].receptive_field[0].covered(1)
        range(1, 5)
        """
        first = last = output
        for step in reversed(self.steps):  # from the output back to the image
            if isinstance(step, Windows):
                first, last = step.start(first), step.start(last) + extent(step.window, step.dilation) - 1
            else:
                first, last = first // step, last // step
        return range(first, last + 1)

    def after(self, step: Step) -> "ReceptiveField":
        """The field behind one more layer.

        >>> ReceptiveField().after(2).jump
        Fraction(1, 2)
        """
        jump = Fraction(self.jump) * (step.stride if isinstance(step, Windows) else Fraction(1, step))
        new = replace(self, jump=int(jump) if jump.denominator == 1 else jump, steps=(*self.steps, step))
        period = prod(step for step in new.steps if not isinstance(step, Windows))  # outputs that far apart see alike
        return replace(new, size=max(len(new.covered(output)) for output in range(period)), start=new.covered(0).start)


class Layer(ABC):
    """Any layer: a frozen dataclass of its settings with a method ``cost(shape)``."""

    @abstractmethod
    def cost(self, shape: Shape) -> Result:
        """What the layer makes of an input of that shape, (spatial..., channels).

        It returns the output's shape, what the layer does along each spatial axis (a tuple, empty if
        no place sees another), and those counts of `Cost` that are not 0, by name.
        """


@dataclass(frozen=True)
class Conv(Layer):
    """A convolution with `filters` outputs at every place; a `stride` of None is the window.

    `groups` splits channels and filters into parts that do not see each other; as many groups as
    channels make it depthwise.

    >>> [stack((8, 8, 6), [Conv(6, 3, groups=groups)])[0].parameters for groups in (1, 2, 6)]
    [330, 168, 60]
    """

    filters: int
    window: Sizes
    stride: Sizes | None = 1
    padding: Padding = "valid"
    dilation: Sizes = 1
    groups: int = 1
    bias: bool = True

    def cost(self, shape: Shape) -> Result:
        filters, groups = _count("filters", self.filters), _count("groups", self.groups)
        if shape[-1] % groups or filters % groups:
            raise ValueError(
                f"groups={groups} has to divide the {shape[-1]} channels that come in and filters={filters}; "
                "use a divisor of both"
            )
        placed = place(_spatial(shape), self.window, self.stride, self.padding, self.dilation)
        output_shape = (*[w.count for w in placed], filters)
        weights = prod(w.window for w in placed) * shape[-1] // groups  # of one filter
        return (
            output_shape,
            placed,
            {"parameters": filters * (weights + bool(self.bias)), "multiply_adds": prod(output_shape) * weights},
        )


@dataclass(frozen=True)
class Dense(Layer):
    """Every unit weighs all channels; at every place by itself where there are places, as in Keras.

    >>> stack((400,), [Dense(120)])[0].multiply_adds, stack((5, 5, 16), [Dense(120)])[0].output_shape
    (48000, (5, 5, 120))
    """

    units: int
    bias: bool = True

    def cost(self, shape: Shape) -> Result:
        units = _count("units", self.units)
        output_shape = (*shape[:-1], units)
        return (
            output_shape,
            (),
            {"parameters": units * (shape[-1] + bool(self.bias)), "multiply_adds": prod(output_shape) * shape[-1]},
        )


@dataclass(frozen=True)
class Pool(Layer):
    """A max or average pool; the settings are those of `pooling_lib.max_pool`.

    >>> rows = [stack((5, 5, 1), [Pool(kind, 2, padding="same")])[0] for kind in ("max", "average")]
    >>> [(row.comparisons, row.additions, row.divisions) for row in rows]
    [(16, 0, 0), (0, 16, 9)]
    """

    kind: str
    window: Sizes
    stride: Sizes | None = None
    padding: Padding = "valid"
    dilation: Sizes = 1
    ceil_mode: bool = False

    def cost(self, shape: Shape) -> Result:
        if self.kind not in ("max", "average"):
            raise ValueError(f"kind={self.kind!r} is unknown; use 'max' or 'average'")
        placed = place(_spatial(shape), self.window, self.stride, self.padding, self.dilation, self.ceil_mode)
        output_shape = (*[w.count for w in placed], shape[-1])
        outputs = prod(output_shape)
        merged = shape[-1] * prod(sum(w.counts()) for w in placed) - outputs  # one less than it covers, in every window
        return (
            output_shape,
            placed,
            {"comparisons": merged} if self.kind == "max" else {"additions": merged, "divisions": outputs},
        )


@dataclass(frozen=True)
class GlobalPool(Layer):
    """A pool whose window is the whole plane. What is left are the channels.

    >>> row = stack((7, 7, 512), [GlobalPool("average")])[0]
    >>> row.output_shape, row.additions, row.divisions
    ((512,), 24576, 512)
    """

    kind: str

    def cost(self, shape: Shape) -> Result:
        _, placed, counts = Pool(self.kind, shape[:-1]).cost(shape)
        return shape[-1:], placed, counts


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Batch normalisation when the network is used: one multiply-add for each number.

    A channel has four parameters: scale (unless `scale` is False), shift, and the running mean and
    variance, which are not trained. The multiply-adds can be folded into the convolution before it:
    leave the layer out then, as most published counts do.

    >>> stack((8, 8, 6), [BatchNorm()])[0].parameters
    24
    """

    scale: bool = True

    def cost(self, shape: Shape) -> Result:
        return shape, (), {"parameters": (3 + bool(self.scale)) * shape[-1], "multiply_adds": prod(shape)}


@dataclass(frozen=True)
class Activation(Layer):
    """ReLU, or any other function of one number, applied to all. What it computes is not counted.

    >>> stack((8, 8, 6), [Activation()])[0].activations
    384
    """

    def cost(self, shape: Shape) -> Result:
        return shape, (), {}


@dataclass(frozen=True)
class Flatten(Layer):
    """All numbers in one row. There is no place any more: what follows sees all that the plane saw.

    >>> stack((5, 5, 16), [Flatten()])[0].output_shape
    (400,)
    """

    def cost(self, shape: Shape) -> Result:
        return (prod(shape),), place(shape[:-1], shape[:-1]), {}


@dataclass(frozen=True)
class Upsample(Layer):
    """Repeat every element `factor` times along each axis, as U-Net does on its way up.

    >>> rows = stack((8, 8, 6), [Upsample(2), Conv(3, 2, padding="same")])
    >>> rows[-1].output_shape, rows[-1].receptive_field[0].covered(0), rows[-1].receptive_field[0].covered(1)
    ((16, 16, 3), range(0, 1), range(0, 2))
    """

    factor: Sizes = 2

    def cost(self, shape: Shape) -> Result:
        factor = ints("factor", self.factor, len(_spatial(shape)), least=1, mend="a factor of 1 repeats nothing")
        return (*[n * f for n, f in zip(shape, factor)], shape[-1]), factor, {}


@dataclass(frozen=True)
class Add(Layer):
    """The sum of two branches of one shape: where a residual connection ends.

    >>> row = stack((8, 8, 6), [Add()])[0]
    >>> row.additions, row.inputs, row.activations
    (384, 768, 384)
    """

    def cost(self, shape: Shape) -> Result:
        return shape, (), {"additions": prod(shape), "inputs": 2 * prod(shape)}


@dataclass(frozen=True)
class Concat(Layer):
    """Append so many `channels` of other branches, as Inception, DenseNet and U-Net do.

    >>> stack((8, 8, 6), [Concat(10)])[0].output_shape
    (8, 8, 16)
    """

    channels: int

    def cost(self, shape: Shape) -> Result:
        output_shape = (*shape[:-1], shape[-1] + _count("channels", self.channels))
        return output_shape, (), {"inputs": prod(output_shape)}


@dataclass(frozen=True)
class Cost:
    """What one layer costs, or several together; see the top of this module for what is counted.

    Attributes
    ----------
    layer : Layer or None
        None in a `total`.
    output_shape : tuple of int
        (spatial..., channels), without the batch.
    receptive_field : tuple of ReceptiveField
        What an output sees of the image, along each of the image's axes.
    parameters : int
        Numbers that the layer keeps, trained or not: Keras's ``count_params()``.
    multiply_adds, comparisons, additions, divisions : int
        Operations.
    inputs, activations : int
        Numbers that the layer reads (its parameters aside) and writes.
    """

    layer: Layer | None
    output_shape: Shape
    receptive_field: tuple[ReceptiveField, ...]
    parameters: int = 0
    multiply_adds: int = 0
    comparisons: int = 0
    additions: int = 0
    divisions: int = 0
    inputs: int = 0
    activations: int = 0

    def bytes(self, itemsize: int = 4) -> int:
        """Memory read and written, if every number moves once: inputs, parameters and activations.

        `itemsize` is the bytes of a number: 4 for float32, 2 for float16, 1 for int8.

        >>> stack((400,), [Dense(120)])[0].bytes(itemsize=2)
        97280
        """
        return _count("itemsize", itemsize) * (self.inputs + self.parameters + self.activations)


def stack(start: Sequence[int] | Cost, layers: Iterable[Layer]) -> list[Cost]:
    """What each layer of a stack costs.

    Parameters
    ----------
    start : sequence of int, or Cost
        The shape of one image, (spatial..., channels), or of a vector, (channels,); or the row of an
        earlier stack to continue from.
    layers : iterable of Layer
        First to last.

    Returns
    -------
    list of Cost
        One row for each layer.

    Raises
    ------
    TypeError
        If something is not a layer, or a number not an integer.
    ValueError
        If a number is out of range, a window does not fit, or a layer that needs spatial axes gets
        none. The message names the layer and the shape it got.

    Examples
    --------
    >>> rows = stack((28, 28, 1), [Conv(6, 5, padding="same"), Pool("average", 2), Conv(16, 5)])
    >>> for row in rows:
    ...     print(row.output_shape, row.parameters, row.multiply_adds, row.receptive_field[0])
    (28, 28, 6) 156 117600 ReceptiveField(size=5, jump=1, start=-2)
    (14, 14, 6) 0 0 ReceptiveField(size=6, jump=2, start=-2)
    (10, 10, 16) 2416 240000 ReceptiveField(size=14, jump=2, start=-2)
    """
    if isinstance(start, Cost):
        shape, fields = start.output_shape, start.receptive_field
    else:
        shape = _shape(start)
        fields = (ReceptiveField(),) * (len(shape) - 1)
    if not isinstance(layers, Iterable):
        raise TypeError(f"layers={layers!r} is not a list of layers; put it in brackets, [...]")
    rows = []
    for number, layer in enumerate(layers):
        if not isinstance(layer, Layer):
            raise TypeError(f"layers[{number}]={layer!r} is not a layer; write one such as Activation() or Conv(8, 3)")
        try:
            output_shape, steps, counts = layer.cost(shape)
        except (TypeError, ValueError) as error:
            raise type(error)(f"layers[{number}]={layer!r} got the shape {shape}: {error}") from None
        if steps:
            fields = tuple(seen.after(step) for seen, step in zip(fields, steps))
        rows.append(
            Cost(layer, output_shape, fields, **{"inputs": prod(shape), "activations": prod(output_shape)} | counts)
        )
        shape = output_shape
    return rows


def total(rows: Iterable[Cost]) -> Cost:
    """All counts added up; the output shape and the receptive field are the last row's.

    Raises
    ------
    ValueError
        If `rows` is empty, or no list of rows.

    >>> total(stack((400,), [Dense(120), Activation(), Dense(84), Activation(), Dense(10)])).parameters
    59134
    """
    if not isinstance(rows, Iterable) or not (rows := list(rows)) or not all(isinstance(row, Cost) for row in rows):
        raise ValueError(
            f"rows={rows!r} must hold one row of stack or more, and nothing else; join lists with [*first, *second]"
        )
    counted = [name for name, value in vars(rows[-1]).items() if isinstance(value, int)]
    return replace(rows[-1], layer=None, **{name: sum(getattr(row, name) for row in rows) for name in counted})


def _spatial(shape):
    if len(shape) == 1:
        raise ValueError(
            f"shape={shape} has channels only and this layer needs spatial axes too; "
            "put it before Flatten and GlobalPool"
        )
    return shape[:-1]


def _shape(start):
    if not isinstance(start, Iterable) or isinstance(start, str) or not (sizes := tuple(start)):
        raise TypeError(
            f"start={start!r} is neither a shape nor a row; write (28, 28, 1) for 28 x 28 places with one channel"
        )
    return tuple(_count(f"start={start!r} (one image, no batch): size", size) for size in sizes)


def _count(name, value):
    """`value`, which may be one of NumPy's integers, as an int of at least 1."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name}={value!r} must be an int, not {type(value).__name__}")
    if value < 1:
        raise ValueError(f"{name}={value!r} must be at least 1")
    return int(value)
