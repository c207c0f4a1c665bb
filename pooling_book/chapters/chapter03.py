"""Chapter 03: its quiz, its exercises and their known mistakes."""

import math
from typing import Any

import numpy as np
from pooling_lib import max_pool
from pooling_lib.geometry import output_size

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
)
from pooling_book.exercise.mistakes import Mistake, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-03",
    [
        question(
            "Images of 227 × 227 go through a convolution with window 11 and stride 4, then through a max pool with "
            "window 3 and stride 2, both without padding. How many rows come out, how wide is the field of one of "
            "the outputs, and how far does it jump?",
            wrong(
                "27 rows, field 13, jump 8",
                "You added the pool's two steps to 11 as if they were pixels. "
                "They go from one output of the convolution to the next.",
            ),
            wrong(
                "27 rows, field 27, jump 8",
                "You let the pool's own stride lengthen its steps. "
                "Its window walks over the convolution's outputs, 4 pixels apart.",
            ),
            right(
                "27 rows, field 19, jump 8",
                "First 55 rows, then 27. The pool takes 2 steps of 4 pixels: 11 + 8 = 19. "
                "The strides multiply: 4 · 2 = 8.",
            ),
            wrong(
                "27 rows, field 19, jump 6",
                "Strides inside each other multiply: two outputs of the convolution are 4 pixels apart, "
                "and the pool skips every second one.",
            ),
        ),
        question(
            "Maps of 7 × 7 must become 4 × 4. Windows must not overlap, every element must be read, "
            "and a map that is grey all over must stay so. Which pool do you take?",
            wrong(
                "Means of 2 × 2, stride 2, *valid*",
                "Three windows fit along each side. The last row and the last column are read by none.",
            ),
            right(
                "Means of 2 × 2, stride 2, *same*, divided by the real elements",
                "⌈7 / 2⌉ = 4. The last windows hold two elements, or one, and are divided by two, or one.",
            ),
            wrong(
                "Means of 4 × 4, stride 1, *valid*",
                "The size is right: 7 − 4 + 1 = 4. But windows that are longer than the stride overlap.",
            ),
            wrong(
                "A row and a column of zeros at the end, then means of 2 × 2, stride 2",
                "The windows are the right ones, but the last ones are half zeros or more: they come out darker.",
            ),
        ),
        question(
            "A text counts dilation as CS231n does: a window without gaps has dilation 0. "
            "It uses a window of 3 with dilation 1 and a stride of 1 on 20 rows, without padding. How many come out?",
            wrong(
                "18",
                "That is a window without gaps. In this text it would have dilation 0.",
            ),
            wrong(
                "17",
                "You let the window span 4. Three elements have two gaps between them, one element each.",
            ),
            right(
                "16",
                "One element lies in each of two gaps, so the window spans 5: 20 − 5 + 1.",
            ),
            wrong(
                "14",
                "You let the window span 7, as with two elements in each gap.",
            ),
        ),
        question(
            '*"My ten 3 × 3 convolutions have a stride of 1 and same padding. Their field is 21 pixels wide, '
            'and my maps have 16 × 16. So every output sees the whole map."* What is wrong?',
            wrong(
                "The field: it is 30 wide, ten times 3",
                "A window of 3 takes two steps, so each layer adds 2 to the first pixel.",
            ),
            wrong(
                "The padding makes the field narrower",
                "Padding moves where the field starts. Its width does not change.",
            ),
            wrong(
                "Nothing",
                "How far does the field reach to either side of its middle? Place it on the first row.",
            ),
            right(
                "An output near the border sees less",
                "The field reaches 10 rows to either side. Output 0 sees rows −10 to 10: of the real ones, 11.",
            ),
        ),
        question(
            "Two 3 × 3 convolutions with stride 1 and two pools stand in turn: convolution, a 2 × 2 pool with "
            "stride 2, convolution, a 3 × 3 pool with stride 3. By how many pixels may an image shift, "
            "so that the output merely shifts, away from the border?",
            wrong(
                "By any number: convolutions and pools slide over the image",
                "Their dense maps follow every shift. What does a stride keep of a dense map that has shifted by one?",
            ),
            right(
                "By multiples of 6",
                "That is the stack's jump, 2 · 3. A shift by 6 becomes one of 3, and then one of 1.",
            ),
            wrong(
                "By multiples of 2",
                "They get through the first pool and become multiples of 1. Do those get through the second?",
            ),
            wrong(
                "By multiples of 5",
                "Strides do not add up. After the first pool one step is two pixels long.",
            ),
        ),
        question(
            'You bring `MaxPooling2D(2, 1, "same")` from Keras to PyTorch. What do you write?',
            wrong(
                "`MaxPool2d(2, 1, padding=1)`",
                "Of n rows it makes n + 1, since it pads both ends. *Same* makes n.",
            ),
            wrong(
                "One row and one column of −∞ before the first, then `MaxPool2d(2, 1)`",
                "The size is right, and every window is one element off: an odd element goes to the end.",
            ),
            right(
                "One row and one column of −∞ after the last, then `MaxPool2d(2, 1)`",
                "*Same* needs 2 − 1 = 1 element more, and an odd element goes to the end.",
            ),
            wrong(
                "One row and one column of zeros after the last, then `MaxPool2d(2, 1)`",
                "The windows are the right ones. But where only negative numbers stand at the end, 0 wins.",
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


# ---- 2: the size, both axes, both roundings ----


def pooled_shape(shape, window, stride, padding, ceil_mode):
    """How many rows and columns a pool gives.

    shape, window and stride are pairs: first the rows, then the columns.
    padding is ((top, bottom), (left, right)).
    Sizes are rounded down. With ceil_mode they are rounded up: a window
    may hang over the end by less than a stride, but none starts after the
    last real row or column. Where no window can stand, the size is 0.
    Returns an array of two whole numbers.
    """
    sizes = []
    for n, k, S, (before, after) in zip(shape, window, stride, padding):
        room = n + before + after - k
        if ceil_mode:
            strides = min(-(-room // S), (n - 1 + before) // S)
        else:
            strides = room // S
        sizes.append(max(0, strides + 1))
    return np.array(sizes)


def _sized(strides, least=0):
    """The sizes by another count of strides on one axis: strides(n, k, S, before, after, ceil_mode)."""

    def function(shape, window, stride, padding, ceil_mode):
        axes = zip(shape, window, stride, padding)
        return np.array(
            [
                max(least, strides(n, k, S, *ends, ceil_mode) + 1)
                for n, k, S, ends in axes
            ]
        )

    return function


def _strides(n, k, S, before, after, ceil_mode):
    room = n + before + after - k
    if ceil_mode:
        return min(-(-room // S), (n - 1 + before) // S)
    return room // S


NO_ENDS = ((0, 0), (0, 0))

shapes = FunctionExercise(
    "How large is the output?",
    solution=pooled_shape,
    cases=[
        ((7, 8), (3, 2), (2, 2), NO_ENDS, False),
        ((6, 9), (3, 3), (2, 2), NO_ENDS, True),
        ((32, 9), (1, 3), (2, 3), NO_ENDS, True),
        ((8, 5), (3, 2), (2, 3), ((0, 1), (1, 1)), True),
        ((8, 6), (3, 2), (2, 3), ((0, 1), (1, 1)), False),
        ((1, 10), (2, 4), (2, 3), NO_ENDS, False),
        ((112, 111), (3, 3), (2, 2), ((1, 1), (1, 1)), False),
        ((9, 4), (3, 5), (3, 1), ((2, 0), (0, 2)), True),
        ((3, 3), (9, 2), (2, 2), NO_ENDS, True),
        ((9, 2), (2, 8), (4, 2), ((0, 0), (1, 1)), False),
        ((2, 1), (3, 3), (2, 2), NO_ENDS, True),
    ],
    source=lambda index, *case: (
        "Draw the line of the rows, with its padding, and place the windows."
        if index == (0,)
        else "Draw the line of the columns, with its padding, and place the windows."
    ),
    mistakes=[
        Mistake(
            "The pairs of your result are swapped: the rows come first.",
            lambda *c: pooled_shape(*c)[::-1],
        ),
        Mistake(
            "The window's sides are swapped: its first number belongs to the rows.",
            lambda n, k, s, p, c: pooled_shape(n, k[::-1], s, p, c),
        ),
        Mistake(
            "The strides are swapped: the first number belongs to the rows.",
            lambda n, k, s, p, c: pooled_shape(n, k, s[::-1], p, c),
        ),
        Mistake(
            "The paddings are swapped: the first pair, top and bottom, belongs to the rows.",
            lambda n, k, s, p, c: pooled_shape(n, k, s, p[::-1], c),
        ),
        Mistake(
            "The padding is missing.",
            lambda n, k, s, p, c: pooled_shape(n, k, s, NO_ENDS, c),
        ),
        Mistake(
            "The padding before is counted twice, and that after is not.",
            lambda n, k, s, p, c: pooled_shape(
                n, k, s, tuple((b, b) for b, _ in p), c
            ),
        ),
        Mistake(
            "Sizes are always rounded down: what does `ceil_mode` change?",
            lambda n, k, s, p, c: pooled_shape(n, k, s, p, False),
        ),
        Mistake(
            "Sizes are always rounded up: only with `ceil_mode` should they be.",
            lambda n, k, s, p, c: pooled_shape(n, k, s, p, True),
        ),
        Mistake(
            "Rounded up, a window starts where no real element is left. Leave that one out.",
            _sized(
                lambda n, k, s, b, a, c: (
                    -(-(n + b + a - k) // s) if c else (n + b + a - k) // s
                )
            ),
        ),
        Mistake(
            "The last possible start is counted from the first real element, but the windows start in the padding.",
            _sized(
                lambda n, k, s, b, a, c: (
                    min(-(-(n + b + a - k) // s), (n - 1) // s)
                    if c
                    else (n + b + a - k) // s
                )
            ),
        ),
        Mistake(
            "One window too few wherever one fits: the one at the very start has taken no stride and counts as well.",
            _sized(lambda *c: _strides(*c) - 1),
        ),
        Mistake(
            "Where a window is far too long, the size is negative. There cannot be fewer than 0 windows.",
            _sized(_strides, least=-math.inf),
        ),
        Mistake(
            "Where a window is too long, you count one: `int()` of a negative fraction rounds *up*, towards zero.",
            _sized(
                lambda n, k, s, b, a, c: (
                    _strides(n, k, s, b, a, c)
                    if c
                    else int((n + b + a - k) / s)
                )
            ),
        ),
        Mistake(
            "With `ceil_mode` the first window may hang over the end, too. Where it is the only one, you count none.",
            _sized(
                lambda n, k, s, b, a, c: (
                    _strides(n, k, s, b, a, c) if n + b + a >= k else -1
                )
            ),
        ),
        Mistake(
            "Where no window can stand, you count one all the same.",
            _sized(_strides, least=1),
        ),
        Mistake(
            "You divide the whole line by the stride. What of the window, which has to fit in the end?",
            _sized(lambda n, k, s, b, a, c: (n + b + a) // s - 1),
        ),
    ],
    hints=[
        "Take one axis: how long is the line with its padding, and how much room has the window to move?",
        "How many strides fit into the room? `//` rounds down; `-(-room // S)` rounds up. "
        "One window more has taken no stride.",
        "With `ceil_mode`, the last start, `strides * S - before`, may be at most `n - 1`. "
        "Do all this for rows and columns, and take 0 for what is below it.",
    ],
)


# ---- 3: SAME by hand ----


def pad_like_same(x, window, stride):
    """x, padded as a max pool with TensorFlow's SAME pads it.

    x is an array of whole numbers of shape (H, W).
    window and stride are pairs: first the rows, then the columns.
    A max pool without padding, on the result, gives what SAME gives on x:
    ceil(H / stride[0]) rows and ceil(W / stride[1]) columns.
    An odd row or column of padding goes to the end.
    """
    ends = []
    for n, k, S in zip(x.shape, window, stride):
        m = -(-n // S)
        total = max(0, (m - 1) * S + k - n)
        ends.append((total // 2, total - total // 2))
    return np.pad(x.astype(float), ends, constant_values=-np.inf)


def _pools_like_same(y, x, window, stride):
    ours, theirs = (
        max_pool(x, window, stride, "same"),
        max_pool(y, window, stride),
    )
    for i, j in np.argwhere(ours != theirs):
        return (
            f"Output [{i}, {j}] of the pool on your array is {theirs[i, j]:g}. "
            "That window of *same* holds another maximum."
        )
    return None


def _padded(ends, fill=-np.inf):
    """Padding by another rule for the pair of one axis: ends(n, k, S)."""

    def function(x, window, stride):
        pairs = [ends(*axis) for axis in zip(x.shape, window, stride)]
        return np.pad(x.astype(float), pairs, constant_values=fill)

    return function


def _pair(n, k, S):
    total = max(0, (-(-n // S) - 1) * S + k - n)
    return total // 2, total - total // 2


def _shared(total):
    """The padding of one axis by another total: total(n, k, S)."""

    def ends(n, k, S):
        both = max(0, total(n, k, S))
        return both // 2, both - both // 2

    return ends


same_by_hand = FunctionExercise(
    "SAME by hand",
    solution=pad_like_same,
    judge=_pools_like_same,
    cases=[
        (-abs(shuffled(31, 4, 4)) - 1, (3, 3), (2, 2)),
        (shuffled(32, 5, 4), (3, 2), (1, 1)),
        (shuffled(33, 4, 6), (2, 3), (3, 2)),
        (-abs(shuffled(34, 5, 5)) - 1, (2, 4), (1, 1)),
        (shuffled(35, 7, 8), (4, 5), (3, 2)),
        (shuffled(36, 6, 7), (2, 1), (4, 3)),
        (-abs(shuffled(37, 3, 6)) - 1, (5, 2), (2, 5)),
        (shuffled(38, 8, 5), (3, 3), (2, 2)),
    ],
    mistakes=[
        Mistake(
            "Your padding is zeros. Zero is larger than any negative number.",
            _padded(_pair, 0),
        ),
        Mistake(
            "The padding is NaN, and so is the maximum of any window that holds one.",
            _padded(_pair, np.nan),
        ),
        Mistake(
            "The padding is +∞, which always wins.",
            _padded(_pair, np.inf),
        ),
        Mistake(
            "The amount is right, but an odd row or column should go to the end.",
            _padded(lambda *c: _pair(*c)[::-1]),
        ),
        Mistake(
            "All the padding is at the end. Half of it, rounded down, goes before.",
            _padded(lambda *c: (0, sum(_pair(*c)))),
        ),
        Mistake(
            "Both ends get half, rounded up: one too many where the total is odd.",
            _padded(lambda *c: (_pair(*c)[1],) * 2),
        ),
        Mistake(
            "Both ends get half, rounded down: one is missing where the total is odd.",
            _padded(lambda *c: (_pair(*c)[0],) * 2),
        ),
        Mistake(
            "Each end gets the total, which has to be shared between them.",
            _padded(lambda *c: (sum(_pair(*c)),) * 2),
        ),
        Mistake(
            "This is right for a stride of 1 only. At a larger stride the last window need not reach as far.",
            _padded(_shared(lambda n, k, S: k - 1)),
        ),
        Mistake(
            "The number of windows is rounded down, but *same* rounds up.",
            _padded(_shared(lambda n, k, S: (n // S - 1) * S + k - n)),
        ),
        Mistake(
            "The last of m windows has taken m − 1 strides, not m.",
            _padded(_shared(lambda n, k, S: -(-n // S) * S + k - n)),
        ),
        Mistake(
            "The window's sides are swapped: its first number belongs to the rows.",
            lambda x, window, stride: pad_like_same(x, window[::-1], stride),
        ),
        Mistake(
            "The strides are swapped: the first number belongs to the rows.",
            lambda x, window, stride: pad_like_same(x, window, stride[::-1]),
        ),
        Mistake(
            "This is `x` as it is: nothing is padded.",
            lambda x, window, stride: x,
        ),
    ],
    hints=[
        "Take one axis. How many windows does *same* want? The last of them has taken one stride less than that.",
        "From its start, the last window needs `k` elements. How many of them are missing beyond the line's end? "
        "That is the total; if nothing is missing, it is 0.",
        "`np.pad(x, [(top, bottom), (left, right)], constant_values=...)` pads. "
        "Whole numbers know no −∞: begin with `x.astype(float)`.",
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


def _last_less_first(n, k, s, b, a):
    starts = range(-b, n + a - k + 1, s)
    return np.array([min(start + k, n) - max(start, 0) for start in starts])


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
        (3, 2, 1, 3, 0),
        (2, 2, 2, 0, 5),
    ],
    source=lambda index, *case: (
        f"Write down the positions under window {index[0]}, the negative ones too."
    ),
    mistakes=[
        Mistake(
            "A window on padding alone covers no real element: 0, and not fewer than none.",
            _last_less_first,
        ),
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
        "The windows start at `-before`, then `stride` farther on each time, "
        "as long as `start + window` is at most `size + after`.",
        "Or pool a line that holds 1 in its `size` real places and 0 in the padding: "
        "the sum under each window is its divisor.",
    ],
)


# ---- 5: the way back ----

BACK: dict[str, Any] = dict(window=3, stride=4, padding=(1, 0))

inputs = AnswerExercise(
    "Five came out",
    "A pool with window 3, stride 4, one element of padding before the line and none after it gives 5 outputs. "
    "How long can the line have been? Type all its possible lengths, the smallest first.",
    answer=[n for n in range(2, 60) if output_size(n, **BACK) == 5],
    foreseen=[
        (
            [19, 20, 21, 22],
            "You left the padding out: it makes the line longer before the windows are counted.",
        ),
        (
            [17, 18, 19, 20],
            "You counted the padding at both ends. Here there is none after the line.",
        ),
        (
            [18],
            "This one is possible. Can the line be longer, and still hold no other window?",
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
            [18, 22],
            "Does the last one hold five windows, or six? And type every length, not the first and the last only.",
        ),
        (
            [17, 20],
            "You counted the padding at both ends. And type every length, not the first and the last only.",
        ),
        (
            [19, 22],
            "You left the padding out. And type every length, not the first and the last only.",
        ),
        (
            [19, 20, 21],
            "One is missing: must the line end after the fifth window, or may it end with it?",
        ),
        (
            [17, 18, 19, 20, 21],
            "One of these is too short: where does the fifth window end, if the first starts in the padding?",
        ),
        (
            [19],
            "This one is possible. Can the line be shorter, or longer?",
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


# ---- 6: the middle of the view ----


def centres(size, layers):
    """Where the middle of each output's receptive field lies.

    The line has `size` pixels, counted from 0.
    layers is a list of (window, stride, padding), the first layer first;
    padding is the number of elements at each end.
    Returns an array with one number for each output of the last layer.
    The middle of pixels 3, 4 and 5 is 4, that of pixels 3 and 4 is 3.5.
    Pixels beyond the line count as well.
    """
    width, jump, start = 1, 1, 0
    for window, stride, padding in layers:
        size = (size + 2 * padding - window) // stride + 1
        width += (window - 1) * jump
        start -= padding * jump
        jump *= stride
    return start + jump * np.arange(size) + (width - 1) / 2


def _looking(step, middle=lambda r, j, t: t + (r - 1) / 2):
    """The middles by another rule for (width, jump, start) of a layer, or for the first middle."""

    def function(size, layers):
        state = (1, 1, 0)
        for layer in layers:
            state = step(*state, *layer)
        outputs = np.arange(len(centres(size, layers)))
        return middle(*state) + state[1] * outputs

    return function


def _step(r, j, t, k, s, p):
    return r + (k - 1) * j, j * s, t - p * j


middles = FunctionExercise(
    "The middle of the view",
    solution=centres,
    cases=[
        (7, [(3, 2, 0)]),
        (8, [(2, 2, 0)]),
        (8, [(2, 2, 0), (3, 1, 1)]),
        (9, [(3, 2, 1), (3, 2, 1)]),
        (20, [(3, 1, 1), (2, 2, 0), (3, 1, 1), (2, 2, 0)]),
        (22, [(2, 3, 0), (4, 2, 1)]),
        (13, [(1, 4, 0)]),
        (16, [(3, 1, 0), (5, 2, 2)]),
        (5, [(2, 1, 1)]),
    ],
    source=lambda index, *case: (
        f"Which pixels does output {index[0]} see? Write down the first and the last."
    ),
    mistakes=[
        Mistake(
            "These are the first pixels of the fields, not their middles.",
            _looking(_step, lambda r, j, t: t),
        ),
        Mistake(
            "These are the last pixels of the fields, not their middles.",
            _looking(_step, lambda r, j, t: t + r - 1),
        ),
        Mistake(
            "The middles are half a pixel too far on: "
            "from the first of r pixels to the last there are r − 1 steps.",
            _looking(_step, lambda r, j, t: t + r / 2),
        ),
        Mistake(
            "The middle of an even number of pixels lies between two of them: `//` cuts off the half.",
            _looking(_step, lambda r, j, t: t + (r - 1) // 2),
        ),
        Mistake(
            "The padding is missing: it moves where output 0 looks.",
            _looking(
                lambda r, j, t, k, s, p: (r + (k - 1) * j, j * s, t),
            ),
        ),
        Mistake(
            "The padding moves the start to the wrong side.",
            _looking(
                lambda r, j, t, k, s, p: (r + (k - 1) * j, j * s, t + p * j)
            ),
        ),
        Mistake(
            "The padding of a later layer is not one pixel wide: it is counted in jumps.",
            _looking(lambda r, j, t, k, s, p: (r + (k - 1) * j, j * s, t - p)),
        ),
        Mistake(
            "The jump grows too early: a layer's window and padding are counted in the jump of its *input*.",
            _looking(
                lambda r, j, t, k, s, p: (
                    r + (k - 1) * j * s,
                    j * s,
                    t - p * j * s,
                )
            ),
        ),
        Mistake(
            "The jump is missing from the width: a step of a later window is several pixels long.",
            _looking(lambda r, j, t, k, s, p: (r + k - 1, j * s, t - p * j)),
        ),
        Mistake(
            "The strides are added up, but steps of 2 inside each other make 4: they multiply.",
            _looking(
                lambda r, j, t, k, s, p: (
                    r + (k - 1) * j,
                    j + s - 1,
                    t - p * j,
                )
            ),
        ),
        Mistake(
            "Pixels beyond the line count as well, so a middle may lie beyond it.",
            lambda size, layers: np.clip(centres(size, layers), 0, size - 1),
        ),
        Mistake(
            "Some outputs are missing: one may look beyond the line, and has a middle all the same.",
            lambda size, layers: np.array(
                [m for m in centres(size, layers) if 0 <= m < size]
            ),
        ),
        Mistake(
            "The outputs are one pixel apart here. How far does the field jump from one to the next?",
            lambda size, layers: (
                centres(size, layers)[0] + np.arange(len(centres(size, layers)))
            ),
        ),
        Mistake(
            "The last output is missing: the window at the very start has taken no stride and counts as well.",
            lambda size, layers: centres(size, layers)[:-1],
        ),
        Mistake(
            "The layers are taken from the last to the first: begin with the one that reads the pixels.",
            lambda size, layers: centres(size, layers[::-1]),
        ),
    ],
    hints=[
        "Follow four numbers from layer to layer: the size, the width of the field, the jump, "
        "and where output 0's field starts.",
        "Output i sees `width` pixels from `start + i * jump` on. Where is the middle of them?",
        "A window of 1 looks at one pixel and its middle is that pixel: "
        "the middle is `(width - 1) / 2` after the first.",
    ],
)


# ---- 7: find the error ----

shapes_agree = OpenExercise(
    "Find the error: the shapes agree",
    '*"In PyTorch, MaxPool2d(3, 2, padding=1) makes 56 rows of 112. In TensorFlow, SAME with the same window and '
    "stride makes 56 rows, too. Both pad with something that never wins. So the outputs differ along the border, and "
    'nowhere else. At 113 rows, where both make 57, they differ along the border, too."* '
    "Two of these sentences are false. Which ones, and why?",
    "`SAME` needs one row of padding for 112 rows, and puts it at the end: its windows start at 0, 2, 4 and so on. "
    "With a padding of 1 at both ends they start at −1, 1, 3. So every window is one row off, in the middle of the "
    "image as well, and the outputs differ inside, too. "
    "For 113 rows `SAME` needs 56 · 2 + 3 − 113 = 2 rows, one at each end: then the windows are the same, "
    "and the outputs agree everywhere, the border included.",
    points=[
        "At 112 rows *same* adds one row, at the end.",
        "All windows are one row off, not only those at the border.",
        "At 113 rows *same* adds one row at each end: the windows are the same ones.",
        "Equal sizes do not say that the windows are equal.",
    ],
    hints=[
        "Where does the first window start, in each of the two?",
        "How much padding does *same* need for 112 rows, and how much for 113?",
    ],
)


# ---- 8: three ways to see far ----

see_far = OpenExercise(
    "In three sentences: three ways to see far",
    "An output should see farther. You may take a larger window, put a stride of 2 into a layer before it, or give "
    "its window a dilation of 2. Write a sentence on each: what does it do to the field, and what does it cost?",
    "A larger window adds a jump to the field for each element more; the size stays, if padding makes up for it, "
    "but the work grows with k². "
    "A stride of 2 before it makes every later step twice as long, and later work a quarter; "
    "the map is halved, so it is known less well where something is, and only even shifts get through. "
    "A dilation of 2 makes the steps of this one window twice as long, at the same size and the same work; "
    "but the window leaves out every second element between its ends.",
    points=[
        "The larger window: more elements to read for each output.",
        "The stride: all later steps are longer, and the map is smaller.",
        "The stride loses places; the other two keep the size, with padding.",
        "The dilation: longer steps for the same work, with gaps inside the window.",
    ],
    hints=[
        "Take a window of 3 that reads the pixels: its field is 3. What does each of the three make of it?",
    ],
)


exercises = Exercises(
    3,
    [
        three_sizes,
        shapes,
        same_by_hand,
        dividing,
        inputs,
        middles,
        shapes_agree,
        see_far,
    ],
)
