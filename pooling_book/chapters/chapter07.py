"""Chapter 07: its quiz, its exercises and their known mistakes."""

import numpy as np

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
)
from pooling_book.exercise.mistakes import Mistake, rounded
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-07",
    [
        question(
            "A network listens to sound: rows of 16,000 numbers. Between two of its convolutions stands a max pool "
            "with a window of 4 and a stride of 4. Somebody says that it helps because the *loudest* of four numbers "
            "is kept. Which network do you train beside it, to test that and nothing else?",
            wrong(
                "The same without a pool",
                "Then three things change at once: the view of later convolutions, the number of places, "
                "and what each place is made of.",
            ),
            wrong(
                "The same without a pool, the taps of later convolutions four times as far apart",
                "That keeps the wide view. But there are four times as many places now, "
                "and so two things differ from the pool.",
            ),
            right(
                "The same with every fourth number kept, whatever it is",
                "As many places are left, and the taps of later convolutions stand as far apart. "
                "What is gone is the choice among four neighbours, with the little view that it takes.",
            ),
            wrong(
                "The same with a maximum of four at a stride of 1",
                "It still takes the loudest of four. What is gone is the rest: the wider view and the fewer places.",
            ),
        ),
        question(
            "Images of 40 × 40 pixels go through three convolutions, padded *same*, the last with 12 filters. "
            "Two max pools, 2 × 2 with a stride of 2, stand between them. Then come a Flatten and a Dense layer "
            "with 5 outputs. You look for an opponent without pools. "
            "Which one has exactly as many parameters?",
            wrong(
                "One that keeps every second place along each axis, just before the Flatten",
                "It keeps 20 × 20 places. Two pools, one after the other, leave fewer.",
            ),
            wrong(
                "One that keeps all places, and makes one channel of the 12 by a 1 × 1 convolution before the Flatten",
                "It hands 1,600 numbers to the Dense layer, and it has a layer more. "
                "And it takes the channels from the head: what it loses need not be due to the pool.",
            ),
            wrong(
                "One with a global average in place of the Flatten",
                "Then 12 numbers arrive, whatever stands before. That is another head, and a far smaller one.",
            ),
            right(
                "One that keeps every fourth place along each axis, just before the Flatten",
                "10 · 10 · 12 = 1,200 numbers arrive in both, and the convolutions have the same weights.",
            ),
        ),
        question(
            '*"Both networks were trained at a rate of 0.01, with 20 seeds each. The ratio of errors, average pool '
            "to max pool, is 0.70, with an interval from 0.66 to 0.74. "
            'Twenty seeds leave no doubt: the average pool is the better one."* Where is the gap in this argument?',
            right(
                "One rate need not suit both",
                "The interval covers what seeds change. All 20 of them share the rate, "
                "and at the best rate of each the ratio may be another one.",
            ),
            wrong(
                "Twenty seeds are too few",
                "The interval is narrow, and far away from 1. More seeds would repeat the same choice more often.",
            ),
            wrong(
                "A ratio says nothing: the two accuracies should be subtracted",
                "Ratio or difference, both come from the same networks. "
                "The gap lies in how these were trained.",
            ),
            wrong(
                "For each network the rate with the fewest errors on the test images should have been taken",
                "Then the test images choose, and the errors on them are too low for new images. "
                "Other images have to choose.",
            ),
        ),
        question(
            "Before the experiment it was fixed: *the same* is said where the 90 % interval of a ratio of errors lies "
            "within 0.87 to 1.15. Three ratios are found, none of them clear of 1 once all are judged together. "
            "A: 1.00, from 0.80 to 1.25. B: 1.04, from 0.95 to 1.13. C: 0.91, from 0.86 to 0.97. "
            "Which pairs of methods are *the same*?",
            wrong(
                "A: no ratio is closer to 1",
                "It is the interval that counts. A quarter more errors, or a fifth fewer, go with it as well.",
            ),
            right(
                "B only",
                "Both ends of B lie within. For A and for C the verdict is *cannot tell*.",
            ),
            wrong(
                "A and B: their intervals hold 1",
                "Not to find a difference is not to find that there is none. A wide interval holds 1 easily.",
            ),
            wrong(
                "A, B and C: all three ratios lie within 0.87 to 1.15",
                "A ratio is one number out of a few seeds. Where do the ends of each interval lie?",
            ),
        ),
        question(
            "Network P reads 10 % of its training images and 14 % of the test images wrongly, network Q 0 % and 9 %. "
            "*\"Q's gap is 9 points, P's is 4. So Q overfits more. So for new images I take P.\"* "
            "What do you say?",
            wrong(
                "Right: the larger gap reads new images worse",
                "A gap compares a network with itself. Which of the two reads more new images?",
            ),
            wrong(
                "Wrong: with a lower test error Q cannot overfit more than P",
                "It can. A network may fit what is special about its images, and have learnt more beside that. "
                "A lower test error does not rule it out.",
            ),
            wrong(
                "Wrong: with no training error left, Q's numbers mean nothing",
                "They do. A network can read all its training images, and the test images are counted all the same.",
            ),
            right(
                "Wrong in its last step: Q reads fewer of the test images wrongly",
                "Whatever one calls overfitting, a gap does not say which network to take. "
                "With equal gaps two networks can make very different errors.",
            ),
        ),
        question(
            "Three convolutions of 5 × 5, one after the other. Between them stands nothing (*none*); "
            "nothing, but the taps stand 1, 2 and 4 apart (*dilated*); or a 2 × 2 max pool with a stride of 2, "
            "twice (*max*). "
            "How wide is the receptive field of one place at the end?",
            wrong(
                "13, 29 and 29",
                "The first two are right. A pool moves the taps apart, and its own window adds something, too.",
            ),
            right(
                "13, 29 and 32",
                "5 + 4 + 4, then 5 + 8 + 16. The two pools add 1 and 2 more. "
                "So *max* differs from *dilated* by a little more view as well.",
            ),
            wrong(
                "13, 13 and 32",
                "A dilated convolution has no more weights than another. But its outermost taps stand further apart.",
            ),
            wrong(
                "13, 52 and 52",
                "The field does not grow by a factor. Each layer adds its taps less one, times their distance.",
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
    "and after a global average pool? Type three numbers.",
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
    "Type three numbers.",
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
            [20736, 41472, 20736],
            "These are the counts of one filter. Every filter reads the map.",
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


# ---- 3: ratios ----

ratios = AnswerExercise(
    "Ratios of errors",
    "A better method raises accuracy from 60 % to 90 % on one task, and from 96 % to 98.4 % on another. "
    "What is the ratio of errors, new to old, on the first task, and what on the second? "
    "Which accuracy, in per cent, would the new method need on the second task to have the first one's ratio? "
    "On a third task, three seeds give 100, 120 and 20 errors with the new method, "
    "and 200, 120 and 80 with the old one: what is the ratio there, if logarithms are averaged over the seeds? "
    "Type four numbers.",
    answer=[0.25, 0.4, 99, 0.5],
    by_place=True,
    foreseen=[
        (
            [1.5, 1.025, 99, 0.5],
            "The first two are ratios of accuracies. How many of 100 images are read *wrongly*?",
        ),
        (
            [4, 2.5, 99, 2],
            "Your ratios are old to new: with the better method there are fewer errors.",
        ),
        (
            [30, 2.4, 99, 0.5],
            "The first two are differences of accuracies. What is left of the errors?",
        ),
        (
            [0.75, 0.6, 99, 0.5],
            "The first two say which part of the errors is gone. The ratio says which part is left.",
        ),
        (
            [25, 40, 99, 50],
            "Your ratios are given in per cent. A ratio of 1 means as many errors as before.",
        ),
        (
            [0.25, 0.4, 1, 0.5],
            "The third number is what is left of the errors, in per cent. The accuracy was asked for.",
        ),
        (
            [0.25, 0.4, 0.99, 0.5],
            "The third number should be in per cent.",
        ),
        (
            [0.25, 0.4, 99, "7/12"],
            "The last number is the mean of the three ratios. Average their logarithms, then go back.",
        ),
        (
            [0.25, 0.4, 99, 0.6],
            "The last number is the ratio of the sums: the seed with the most errors counts most. "
            "Average the logarithms of the three ratios.",
        ),
        (
            [0.25, 0.4, 99, -0.693],
            "The last number is a mean of logarithms. Which ratio has this logarithm?",
        ),
        (
            [0.25, 0.4, 99, 0.125],
            "The last number is the product of the three ratios: a *mean* of logarithms also divides.",
        ),
        (
            [0.25, 0.4, 128.4, 0.5],
            "More than all images cannot be read. Multiply the errors on the second task by the first ratio.",
        ),
    ],
    hints=[
        "Turn every accuracy into an error first: 100 % less the accuracy.",
        "For the third number, multiply the old errors by the first task's ratio.",
        "A mean of three logarithms is the logarithm of the cube root of a product.",
    ],
    solution="The errors are 40 % and 10 %: 10 / 40 = 0.25. On the second task 1.6 / 4 = 0.4: "
    "30 points and 2.4 points, but what is left of the errors is not so different. "
    "A ratio of 0.25 would leave 1 % of errors there: 99 %. The three seeds' ratios are 0.5, 1 and 0.25, "
    "their product is 0.125, and its cube root is 0.5. "
    "(The mean of the ratios is 0.583, and the ratio of the sums 0.6.)",
)


# ---- 4: a paired interval of a ratio ----


def ratio_interval(first, second, t):
    """The ratio of two methods' errors, and its paired interval.

    first and second are arrays of errors above 0, at equal places for equal
    seeds. t is the quantile of the t distribution. Take the differences of
    the logarithms, seed by seed: the ratio and both ends of its interval
    come from their mean and from its standard error.
    Returns an array of three numbers: the ratio of first to second, the
    lower end and the upper end. With equal errors it is 1, 1, 1.
    """
    d = np.log(first) - np.log(second)
    half = t * d.std(ddof=1) / len(d) ** 0.5
    return np.exp(d.mean() + np.array([0, -half, half]))


def _from_logs(ddof=1, root=lambda n: n**0.5, t=None, width=1):
    """The same with a part of the half width done otherwise."""

    def function(first, second, given):
        d = np.log(first) - np.log(second)
        half = (t or given) * d.std(ddof=ddof) / root(len(d)) * width
        return np.exp(d.mean() + np.array([0, -half, half]))

    return function


def _of_values(d, t, middle=None):
    """Mean (or another number in the middle) and the ends around it, without logarithms."""
    half = t * d.std(ddof=1) / len(d) ** 0.5
    return (d.mean() if middle is None else middle) + np.array([0, -half, half])


def _each_alone(first, second, t):
    a, b = np.log(first), np.log(second)
    half = t * (a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)) ** 0.5
    return np.exp(a.mean() - b.mean() + np.array([0, -half, half]))


def _other_base(log):
    def function(first, second, t):
        return np.exp(_of_values(log(first) - log(second), t))

    return function


def _mean_first(first, second, t):
    """The ratio of mean errors in the middle; the ends are as wide as they should be."""
    d = np.log(first) - np.log(second)
    return np.exp(_of_values(d, t, np.log(first.mean() / second.mean())))


def _around_the_ratio(first, second, t):
    """The half width goes back from the logarithm by itself, and then to both sides of the ratio."""
    ratio, _, upper = ratio_interval(first, second, t)
    return np.array([ratio, ratio - (upper / ratio - 1), upper])


def _plus_exp(first, second, t):
    ratio, _, upper = ratio_interval(first, second, t)
    return np.array([ratio, ratio - upper / ratio, ratio + upper / ratio])


def _none_where_equal(first, second, t):
    if np.array_equal(first, second):
        return np.full(3, np.nan)
    return ratio_interval(first, second, t)


def _zero_where_equal(first, second, t):
    if np.array_equal(first, second):
        return np.zeros(3)
    return ratio_interval(first, second, t)


def _told_seeds(index, first, second, t):
    values = ", ".join(f"{value:.3f}" for value in np.log(first / second))
    return f"The differences of logarithms are {values} here, and t is {t}."


_ROOT = "You divide by one and the same root. How many seeds are there?"
_T = (
    "Your half width does not depend on `t`. It differs with the number of seeds, "
    "and with how many intervals are to hold together."
)

interval = FunctionExercise(
    "A paired interval of a ratio",
    solution=ratio_interval,
    cases=[
        (np.array([30, 50]), np.array([60, 50]), 12.706),
        (np.array([90, 40, 70]), np.array([60, 80, 50]), 4.303),
        (np.array([12, 20, 15]), np.array([12, 20, 15]), 4.303),
        (
            np.array([210, 150, 333, 280, 190, 190]),
            np.array([240, 180, 300, 310, 220, 260]),
            2.571,
        ),
        (
            np.array([210, 150, 333, 280, 190, 190]),
            np.array([240, 180, 300, 310, 220, 260]),
            4.22,
        ),
        (
            np.array([3.1, 2.4, 8.0, 2.4, 5.5, 4.0, 2.9]),
            np.array([1.5, 1.3, 4.4, 1.1, 2.5, 2.2, 1.6]),
            2.447,
        ),
        (
            np.array([600, 70, 220, 900, 330, 480, 150, 75, 510]),
            np.array([610, 64, 230, 700, 350, 470, 110, 80, 530]),
            2.306,
        ),
    ],
    source=_told_seeds,
    mistakes=[
        Mistake(
            "Your ratio is upside down: the first method's errors to the second's.",
            lambda a, b, t: ratio_interval(b, a, t),
        ),
        Mistake(
            "Lower and upper end are swapped.",
            lambda a, b, t: ratio_interval(a, b, t)[[0, 2, 1]],
        ),
        Mistake(
            "These are logarithms. Which ratios have them?",
            lambda a, b, t: np.log(ratio_interval(a, b, t)),
        ),
        Mistake(
            "You subtract errors. Where are the logarithms?",
            lambda a, b, t: _of_values(a - b, t),
        ),
        Mistake(
            "You average ratios. Twice as many errors and half as many do not cancel so, but their logarithms do.",
            lambda a, b, t: _of_values(a / b, t),
        ),
        Mistake(
            "The ratio in the middle is that of the sums: seeds with many errors count more there.",
            lambda a, b, t: np.array(
                [a.sum() / b.sum(), *ratio_interval(a, b, t)[1:]]
            ),
        ),
        Mistake(
            "You average the errors first, then take logarithms. It should be the other way round.",
            _mean_first,
        ),
        Mistake(
            "The logarithm and the way back do not fit together: `np.exp` undoes `np.log`.",
            _other_base(np.log10),
        ),
        Mistake(
            "The logarithm and the way back do not fit together: `np.exp` undoes `np.log`.",
            _other_base(np.log2),
        ),
        Mistake(
            "The ends are not as far from the ratio as each other. Add and subtract while you still have logarithms.",
            _around_the_ratio,
        ),
        Mistake(
            "You go back from the half width by itself. Add and subtract first, while you still have logarithms.",
            _plus_exp,
        ),
        Mistake(
            "You divide the squares by the number of seeds: the spread of a *sample* divides by one less. See `ddof`.",
            _from_logs(ddof=0),
        ),
        Mistake(
            "This is how far single seeds spread. The mean of many is known better: divide by a root.",
            _from_logs(root=lambda n: 1),
        ),
        Mistake(
            "This divides by the number of seeds. It should be its root.",
            _from_logs(root=lambda n: n),
        ),
        Mistake(
            "This divides by the root of the number of seeds less one. "
            "The *one less* belongs in the spread, and only there.",
            _from_logs(root=lambda n: (n - 1) ** 0.5),
        ),
        Mistake(
            "This is the whole width: half of it lies on each side.",
            _from_logs(width=2),
        ),
        Mistake(
            "Half of the half width: `t` standard errors lie on *each* side.",
            _from_logs(width=0.5),
        ),
        Mistake(
            "This is the standard error: with few seeds the interval reaches `t` of these to each side.",
            _from_logs(t=1),
        ),
        *(
            Mistake(_ROOT, _from_logs(root=lambda n, fixed=fixed: fixed**0.5))
            for fixed in (2, 3, 4, 5, 6, 7, 8, 10)
        ),
        *(Mistake(_T, _from_logs(t=t)) for t in (1.96, 2, 2.571, 2.776)),
        Mistake(
            "You took the spread of each method by itself. Subtract first, seed by seed, then look at the spread.",
            _each_alone,
        ),
        Mistake(
            "Where both methods make the same errors, you return no number. What is the ratio there?",
            _none_where_equal,
        ),
        Mistake(
            "Where both methods make the same errors, you return 0. That is the logarithm of the ratio.",
            _zero_where_equal,
        ),
        rounded(ratio_interval),
    ],
    hints=[
        "One difference for each seed: log(first) less log(second). Everything else is about these numbers.",
        "Their mean; and t times their standard deviation (`ddof=1`), divided by the root of how many there are.",
        "Take mean, mean less half width and mean plus half width, and only then `np.exp` of all three.",
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


def _usual(side, s):
    return -(-side // s)


def _counted(
    bias=True,
    dense_bias=True,
    shrink=_usual,
    pooled=lambda place, count: place + 1 < count,
    first=False,
    once=False,
    dense=True,
    channels_in=True,
    everywhere=False,
    added=False,
):
    """The same with a part of it done otherwise."""

    def function(side, widths, s, classes, flatten):
        parameters = multiply_adds = 0
        channels = 1
        for place, filters in enumerate(widths):
            after = pooled(place, len(widths))
            if first and after:
                side = shrink(side, s)
            weights = 9 * (channels if channels_in else 1) * filters
            parameters += (side * side if everywhere else 1) * weights
            parameters += filters if bias else 0
            multiply_adds += (side if once else side * side) * (
                weights + (filters if added else 0)
            )
            channels = filters
            if not first and after:
                side = shrink(side, s)
        inputs = side * side * channels if flatten else channels
        parameters += (inputs + dense_bias) * classes
        multiply_adds += (inputs + added) * classes if dense else 0
        return np.array([parameters, multiply_adds])

    return function


def _two_where_global(side, widths, s, classes, flatten):
    return network_cost(side, widths, s if flatten else 2, classes, flatten)


def _two_for_one(side, widths, s, classes, flatten):
    return network_cost(side, widths, 2 if s == 1 else s, classes, flatten)


def _two_for_one_where_global(side, widths, s, classes, flatten):
    s = 2 if s == 1 and not flatten else s
    return network_cost(side, widths, s, classes, flatten)


_IGNORED = "You do not always look at `s`: what is asked for is a pool with this stride, and none where it is 1."

cost = FunctionExercise(
    "What a network costs",
    solution=network_cost,
    cases=[
        (28, [8, 16, 16], 2, 10, True),
        (28, [8, 16, 16], 2, 10, False),
        (28, [8, 16, 16], 1, 10, True),
        (25, [4, 6], 2, 3, True),
        (10, [5], 3, 2, True),
        (7, [4], 2, 3, False),
        (11, [2, 3, 4, 5], 3, 7, True),
        (9, [3, 2], 1, 4, False),
        (12, [2, 5, 3, 4], 1, 6, False),
        (13, [2, 5], 3, 3, False),
        (30, [3, 4, 6], 4, 8, False),
        (6, [4, 2, 3], 1, 2, True),
    ],
    mistakes=[
        Mistake(
            "The biases are missing among the parameters.",
            _counted(bias=False, dense_bias=False),
        ),
        Mistake("The Dense layer has a bias, too.", _counted(dense_bias=False)),
        Mistake("The convolutions have a bias, too.", _counted(bias=False)),
        Mistake(
            "A bias is added, and multiplies nothing.", _counted(added=True)
        ),
        Mistake(
            "Padded *same* a pool rounds up: there is a last window that hangs over.",
            _counted(shrink=lambda n, s: n // s),
        ),
        Mistake(
            "No pool stands after the last convolution.",
            _counted(pooled=lambda place, count: True),
        ),
        Mistake(
            "There is more than one pool: one after each convolution but the last.",
            _counted(pooled=lambda place, count: place == 0 and count > 1),
        ),
        Mistake(
            "A pool stands after its convolution, which still sees the larger map.",
            _counted(first=True),
        ),
        Mistake(
            "Your maps never become smaller: what does a stride of `s` leave?",
            _counted(shrink=lambda n, s: n),
        ),
        Mistake(_IGNORED, _counted(shrink=lambda n, s: -(-n // 2))),
        Mistake(_IGNORED, _two_where_global),
        Mistake(_IGNORED, _two_for_one),
        Mistake(_IGNORED, _two_for_one_where_global),
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


# ---- 6: verdicts ----


def verdicts(first, second, t, t_narrow, low, high):
    """A verdict for each row, by a rule that was fixed beforehand.

    first and second are arrays (settings, seeds) of errors above 0, equal
    columns for equal seeds. Each row has a paired interval of the ratio,
    first to second, as in exercise 4: a wide one with t, and a narrow one
    with t_narrow. Returns an array of whole numbers. The first that holds
    is the verdict:
    1, lower error: the wide interval lies below 1;
    2, higher error: the wide interval lies above 1;
    3, the same: the narrow interval lies between low and high;
    4, cannot tell.
    """
    d = np.log(first) - np.log(second)
    mean = d.mean(axis=1)
    error = d.std(axis=1, ddof=1) / d.shape[1] ** 0.5
    lower = mean + t * error < 0
    higher = mean - t * error > 0
    same = (mean - t_narrow * error > np.log(low)) & (
        mean + t_narrow * error < np.log(high)
    )
    return np.select([lower, higher, same], [1, 2, 3], 4)


def _logs(a, b):
    d = np.log(a) - np.log(b)
    return d.mean(axis=1), d.std(axis=1, ddof=1) / d.shape[1] ** 0.5


def _chosen(mean, wide, narrow, low, high):
    """The rule on logarithms, given the half widths."""
    same = (mean - narrow > np.log(low)) & (mean + narrow < np.log(high))
    return np.select([mean + wide < 0, mean - wide > 0, same], [1, 2, 3], 4)


def _judged(estimate=_logs, t=None, t_narrow=None, low=None, high=None):
    """The same with a part of it done otherwise: numbers, or functions of both t."""

    def function(a, b, wide, narrow, below, above):
        mean, error = estimate(a, b)
        first, second = (
            each(wide, narrow) if each else usual
            for each, usual in ((t, wide), (t_narrow, narrow))
        )
        return _chosen(
            mean, first * error, second * error, low or below, high or above
        )

    return function


def _spread(ddof=1, root=lambda n: n**0.5):
    def estimate(a, b):
        d = np.log(a) - np.log(b)
        return d.mean(axis=1), d.std(axis=1, ddof=ddof) / root(d.shape[1])

    return estimate


def _by_itself(a, b):
    x, y = np.log(a), np.log(b)
    error = (
        (x.var(axis=1, ddof=1) + y.var(axis=1, ddof=1)) / a.shape[1]
    ) ** 0.5
    return x.mean(axis=1) - y.mean(axis=1), error


def _of_mean_errors(a, b):
    mean, error = _logs(a, b)
    return np.log(a.mean(axis=1) / b.mean(axis=1)), error


def _all_rows(a, b):
    d = np.log(a) - np.log(b)
    return d.mean(axis=1), np.full(len(d), d.std(ddof=1) / d.size**0.5)


def _of_errors(a, b):
    """Differences of errors, as parts of the second method's: no logarithms."""
    d = a - b
    size = b.mean(axis=1)
    return d.mean(axis=1) / size, d.std(axis=1, ddof=1) / len(
        d[0]
    ) ** 0.5 / size


def _of_ratios(a, b):
    d = a / b - 1
    return d.mean(axis=1), d.std(axis=1, ddof=1) / d.shape[1] ** 0.5


def _ordered(names):
    """The rule asked in another order, or with a question left out."""

    def function(a, b, t, t_narrow, low, high):
        mean, error = _logs(a, b)
        asked = {
            "lower": (mean + t * error < 0, 1),
            "higher": (mean - t * error > 0, 2),
            "same": (
                (mean - t_narrow * error > np.log(low))
                & (mean + t_narrow * error < np.log(high)),
                3,
            ),
            "ratio": ((mean > np.log(low)) & (mean < np.log(high)), 3),
            "below": (mean + t_narrow * error < np.log(high), 3),
            "above": (mean - t_narrow * error > np.log(low), 3),
            "holds": (abs(mean) <= t * error, 3),
            "all lower": ((a < b).all(axis=1), 1),
            "all higher": ((a > b).all(axis=1), 2),
            "sign": (mean < 0, 1),
            "other sign": (mean > 0, 2),
            "clear": (abs(mean) > t * error, 1),
        }
        found = [asked[name] for name in names]
        return np.select(
            [each[0] for each in found], [each[1] for each in found], 4
        )

    return function


def _renamed(**changes):
    def function(*given):
        found = verdicts(*given)
        return np.select(
            [found == int(name[1:]) for name in changes],
            list(changes.values()),
            found,
        )

    return function


def _nan_where_equal(a, b, *given):
    return np.where((a == b).all(axis=1), 4, verdicts(a, b, *given))


def _drawn(seed, settings, seeds):
    """Errors of two methods: some seeds are hard for both, and each row has a ratio and a spread of its own."""
    rng = np.random.default_rng(seed)
    hard = rng.uniform(4, 6, (settings, seeds))
    ratio = rng.choice([-0.6, -0.2, -0.05, 0, 0, 0.05, 0.2, 0.6], settings)
    spread = rng.choice([0.03, 0.1, 0.2, 0.5], settings)
    apart = ratio[:, None] + spread[:, None] * rng.normal(size=hard.shape)
    return np.exp(hard + apart).round(), np.exp(hard).round()


# Three seeds: no difference at all, half as many for each, anything, nearly the same, half as many again.
_FEW = np.array(
    [
        [[80, 120, 100], [80, 120, 100]],
        [[50, 60, 45], [100, 120, 90]],
        [[90, 40, 70], [60, 80, 50]],
        [[101, 200, 149], [100, 199, 151]],
        [[120, 250, 60], [80, 160, 41]],
    ]
)


def _told_row(index, first, second, *given):
    row = first[index[0]] / second[index[0]]
    values = ", ".join(f"{value:.3g}" for value in row)
    return f"This row's ratios, seed by seed, are {values}."


rule = FunctionExercise(
    "Verdicts",
    solution=verdicts,
    cases=[
        (_FEW[:, 0], _FEW[:, 1], 4.303, 2.92, 0.87, 1.15),
        (*_drawn(4724, 40, 6), 2.571, 2.015, 0.87, 1.15),
        (*_drawn(3125, 40, 7), 3.707, 1.943, 0.9, 1.25),
        (*_drawn(3420, 40, 9), 2.306, 1.86, 0.8, 1.1),
        (*_drawn(4486, 40, 12), 4.437, 1.796, 0.87, 1.15),
    ],
    source=_told_row,
    mistakes=[
        Mistake(
            "1 and 2 are swapped: the ratio is the first method's errors to the second's.",
            _renamed(_1=2, _2=1),
        ),
        Mistake(
            "3 and 4 are swapped.",
            _renamed(_3=4, _4=3),
        ),
        Mistake(
            "Your ratio is upside down: the first method's errors to the second's.",
            lambda a, b, *given: verdicts(b, a, *given),
        ),
        Mistake(
            "You call the sign of the mean a verdict. How sure is it?",
            _ordered(["sign", "other sign", "same"]),
        ),
        Mistake(
            "You call the sign of the mean a verdict. How sure is it?",
            _ordered(["sign", "other sign"]),
        ),
        Mistake(
            "You ask whether all seeds agree on a sign. The rule asks where an interval lies.",
            _ordered(["all lower", "all higher", "same"]),
        ),
        Mistake(
            "Where the wide interval holds 1, you say *the same*. It may be too wide to say anything.",
            _ordered(["lower", "higher", "holds"]),
        ),
        Mistake(
            "You never say *the same*. Do you compare `low` and `high` with ratios, or with logarithms?",
            _ordered(["lower", "higher"]),
        ),
        Mistake(
            "You ask for *the same* first. The rule asks for a lower and a higher error before that.",
            _ordered(["same", "lower", "higher"]),
        ),
        Mistake(
            "For *the same* you ask where the ratio lies. Its whole narrow interval has to lie there.",
            _ordered(["lower", "higher", "ratio"]),
        ),
        Mistake(
            "For *the same* you look at one end of the narrow interval only.",
            _ordered(["lower", "higher", "below"]),
        ),
        Mistake(
            "For *the same* you look at one end of the narrow interval only.",
            _ordered(["lower", "higher", "above"]),
        ),
        Mistake(
            "You ask whether the wide interval leaves out 1, but not on which side of it.",
            _ordered(["clear", "same"]),
        ),
        Mistake(
            "For *the same* you use the wide interval.",
            _judged(t_narrow=lambda wide, narrow: wide),
        ),
        Mistake(
            "For a lower or a higher error you use the narrow interval.",
            _judged(t=lambda wide, narrow: narrow),
        ),
        Mistake(
            "You have swapped the two intervals: the wide one is for a lower and a higher error.",
            _judged(
                t=lambda wide, narrow: narrow,
                t_narrow=lambda wide, narrow: wide,
            ),
        ),
        Mistake(
            "You subtract errors. The rule is about ratios: take logarithms first.",
            _judged(_of_errors),
        ),
        Mistake(
            "You average the ratios themselves. Take logarithms first.",
            _judged(_of_ratios),
        ),
        Mistake(
            "You average the errors first, then take logarithms. It should be the other way round.",
            _judged(_of_mean_errors),
        ),
        Mistake(
            "You took the spread of each method by itself. Subtract first, seed by seed.",
            _judged(_by_itself),
        ),
        Mistake(
            "This takes one spread over all settings. Each row has its own.",
            _judged(_all_rows),
        ),
        Mistake(
            "You divide the squares by the number of seeds: a *sample* divides by one less. See `ddof`.",
            _judged(_spread(ddof=0)),
        ),
        Mistake(
            "Your intervals are too wide: divide the standard deviation by the root of the number of seeds.",
            _judged(_spread(root=lambda n: 1)),
        ),
        Mistake(
            "Your intervals are too narrow: divide by the root of the number of seeds, not by the number.",
            _judged(_spread(root=lambda n: n)),
        ),
        *(
            Mistake(
                _ROOT, _judged(_spread(root=lambda n, fixed=fixed: fixed**0.5))
            )
            for fixed in (3, 4, 5, 6, 7, 8, 9, 10, 12)
        ),
        Mistake(
            "Your intervals reach one standard error to each side. It should be `t` and `t_narrow` of them.",
            _judged(t=lambda *_: 1, t_narrow=lambda *_: 1),
        ),
        *(
            Mistake(
                "You do not use the `t` that is given. It depends on the seeds, "
                "and on how many verdicts are to hold together.",
                _judged(t=lambda *_, t=t: t, t_narrow=narrow),
            )
            for t, narrow in (
                (1.96, None),
                (2, None),
                (2.571, None),
                (2.776, None),
                (1.96, lambda *_: 1.645),
                (2.571, lambda *_: 2.015),
                (2.776, lambda *_: 2.132),
            )
        ),
        Mistake(
            "You do not use `low` and `high` as they are given.",
            _judged(low=0.87, high=1.15),
        ),
        Mistake(
            "You take 1 / `high` for `low`. The two are given separately.",
            lambda a, b, t, t_narrow, low, high: verdicts(
                a, b, t, t_narrow, 1 / high, high
            ),
        ),
        Mistake(
            "Where both methods make equal errors with every seed, the interval has no width, but it lies at 1.",
            _nan_where_equal,
        ),
    ],
    hints=[
        "One row of differences of logarithms for each setting. Mean and standard deviation go along `axis=1`.",
        "In logarithms an interval lies below 1 if its upper end is below 0. "
        "And `low` and `high` are to be compared as `np.log(low)` and `np.log(high)`.",
        "`np.select([lower, higher, same], [1, 2, 3], 4)` takes the first that holds, row by row.",
    ],
)


# ---- 7: find the errors ----

useless = OpenExercise(
    "Find the errors: pools are useless?",
    'A report reads: "We compare *dilated*, a network without pools whose taps stand as far apart, with *max*. '
    "The ratio of its errors to those of *max* is 1.04; the 95 % interval goes from 0.81 to 1.33. It holds 1, "
    "so the two networks read equally well. So neither the smaller maps nor the maximum of neighbours "
    "does anything: it is the wider field alone. "
    'So we leave out the pools of our network for telephones, and lose nothing." '
    "Each of the three conclusions is wrong. Why?",
    "The interval holds 1, but it also holds a fifth fewer and a third more errors: "
    "that is *cannot tell*, and *the same* would need a narrow interval within bounds fixed beforehand. "
    "*Dilated* and *max* differ in two things at once, size and neighbours. "
    "One of them may cost what the other one gains, so a network between them is missing, such as *subsample*. "
    "And errors are not all that counts on a telephone: at full size "
    "the second convolution computes 4 times as many places, and the third 16 times as many.",
    points=[
        "An interval that holds 1 does not show that two methods are the same.",
        "To say *the same*, an interval has to lie within bounds that were fixed beforehand.",
        "Size and neighbours change together: one may cancel the other. *Subsample* parts them.",
        "The dilated network keeps its maps at full size, so it takes many more multiply-adds.",
    ],
    hints=[
        "Which other ratios does the interval hold?",
        "In how many of the three things do the two networks differ?",
        "How many places does the last convolution compute in each of them?",
    ],
)


# ---- 8: plan a comparison ----

plan = OpenExercise(
    "In three sentences: a fair comparison",
    'Many texts say: "Pooling leaves fewer parameters, and so it prevents overfitting." '
    "Plan an experiment for a network with a Flatten and few training images. In three sentences: "
    "which networks do you compare, and which question does each pair answer; "
    "what do you choose, on which images, and what do seeds draw; "
    "and which result, fixed beforehand, would speak for the claim, and which against it?",
    "I train *none*, *end subsample* and *max* with the same Flatten: the first two differ in what reaches it, "
    "and so in their parameters; the last two have exactly as many parameters, and differ in the pool. "
    "I choose a rate for each on validation images, then train with new seeds, as many as the power of my intervals "
    "asks for, each of which draws the same training images for all three, "
    "and I read the test images once, after the training. "
    "For the claim speaks a lower test error of *end subsample* than of *none*, and against it a higher one or, "
    "within bounds set before, the same; a lower error of *max* than of *end subsample* would be due to the pool "
    "and not to fewer parameters, and a smaller gap alone would show neither.",
    points=[
        "One pair in which the parameters differ, and one with equally many parameters.",
        "A rate for each network, chosen on validation images and not on test images.",
        "Several new seeds, which draw the same images for all networks.",
        "What is judged is the test error, not the gap alone.",
        "The verdict's rule is fixed beforehand, and *cannot tell* is one of the verdicts.",
    ],
    hints=[
        "*Fewer parameters* and *a pool* are two things. Which network has one of them without the other?",
        "What could favour one of your networks: its rate, its images, a look at the test images?",
    ],
)


exercises = Exercises(
    7,
    [
        parameters,
        multiply_adds,
        ratios,
        interval,
        cost,
        rule,
        useless,
        plan,
    ],
)
