"""Chapter 03: its quiz, its exercises and their known mistakes."""

import math
from typing import Any

import numpy as np
from pooling_lib.geometry import output_size

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import Mistake
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-03",
    [
        question(
            "100 rows are pooled with a window of 2 and a stride of 2, "
            "then once more with a window of 3 and a stride of 2, "
            "both without padding. How many rows come out?",
            wrong(
                "25",
                "This is 100 / 2 / 2. The second window is one row wider, and its last place hangs over the end.",
            ),
            right(
                "24",
                "First ⌊(100 − 2) / 2⌋ + 1 = 50, then ⌊(50 − 3) / 2⌋ + 1 = ⌊23.5⌋ + 1 = 24.",
            ),
            wrong(
                "23",
                "⌊(50 − 3) / 2⌋ = 23 is how many *strides* the window can take. It also stands at 0.",
            ),
            wrong(
                "16",
                "This divides by the windows, 2 and 3. The stride decides, and it is 2 in both layers.",
            ),
        ),
        question(
            "A layer has padding *same*, a window of 5 and a stride of 3. 64 rows go in. How many come out?",
            wrong("64", "*same* keeps the size at a stride of 1 only."),
            wrong("21", "This is 64 / 3 rounded down. *same* rounds up."),
            right(
                "22",
                "⌈64 / 3⌉ = 22. The window does not matter: *same* adds what padding it needs.",
            ),
            wrong(
                "20",
                "⌊(64 − 5) / 3⌋ + 1 = 20 is the size without padding, *valid*.",
            ),
        ),
        question(
            "A window of 3 has a dilation of 4. How many elements does it read, and how many does it span?",
            right(
                "It reads 3 and spans 9",
                "It reads three elements, four steps apart: 4 · (3 − 1) + 1 = 9 from the first to the last.",
            ),
            wrong(
                "It reads 3 and spans 12",
                "4 · 3 counts a gap behind the last element, too. There are only two gaps among three elements.",
            ),
            wrong(
                "It reads 9 and spans 9",
                "That would be a plain window of 9. "
                "Between the elements of a dilated window lie elements that it does not read.",
            ),
            wrong(
                "It reads 12 and spans 12",
                "Dilation spreads the elements of a window. It does not add any.",
            ),
        ),
        question(
            "An average pool with padding gives a picture with a dark border, though the image has none. "
            "What is the likely cause?",
            wrong(
                "The stride is larger than the window",
                "Then pixels are left out everywhere, not only at the border.",
            ),
            right(
                "Padding is counted as zeros",
                "A corner window of 3 × 3 with a padding of 1 holds four pixels. "
                "Divided by 9 instead of 4, their mean is less than half as bright.",
            ),
            wrong(
                "Padding is −∞",
                "Then the border would be −∞, not dark. That is the padding of a maximum.",
            ),
            wrong(
                "The last row was dropped",
                "A row that is dropped is missing. It does not make the others darker.",
            ),
        ),
        question(
            "Two layers follow each other: a pool with window 2 and stride 2, "
            "then a convolution with window 3 and stride 1. "
            "How wide is the receptive field of one output?",
            wrong(
                "5",
                "2 + 3 counts the convolution's window as if its elements were pixels. "
                "They are outputs of the pool, 2 pixels apart.",
            ),
            wrong(
                "4",
                "This is the field with the two layers in the other order: 3 + (2 − 1) · 1.",
            ),
            right(
                "6",
                "The pool sees 2 pixels; the convolution adds 2 steps of 2 pixels each: 2 + (3 − 1) · 2 = 6.",
            ),
            wrong(
                "3",
                "That is the convolution's window, counted in outputs of the pool.",
            ),
        ),
        question(
            "You put a third convolution with window 3, stride 1 and padding *same* behind a stack. What changes?",
            wrong("The size", "With a stride of 1, *same* keeps it."),
            wrong(
                "The jump",
                "The jump is the product of the strides, and this stride is 1.",
            ),
            right(
                "The receptive field",
                "It grows by 2 jumps: two more outputs of the layer before, as far apart as those are.",
            ),
            wrong(
                "Nothing",
                "Along an axis, each of its outputs reads three of the layer before, and so it sees further.",
            ),
        ),
    ],
)


# ---- 1: three sizes ----

three_sizes = AnswerExercise(
    "Three layers by hand",
    "An image of 30 × 30 pixels goes through three layers: "
    "first a max pool with window 3, stride 2 and a padding of 1 at each end; "
    "then a convolution with window 3, stride 1, dilation 2 and no padding; "
    "then a max pool with window 2, stride 2 and padding *same*. "
    "How many rows come out of each? Type three numbers.",
    answer=[15, 11, 6],
    by_place=True,
    foreseen=[
        ([14, 10, 5], "The first layer has padding at both ends."),
        (
            [14, 9, 5],
            "Is the window that starts at the very beginning counted, too?",
        ),
        (
            [15, 13, 7],
            "The convolution's window has gaps: how long is it from its first element to its last?",
        ),
        (
            [15, 10, 5],
            "Three elements have two gaps between them, not three: how long is the dilated window?",
        ),
        (
            [15, 11, 5],
            "The last layer has the padding *same*, which rounds up.",
        ),
        ([15, 11, 11], "*same* keeps the size only if the stride is 1."),
        (
            [16, 12, 6],
            "The first division leaves a remainder: whole windows only, so round down.",
        ),
        ([30, 26, 13], "The first layer moves two pixels at a time."),
    ],
    hints=[
        "Go layer by layer: what comes out of one goes into the next.",
        "A window of `k` elements with a dilation `d` spans `d * (k - 1) + 1`. "
        "A padding of 1 at each end makes the line longer by 2.",
        "The first: ⌊(30 + 2 − 3) / 2⌋ + 1. The last: with *same*, only the stride counts.",
    ],
    solution=(
        "⌊(30 + 2 − 3) / 2⌋ + 1 = 15. The dilated window spans 2 · 2 + 1 = 5, so 15 − 5 + 1 = 11. "
        "With *same*, ⌈11 / 2⌉ = 6."
    ),
)


# ---- 2: the size formula ----


def count_windows(size, window, stride, before, after, dilation):
    """How many whole windows fit on a line with padding.

    The line has `size` elements; `before` and `after` are added at its ends.
    Returns a whole number: 0 if not even one window fits.
    """
    room = size + before + after - dilation * (window - 1) - 1
    if room < 0:
        return 0
    return room // stride + 1


def _room(size, window, stride, before, after, dilation):
    return size + before + after - dilation * (window - 1) - 1


counting = FunctionExercise(
    "How many windows fit?",
    solution=count_windows,
    cases=[
        (1, 2, 2, 0, 0, 1),
        (7, 3, 2, 0, 0, 1),
        (8, 3, 2, 0, 1, 1),
        (8, 3, 2, 2, 0, 1),
        (3, 3, 2, 0, 0, 2),
        (10, 3, 3, 1, 2, 2),
        (64, 2, 3, 1, 1, 1),
        (5, 3, 1, 0, 0, 6),
        (9, 4, 4, 1, 1, 3),
        (28, 2, 2, 0, 0, 1),
    ],
    mistakes=[
        Mistake(
            "The gaps of a dilated window are missing: it is longer than `window`.",
            lambda n, k, s, b, a, d: count_windows(n, k, s, b, a, 1),
        ),
        Mistake(
            "The dilated window is too long: `window` elements have one gap less than that between them.",
            lambda n, k, s, b, a, d: count_windows(n, d * k, s, b, a, 1),
        ),
        Mistake(
            "Only the padding at the start is counted.",
            lambda n, k, s, b, a, d: count_windows(n, k, s, b, 0, d),
        ),
        Mistake(
            "Only the padding at the end is counted.",
            lambda n, k, s, b, a, d: count_windows(n, k, s, 0, a, d),
        ),
        Mistake(
            "The padding at the start is counted twice, and that at the end is not.",
            lambda n, k, s, b, a, d: count_windows(n, k, s, b, b, d),
        ),
        Mistake(
            "The padding is missing.",
            lambda n, k, s, b, a, d: count_windows(n, k, s, 0, 0, d),
        ),
        Mistake(
            "One window too few wherever one fits: the one at the very start has taken no stride and counts as well.",
            lambda *c: max(0, _room(*c) // c[2]),
        ),
        Mistake(
            "Where no window fits, you count one: `int()` of a negative fraction rounds *up*, towards zero.",
            lambda *c: int(_room(*c) / c[2]) + 1,
        ),
        Mistake(
            "Where the window is far too long, the count is negative. There cannot be fewer than 0 windows.",
            lambda *c: _room(*c) // c[2] + 1,
        ),
        Mistake(
            "A window that hangs over the end is counted. Only whole ones should be.",
            lambda *c: max(0, math.ceil(_room(*c) / c[2]) + 1),
        ),
        Mistake(
            "You divide the whole line by the stride, without taking the window off first.",
            lambda n, k, s, b, a, d: (n + b + a) // s,
        ),
    ],
    hints=[
        "How long is the line with its padding, and how long is the window with its gaps?",
        "The difference of the two is the room that the window has to move. How many whole strides fit into it?",
        "If the room is negative, nothing fits. Otherwise it is `room // stride + 1`.",
    ],
)


# ---- 3: what 'same' adds ----


def same_padding(size, window, stride, dilation):
    """The padding that 'same' adds, as TensorFlow does.

    It makes ceil(size / stride) windows fit; an odd element goes to the end.
    Returns an array of two whole numbers: before, after.
    """
    outputs = -(-size // stride)
    span = dilation * (window - 1) + 1
    total = max(0, (outputs - 1) * stride + span - size)
    return np.array([total // 2, total - total // 2])


def _total(size, window, stride, dilation, outputs):
    return (outputs - 1) * stride + dilation * (window - 1) + 1 - size


same_pairs = FunctionExercise(
    "What same adds",
    solution=same_padding,
    cases=[
        (8, 3, 2, 1),
        (7, 3, 2, 1),
        (6, 3, 1, 1),
        (9, 2, 3, 1),
        (9, 4, 1, 1),
        (12, 3, 2, 3),
        (10, 2, 4, 1),
        (64, 5, 4, 2),
        (1, 3, 2, 1),
    ],
    source=lambda index, *case: (
        "Where does the last window start, and where would it end?"
    ),
    mistakes=[
        Mistake(
            "The sum is right, but the odd element should go to the end.",
            lambda *c: same_padding(*c)[::-1],
        ),
        Mistake(
            "The gaps of a dilated window are missing.",
            lambda n, k, s, d: same_padding(n, k, s, 1),
        ),
        Mistake(
            "This is right for a stride of 1 only. At a larger stride the last window need not reach as far.",
            lambda n, k, s, d: same_padding(n, k, 1, d),
        ),
        Mistake(
            "Where the windows leave gaps, the total comes out negative. Nothing can be taken away: the least is 0.",
            lambda n, k, s, d: np.array(
                [(t := _total(n, k, s, d, -(-n // s))) // 2, t - t // 2]
            ),
        ),
        Mistake(
            "The number of windows is rounded down, but *same* rounds up.",
            lambda n, k, s, d: np.array(
                [(t := max(0, _total(n, k, s, d, n // s))) // 2, t - t // 2]
            ),
        ),
        Mistake(
            "The last of m windows has taken m − 1 strides, not m.",
            lambda n, k, s, d: np.array(
                [
                    (t := max(0, _total(n, k, s, d, -(-n // s) + 1))) // 2,
                    t - t // 2,
                ]
            ),
        ),
        Mistake(
            "This is the total, at both ends. It has to be shared between them.",
            lambda *c: np.repeat(same_padding(*c).sum(), 2),
        ),
        Mistake(
            "Both ends get half, rounded up, and that is one element too much where the total is odd.",
            lambda *c: np.repeat(same_padding(*c)[1], 2),
        ),
        Mistake(
            "Both ends get half, rounded down, and one element is missing where the total is odd.",
            lambda *c: np.repeat(same_padding(*c)[0], 2),
        ),
    ],
    hints=[
        "How many windows are there? The last of them has taken one stride less than that.",
        "From its start, the last window needs `dilation * (window - 1) + 1` elements. "
        "How many of them are missing beyond the line's end?",
        "The total is `max(0, (outputs - 1) * stride + span - size)`. Half of it, rounded down, goes before.",
    ],
)


# ---- 4: the divisors ----


def divisors(size, window, stride, before, after):
    """How many real elements each window covers: the divisors of a mean.

    The line has `size` elements. Its padding, `before` and `after`, is not
    real. Whole windows only. Returns an array of whole numbers.
    """
    counts = []
    start = -before
    while start + window <= size + after:
        real = [
            position
            for position in range(start, start + window)
            if 0 <= position < size
        ]
        counts.append(len(real))
        start += stride
    return np.array(counts)


dividing = FunctionExercise(
    "The divisors of a mean",
    solution=divisors,
    cases=[
        (5, 3, 1, 1, 1),
        (8, 3, 2, 0, 1),
        (7, 3, 2, 1, 1),
        (6, 4, 3, 2, 1),
        (5, 5, 1, 2, 2),
        (9, 2, 2, 0, 0),
        (4, 3, 2, 2, 2),
        (2, 5, 1, 2, 2),
    ],
    source=lambda index, *case: (
        f"Write down the positions under window {index[0]}, the negative ones too."
    ),
    mistakes=[
        Mistake(
            "Every window has the same divisor: the padding is counted.",
            lambda n, k, s, b, a: np.full(len(divisors(n, k, s, b, a)), k),
        ),
        Mistake(
            "The padding at the end is counted as real.",
            lambda n, k, s, b, a: divisors(n + a, k, s, b, 0),
        ),
        Mistake(
            "The padding at the start is counted as real.",
            lambda n, k, s, b, a: divisors(n + b, k, s, 0, a),
        ),
        Mistake(
            "The windows start one apart, whatever the stride is.",
            lambda n, k, s, b, a: divisors(n, k, 1, b, a),
        ),
        Mistake(
            "The first window starts at 0, but the padding before it belongs to the line.",
            lambda n, k, s, b, a: divisors(n, k, s, 0, a),
        ),
        Mistake(
            "The last windows are missing: the line goes on into the padding at its end.",
            lambda n, k, s, b, a: divisors(n, k, s, b, 0),
        ),
        Mistake(
            "These are the elements of *padding* in each window. The divisor counts the others.",
            lambda n, k, s, b, a: k - divisors(n, k, s, b, a),
        ),
    ],
    hints=[
        "Take 5 elements with one of padding at each end. The first window of 3 starts at position -1: "
        "which of its positions are real?",
        "The windows start at `-before`, then `stride` further each time, "
        "as long as `start + window` is at most `size + after`.",
        "Or pool a line that holds 1 in its `size` real places and 0 in the padding: "
        "the sum under each window is its divisor.",
    ],
)


# ---- 5: the way back ----

BACK: dict[str, Any] = dict(window=3, stride=4, padding=(1, 0))

inputs = AnswerExercise(
    "Five came out",
    "A pool with window 3, stride 4, one element of padding before the line and none behind it gives 5 outputs. "
    "How long can the line have been? Type all its possible lengths, the smallest first.",
    answer=[n for n in range(2, 60) if output_size(n, **BACK) == 5],
    foreseen=[
        (
            [19, 20, 21, 22],
            "You left the padding out: it makes the line longer before the windows are counted.",
        ),
        (
            [17, 18, 19, 20],
            "You counted the padding at both ends. Here there is none behind the line.",
        ),
        (
            [18],
            "This one is possible. Can the line be longer, and still hold no further window?",
        ),
        ([21], "This one is possible. Can the line be shorter?"),
        (
            [20],
            "This one is possible: it is 5 times the stride. Rounding down hides others.",
        ),
        (
            [18, 21],
            "Both are possible, and so is what lies between them: type every length.",
        ),
        (
            [18, 19, 20],
            "One is missing: how far may the line reach beyond the last window before another one fits?",
        ),
        (
            [18, 19, 20, 21, 22],
            "One of these holds another window. How far may the line reach beyond the last one?",
        ),
        (
            [21, 20, 19, 18],
            "These are the right lengths. Now type the smallest first.",
        ),
        (
            [14, 15, 16, 17],
            "With these lines the last window starts one stride earlier. "
            "How many strides has the last of five windows taken?",
        ),
    ],
    hints=[
        "The fifth window has taken four strides. Where does it start, and where does it end?",
        "The line must reach to the end of the fifth window, and not to the end of a sixth.",
    ],
    solution="The first window starts at −1, so the fifth starts at −1 + 4 · 4 = 15 and ends with position 17: "
    "the line has at least 18 elements. "
    "A sixth would end with position 21, so it has at most 21. As many lengths as the stride: 18, 19, 20 and 21.",
)


# ---- 6: a receptive field ----


def receptive_field(layers):
    """What one output of a stack sees along one axis.

    layers is a list of (window, stride, before, dilation), the first layer
    first; `before` is its padding before the first element.
    Returns an array of three whole numbers: the width of the receptive field,
    the jump from one output's field to the next, the start of output 0's.
    """
    size, jump, start = 1, 1, 0
    for window, stride, before, dilation in layers:
        size += (window - 1) * dilation * jump
        start -= before * jump
        jump *= stride
    return np.array([size, jump, start])


def _fields(step):
    """The receptive field by another rule for (size, jump, start) of a layer."""

    def field(layers):
        state = (1, 1, 0)
        for layer in layers:
            state = step(*state, *layer)
        return np.array(state)

    return field


field = FunctionExercise(
    "What a stack sees",
    solution=receptive_field,
    cases=[
        ([(3, 2, 1, 1)],),
        ([(2, 2, 0, 1), (3, 1, 1, 1)],),
        ([(3, 1, 1, 1), (2, 2, 0, 1), (3, 1, 1, 1), (2, 2, 0, 1)],),
        ([(3, 2, 1, 1), (3, 2, 1, 1), (3, 2, 1, 1)],),
        ([(3, 1, 1, 1), (3, 1, 2, 2), (3, 1, 4, 4)],),
        ([(2, 3, 0, 1), (5, 2, 2, 2), (1, 4, 0, 1), (4, 1, 3, 1)],),
    ],
    source=lambda index, layers: [
        "The width: by how many pixels does each layer widen it?",
        "The jump: how far apart are two neighbours?",
        "The start: where does output 0's field begin?",
    ][index[0]],
    mistakes=[
        Mistake(
            "The jump grows too early: a layer's window and padding are counted in the jump of its *input*.",
            _fields(
                lambda r, j, t, k, s, p, d: (
                    r + (k - 1) * d * j * s,
                    j * s,
                    t - p * j * s,
                )
            ),
        ),
        Mistake(
            "The jump is missing from the width and from the start: "
            "a step of a later window, or of its padding, is several pixels long.",
            _fields(
                lambda r, j, t, k, s, p, d: (r + (k - 1) * d, j * s, t - p)
            ),
        ),
        Mistake(
            "The stride of a layer widens its own field: take its window first, then let its stride change the jump.",
            _fields(
                lambda r, j, t, k, s, p, d: (
                    r + (k - 1) * d * j * s,
                    j * s,
                    t - p * j,
                )
            ),
        ),
        Mistake(
            "The jump is missing from the width: a step of a later window is several pixels long.",
            _fields(
                lambda r, j, t, k, s, p, d: (r + (k - 1) * d, j * s, t - p * j)
            ),
        ),
        Mistake(
            "Each layer widens the field by one step too many: between `window` elements lie `window - 1` steps.",
            _fields(
                lambda r, j, t, k, s, p, d: (r + k * d * j, j * s, t - p * j)
            ),
        ),
        Mistake(
            "The gaps of dilated windows are missing.",
            _fields(
                lambda r, j, t, k, s, p, d: (r + (k - 1) * j, j * s, t - p * j)
            ),
        ),
        Mistake(
            "The strides are added up, but two steps of 2 inside each other make 4: they multiply.",
            _fields(
                lambda r, j, t, k, s, p, d: (
                    r + (k - 1) * d * j,
                    j + s - 1,
                    t - p * j,
                )
            ),
        ),
        Mistake(
            "The padding of a later layer is not one pixel wide: it is counted in jumps.",
            _fields(
                lambda r, j, t, k, s, p, d: (r + (k - 1) * d * j, j * s, t - p)
            ),
        ),
        Mistake(
            "The field starts on the wrong side: padding before the line moves it to the left.",
            _fields(
                lambda r, j, t, k, s, p, d: (
                    r + (k - 1) * d * j,
                    j * s,
                    t + p * j,
                )
            ),
        ),
        Mistake(
            "A layer's padding is as wide as the jump of its *input*: take it off before you multiply the jump.",
            _fields(
                lambda r, j, t, k, s, p, d: (
                    r + (k - 1) * d * j,
                    j * s,
                    t - p * j * s,
                )
            ),
        ),
        Mistake(
            "The layers are taken from the last to the first: begin with the one that reads the image.",
            lambda layers: receptive_field(layers[::-1]),
        ),
        Mistake(
            "The windows multiply in your width. They only do so if each stride equals its window.",
            lambda layers: np.array(
                [math.prod(k for k, *_ in layers), *receptive_field(layers)[1:]]
            ),
        ),
    ],
    hints=[
        "Begin with one pixel: the width is 1, the jump 1, the start 0. Then let each layer change the three.",
        "A window of 3 takes two steps, each of `dilation` outputs of the layer before. "
        "How many pixels apart are those?",
        "Add `(window - 1) * dilation * jump` to the width, take `before * jump` from the start, "
        "and only then multiply the jump by the stride.",
    ],
)


exercises = Exercises(
    3, [three_sizes, counting, same_pairs, dividing, inputs, field]
)
