"""Chapter 09: its quiz, its exercises and their known mistakes."""

from itertools import product

import numpy as np

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import Mistake, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-09",
    [
        question(
            "In VGG16 you take the second pool out and leave all else as it is. "
            "What happens to the parameters of the convolutions after it?",
            wrong(
                "They become 4 times as many",
                "That is what happens to their multiply-adds. The same filters slide over a larger map.",
            ),
            right(
                "Nothing",
                "A filter does not know how large the map is. "
                "Only the first dense layer counts the places, and it grows.",
            ),
            wrong(
                "They become a quarter",
                "Pools add to no filter and take from none.",
            ),
            wrong(
                "They double",
                "The sides of the maps double. The filters stay 3 × 3.",
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
            "A convolution of stride 1 is followed by a 2 × 2 max pool. "
            "You drop the pool and give the convolution a stride of 2. What do you get?",
            wrong(
                "The same outputs for a quarter of the work",
                "The work is right. But the maximum of four outputs is not the one in their corner.",
            ),
            wrong(
                "The same outputs for the same work",
                "The strided convolution never computes three of four outputs.",
            ),
            right(
                "Every second output of the convolution",
                "Every second in each direction, exactly as it was. "
                "The others are not computed, which leaves a quarter of the work, and not looked at.",
            ),
            wrong(
                "A quarter of the parameters", "The filters are what they were."
            ),
        ),
        question(
            "Which of these is true of a max pool and a ReLU after a convolution?",
            right(
                "Either may come first; the pool first is cheaper",
                "The larger of two numbers stays the larger or equal after a ReLU, so they commute. "
                "After a 2 × 2 pool there are a quarter as many numbers.",
            ),
            wrong(
                "The ReLU has to come first",
                "max(ReLU(a), ReLU(b)) = ReLU(max(a, b)), for all a and b.",
            ),
            wrong(
                "Either may come first, and the same holds for an average pool",
                "Take −1 and 1: the mean of their ReLUs is 0.5, the ReLU of their mean is 0.",
            ),
            wrong(
                "The pool has to come first, or negative numbers are lost",
                "A maximum that is negative becomes 0 in either order.",
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
            "You replace a pool's stride of 2 by 1 and double the dilation of everything after it. "
            "What stays, and what does it cost?",
            right(
                "The receptive field stays, with 4 times as many places",
                "The gaps of the dilated windows take over what the stride did. "
                "The outputs are 4 times as many, and so are the multiply-adds.",
            ),
            wrong(
                "The receptive field doubles at no cost",
                "The stride was dropped and the gaps came instead: the two cancel out. And more places are more work.",
            ),
            wrong(
                "The size of the maps stays, and the parameters become 4 times as many",
                "Dilation adds no weights. The maps are what grows.",
            ),
            wrong(
                "Nothing: it is the same network",
                "At every second place it gives the same numbers. Between them it gives new ones.",
            ),
        ),
    ],
)


# ---- 1: another image size ----

larger = AnswerExercise(
    "VGG16 at 320 pixels",
    "VGG16 gets images of 320 × 320 pixels. Which side has the map in front of Flatten, "
    "and how many numbers does the first dense layer read? Type both.",
    answer=[10, 51200],
    by_place=True,
    foreseen=[
        ([10, 5120], "The side is right. The map has a height and a width."),
        (
            [10, 102400],
            "The side is right. The last block does not double the filters again.",
        ),
        ([10, 100], "The side is right. How many channels has the last map?"),
        ([20, 204800], "How many pools are there?"),
        ([7, 25088], "That is what an image of 224 leaves. Halve this one."),
        ([320, 52428800], "The convolutions keep the side. The pools do not."),
        ([5, 12800], "That is one halving too many."),
    ],
    hints=[
        "The convolutions have the padding *same*. Only the five pools change the size.",
        "Halve 320 five times. The last block has 512 filters.",
    ],
    solution="320 / 2⁵ = 10, and 10 · 10 · 512 = 51,200.",
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
):
    """The work of a stack with one thing wrong."""
    total = 0
    for filters, window, stride in layers:
        before = side
        if filters or pools:
            side = sized(side, window, stride)
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


exercises = Exercises(9, [larger, learnt, working, placing, fitting, flattened])
