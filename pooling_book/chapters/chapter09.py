"""Chapter 09: its quiz, its exercises and their known mistakes."""

from itertools import product

import numpy as np

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
)
from pooling_book.exercise.mistakes import Mistake, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-09",
    [
        question(
            "Three 3 × 3 convolutions with padding *same*, and a 2 × 2 pool after the first and after the second. "
            "They need 1, 4 and 4 million multiply-adds. You take the first pool out. How many are they now, together?",
            wrong(
                "36 million",
                "You multiply all three by 4. The first convolution stands before the pool.",
            ),
            right(
                "33 million",
                "1 + 16 + 16: both convolutions after the pool work on four times as many places.",
            ),
            wrong(
                "21 million",
                "The third convolution stands after the pool as well, if not right after it.",
            ),
            wrong(
                "9 million",
                "This is what they were. The filters stay, but they stand at more places.",
            ),
        ),
        question(
            "A network ends in 8 × 8 × 256, Flatten and a dense layer of 100 units. "
            "You put a global average pool in the place of Flatten. "
            "How many weights has the dense layer then, without its biases?",
            wrong(
                "1,638,400",
                "These are the weights after Flatten: 8 · 8 · 256 · 100.",
            ),
            right(
                "25,600",
                "The pool leaves 256 numbers, and each of them has a weight for each unit: 256 · 100.",
            ),
            wrong(
                "6,400",
                "This is 8 · 8 · 100. The pool removes the places and leaves the channels.",
            ),
            wrong(
                "0",
                "The pool has no parameters, but the dense layer after it does.",
            ),
        ),
        question(
            "You have weights of a ResNet-50 with its strides in the 3 × 3 convolutions, "
            "and code that has them in the 1 × 1 before. You load the weights. What happens?",
            wrong(
                "An error: the numbers of weights differ",
                "A stride is no weight. Every filter has the shape it had.",
            ),
            wrong(
                "Nothing changes: a block halves once, wherever it does so",
                "The sizes agree. But the 3 × 3 windows now hold places that are twice as far apart.",
            ),
            right(
                "No error, and wrong answers",
                "All shapes fit, and the filters meet other places than those that they were trained on.",
            ),
            wrong(
                "The same answers for more work",
                "The work does change: it is less. But the places that the filters meet change as well.",
            ),
        ),
        question(
            "A normalisation multiplies one channel by −0.5 and adds 1. A 2 × 2 max pool follows. "
            "To save work you pool first and normalise then. Which pool gives this channel the numbers that it had?",
            wrong(
                "The max pool, as before",
                "After a factor below 0 the largest number of a window is the one that was smallest.",
            ),
            right(
                "A minimum",
                "max(−0.5x + 1) = −0.5 min(x) + 1: the factor turns the order round.",
            ),
            wrong(
                "A mean",
                "A mean changes places with a mean. Try a window of 0, 0, 0 and 4.",
            ),
            wrong(
                "None: with a factor below 0 the order cannot be changed",
                "The kind of pool may change with it. Which of four numbers becomes the largest?",
            ),
        ),
        question(
            "A U-Net pools five times by 2 × 2, with padding *same* everywhere and no cropping. Which image fits?",
            wrong(
                "400 × 400",
                "400, 200, 100, 50, 25: the fifth pool drops a row, and on the way up 24 meets 25.",
            ),
            right("416 × 416", "416 = 13 · 32: every pool meets an even side."),
            wrong(
                "100 × 100",
                "100 can be halved twice without a remainder, not five times.",
            ),
            wrong(
                "Any",
                "Pooling rounds down and doubling does not know it: an odd side comes back one smaller.",
            ),
        ),
        question(
            "Inside a block stands a map of 20 × 20 × 240. Squeeze-and-excitation takes its global mean and sends it "
            "through dense layers of 60 and of 240 units. How many multiply-adds are these two layers?",
            wrong(
                "11,520,000",
                "You count them at each of the 400 places. The means are taken first.",
            ),
            wrong(
                "14,400",
                "That is one of the two: from 240 to 60. The other goes back.",
            ),
            right(
                "28,800",
                "240 · 60 + 60 · 240, once for the image, whatever the size of the map.",
            ),
            wrong(
                "0",
                "The pool multiplies nothing. The dense layers after it do.",
            ),
        ),
    ],
)


# ---- 1: another image size ----

larger = AnswerExercise(
    "VGG16 at 384 pixels, with four pools",
    "VGG16 gets images of 384 × 384 pixels, and its third pool is taken out. Which side has the map in front of "
    "Flatten, and how many numbers does the first dense layer read? Type both.",
    answer=[24, 294912],
    by_place=True,
    foreseen=[
        ([24, 12288], "The side is right. The map has a height and a width."),
        (
            [24, 589824],
            "The side is right. The last block does not double the filters again.",
        ),
        (
            [24, 147456],
            "The side is right. Does a pool that is gone take filters with it?",
        ),
        ([24, 576], "The side is right. How many channels has the last map?"),
        ([12, 73728], "That is with all five pools."),
        ([48, 1179648], "That is one halving too few."),
        ([14, 100352], "That is what an image of 224 leaves."),
        ([384, 75497472], "The convolutions keep the side. The pools do not."),
    ],
    hints=[
        "The convolutions have the padding *same*. Only the pools that are left change the size.",
        "Halve 384 once for each of them. The last block has 512 filters, with or without the pool.",
    ],
    solution="384 / 2⁴ = 24, and 24 · 24 · 512 = 294,912.",
)


# ---- 2: pools that learn ----

learnt = AnswerExercise(
    "If VGG16's pools had learnt",
    "LeNet-5's pools have a coefficient and a bias for each channel. "
    "Suppose that all five pools of VGG16 were of this kind: how many parameters would they add to the network?",
    answer=2944,
    foreseen=[
        (1472, "Each channel has a coefficient, and something else."),
        (10, "Each channel has a coefficient and a bias of its own."),
        (
            5888,
            "How many parameters does one channel have? The window does not matter.",
        ),
        (5120, "The pools do not all read 512 channels."),
        (
            7360,
            "The four elements of a window share one coefficient, so that a channel has fewer parameters than that.",
        ),
        (1024, "That is the last pool alone."),
        (
            1920,
            "VGG16 has five pools. The last two blocks have equally many channels.",
        ),
        (8448, "VGG16 has 13 convolutions, but not as many pools."),
    ],
    hints=[
        "How many channels does each of the five pools read?",
        "64 + 128 + 256 + 512 + 512 channels, and so many parameters for each.",
    ],
    solution="The pools read 64, 128, 256, 512 and 512 channels, 1,472 together. Two parameters each: 2,944.",
)


# ---- 3: the work of a stack ----


def multiply_adds(side, channels, layers):
    """Multiply-adds of a stack of convolutions and pools on a square image.

    layers is a list of (filters, window, stride), the first layer first,
    all without padding. A layer with 0 filters is a pool: it keeps the
    channels and has no multiply-adds. Returns a whole number.
    """
    total = 0
    for filters, window, stride in layers:
        side = (side - window) // stride + 1
        if filters > 0:
            total += side * side * filters * window * window * channels
            channels = filters
    return total


def _down(side, window, stride):
    return (side - window) // stride + 1


def _stack(
    side,
    channels,
    layers,
    *,
    after=True,
    square=True,
    keep=False,
    places=2,
    pools=True,
    bias=False,
    pooled=False,
    sized=_down,
    lost=False,
    pool_sized=None,
):
    """The work of a stack with one thing wrong."""
    total = 0
    for filters, window, stride in layers:
        before = side
        if filters or pools:
            down = sized if filters or pool_sized is None else pool_sized
            side = down(side, window, stride)
        if filters or pooled:
            work = (
                (side if after else before) ** places
                * window ** (2 if square else 1)
                * channels
            )
            total += work * (filters or 1) + bias * side * side * filters
        if lost or filters and not keep:
            channels = filters
    return total


NO_PADDING = (
    "There is no padding: a window of k fits in fewer places than the side has."
)
ROUNDED = "A window that does not fit whole is left out: round down."

working = FunctionExercise(
    "The work of a stack",
    solution=multiply_adds,
    cases=[
        (32, 1, [(6, 5, 1), (0, 2, 2), (16, 5, 1)]),
        (30, 3, [(8, 3, 2), (4, 3, 1)]),
        (28, 3, [(0, 2, 2), (5, 3, 1)]),
        (31, 2, [(4, 3, 1), (0, 3, 2), (7, 1, 1), (0, 2, 2), (9, 3, 2)]),
        (17, 1, [(0, 3, 2), (0, 2, 2)]),
        (24, 4, [(3, 7, 2)]),
        (26, 1, [(4, 3, 1), (0, 3, 2), (5, 3, 1)]),
    ],
    mistakes=[
        Mistake(
            "You count the places that go *in*. A convolution multiplies once for each place that comes out.",
            lambda *c: _stack(*c, after=False),
        ),
        Mistake(
            "A window of k has k rows and k columns.",
            lambda *c: _stack(*c, square=False),
        ),
        Mistake(
            "The next convolution reads as many channels as this one has filters.",
            lambda *c: _stack(*c, keep=True),
        ),
        Mistake(
            "The map has rows and columns: you count the places along one of them only.",
            lambda *c: _stack(*c, places=1),
        ),
        Mistake(
            "The pools leave no trace: they have no multiply-adds, but they make the map smaller.",
            lambda *c: _stack(*c, pools=False),
        ),
        Mistake(
            "A bias is added without a multiplication: it is not counted.",
            lambda *c: _stack(*c, bias=True),
        ),
        Mistake(
            "A pool compares or adds up. It multiplies nothing.",
            lambda *c: _stack(*c, pooled=True),
        ),
        Mistake(
            NO_PADDING,
            lambda *c: _stack(
                *c, sized=lambda side, window, stride: side // stride
            ),
        ),
        Mistake(
            NO_PADDING,
            lambda *c: _stack(
                *c, sized=lambda side, window, stride: -(-side // stride)
            ),
        ),
        Mistake(
            ROUNDED,
            lambda *c: _stack(
                *c,
                sized=lambda side, window, stride: (
                    -(-(side - window) // stride) + 1
                ),
            ),
        ),
        Mistake(
            ROUNDED,
            lambda *c: _stack(
                *c,
                sized=lambda side, window, stride: (side - window) / stride + 1,
            ),
        ),
        Mistake(
            "A pool has a window as well: one of 3 with stride 2 does not halve every side.",
            lambda *c: _stack(
                *c, pool_sized=lambda side, window, stride: side // stride
            ),
        ),
        Mistake(
            "A pool keeps the channels. Its 0 filters only say that it is one.",
            lambda *c: _stack(*c, lost=True),
        ),
    ],
    hints=[
        "Walk through the layers and keep two numbers up to date: the side of the map and its channels.",
        "`side = (side - window) // stride + 1` holds for both kinds. "
        "At each place that comes out, each filter multiplies `window * window * channels` times.",
    ],
)


# ---- 4: where the pools go ----


def place_pools(side, filters, pools, most):
    """Where to put 2 x 2 pools so that a network has the least work.

    The image has `side` x `side` pixels and 1 channel. filters holds the
    filters of each 3 x 3 convolution; these have padding "same". After
    each convolution there is one pool (window 2, stride 2) or none, and
    `pools` of them in all. One place after the last layer may see at most
    `most` pixels across: a window of k adds k - 1 jumps to what is seen.
    Returns an array with a 1 for each convolution that is followed by a
    pool, and a 0 for each other.
    """
    least, best = None, None
    for places in product([0, 1], repeat=len(filters)):
        size, work, channels, field, jump = side, 0, 1, 1, 1
        for count, pooled in zip(filters, places):
            work += size * size * count * 9 * channels
            channels = count
            field += 2 * jump
            if pooled:
                size = size // 2
                field += jump
                jump *= 2
        fits = sum(places) == pools and field <= most
        if fits and (best is None or work < least):
            least, best = work, places
    return np.array(best)


def work_and_field(side, filters, places):
    """What the check asks of an answer.

    That is multiply-adds of such a network, and how many pixels across
    one place after its last layer sees.
    """
    work, channels, field, jump = 0, 1, 1, 1
    for count, pooled in zip(filters, places):
        work += side * side * count * 9 * channels
        channels, field = count, field + 2 * jump
        if pooled:
            side, field, jump = side // 2, field + jump, 2 * jump
    return work, field


def _judge_places(result, side, filters, pools, most):
    places = np.asarray(result).tolist()
    if not set(places) <= {0, 1}:
        return "Each entry should be 0 or 1."
    if sum(places) != pools:
        return f"There are {sum(places)} pools, but `pools` is {pools}."
    work, field = work_and_field(side, filters, places)
    if field > most:
        return f"A place after the last layer sees {field} pixels across, but `most` is {most}."
    if (
        work
        > work_and_field(
            side, filters, place_pools(side, filters, pools, most)
        )[0]
    ):
        return f"Both conditions hold. But another placement needs less than your {work:,} multiply-adds."
    return None


placing = FunctionExercise(
    "Where the pools go",
    solution=place_pools,
    cases=[
        (32, [8, 8, 16, 16], 2, 30),
        (32, [8, 8, 16, 16], 2, 20),
        (64, [4, 8, 8, 16, 16, 32], 3, 60),
        (64, [4, 8, 8, 16, 16, 32], 3, 44),
        (16, [8, 4, 2], 1, 10),
        (48, [16, 8, 32, 8], 4, 100),
        (32, [16, 16, 32, 64], 2, 21),
        (64, [2, 8, 16, 8], 2, 21),
        (32, [8, 2, 16, 32, 64], 3, 45),
    ],
    judge=_judge_places,
    hints=[
        "With six convolutions there are 2⁶ = 64 ways to place pools. Try them all: "
        "`itertools.product([0, 1], repeat=len(filters))`.",
        "For each way, walk through the layers with `side`, `channels`, `field` and `jump`: "
        "a convolution adds `2 * jump` to the field, a pool adds `jump` and doubles the jump.",
        "Skip what has another number of pools or too wide a field, and keep the way with the least work so far.",
    ],
)


# ---- 5: which images fit ----

fitting = AnswerExercise(
    "Which images fit a U-Net",
    "A U-Net goes four levels down by 2 × 2 pools and up again, with padding *same* and no cropping. "
    "Which of the sides 96, 100, 180, 208, 250, 256 and 360 fit? Type them, the smallest first.",
    answer=[96, 208, 256],
    foreseen=[
        (
            [96, 100, 180, 208, 250, 256, 360],
            "All of them are even. Are their halves, too?",
        ),
        ([256], "A power of two fits. It need not be one."),
        ([96, 256], "One is missing. Halve each of the seven four times."),
        ([96, 208, 256, 360], "One of these can be halved three times only."),
        (
            [96, 100, 180, 208, 256, 360],
            "Some of these can be halved twice, or three times. There are four pools.",
        ),
        ([96, 208, 250, 256], "One of these is odd after one halving."),
        ([96, 180, 208, 256], "One of these can be halved twice only."),
        (
            [208, 256, 360],
            "One of these can be halved three times only, and a smaller side is missing.",
        ),
        ([208, 256], "One is missing: smaller sides may fit as well."),
        (
            [256, 208, 96],
            "These are the right sides. Now type the smallest first.",
        ),
    ],
    hints=[
        "Every one of the four pools must meet an even side.",
        "Four halvings without a remainder: by which number must the side be divisible?",
    ],
    solution=(
        "The side must be divisible by 2⁴ = 16: 96 = 6 · 16, 208 = 13 · 16, 256 = 16 · 16. "
        "The others leave a remainder."
    ),
)


# ---- 6: a global pool as a dense layer ----


def after_flatten(weights, side):
    """Weights after Flatten that do what others do after a global mean.

    weights has shape (channels, units): a dense layer after a global
    average pool. The map has side x side places. Returns the weights of a
    dense layer after Flatten with the same outputs, of shape
    (side * side * channels, units).
    """
    return np.tile(weights, (side * side, 1)) / (side * side)


flattened = FunctionExercise(
    "A global pool is a dense layer that shares",
    solution=after_flatten,
    cases=[
        (shuffled(1, 3, 2), 2),
        (shuffled(2, 2, 4), 3),
        (shuffled(3, 5, 3), 1),
        (shuffled(4, 4, 2), 4),
    ],
    source=lambda index, weights, side: (
        f"Row {index[0]} belongs to channel {index[0] % len(weights)} of place {index[0] // len(weights)}."
    ),
    mistakes=[
        Mistake(
            "The outputs are too large: a mean is not a sum.",
            lambda w, s: np.tile(w, (s * s, 1)),
        ),
        Mistake(
            "A map of `side` x `side` has more places than `side`.",
            lambda w, s: np.tile(w, (s * s, 1)) / s,
        ),
        Mistake(
            "The rows are in another order: Flatten writes all channels of the first place, then all of the second.",
            lambda w, s: np.repeat(w, s * s, axis=0) / (s * s),
        ),
        Mistake(
            "Only the first place has weights: then the others are not looked at.",
            lambda w, s: np.concatenate(
                [w, np.zeros(((s * s - 1) * len(w), w.shape[1]))]
            ),
        ),
    ],
    hints=[
        "A mean over n places is a sum in which each place has the weight 1 / n.",
        "Every place gets the same rows of weights. `np.tile` puts copies of an array below each other.",
    ],
)


# ---- 7: a quarter of everything ----

quarter = OpenExercise(
    "Find the error: a quarter of everything",
    'A network has five 3 × 3 convolutions with padding *same*, Flatten and a dense layer. "I put one 2 × 2 max pool '
    "before the third convolution. From there on all maps have a quarter of the places. So the whole network has a "
    "quarter of the work, of the activations and of the parameters. The receptive field stays: "
    'it belongs to the filters, and these have not changed." Which of the four conclusions are wrong, and what holds?',
    "All four. Work and activations fall to a quarter from the third convolution on; the first two stay as they are. "
    "The convolutions keep all their parameters, since a filter does not know how large the map is. "
    "Only the dense layer's weights fall to a quarter, for after Flatten each place has weights of its own. "
    "The receptive field becomes wider: after the pool neighbouring places lie two pixels apart, "
    "so each 3 × 3 window adds twice as much as before.",
    points=[
        "The layers before the pool keep their work and activations.",
        "The parameters of convolutions do not depend on the size of the map.",
        "The weights of the dense layer after Flatten do fall to a quarter.",
        "The receptive field becomes wider, since the jump doubles.",
    ],
    hints=[
        "Which layers does the pool reach, and which not?",
        "Write down parameters for one convolution and for the dense layer. Which of them knows H and W?",
    ],
)


# ---- 8: which way back ----

way_back = OpenExercise(
    "In three sentences: which way back?",
    "A camera on a small device looks at fields. For every pixel a network is to say *weed* or *not*. "
    "Leaves are two or three pixels wide, and whether a plant is a weed shows only from the row it stands in, "
    "60 pixels across. "
    "Memory is scarce. Choose among pools undone by interpolation, the same with skips, and dilation without pools, "
    "and give a reason against each of the other two.",
    "I take pools and interpolation with skips. Interpolation alone sees as wide, but loses where the edges are, "
    "and with leaves two or three pixels wide nearly every pixel of a leaf is at an edge. Dilation keeps the edges "
    "and sees as wide, but every one of its maps has the full size, so that activations and work are many times more.",
    points=[
        "All three see wide enough; that decides nothing.",
        "Without skips the edges are lost, and thin leaves are all edge.",
        "Dilation keeps the edges, at full-size maps in every layer: memory and work.",
        "So: pools, interpolation, skips.",
    ],
    hints=[
        "Which of the three see 60 pixels across? Which know where an edge is?",
        "How large are the maps of each in the middle of the network?",
    ],
)


exercises = Exercises(
    9, [larger, learnt, working, placing, fitting, flattened, quarter, way_back]
)
