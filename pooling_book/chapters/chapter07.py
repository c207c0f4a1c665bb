"""Chapter 07: its quiz, its exercises and their known mistakes."""

import math

import numpy as np

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import Mistake, rounded, shuffled
from pooling_book.study.results import results
from pooling_book.study.runs import EXPERIMENT, HEADS, TASKS, by_setting
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-07",
    [
        question(
            "A network is convolutions, global average pooling and a Dense layer. "
            "You put a 2 × 2 max pool between two of the convolutions. How many parameters does that save?",
            wrong(
                "Three quarters",
                "That is what a stride of 2 takes from the *places* after it. "
                "A convolution has the same weights for every place.",
            ),
            right(
                "None",
                "Convolutions have weights for each pair of channels, the Dense layer for each channel. "
                "Neither knows how many places there are.",
            ),
            wrong(
                "The weights of the Dense layer, three quarters of them",
                "After a Flatten it would. After a global average the Dense layer sees channels only.",
            ),
            wrong(
                "Four for each channel",
                "A max pool has no weights, so it adds none, and there were none in its place.",
            ),
        ),
        question(
            "With a max pool a network reads more digits than with nothing in its place. "
            "What is the control that *subsample* adds?",
            wrong(
                "A second seed",
                "Seeds are a matter of chance. The control is about the cause.",
            ),
            wrong(
                "A network with as many parameters",
                "Its parameters are as many, but that is not what sets it apart.",
            ),
            wrong(
                "A pool with a larger window",
                "Its window is 1: it looks at no neighbour at all.",
            ),
            right(
                "It makes the maps as small, without looking at neighbours",
                "It also widens the view of the layers after it, so that it leaves open which of the two helps. "
                "For that one more control is needed: a wide view at full size.",
            ),
        ),
        question(
            "Five seeds; the second method is ahead by 0.02, 0.03, 0.01, 0.02 and 0.02. "
            "Each method alone spreads over 0.05, and the two intervals overlap. Which do you trust?",
            right(
                "The interval of the differences",
                "The seeds are hard or easy for both methods. That part of the spread drops out of the differences.",
            ),
            wrong(
                "The overlap: nothing can be said",
                "Two intervals that overlap say little. "
                "Here the second method wins for every seed, by nearly the same amount.",
            ),
            wrong(
                "The best seed of each",
                "A best of five is a matter of luck, and tells nothing about the next run.",
            ),
            wrong(
                "Neither, as five is too few",
                "Five are few. That is why the interval uses a t of 2.78 and not of 1.96, "
                "and it may still leave out zero.",
            ),
        ),
        question(
            "You compare every pair of eight methods by a 95 % interval. All eight are in truth equal. "
            "How many of the 28 intervals leave out zero, about?",
            wrong(
                "None: they are equal",
                "Each interval misses the truth one time in twenty, and there are many of them.",
            ),
            right(
                "One or two",
                "28 / 20 = 1.4. Hence Bonferroni's correction: "
                "wider intervals, so that all 28 hold together in 95 % of such experiments.",
            ),
            wrong("Five", "Five per cent of 28 is less."),
            wrong(
                "Half of them",
                "An interval of 95 % misses one time in twenty, not one time in two.",
            ),
        ),
        question(
            "A network with a pool ends with a larger gap between training and test accuracy than one without. "
            "Has the pool caused overfitting?",
            wrong(
                "Yes: that is what the gap measures",
                "A network that has learnt nothing has no gap. Look at the test accuracy, too.",
            ),
            wrong("No: a pool prevents it", "That is the claim to be tested."),
            right(
                "The gap alone cannot say: look at both accuracies",
                "If it reads the test better as well, it may simply have learnt more. "
                "A gap alone does not say which network you want.",
            ),
            wrong(
                "Yes, if its training accuracy is 1",
                "Then the gap is the test error, and the smaller of two test errors still wins.",
            ),
        ),
        question(
            "A pool of window 3 and stride 1 stands in front of a convolution. "
            "What happens to that convolution's multiply-adds?",
            right(
                "Nothing",
                "It is the stride that makes maps small. A stride of 1 leaves as many places as there were.",
            ),
            wrong(
                "They fall by a factor of 9",
                "9 is the number of elements in the window. "
                "The places that the convolution computes are as many as before.",
            ),
            wrong(
                "They fall by a factor of 3",
                "A stride of 3 would divide the rows by three, and the columns. This stride is 1.",
            ),
            wrong(
                "They grow by a factor of 9",
                "The pool has nine elements to look at for every output. The convolution does not.",
            ),
        ),
    ],
)


# ---- 1: parameters ----

parameters = AnswerExercise(
    "Where the parameters sit",
    "Images of 32 × 32 pixels go through 3 × 3 convolutions, all padded *same*, of which the last has 16 filters, "
    "and then to a Dense layer with 10 outputs and a bias for each. "
    "How many parameters does the *Dense layer* have after a Flatten if there is no pool; "
    "after a Flatten if two 2 × 2 pools with a stride of 2 stand between the convolutions; "
    "and after a global average pool? Type three numbers, without a comma in any of them.",
    answer=[163850, 10250, 170],
    by_place=True,
    foreseen=[
        (
            [163840, 10240, 160],
            "The weights are right. The Dense layer has more than weights.",
        ),
        (
            [163850, 40970, 170],
            "There are two pools, and each halves the rows and the columns.",
        ),
        (
            [163850, 81930, 170],
            "A pool with a stride of 2 halves the rows *and* the columns, and there are two of them.",
        ),
        (
            [163850, 10250, 10],
            "A global average leaves one number for each channel, and each of these has a weight to each output.",
        ),
        (
            [163850, 10250, 10250],
            "The global average comes after the pools, and leaves one number for each channel.",
        ),
        (
            [163850, 163850, 170],
            "A Flatten makes a number of every place in every channel. The pools leave fewer places.",
        ),
        (
            [10250, 163850, 170],
            "The right numbers in another order: first without a pool.",
        ),
        (
            [10250, 650, 170],
            "Padded *same* a convolution keeps the size. Without a pool nothing shrinks.",
        ),
    ],
    hints=[
        "A Dense layer has a weight for each of its inputs and each of its outputs, and a bias for each output. "
        "How many inputs are there?",
        "Without a pool 32 × 32 places with 16 channels arrive, after the pools 8 × 8.",
    ],
    solution="Without a pool 32 · 32 · 16 = 16,384 numbers arrive: 16,384 · 10 + 10 = 163,850. "
    "Two pools leave 8 · 8 · 16 = 1,024: 10,250. "
    "A global average leaves the 16 channels, whatever stands before it: 16 · 10 + 10 = 170.",
)


# ---- 2: multiply-adds ----

multiply_adds = AnswerExercise(
    "Multiply-adds after a pool",
    "One channel of 48 × 48 pixels; 3 × 3 convolutions, padded *same*, with 8, 16 and 16 filters; "
    "a 2 × 2 max pool with a stride of 2 after the first and after the second. "
    "How many multiply-adds does each of the three convolutions take? "
    "Type three numbers, without a comma in any of them.",
    answer=[165888, 663552, 331776],
    by_place=True,
    foreseen=[
        (
            [165888, 2654208, 5308416],
            "These are the counts without pools: how many places are left after each?",
        ),
        (
            [165888, 1327104, 1327104],
            "A stride of 2 halves the rows *and* the columns.",
        ),
        (
            [18432, 73728, 36864],
            "Each output of a 3 × 3 window needs more than one multiplication for each of its channels.",
        ),
        (
            [165888, 82944, 20736],
            "Each filter reads all the channels that come in.",
        ),
        (
            [165888, 41472, 20736],
            "Each filter reads all the channels that come in, and every filter does so.",
        ),
        (
            [41472, 165888, 331776],
            "The pool stands after the convolution, which still sees the larger map.",
        ),
        (
            [41472, 165888, 82944],
            "The pools stand *after* the convolutions: what size does each convolution see?",
        ),
        (
            [80, 1168, 2320],
            "These are parameters. A convolution uses each of its weights at every place.",
        ),
        (
            [72, 1152, 2304],
            "These are the weights. A convolution uses each of them at every place.",
        ),
    ],
    hints=[
        "A convolution computes an output at every place for every filter, "
        "and each output takes 3 · 3 · (channels that come in) multiply-adds.",
        "The three convolutions see 48 × 48 places with 1 channel, 24 × 24 with 8, and 12 × 12 with 16.",
    ],
    solution="48² · 9 · 1 · 8 = 165,888. After the first pool 24² · 9 · 8 · 16 = 663,552, "
    "a quarter of what it would be. After both 12² · 9 · 16 · 16 = 331,776, a sixteenth. "
    "The first pool saves most, since both later convolutions stand after it: alone it leaves 2,156,544 of 8,128,512, "
    "the second alone 4,147,200, both 1,161,216.",
)


# ---- 3: for good ----


def steps_for_good(curve, level, every):
    """Steps after which a curve is at a level for good.

    curve is an array of numbers that should grow, one every `every` steps,
    the first after `every` steps. Find the first place from which on no
    number is below the level. Returns steps, or math.inf if the last number
    is below the level.
    """
    for place in range(len(curve)):
        if curve[place:].min() >= level:
            return (place + 1) * every
    return math.inf


def _first_time(curve, level, every):
    reached = np.flatnonzero(curve >= level)
    return (reached[0] + 1) * every if len(reached) else math.inf


def _last_below(curve, level, every, more=1):
    below = np.flatnonzero(curve < level)
    place = below[-1] + 1 if len(below) else 0
    return (place + more) * every if place < len(curve) else math.inf


for_good = FunctionExercise(
    "For good",
    solution=steps_for_good,
    cases=[
        (np.array([-4.0, -2, -2, 0, -1, 1, 2, 2]), -1, 10),
        (np.array([0.25, 0.5, 0.5, 0.25, 0.5, 0.75]), 0.5, 50),
        (np.array([0.25, 0.5, 0.75, 0.75]), 1.0, 50),
        (np.array([0.5, 0.75, 0.5]), 0.5, 20),
        (np.array([0.25, 0.75, 0.75, 0.5]), 0.75, 50),
        (np.array([-3.0, 1, -2, 2, 0, 3, 1]), 1, 5),
        (np.array([0.5, 0.25, 1.0]), 0.75, 100),
    ],
    mistakes=[
        Mistake(
            "This is when the curve stands at the level for the *first* time. It may fall back below.",
            _first_time,
        ),
        Mistake(
            "A number that equals the level is not below it.",
            lambda curve, level, every: _last_below(curve, level + 1e-9, every),
        ),
        Mistake(
            "The first number is seen after `every` steps, not after none.",
            lambda curve, level, every: _last_below(curve, level, every, 0),
        ),
        Mistake(
            "These are places in the curve. How many steps lie between two of them?",
            lambda curve, level, every: _last_below(curve, level, 1),
        ),
        Mistake(
            "If the level is never held, the answer is `math.inf`.",
            lambda curve, level, every: (
                _last_below(curve, level, every) if curve[-1] >= level else -1
            ),
        ),
        Mistake(
            "If the level is never held, the answer is `math.inf`: the end of the curve is no time at which it is.",
            lambda curve, level, every: (
                _last_below(curve, level, every)
                if curve[-1] >= level
                else len(curve) * every
            ),
        ),
    ],
    hints=[
        "A place counts if nothing from there to the end is below the level.",
        "`curve[place:].min() >= level` says so. Try the places from the first on.",
    ],
)


# ---- 4: a paired interval ----


def paired_interval(first, second, t):
    """Interval of the difference of two methods, seed by seed.

    first and second are arrays of accuracies, at equal places for equal
    seeds; t is the quantile of the t distribution. Returns an array of two
    numbers: the mean of second less first, and the half width of the
    interval around it.
    """
    d = second - first
    half = t * d.std(ddof=1) / len(d) ** 0.5
    return np.array([d.mean(), half])


def _interval(d, t, ddof=1, root=True, width=1):
    return np.array(
        [
            d.mean(),
            width * t * d.std(ddof=ddof) / (len(d) ** 0.5 if root else 1),
        ]
    )


def _unpaired(first, second, t):
    spread = first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)
    return np.array([second.mean() - first.mean(), t * spread**0.5])


interval = FunctionExercise(
    "A paired interval",
    solution=paired_interval,
    cases=[
        (np.array([-1.0, 3]), np.array([2.0, 2]), 12.706),
        (shuffled(71, 5) / 8, shuffled(72, 5) / 8, 2.776),
        (np.array([0.75, 0.5, 0.625]), np.array([0.875, 0.75, 0.75]), 4.303),
        (shuffled(73, 8) / 4, shuffled(74, 8) / 4, 2.365),
    ],
    mistakes=[
        Mistake(
            "The sign of the mean is wrong: the second less the first.",
            lambda a, b, t: _interval(a - b, t),
        ),
        Mistake(
            "You divide the squares by the number of seeds: the spread of a *sample* divides by one less. See `ddof`.",
            lambda a, b, t: _interval(b - a, t, ddof=0),
        ),
        Mistake(
            "This is how far single seeds spread. The mean of many is known better: divide by a root.",
            lambda a, b, t: _interval(b - a, t, root=False),
        ),
        Mistake(
            "This divides by the number of seeds. It should be its root.",
            lambda a, b, t: np.array(
                [(b - a).mean(), t * (b - a).std(ddof=1) / len(a)]
            ),
        ),
        Mistake(
            "This is the whole width: half of it lies on each side of the mean.",
            lambda a, b, t: _interval(b - a, t, width=2),
        ),
        Mistake(
            "This is the standard error: with few seeds the interval reaches `t` of these to each side.",
            lambda a, b, t: _interval(b - a, 1),
        ),
        Mistake(
            "You always use 1.96. With few seeds the spread itself is uncertain, and `t` allows for it.",
            lambda a, b, t: _interval(b - a, 1.96),
        ),
        Mistake(
            "You took the spread of each method by itself. Subtract first, seed by seed, then look at the spread.",
            _unpaired,
        ),
        Mistake(
            "These are the two ends. Return the mean and the half width.",
            lambda a, b, t: (
                _interval(b - a, t)[0]
                + _interval(b - a, t)[1] * np.array([-1, 1])
            ),
        ),
        rounded(paired_interval),
    ],
    hints=[
        "Subtract first: one difference for each seed. Everything else is about these differences.",
        "Their mean; and t times their standard deviation (`ddof=1`), divided by the root of how many there are.",
    ],
)


# ---- 5: what a network costs ----


def network_cost(side, widths, s, classes, flatten):
    """Parameters and multiply-adds of a small network.

    The image has side x side pixels and one channel. For each number in
    widths there is a 3 x 3 convolution with so many filters, padded 'same',
    with a bias. After each but the last stands a pool with stride s,
    padded 'same', which leaves the ceiling of size / s; s = 1 is no pool.
    Then comes a Flatten, or a global average if flatten is False, and a
    Dense layer with a bias. The pools' own operations are not counted.
    Returns an array of two whole numbers.
    """
    parameters = multiply_adds = 0
    channels = 1
    for place, filters in enumerate(widths):
        weights = 9 * channels * filters
        parameters += weights + filters
        multiply_adds += side * side * weights
        channels = filters
        if place + 1 < len(widths):
            side = -(-side // s)
    inputs = side * side * channels if flatten else channels
    parameters += (inputs + 1) * classes
    multiply_adds += inputs * classes
    return np.array([parameters, multiply_adds])


def _counted(
    bias=True,
    floor=False,
    last=False,
    before=False,
    once=False,
    dense=True,
    channels_in=True,
    everywhere=False,
):
    """The same with a part of it done otherwise."""

    def function(side, widths, s, classes, flatten):
        parameters = multiply_adds = 0
        channels = 1
        shrink = lambda n: n // s if floor else -(-n // s)
        for place, filters in enumerate(widths):
            weights = 9 * (channels if channels_in else 1) * filters
            if before:
                side = shrink(side) if place else side
            parameters += (side * side if everywhere else 1) * weights + (
                filters if bias else 0
            )
            multiply_adds += (side if once else side * side) * weights
            channels = filters
            if not before and (last or place + 1 < len(widths)):
                side = shrink(side)
        inputs = side * side * channels if flatten else channels
        parameters += (inputs + bool(bias)) * classes
        multiply_adds += inputs * classes if dense else 0
        return np.array([parameters, multiply_adds])

    return function


cost = FunctionExercise(
    "What a network costs",
    solution=network_cost,
    cases=[
        (28, [8, 16, 16], 2, 10, True),
        (28, [8, 16, 16], 2, 10, False),
        (28, [8, 16, 16], 1, 10, True),
        (25, [4, 6], 2, 3, True),
        (10, [5], 3, 2, True),
        (11, [2, 3, 4, 5], 3, 7, True),
        (9, [3, 2], 1, 4, False),
        (13, [2, 5], 3, 3, False),
    ],
    mistakes=[
        Mistake(
            "The biases are missing among the parameters.", _counted(bias=False)
        ),
        Mistake(
            "Padded *same* a pool rounds up: there is a last window that hangs over.",
            _counted(floor=True),
        ),
        Mistake(
            "No pool stands after the last convolution.", _counted(last=True)
        ),
        Mistake(
            "A convolution computes rows times columns of places.",
            _counted(once=True),
        ),
        Mistake("The Dense layer multiplies, too.", _counted(dense=False)),
        Mistake(
            "Each filter reads all channels that come in: how many are these after the first convolution?",
            _counted(channels_in=False),
        ),
        Mistake(
            "A convolution has the same weights at every place: its parameters do not depend on the size.",
            _counted(everywhere=True),
        ),
        Mistake(
            "You return the multiply-adds first.",
            lambda *c: network_cost(*c)[::-1],
        ),
        Mistake(
            "You always flatten: a global average leaves one number for each channel.",
            lambda side, widths, s, classes, flatten: network_cost(
                side, widths, s, classes, True
            ),
        ),
        Mistake(
            "You never flatten: a Flatten makes an input of every place in every channel.",
            lambda side, widths, s, classes, flatten: network_cost(
                side, widths, s, classes, False
            ),
        ),
    ],
    hints=[
        "Walk through the layers and keep two numbers as you go: the side, and the channels.",
        "A convolution has 9 · (channels in) · filters weights and a bias for each filter, "
        "and uses all its weights at each of side · side places.",
        "After each convolution but the last, `side = -(-side // s)`. "
        "The Dense layer's inputs are side · side · channels, or the channels alone.",
    ],
)


# ---- 6: verdicts, on the experiment's own accuracies ----


def verdicts(first, second, t):
    """For each row: is the second method higher, lower, or can't one tell?

    first and second are arrays (settings, seeds) of accuracies, equal
    columns for equal seeds; t is the quantile of the t distribution.
    Returns an array of whole numbers: 1 where the interval of second less
    first lies above zero, -1 where it lies below, 0 where it holds zero.
    """
    d = second - first
    half = t * d.std(axis=1, ddof=1) / d.shape[1] ** 0.5
    return np.where(
        d.mean(axis=1) > half, 1, np.where(d.mean(axis=1) < -half, -1, 0)
    )


def _judged(half):
    def function(first, second, t):
        d = second - first
        mean, wide = d.mean(axis=1), half(first, second, t)
        return np.where(mean > wide, 1, np.where(mean < -wide, -1, 0))

    return function


def _of_the_file():
    """Accuracies of subsampling and of the maximum, a row for each task and head."""
    grouped = by_setting(results(EXPERIMENT))
    settings = [
        (task, head)
        for task in TASKS
        for head in HEADS
        if (task, head, "max", 2, 2) in grouped
    ]
    rows = lambda method: np.array(
        [
            [run["test"] for run in grouped[*setting, method, 2, 2]]
            for setting in settings
        ]
    )
    return rows("subsample"), rows("max")


_spread = lambda d, ddof=1: d.std(axis=1, ddof=ddof)
_SOME = np.array(
    [
        [0, 8, 2, 4],
        [-8, 8, -4, 4],
        [3, -3, 3, -3],
        [-1, 1, -5, 5],
        [2, 2, 2, 2],
        [-6, 2, 6, -2],
        [1, -2, 3, 0],
    ]
)
# Sure, sure, cannot tell, cannot tell though the mean is two standard errors, sure though single seeds spread, sure,
# sure only if the squares are divided by the number of seeds: cannot tell.
_GAIN = np.array(
    [
        [2, 3, 2, 3],
        [-2, -3, -2, -3],
        [4, -4, 4, -3],
        [8, 6, 1, 0],
        [3, 1, 2, 4],
        [-1, -1, -1, -2],
        [4, 3, 1, 1],
    ]
)

# With two seeds: no difference at all, the same for both, opposite ones, sure, and sure only if the root were of 4.
_EQUAL = np.array(
    [[0, 0], [2, 2], [1, -1], [-20, -21], [13, 11], [0, 0], [7, 6]]
)

judge = FunctionExercise(
    "Verdicts",
    solution=verdicts,
    cases=[
        (_SOME, _SOME + _GAIN, 3.182),
        (_SOME[::-1] / 4, _SOME[::-1] / 4 - _GAIN / 8, 3.182),
        (_SOME[:, :2], _SOME[:, :2] + _EQUAL, 12.706),
        (*_of_the_file(), 2.776),
    ],
    source=lambda index, first, second, t: (
        f"This row's differences are {', '.join(f'{value:.4g}' for value in second[index[0]] - first[index[0]])}."
    ),
    mistakes=[
        Mistake(
            "1 and -1 are swapped: second less first.",
            lambda a, b, t: verdicts(b, a, t),
        ),
        Mistake(
            "You call the sign of the mean a verdict. Where the interval holds zero, nobody can tell.",
            lambda a, b, t: np.sign((b - a).mean(axis=1).round(9)).astype(int),
        ),
        Mistake(
            "This asks for one interval over all settings. Each row has its own.",
            lambda a, b, t: np.repeat(
                verdicts((a - b).reshape(1, -1) * 0, (b - a).reshape(1, -1), t),
                len(a),
            ),
        ),
        Mistake(
            "Your intervals are too wide: divide the standard deviation by the root of the number of seeds.",
            _judged(lambda a, b, t: t * _spread(b - a)),
        ),
        Mistake(
            "You took the spread of each method by itself. Subtract first, seed by seed.",
            _judged(
                lambda a, b, t: (
                    t
                    * (_spread(a) ** 2 + _spread(b) ** 2) ** 0.5
                    / a.shape[1] ** 0.5
                )
            ),
        ),
        Mistake(
            "You divide the squares by the number of seeds: a *sample* divides by one less. See `ddof`.",
            _judged(
                lambda a, b, t: t * _spread(b - a, ddof=0) / a.shape[1] ** 0.5
            ),
        ),
        Mistake(
            "Your intervals reach one standard error to each side. It should be `t` of them.",
            _judged(lambda a, b, t: _spread(b - a) / a.shape[1] ** 0.5),
        ),
        Mistake(
            "You ask whether the interval leaves out zero, but not on which side of it.",
            lambda a, b, t: abs(verdicts(a, b, t)),
        ),
        Mistake(
            "0 stands for *cannot tell*, and 1 and -1 where one can: you have it the other way round.",
            lambda a, b, t: 1 - abs(verdicts(a, b, t)),
        ),
    ],
    hints=[
        "`second - first` has a row of differences for each setting. Mean and standard deviation go along `axis=1`.",
        "The interval of a row lies above zero if its mean is larger than its half width.",
        "`np.where(mean > half, 1, np.where(mean < -half, -1, 0))`",
    ],
)


exercises = Exercises(
    7, [parameters, multiply_adds, for_good, interval, cost, judge]
)
