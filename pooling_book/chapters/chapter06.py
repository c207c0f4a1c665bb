"""Chapter 06: its quiz, its exercises and their known mistakes."""

import numpy as np
from pooling_lib import avg_pool, max_pool

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import Mistake, rounded, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-06",
    [
        question(
            "A grey photo is an array of shape (64, 64). You hand it to `tf.nn.max_pool2d`, as a tensor. What happens?",
            wrong(
                "It is pooled to (32, 32)",
                "`pooling_lib` would do that. TensorFlow's 2-D pools want images in a batch, and channels.",
            ),
            wrong(
                "Its rows are taken for images",
                "No axis is guessed: the number of axes is checked first.",
            ),
            right(
                "An error about the rank",
                "Four axes are needed. `photo[None, :, :, None]` has them: one image, one channel.",
            ),
            wrong(
                "An error about the dtype",
                "That would come from an average of integers. Here the number of axes is wrong already.",
            ),
        ),
        question(
            '`AveragePooling2D(3, strides=1, padding="same")` reads a map of ones. '
            "What stands in the corner of its output?",
            wrong(
                "4/9",
                "That is zeros around the map, and a divisor of 9. This layer counts real elements only.",
            ),
            right("1", "Four real elements, divided by 4."),
            wrong(
                "6/9",
                "That is the edge, not the corner, of a mean that counts zeros.",
            ),
            wrong(
                "It depends on the backend",
                "Here TensorFlow, JAX and PyTorch agree: the padding is 1 on each side.",
            ),
        ),
        question(
            "A layer's class has a method `compute(self, inputs)` and no `call`. When do you hear of it?",
            wrong(
                "When the class is defined",
                "Python does not know what Keras will ask for.",
            ),
            wrong(
                "When the layer is made",
                "Nothing has been computed yet, and nobody has missed anything.",
            ),
            right(
                "When the layer is first called on something",
                "Keras looks for `call` then, and for nothing else.",
            ),
            wrong(
                "When the model is trained",
                "It does not get that far: the model cannot even be put together.",
            ),
        ),
        question(
            "`tf.nn.max_pool_with_argmax` on a batch of shape (2, 4, 4, 3), with its default settings, "
            "says 37 for one output. Where is that maximum?",
            right(
                "Row 3, column 0, channel 1",
                "37 = (3 · 4 + 0) · 3 + 1. The batch is not part of it.",
            ),
            wrong(
                "Row 2, column 1, in the second image",
                "That reads 37 as if there were no channels.",
            ),
            wrong(
                "Row 3, column 1, channel 0",
                "37 = 12 · 3 + 1: the remainder by the number of channels is the channel.",
            ),
            wrong(
                "Nobody can tell without knowing which image",
                "The image is that of the output. Row, column and channel are in the number.",
            ),
        ),
        question(
            "A `tf.function` has the signature `TensorSpec((None, 28, 28, 1))`. "
            "You call it with batches of 8, 3 and 8 images. How often is it traced?",
            wrong(
                "Three times, once a call",
                "Calls run the graph. Tracing makes it.",
            ),
            wrong(
                "Twice, once for each size of a batch",
                "That is what happens without a signature. `None` stands for any size.",
            ),
            right(
                "Once",
                "The batch's size is unknown to the graph, and so it does not matter.",
            ),
            wrong(
                "Never",
                "Before the graph can run, the function has to be run once to record it.",
            ),
        ),
        question(
            '`MaxPooling2D(3, strides=2, padding="same")` of Keras, and `F.max_pool2d(x, 3, 2, padding=1)` of PyTorch: '
            "on which square maps do they agree, whatever the numbers?",
            wrong(
                "On all",
                "On 6 × 6, *same* needs one element of padding, and it stands at the end. "
                "The first window starts at 0 and not at −1.",
            ),
            wrong(
                "On none",
                "Try 5 × 5. How much does *same* add there, and where?",
            ),
            right(
                "On those with an odd side",
                "Then *same* needs two elements, one at each end, which is PyTorch's padding of 1.",
            ),
            wrong(
                "On those with an even side",
                "There *same* needs an odd number of elements, and cannot put as many before as behind.",
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


# ---- 2: unpool with TensorFlow's indices ----


def put_back(y, where, shape):
    """Maxima, put back at their places on planes of zeros.

    y and where have shape (N, h, w, C): maxima of windows without overlap,
    and TensorFlow's indices for them, (row * W + column) * C + channel.
    shape is (N, H, W, C), the shape of the input. Returns an array of it.
    """
    x = np.zeros(shape)
    for image in range(shape[0]):
        x[image].flat[where[image].ravel()] = y[image].ravel()
    return x


def _indexed(seed, *shape):
    """A case: maxima of 2 x 2 windows, TensorFlow's indices, the input's shape."""
    x = shuffled(seed, *shape)
    y, where = max_pool(x, 2, axes=(1, 2), return_indices=True)
    return y, where * shape[3] + np.arange(shape[3]), shape


def _flat_put(change):
    """Unpooling where `change(where, shape)` gives places in the whole batch."""

    def function(y, where, shape):
        x = np.zeros(shape)
        x.flat[np.clip(change(where, shape), 0, x.size - 1).ravel()] = y.ravel()
        return x

    return function


def _images(shape):
    return np.arange(shape[0]).reshape(-1, 1, 1, 1)


def _swapped(where, shape):
    N, H, W, C = shape
    row, column, channel = where // (W * C), where // C % W, where % C
    return ((_images(shape) * H + column % H) * W + row % W) * C + channel


unpooled = FunctionExercise(
    "Put them back",
    solution=put_back,
    cases=[
        _indexed(61, 1, 2, 2, 1),
        _indexed(62, 1, 4, 6, 2),
        _indexed(63, 2, 4, 4, 1),
        _indexed(64, 3, 6, 4, 3),
        _indexed(65, 2, 5, 7, 2),
    ],
    source=lambda index, y, where, shape: (
        f"This is image {index[0]}, row {index[1]}, column {index[2]}, channel {index[3]}."
    ),
    mistakes=[
        Mistake(
            "Every image's maxima land in the first image: the index does not count the batch.",
            _flat_put(lambda where, shape: where),
        ),
        Mistake(
            "You took channels out of the index, and wrote into places that still count them.",
            _flat_put(
                lambda where, shape: (
                    where // shape[3]
                    + _images(shape) * shape[1] * shape[2] * shape[3]
                )
            ),
        ),
        Mistake(
            "The remainder by H × W is not the pixel: channels are still in it.",
            _flat_put(
                lambda where, shape: (
                    (
                        _images(shape) * shape[1] * shape[2]
                        + where % (shape[1] * shape[2])
                    )
                    * shape[3]
                    + where % shape[3]
                )
            ),
        ),
        Mistake(
            "Rows and columns are swapped: the index counts row by row.",
            _flat_put(_swapped),
        ),
        Mistake(
            "All channels' maxima land in channel 0: the remainder by the number of channels is the channel.",
            _flat_put(
                lambda where, shape: (
                    where // shape[3] * shape[3]
                    + _images(shape) * shape[1] * shape[2] * shape[3]
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
        "`x[image].flat[where[image].ravel()] = y[image].ravel()`",
    ],
)


# ---- 3: SAME by hand ----


def mean_same(x, k, S):
    """TensorFlow's SAME average of an (H, W) array, padded by hand.

    k x k windows, stride S. The outputs are ceil(size / S) along each axis;
    an odd element of padding goes to the end. Padding never counts.
    """
    pads = []
    for n in x.shape:
        total = max(0, (-(-n // S) - 1) * S + k - n)
        pads.append((total // 2, total - total // 2))
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


def _same(total=None, split=None, divide=True):
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
                split(whole) if split else (whole // 2, whole - whole // 2)
            )
        ones = avg_pool(_padded(np.ones(x.shape), pads), k, S) if divide else 1
        return avg_pool(_padded(x, pads), k, S) / ones

    return function


def _counted(index, x, k, S):
    counts = []
    for at, n in zip(index, x.shape):
        before = max(0, (-(-n // S) - 1) * S + k - n) // 2
        start = at * S - before
        counts.append(min(start + k, n) - max(start, 0))
    return f"This window holds {counts[0]} × {counts[1]} real elements."


same_by_hand = FunctionExercise(
    "SAME by hand",
    solution=mean_same,
    cases=[
        (shuffled(71, 2, 3), 2, 1),
        (shuffled(72, 4, 5), 3, 2),
        (shuffled(73, 6, 6), 3, 2),
        (shuffled(74, 5, 7), 4, 3),
        (shuffled(75, 7, 4), 2, 3),
        (shuffled(76, 8, 8), 5, 1),
        (shuffled(77, 6, 9), 2, 3),
    ],
    source=_counted,
    mistakes=[
        rounded(mean_same),
        Mistake(
            "The border is too dark: zeros count in your divisor. Pool ones in the same way, and divide.",
            _same(divide=False),
        ),
        Mistake(
            "The odd element of padding stands before the map; it belongs to the end.",
            _same(split=lambda total: (total - total // 2, total // 2)),
        ),
        Mistake(
            "All padding stands at the end. Half of it belongs before the map.",
            _same(split=lambda total: (0, total)),
        ),
        Mistake(
            "You pad by k − 1 in all. At a stride above 1 that may be more than is needed.",
            _same(total=lambda n, k, S: k - 1),
        ),
        Mistake(
            "There is nothing to pad where the windows leave a gap: the padding is at least 0.",
            _same(total=lambda n, k, S: (-(-n // S) - 1) * S + k - n),
        ),
        Mistake(
            "There is no padding at all in your result: these are the windows that fit.",
            lambda x, k, S: (
                avg_pool(x, k, S) if min(x.shape) >= k else np.zeros((0, 0))
            ),
        ),
        Mistake(
            "These are maxima. A mean was asked for.",
            lambda x, k, S: max_pool(x, k, S, "same"),
        ),
    ],
    hints=[
        "How many outputs, ⌈n / S⌉? How far do that many windows reach, and what is missing to get there?",
        "Pad with zeros and average without padding. Then every mean is too small by a known factor.",
        "Do the same with an array of ones: it gives that factor. Divide by it.",
    ],
)


# ---- 4: compute_output_shape ----


def output_shape(shape, pool_size, strides, padding):
    """The output shape of a Keras pooling layer, channels last.

    shape is (N, H, W, C); -1 stands for a size that is not known yet, and
    stays. pool_size and strides are whole numbers, strides is 0 where the
    layer was given none. padding is 'valid' or 'same'.
    Returns an array of four whole numbers.
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


# ---- 5: who was it? ----

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

exercises = Exercises(6, [four_layers, unpooled, same_by_hand, shapes, who])
