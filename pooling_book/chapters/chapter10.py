"""Chapter 10: its quiz, its exercises and their known mistakes."""

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
    "quiz-10",
    [
        question(
            "A network has a softmax-weighted pool with T = 2. To save memory, all maps are stored ten times as large, "
            "as whole numbers, and the weights after the pool are divided by ten. The answers of the network change. "
            "What mends it?",
            wrong(
                "A power mean would have changed as well: nothing mends it",
                "A power mean follows a change of scale. And T can be changed to match.",
            ),
            right(
                "T = 20",
                "A temperature has the unit of its map: only x / T stands in the formula.",
            ),
            wrong(
                "T = 0.2",
                "With numbers ten times as large, the weights were far too sharp already. This makes them sharper.",
            ),
            wrong(
                "Subtract the largest number of each window before the pool",
                "Weights do not change by that, so they stay too sharp; and the answer loses what you subtract.",
            ),
        ),
        question(
            "A window holds 4, 4, 4 and 4, and a learnt p stands at 3. Which slope does p get from this window?",
            wrong(
                "A positive one: a larger p raises the power mean",
                "It does where the numbers differ. What is the power mean of equal numbers for p = 3, and for p = 30?",
            ),
            wrong(
                "A negative one, towards the average",
                "The power mean never falls as p rises.",
            ),
            right(
                "0: for every p the answer is 4",
                "All means of equal numbers are that number. A flat window teaches p nothing.",
            ),
            wrong(
                "NaN: the logarithm of 1 is 0",
                "A logarithm of 0 would be a trouble. That of 1 is none.",
            ),
        ),
        question(
            "A softmax-weighted pool has T = 5. A window holds 0, 0, 0 and 20, and the answer is 18.96. "
            "One of the zeros rises by 0.1. What does the answer do?",
            wrong(
                "It rises by 0.025",
                "That would be the average's answer.",
            ),
            wrong(
                "It stays: only the largest counts",
                "That would be the maximum. T = 5 is no 0.",
            ),
            wrong(
                "It rises, by less than 0.025: a small number has a small weight",
                "Its own weight is small, but it grows, too. From whom does it take what it gains?",
            ),
            right(
                "It falls",
                "Where x lies below y − T the slope is negative: the weight that 0 gains counts for more than its 0.1.",
            ),
        ),
        question(
            "Maps after a ReLU hold numbers up to 60. A power mean over windows of 2 × 2 with p = 3, written in one "
            "line with a guard of 10⁻⁶, runs in float16, where numbers end at 65,504. A colleague says: *p = 2 "
            "instead, and all is well.* What is right?",
            wrong(
                "All is well: 60² is 3,600",
                "The large numbers are. Now square the guard, where a whole window is 0.",
            ),
            right(
                "The large numbers are safe, windows of zeros are not",
                "60² fits, and so do four of them. (A large window adds more: 19 times 3,600 is infinite again.) "
                "But 10⁻⁶ squared is 0 in float16, and the slope by p takes its logarithm.",
            ),
            wrong(
                "Nothing is won: 60² is too large as well",
                "It is 3,600.",
            ),
            wrong(
                "The guard is the fault: without it all is well",
                "Without it a window of zeros is 0 from the start.",
            ),
        ),
        question(
            "On 5,000 test images a new gated pool makes 95 errors and the maximum 103. One run each, with the rate "
            "that was best for the maximum; the gates add 2,000 weights. You may have one more comparison. "
            "Which tells most about *gating*?",
            wrong(
                "The maximum again, with the rate that is best for the gated pool",
                "Each needs its own rate. But then the gated pool still has more weights than its opponent.",
            ),
            wrong(
                "A test of these two runs on 5,000 other images",
                "It would say whether these two networks differ, and nothing of other seeds, nor of the weights.",
            ),
            right(
                "Several seeds of a network with maxima and 2,000 more weights elsewhere, each with its own rate",
                "So many weights, and no gates: that is the control. One run of either says little.",
            ),
            wrong(
                "The average, since a gate mixes it with the maximum",
                "It says something of averages. The weights and the luck of one seed stay as they are.",
            ),
        ),
    ],
)


# ---- 1: six answers ----

answers = AnswerExercise(
    "Six answers to one window",
    "A window holds 1, 2, 8 and 16. Type, in this order: the geometric mean, the median, the average, the mixture of a "
    "quarter maximum and three quarters average, what stochastic pooling gives at test, and the sum of squares, before "
    "L2 takes its root. Fractions are fine, or three decimals.",
    answer=[4, 5, 6.75, 9.0625, 325 / 27, 325],
    by_place=True,
    foreseen=[
        (
            [4, 5, 6.75, 9.0625, 6.75, 325],
            "The fifth is the average. A draw takes the larger ones more often.",
        ),
        (
            [4, 5, 6.75, 9.0625, 16, 325],
            "The fifth is the maximum. A draw takes it often, not always.",
        ),
        (
            [4, 5, 6.75, 13.6875, 325 / 27, 325],
            "In the fourth the two shares have changed places.",
        ),
        (
            [4, 5, 6.75, 9.0625, 325 / 27, 81.25],
            "The sixth is the mean of the squares. L2 sums.",
        ),
        (
            [4, 5, 6.75, 9.0625, 325 / 27, 18.028],
            "The sixth is L2 itself. Type the sum of squares before its root.",
        ),
        (
            [4, 5, 6.75, 9.0625, 325 / 27, 18.03],
            "The sixth is L2 itself. Type the sum of squares before its root.",
        ),
        (
            [4, 5, 6.75, 9.0625, 12.04, 325],
            "The fifth has too few decimals: type three, or a fraction.",
        ),
        (
            [4, 2, 6.75, 9.0625, 325 / 27, 325],
            "An even number of elements has two in the middle.",
        ),
        (
            [256, 5, 6.75, 9.0625, 325 / 27, 325],
            "The first is the product. A geometric mean takes a root of it.",
        ),
        (
            [16, 5, 6.75, 9.0625, 325 / 27, 325],
            "Of four numbers take the fourth root of the product, not the second.",
        ),
    ],
    hints=[
        "The product is 256. A quarter of the maximum is 4.",
        "At test stochastic pooling gives the sum of squares over the sum.",
    ],
    solution=(
        "The product is 256 = 4⁴, so the geometric mean is 4. In the middle stand 2 and 8: 5. The sum is 27, the "
        "average 6.75. 16 / 4 + 3 · 6.75 / 4 = 9.0625. The squares are 1, 4, 64 and 256, together 325; and 325 / 27 = "
        "12.037."
    ),
)


# ---- 2: scales ----

scales = AnswerExercise(
    "A scale that a pool forgets",
    "On one window a softmax-weighted pool with T = 2 answers 7, a power mean with p = 3 answers 6, and the median "
    "answers 4. Then every number of the map becomes 5x + 10. Type: the temperature that keeps the weights of the "
    "softmax as they were, its answer then, the median's answer, and the power mean's answer if every number becomes "
    "5x only.",
    answer=[10, 45, 30, 30],
    by_place=True,
    foreseen=[
        (
            [2, 45, 30, 30],
            "With T = 2 numbers five times as far apart get other weights.",
        ),
        (
            [20, 45, 30, 30],
            "The 10 that is added moves all numbers alike: it changes no weight.",
        ),
        (
            [0.4, 45, 30, 30],
            "x / T must stay as it was while x grows.",
        ),
        (
            [10, 35, 30, 30],
            "The softmax-weighted answer follows what is added, too.",
        ),
        ([10, 45, 20, 30], "The median follows what is added, too."),
        (
            [10, 45, 30, 750],
            "The root undoes the power: a scale comes out as it went in.",
        ),
        (
            [10, 45, 30, 40],
            "Of the power mean's numbers none has 10 added.",
        ),
        ([10, 7, 4, 6], "The answers follow what becomes of their numbers."),
    ],
    hints=[
        "Write x / T with 5x + 10 in the place of x. What of it is the same for all numbers of the window?",
        "A mean with fixed weights of 5x + 10 is five times the mean, and 10.",
    ],
    solution=(
        "The weights are e^(x / T) over their sum. With 5x + 10 and T = 10 the exponents are x / 2 + 1, and the factor "
        "e¹ cancels: T = 10. The answer is a mean with the same weights: 5 · 7 + 10 = 45. The median keeps its place: "
        "5 · 4 + 10 = 30. A power mean follows a factor: 5 · 6 = 30. (What it makes of an added 10 cannot be told from "
        "the answer alone.)"
    ),
)


# ---- 3: the power that gives an answer ----


def power_for(x, answer):
    """The p, from 0.1 to 50, whose power mean of x is this answer.

    x is an array of numbers above 0, not all equal. Its power mean is the
    mean of x**p, to the power 1/p; it rises with p. The answer is the power
    mean of x for some p from 0.1 to 50. Returns p, to within 0.001.
    """
    low, high = 0.1, 50.0
    for _ in range(60):
        p = (low + high) / 2
        if np.mean(x**p) ** (1 / p) < answer:
            low = p
        else:
            high = p
    return p


def _mean(x, p):
    return float(np.mean(x**p) ** (1 / p))


def _asked(seed, shape, p):
    x = (shuffled(seed, *shape) % 9 + 1.0) / 2
    return x, _mean(x, p)


def _near(result, x, answer):
    try:
        p = float(result)
    except (TypeError, ValueError):
        return "Return one number, the power."
    if not np.isfinite(p):
        return f"Your p is {p}."
    if not 0.09 <= p <= 50.1:
        return f"Your p is {p:.4g}, which does not lie from 0.1 to 50."
    if all(
        (_mean(x, p + nudge) - answer) * nudge > 0 for nudge in (-0.001, 0.001)
    ):
        return None
    return (
        f"The power mean with your p = {p:.4g} is {_mean(x, p):.5g}; "
        f"{answer:.5g} was asked for."
    )


power = FunctionExercise(
    "The p that gives an answer",
    solution=power_for,
    cases=[
        _asked(101, (4,), 1.0),
        _asked(102, (2, 2), 3.0),
        _asked(103, (3, 3), 0.5),
        _asked(104, (9,), 8.25),
        _asked(105, (16,), 2.0),
        _asked(106, (2, 2), 17.5),
        _asked(107, (4, 4), 0.25),
        _asked(108, (5,), 4.75),
    ],
    judge=_near,
    hints=[
        "The answer rises with p. If a p gives too little, no smaller one will do.",
        "Halve: keep a low p that gives too little and a high one that gives too much, and try the middle.",
    ],
)


# ---- 4: a rank pool, backward ----


def rank_backward(x, weights, k):
    """Gradient of the sum of all outputs of a rank pool by each element.

    x is an array (H, W), both multiples of k; windows are k x k and touch.
    An output is the sum of weights[r] times the element of rank r; rank 0
    is the largest. Of equal elements the first in row-major order has the
    lower rank. weights has k * k numbers. Returns an array of x's shape.
    """
    dx = np.zeros(x.shape)
    for i in range(0, x.shape[0], k):
        for j in range(0, x.shape[1], k):
            window = x[i : i + k, j : j + k].ravel()
            order = np.argsort(-window, kind="stable")
            paid = np.zeros(k * k)
            paid[order] = weights
            dx[i : i + k, j : j + k] = paid.reshape(k, k)
    return dx


def _ranked(seed, H, W, k):
    weights = shuffled(seed + 50, k * k) / 4
    return shuffled(seed, H, W) // 2, weights, k


def _by_windows(pay):
    """The same walk with another rule for one window."""

    def function(x, weights, k):
        dx = np.zeros(x.shape)
        for i in range(0, x.shape[0], k):
            for j in range(0, x.shape[1], k):
                window = x[i : i + k, j : j + k].ravel()
                dx[i : i + k, j : j + k] = pay(window, weights).reshape(k, k)
        return dx

    return function


def _in(order, weights):
    paid = np.zeros(len(order))
    paid[order] = weights
    return paid


def _shared(window, weights):
    paid = _in(np.argsort(-window, kind="stable"), weights)
    for value in np.unique(window):
        paid[window == value] = paid[window == value].mean()
    return paid


ranks = FunctionExercise(
    "Weights by rank, backward",
    solution=rank_backward,
    cases=[
        _ranked(111, 2, 2, 2),
        _ranked(112, 4, 4, 2),
        _ranked(113, 2, 6, 2),
        _ranked(114, 3, 3, 3),
        _ranked(115, 6, 9, 3),
        _ranked(116, 4, 8, 4),
        (np.zeros((4, 2), int), np.array([4, 3, 2, 1]) / 4, 2),
    ],
    mistakes=[
        Mistake(
            "Rank 0 is the largest. You begin with the smallest.",
            _by_windows(lambda w, c: _in(np.argsort(w, kind="stable"), c)),
        ),
        Mistake(
            "Of equal elements you give the last the lower rank: argsort from small to large, then turned round, "
            "turns the ties round, too.",
            _by_windows(
                lambda w, c: _in(np.argsort(w, kind="stable")[::-1], c)
            ),
        ),
        Mistake(
            "`argsort` says where the element of each rank stands. You use it as if it said the rank of each element.",
            _by_windows(lambda w, c: c[np.argsort(-w, kind="stable")]),
        ),
        Mistake(
            "You share among equal elements. The task gives each a rank of its own.",
            _by_windows(_shared),
        ),
        Mistake(
            "You multiply by the elements: that is what they add to the output, not the slope.",
            _by_windows(lambda w, c: w * _in(np.argsort(-w, kind="stable"), c)),
        ),
        Mistake(
            "You order the whole array. Each window has ranks of its own.",
            lambda x, weights, k: _in(
                np.argsort(-x.ravel(), kind="stable"),
                np.resize(weights, x.size),
            ).reshape(x.shape),
        ),
    ],
    hints=[
        "The slope by the element of rank r is weights[r], whatever its value is. So find out where rank r stands.",
        "`np.argsort(-window, kind='stable')` lists the places from the largest element on; "
        "`paid[order] = weights` pays them.",
    ],
)


# ---- 5: draws, averaged ----


def averaged_draws(x, draws):
    """Expectation and variance of the mean of some stochastic draws.

    x is an array of numbers, none negative, not all 0. A draw takes one of
    them, each with a chance in proportion to its value. So many draws,
    independent of each other, are averaged. Returns an array of two
    numbers: what that mean is on average, and its variance.
    """
    chances = x / x.sum()
    expected = (chances * x).sum()
    variance = (chances * (x - expected) ** 2).sum()
    return np.array([expected, variance / draws])


def _drawn(seed, shape, draws):
    return np.abs(shuffled(seed, *shape)).astype(float), draws


drawn = FunctionExercise(
    "Draws, averaged",
    solution=averaged_draws,
    cases=[
        (np.array([1.0, 3.0]), 1),
        (np.array([0.0, 0.0, 5.0]), 4),
        _drawn(121, (4,), 1),
        _drawn(122, (2, 2), 3),
        _drawn(123, (3, 3), 10),
        _drawn(124, (2, 4), 2),
        _drawn(125, (6,), 7),
    ],
    mistakes=[
        Mistake(
            "The expectation is not the average: large elements are drawn more often.",
            lambda x, n: np.array([x.mean(), averaged_draws(x, n)[1]]),
        ),
        Mistake(
            "The variance is that of a single draw. An average of several spreads less.",
            lambda x, n: averaged_draws(x, 1),
        ),
        Mistake(
            "You divide by the root of the number of draws. That is right for the standard deviation.",
            lambda x, n: np.array(
                [averaged_draws(x, 1)[0], averaged_draws(x, 1)[1] / n**0.5]
            ),
        ),
        Mistake(
            "This is the standard deviation. Return the variance.",
            lambda x, n: np.array(
                [averaged_draws(x, n)[0], averaged_draws(x, n)[1] ** 0.5]
            ),
        ),
        Mistake(
            "The variance is that of the elements, each counted once. Weigh each by its chance.",
            lambda x, n: np.array([averaged_draws(x, 1)[0], x.var() / n]),
        ),
        Mistake(
            "The squares of the elements alone: the square of the expectation has to be taken away.",
            lambda x, n: np.array(
                [averaged_draws(x, 1)[0], (x**3).sum() / x.sum() / n]
            ),
        ),
        Mistake(
            "The expectation does not depend on how many draws are averaged.",
            lambda x, n: np.array(
                [averaged_draws(x, 1)[0] / n, averaged_draws(x, n)[1]]
            ),
        ),
    ],
    hints=[
        "An expectation is a sum over all that can happen: each element times its chance.",
        "The variance of one draw is the expected squared distance from its expectation. "
        "That of an average of n independent draws is an n-th of it.",
    ],
)


# ---- 6: find the errors ----

learns = OpenExercise(
    "Find the error: a pool that learns its power",
    '"We replaced the global average by a power mean with a learnt p, in half precision. p went from 3 to 3.4. So '
    "the task wants something between the average and the maximum, nearer to the maximum. With another first value, 1, "
    "p went to 1.3, which shows that training is noisy. Once the loss became NaN; we made the learning rate smaller, "
    "and it "
    'happened later." Three conclusions are doubtful. Which, and what would you do?',
    "A p that stays near its start may mean that the loss hardly depends on p, or that p is learnt too slowly: from 3 "
    "it ends at 3.4, from 1 at 1.3. That says nothing of what the task wants; nor is it noise, for both went up, and "
    "each stayed where it began. Compare errors at several fixed p, several seeds each, before reading anything out of "
    "a learnt one. And p = 3.4 is not nearer to the maximum: over a large map with few strong places even p = 10 is "
    "far below it. The NaN comes from half precision: x to the power p overflows, or a window of zeros leaves the "
    "logarithm of 0. A smaller rate only puts it off. Divide by the largest number first, or compute this layer in "
    "float32.",
    points=[
        "A p near its start is no answer: the loss may be flat in p.",
        "Two starts, two ends: that is the start, not noise.",
        "p = 3.4 over many places is far from the maximum.",
        "Compare fixed powers, several seeds.",
        "NaN: overflow, or zeros, in half precision; scale by the largest, or leave it.",
    ],
    hints=[
        "Where would p stand at the end if the loss did not depend on it at all?",
        "What is 41 cubed in float16, and what does a window of zeros do to the slope by p?",
    ],
)


# ---- 7: in three sentences ----

another = OpenExercise(
    "In three sentences: yet another pool",
    "A friend has invented a pool: the average of the window, plus its standard deviation times a learnt number b. "
    "Place it in the family in three sentences: where does it lie for b = 0 and as b grows, does it follow a change of "
    "scale and an added constant, can a brighter pixel lower it, and what comparison would convince you that a "
    "network needs it?",
    "For b = 0 it is the average; it rises with b in a straight line, without an end at the maximum, which it passes "
    "(and for b below 0 it falls towards the minimum and beyond). A factor above 0 and an added constant both go "
    "through it, as through a rank, because average and deviation have the unit of the map; but it is not monotone: a "
    "dark pixel made brighter lowers the deviation, and with a large b the answer. I would train it beside the "
    "maximum, the average and a fixed b, with as many weights, a rate for each and several seeds, on more than one "
    "task, and look at an interval.",
    points=[
        "b = 0: the average.",
        "No limit at the maximum: it goes beyond.",
        "It follows a factor above 0 and an added constant.",
        "Not monotone for a large b.",
        "Compare with a fixed b, maximum and average: own rates, several seeds.",
    ],
    hints=[
        "Try a window of 0 and 2: average 1, deviation 1. What is the answer for b = 1, and for b = 2?",
        "Multiply the window by 3. What becomes of the average, and what of the deviation?",
    ],
)

exercises = Exercises(
    10, [answers, scales, power, ranks, drawn, learns, another]
)
