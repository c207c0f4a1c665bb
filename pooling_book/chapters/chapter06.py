"""Chapter 06: its quiz, its exercises and their known mistakes."""

import numpy as np
from pooling_lib import avg_pool, max_pool

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
)
from pooling_book.exercise.mistakes import Mistake, rounded, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-06",
    [
        question(
            "A network from PyTorch has three pools in a row, each `MaxPool2d(3, 2, padding=1)`. "
            'You write `MaxPooling2D(3, 2, "same")` three times. '
            "For which square images does every pool give PyTorch's numbers, whatever these are?",
            wrong(
                "32 × 32",
                "Its maps have 32, 16 and 8 rows: all even. *Same* adds one element there, not two.",
            ),
            right(
                "33 × 33",
                "The pools read maps of 33, 17 and 9 rows, all odd: *same* adds two elements, one at each end.",
            ),
            wrong(
                "35 × 35",
                "The first pool agrees, and makes 18 rows of 35. What does the second one read?",
            ),
            wrong(
                "All with an odd side",
                "The side of the image is not the side that the next pool reads. Follow 31 through the first pool.",
            ),
        ),
        question(
            "You translate PyTorch's `AvgPool2d(3, 2, padding=1)`. On 28 × 28 ones your output is 1 everywhere. "
            "PyTorch's is 4/9 in the upper left corner, 6/9 along the upper and the left edge, and 1 elsewhere. "
            "What have you done?",
            right(
                "You divided by the pooled ones",
                "That takes the padding out of the divisor. "
                "This layer counts it, so the mean of the padded map was right as it stood.",
            ),
            wrong(
                "You padded with zeros",
                "That is what PyTorch does as well. With zeros, and no more, the corner is 4/9.",
            ),
            wrong(
                "You forgot to pad",
                "Then there would be 13 outputs for 28 elements, and not 14.",
            ),
            wrong(
                "Your windows begin one element too late",
                "On ones you would not see where windows stand. It is the divisor that shows.",
            ),
        ),
        question(
            "Photos of any size go into a Keras network. After the convolutions you want means on a grid of 7 × 7, "
            "so that a `Dense` layer always finds as many numbers. Which pool?",
            wrong(
                "`AveragePooling2D(7)`",
                "7 is its window here, not the number of its outputs: larger photos give more of them.",
            ),
            wrong(
                "`GlobalAveragePooling2D()`",
                "Any size goes in, but a single mean of each channel comes out.",
            ),
            right(
                "`AdaptiveAveragePooling2D(7)`",
                "It is told what comes out, and chooses its windows by what goes in.",
            ),
            wrong(
                '`AveragePooling2D(3, 2, "same")`, until 7 × 7 are left',
                "That halves the sides again and again. Few sizes arrive at 7.",
            ),
        ),
        question(
            "A layer is made by `Trim(window=4, stride=3)`. "
            "Its `__init__(self, window=2, stride=1, **kwargs)` keeps both. "
            'Its `get_config` returns `super().get_config() | {"window": self.window}`. '
            "You save a model with this layer, and load it. What happens?",
            wrong(
                "The loaded layer has both settings: a file holds all that was learnt",
                "Nothing was learnt here. These are settings, and settings travel in the configuration.",
            ),
            right(
                "It loads without an error, and moves by 1",
                "The configuration holds the window only, so that the stride is its default. The output's shape tells.",
            ),
            wrong(
                "Loading fails: the stride is missing",
                "It would fail if `stride` had no default. Python fills in what is not given.",
            ),
            wrong(
                "Saving fails: `get_config` does not return all arguments of `__init__`",
                "Nobody compares the two. That is why a forgotten setting is hard to notice.",
            ),
        ),
        question(
            "A batch from PyTorch has the shape (8, 6, 14, 14): images, channels, rows, columns. "
            'It is handed to `tf.nn.avg_pool2d(x, 2, 2, "VALID")`. What comes out?',
            wrong(
                "(8, 6, 7, 7)",
                "That needs a function that knows that channels come first. This one was not told.",
            ),
            wrong(
                "An error about the axes",
                "There are four axes, as there should be. What they mean, nobody checks.",
            ),
            right(
                "(8, 3, 7, 14)",
                "Axes 1 and 2 are pooled. So pairs of channels are averaged, and columns are not pooled at all.",
            ),
            wrong(
                "(8, 7, 7, 6)",
                "A pool does not move axes.",
            ),
        ),
        question(
            "`MaxPool2d(2, 2, padding=1)` of PyTorch reads maps of 8 × 8, after a ReLU. Which line of TensorFlow gives "
            "the same numbers?",
            wrong(
                '`tf.nn.max_pool2d(x, 2, 2, "SAME")`',
                "*Same* makes ⌈8 / 2⌉ = 4 rows and pads nothing. How many rows has PyTorch's output?",
            ),
            wrong(
                '`tf.nn.max_pool2d(x, 2, 2, "VALID")`',
                "Its first window reads elements 0 and 1. PyTorch's reads one element of padding, then element 0.",
            ),
            wrong(
                "None: zeros cannot stand in for −∞",
                "In general they cannot. But think of what a ReLU leaves.",
            ),
            right(
                '`tf.nn.max_pool2d(tf.pad(x, P), 2, 2, "VALID")`, P one element of zeros on each side',
                "Five rows, as ⌊(8 + 2 − 2) / 2⌋ + 1 says. After a ReLU nothing is below 0: no zero wins wrongly.",
            ),
        ),
    ],
)


# ---- 1: four layers ----

four_layers = AnswerExercise(
    "Four layers",
    "Images of 28 rows, 31 columns and 3 channels go into each of four Keras layers: `MaxPooling2D()`, "
    '`MaxPooling2D(3, strides=2, padding="same")`, `AveragePooling2D((2, 3))`, '
    "`GlobalAveragePooling2D(keepdims=True)`. "
    "Type rows and columns of each output: eight numbers.",
    answer=[14, 15, 14, 16, 14, 10, 1, 1],
    by_place=True,
    foreseen=[
        (
            [27, 30, 14, 16, 27, 29, 1, 1],
            "The layers without strides move one step here. What is a Keras layer's stride if none is given?",
        ),
        (
            [14, 15, 14, 16, 14, 15, 1, 1],
            "The third layer's window is not square, and its stride is the window.",
        ),
        (
            [14, 16, 14, 16, 14, 11, 1, 1],
            "You rounded up everywhere. Only `same` does.",
        ),
        ([14, 15, 13, 15, 14, 10, 1, 1], "The second layer is padded."),
        (
            [14, 15, 14, 15, 14, 10, 1, 1],
            "How many columns does `same` give at a stride of 2, if their number is odd?",
        ),
        (
            [14, 16, 14, 16, 14, 10, 1, 1],
            "31 columns are no whole number of windows of 2. Without padding, what becomes of the last column?",
        ),
        (
            [14, 15, 28, 31, 14, 10, 1, 1],
            "`same` keeps the size at a stride of 1 only.",
        ),
        (
            [14, 15, 14, 16, 14, 10],
            "The last layer's output has rows and columns, too: it keeps the axes.",
        ),
        (
            [14, 15, 14, 16, 14, 10, 3],
            "With `keepdims` the last layer's output has rows and columns. The channels are not asked for.",
        ),
    ],
    hints=[
        "A stride that is not given is the window. A window that is not given is 2.",
        "Without padding: ⌊(n − k) / S⌋ + 1. With `same`: ⌈n / S⌉. Rows and columns are done one by one.",
    ],
    solution="28 and 31 with window 2, stride 2: 14 and 15. With `same` at stride 2: ⌈28 / 2⌉ = 14 and ⌈31 / 2⌉ = 16. "
    "Windows of 2 rows and 3 columns side by side: 14 and ⌊28 / 3⌋ + 1 = 10. "
    "The global pool keeps its axes, each of length 1.",
)


# ---- 2: who was it? ----

who = AnswerExercise(
    "Who was it?",
    'Five calls average these nine numbers, x: (1) `tf.nn.avg_pool2d(x, 3, 2, "SAME")`, '
    "(2) `F.avg_pool2d(x, 3, 2, padding=1)` of PyTorch, "
    "(3) SciPy's `uniform_filter(x, 3)[::2, ::2]`, whose border repeats the outermost row and column, "
    "(4) OpenCV's `blur(x, (3, 3))[::2, ::2]`, "
    "whose border mirrors without repeating, so that row 1 stands above row 0, (5) `AveragePooling2D(3)(x)` of Keras. "
    "Their upper left outputs, in another order, are 2, 13/3, 9/2, 5 and 16/3. "
    "Type the number of the call for each of the five, in this order.",
    table=np.array([[9, 3, -6], [0, 6, 3], [-3, 12, 21]]),
    answer=[2, 4, 1, 5, 3],
    by_place=True,
    foreseen=[
        (
            [1, 4, 2, 5, 3],
            "Two calls divide the same sum, one by its real elements, the other by the whole window. "
            "Which divides by more?",
        ),
        (
            [5, 4, 1, 2, 3],
            "Calls 2 and 5 both divide by 9. Write down which numbers each of them adds up.",
        ),
        (
            [2, 3, 1, 5, 4],
            "Two calls invent a border. Write down the nine numbers under the first window of each.",
        ),
        (
            [2, 4, 5, 1, 3],
            "One call has no padding: its only window holds all nine numbers.",
        ),
        (
            [2, "13/3", "9/2", 5, "16/3"],
            "These are the outputs. Type the numbers of the calls, 1 to 5.",
        ),
        (
            [3, 1, 5, 2, 4],
            "You typed, for each call, the place of its output. The question goes the other way round.",
        ),
    ],
    hints=[
        "Without padding the window holds all nine numbers. With padding, the four of the upper left corner are real.",
        "The four add up to 18. One call divides that by 4, one by 9.",
        "Repeated: rows 0, 0, 1 and columns 0, 0, 1. Mirrored: rows 1, 0, 1 and columns 1, 0, 1.",
    ],
    solution="The four real elements add up to 18: call 1 divides by 4, 9/2, and call 2 by 9, 2. "
    "Call 5 has the whole input, 45/9 = 5. "
    "Repeated, the rows are (9, 9, 3) twice and (0, 0, 6): 48/9 = 16/3, call 3. "
    "Mirrored: (6, 0, 6) twice and (3, 9, 3): 39/9 = 13/3, call 4.",
)


# ---- 3: compute_output_shape ----


def output_shape(shape, pool_size, strides, padding):
    """The output shape of a Keras pooling layer, channels last.

    shape is (N, H, W, C); -1 stands for a size that is not known yet, and
    stays. pool_size and strides are whole numbers, strides is 0 where the
    layer was given none. padding is 'valid' or 'same'.
    Returns four whole numbers.
    """
    strides = strides or pool_size
    found = list(shape)
    for axis in (1, 2):
        n = shape[axis]
        if n != -1:
            found[axis] = (
                -(-n // strides)
                if padding == "same"
                else (n - pool_size) // strides + 1
            )
    return np.array(found)


def _shaped(size, none=None, axes=(1, 2), known=False):
    """The shape by another rule for one size."""

    def function(shape, pool_size, strides, padding):
        strides = strides or none or pool_size
        found = list(shape)
        for axis in axes:
            if known or shape[axis] != -1:
                found[axis] = size(shape[axis], pool_size, strides, padding)
        return np.array(found)

    return function


def _size(n, k, S, padding):
    return -(-n // S) if padding == "same" else (n - k) // S + 1


shapes = FunctionExercise(
    "A layer's output shape",
    solution=output_shape,
    cases=[
        ((-1, 8, 8, 3), 2, 0, "valid"),
        ((4, 7, 9, 1), 3, 2, "valid"),
        ((-1, 7, 10, 5), 3, 2, "same"),
        ((2, -1, 11, 4), 2, 3, "valid"),
        ((-1, -1, -1, 6), 3, 0, "same"),
        ((1, 13, 6, 2), 4, 1, "valid"),
        ((1, 8, 10, 2), 3, 2, "valid"),
    ],
    mistakes=[
        Mistake(
            "A stride that was not given is the window, not 1.",
            _shaped(_size, none=1),
        ),
        Mistake(
            "An unknown size goes through the formula: -1 is no size. It stays unknown.",
            _shaped(_size, known=True),
        ),
        Mistake(
            "Channels are pooled, too: with channels last the image is axes 1 and 2.",
            _shaped(lambda n, *more: max(_size(n, *more), 1), axes=(1, 2, 3)),
        ),
        Mistake(
            "`same` keeps the size at a stride of 1 only.",
            _shaped(lambda n, k, S, p: n if p == "same" else _size(n, k, S, p)),
        ),
        Mistake(
            "`padding` is never asked: `same` gives ⌈n / S⌉.",
            _shaped(lambda n, k, S, p: _size(n, k, S, "valid")),
        ),
        Mistake(
            "Without padding, a window that does not fit whole is left out: you round up.",
            _shaped(lambda n, k, S, p: _size(n, k, S, "same")),
        ),
        Mistake(
            "That is the ceil mode. Keras rounds down.",
            _shaped(
                lambda n, k, S, p: (
                    _size(n, k, S, p) if p == "same" else -(-(n - k) // S) + 1
                )
            ),
        ),
        Mistake(
            "The size is not the input's divided by the stride: the window's last place has to fit.",
            _shaped(
                lambda n, k, S, p: _size(n, k, S, p) if p == "same" else n // S
            ),
        ),
    ],
    hints=[
        "First replace a stride that was not given. Then only axes 1 and 2 change.",
        "`valid`: `(n - k) // S + 1`; `same`: `-(-n // S)`, which is ⌈n / S⌉.",
    ],
)


# ---- 4: the other same ----


def mean_same_lower(x, k, S):
    """ONNX's SAME_LOWER average of an (H, W) array.

    k x k windows, stride S. The outputs are ceil(size / S) along each axis.
    Padding is as little as they need, on both sides alike;
    an odd element of it goes to the beginning. It never counts.
    """
    pads = []
    for n in x.shape:
        total = max(0, (-(-n // S) - 1) * S + k - n)
        pads.append((total - total // 2, total // 2))
    ones = avg_pool(np.pad(np.ones(x.shape), pads), k, S)
    return avg_pool(np.pad(x, pads), k, S) / ones


def _padded(x, pads):
    """Zeros around x; where a number is negative, rows or columns are cut off."""
    kept = x[
        tuple(
            slice(max(0, -before), n - max(0, -after))
            for n, (before, after) in zip(x.shape, pads)
        )
    ]
    return np.pad(kept, np.maximum(pads, 0))


def _lower(total=None, split=None, divide=True, pool=avg_pool):
    """The same with a part of it done otherwise."""

    def function(x, k, S):
        pads = []
        for n in x.shape:
            whole = (
                total(n, k, S)
                if total
                else max(0, (-(-n // S) - 1) * S + k - n)
            )
            pads.append(
                split(whole) if split else (whole - whole // 2, whole // 2)
            )
        ones = avg_pool(_padded(np.ones(x.shape), pads), k, S) if divide else 1
        return pool(_padded(x, pads), k, S) / ones

    return function


def _counted(index, x, k, S):
    counts = []
    for at, n in zip(index, x.shape):
        total = max(0, (-(-n // S) - 1) * S + k - n)
        start = at * S - (total - total // 2)
        counts.append(min(start + k, n) - max(start, 0))
    return f"This window holds {counts[0]} × {counts[1]} real elements."


other_same = FunctionExercise(
    'The other "same"',
    solution=mean_same_lower,
    cases=[
        (shuffled(71, 2, 3), 2, 1),
        (shuffled(72, 4, 5), 3, 2),
        (shuffled(73, 6, 6), 3, 2),
        (shuffled(74, 5, 7), 4, 3),
        (shuffled(75, 6, 4), 2, 3),
        (shuffled(76, 8, 8), 5, 1),
        (shuffled(77, 6, 9), 2, 3),
        (shuffled(78, 9, 6), 1, 3),
    ],
    source=_counted,
    mistakes=[
        rounded(mean_same_lower),
        Mistake(
            "The odd element of padding stands at the end: that is `SAME_UPPER`.",
            lambda x, k, S: avg_pool(x, k, S, "same"),
        ),
        Mistake(
            "You turned the map round, pooled by *same* and turned it back. "
            "Where windows leave a gap, yours leave it at the wrong end.",
            lambda x, k, S: avg_pool(x[::-1, ::-1], k, S, "same")[::-1, ::-1],
        ),
        Mistake(
            "The border is too dark: zeros count in your divisor.",
            _lower(divide=False),
        ),
        Mistake(
            "All padding stands at the beginning. Half of it belongs to the end.",
            _lower(split=lambda total: (total, 0)),
        ),
        Mistake(
            "All padding stands at the end.",
            _lower(split=lambda total: (0, total)),
        ),
        Mistake(
            "You pad by k − 1 in all. At a stride above 1 that may be more than is needed.",
            _lower(total=lambda n, k, S: k - 1),
        ),
        Mistake(
            "Your padding is negative where the windows leave a gap. What is the least that it can be?",
            _lower(total=lambda n, k, S: (-(-n // S) - 1) * S + k - n),
        ),
        Mistake(
            "There is no padding at all in your result: these are the windows that fit.",
            lambda x, k, S: (
                avg_pool(x, k, S) if min(x.shape) >= k else np.zeros((0, 0))
            ),
        ),
        Mistake(
            "These are maxima. A mean was asked for.",
            lambda x, k, S: max_pool(
                x,
                k,
                S,
                [
                    (total - total // 2, total // 2)
                    for total in (
                        max(0, (-(-n // S) - 1) * S + k - n) for n in x.shape
                    )
                ],
            ),
        ),
    ],
    hints=[
        "How many outputs, ⌈n / S⌉? How far do so many windows reach, and what is missing to get there?",
        "Share the missing elements between beginning and end, for rows and for columns. Which end gets one more?",
        "`avg_pool` takes a pair of numbers for each axis as `padding`, and divides by real elements. "
        "Or pad with zeros, average without padding, and divide by what ones give.",
    ],
)


# ---- 5: unpool with TensorFlow's indices ----


def put_back(y, where, shape):
    """Maxima at their places, zeros elsewhere, with channels first.

    y and where have shape (N, h, w, C): maxima, and TensorFlow's indices
    for them, (row * W + column) * C + channel. Windows may overlap:
    an element that is the largest of several keeps its value.
    shape is (N, H, W, C), that of the pool's input.
    Returns an array of shape (N, C, H, W), as PyTorch wants it.
    """
    x = np.zeros(shape)
    for image in range(shape[0]):
        x[image].flat[where[image].ravel()] = y[image].ravel()
    return np.moveaxis(x, 3, 1)


def _indexed(seed, shape, k=2, S=2):
    """A case: maxima, TensorFlow's indices, the input's shape."""
    x = shuffled(seed, *shape)
    y, where = max_pool(x, k, S, axes=(1, 2), return_indices=True)
    return y, where * shape[3] + np.arange(shape[3]), shape


def _flat_put(change):
    """Unpooling where `change(where, shape)` gives places in the whole batch, channels last."""

    def function(y, where, shape):
        x = np.zeros(shape)
        x.flat[np.clip(change(where, shape), 0, x.size - 1).ravel()] = y.ravel()
        return np.moveaxis(x, 3, 1)

    return function


def _images(shape):
    return np.arange(shape[0]).reshape(-1, 1, 1, 1) * (
        shape[1] * shape[2] * shape[3]
    )


def _swapped(where, shape):
    N, H, W, C = shape
    row, column, channel = where // (W * C), where // C % W, where % C
    return _images(shape) + ((column % H) * W + row % W) * C + channel


def _added(y, where, shape):
    x = np.zeros(shape)
    np.add.at(x.reshape(-1), where + _images(shape), y)
    return np.moveaxis(x, 3, 1)


for_pytorch = FunctionExercise(
    "Put them back",
    solution=put_back,
    cases=[
        _indexed(61, (1, 2, 2, 1)),
        _indexed(62, (1, 4, 6, 2)),
        _indexed(63, (2, 4, 4, 1)),
        _indexed(64, (3, 6, 4, 3)),
        _indexed(65, (2, 5, 7, 2), 3),
        _indexed(66, (2, 6, 6, 3), 3, 1),
    ],
    source=lambda index, y, where, shape: (
        f"This is image {index[0]}, channel {index[1]}, row {index[2]}, column {index[3]}."
    ),
    mistakes=[
        Mistake(
            "Every image's maxima land in the first image: the index does not count the batch.",
            _flat_put(lambda where, shape: where),
        ),
        Mistake(
            "The numbers are right, but channels are still at the end.",
            lambda y, where, shape: np.moveaxis(
                put_back(y, where, shape), 1, 3
            ),
        ),
        Mistake(
            "The axes were cut up by `reshape`, which moves no axis: numbers end up at other places.",
            lambda y, where, shape: np.moveaxis(
                put_back(y, where, shape), 1, 3
            ).reshape(shape[0], shape[3], shape[1], shape[2]),
        ),
        Mistake(
            "An element that several windows chose is there several times over: you add up.",
            _added,
        ),
        Mistake(
            "You took channels out of the index, and wrote into places that still count them.",
            _flat_put(lambda where, shape: where // shape[3] + _images(shape)),
        ),
        Mistake(
            "Rows and columns are swapped: the index counts row by row.",
            _flat_put(_swapped),
        ),
        Mistake(
            "All channels' maxima land in channel 0: what is the remainder by the number of channels?",
            _flat_put(
                lambda where, shape: (
                    where // shape[3] * shape[3] + _images(shape)
                )
            ),
        ),
        Mistake(
            "The places hold ones. They should hold the maxima.",
            lambda y, where, shape: put_back(np.ones(y.shape), where, shape),
        ),
        Mistake(
            "The negative maxima are missing.",
            lambda y, where, shape: np.maximum(put_back(y, where, shape), 0),
        ),
    ],
    hints=[
        "Start from zeros of the input's shape. Within one image the index is a place in that image, flattened.",
        "One image at a time: `x[image].flat` can be indexed with an array of places.",
        "Move the channels only at the end, by `np.moveaxis(x, 3, 1)`.",
    ],
)


# ---- 6: find the error ----

one_size = OpenExercise(
    "Find the error: tested on one size",
    '"My network has three pools, each `MaxPool2d(3, 2, padding=1)`, and was trained in PyTorch on 29 × 29. '
    "In Keras I write `MaxPooling2D(3, 2, padding='same')` for each. "
    "I have compared the first pool with PyTorch on a thousand random maps of 29 × 29: all numbers agree. "
    "The other two are the same call, so they agree as well. "
    'And the size of my images does not matter: a pool has no weights. So from now on I take 58 × 58." '
    "Two conclusions are wrong. Which, and why? What should be tested instead?",
    "The pools read maps of 29, 15 and 8 rows. On odd sizes *same* adds one element at each end, as PyTorch does. "
    "On 8 it adds a single one at the end, so that the third pool's windows stand elsewhere. "
    "On 58 even the first pool reads an even size. It is true that a pool has no weights, but where its windows stand "
    "depends on the size. Compare the whole network's outputs on images of several sizes, odd and even.",
    points=[
        "The third pool reads 8 × 8, an even size, and differs.",
        "On 58 × 58 the first pool differs already.",
        "*Same* adds what is needed, which depends on the size; PyTorch's padding does not.",
        "Having no weights says nothing about where windows stand.",
        "Compare the whole network, on odd and even sizes.",
    ],
    hints=[
        "How many rows does each of the three pools read?",
        "How much does *same* add to 29, to 15 and to the next size, and where?",
    ],
)


# ---- 7: when are zeros right ----

zeros = OpenExercise(
    "In three sentences: when are zeros right?",
    "A library has pools without padding only, and a function that puts zeros around a map. You want three pools with "
    "padding: a maximum, a mean that counts the padding, and a mean that does not. "
    "For which of them are zeros right as they are, for which can they be mended, and for which are they wrong?",
    "For the mean that counts its padding zeros are right, since padding is meant to be zeros there. "
    "For the mean that does not count it, the sum is right and only the divisor is too large, "
    "so divide by what ones give, padded and averaged in the same way. "
    "For the maximum zeros are wrong wherever a border window holds negative numbers only, because a zero wins there: "
    "pad with −∞, or with less than all numbers of the map (after a ReLU zeros do no harm).",
    points=[
        "Right as they are: the mean that counts.",
        "To be mended: the mean that does not count, by dividing by the mean of padded ones.",
        "Wrong: the maximum, where a window holds negative numbers only.",
        "−∞ for the maximum, or zeros after a ReLU.",
    ],
)


exercises = Exercises(
    6,
    [
        four_layers,
        who,
        shapes,
        other_same,
        for_pytorch,
        one_size,
        zeros,
    ],
)
