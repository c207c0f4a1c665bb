"""Chapter 02: its quiz, its exercises and their known mistakes."""

from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from pooling_lib import avg_pool, max_pool

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
    attempt,
)
from pooling_book.exercise.mistakes import (
    Mistake,
    rounded,
    shuffled,
    transposed,
    window_of,
)
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-02",
    [
        question(
            "A thermal camera's map has noise with a standard deviation of 0.5 degrees. One loose screw, "
            "a single pixel, is 4 degrees too warm. You pool windows of 32 × 32 pixels, "
            "and sound an alarm from some threshold on. "
            "Which pool do you take?",
            wrong(
                "The mean: it takes the noise away",
                "It does, down to 0.5 / 32. But of the screw it passes on 4 / 1,024, and that is less still.",
            ),
            right(
                "The maximum",
                "Noise alone seldom reaches 2 degrees among 1,024 pixels: 0.5 · √(2 ln 1,024) is 1.9. The screw does.",
            ),
            wrong(
                "The minimum",
                "The screw is warmer than the rest. It never is the smallest number of its window.",
            ),
            wrong(
                "Neither: among 1,024 pixels the noise itself reaches 4 degrees",
                "That is 8 standard deviations. How fast does the largest of n Gaussian numbers grow with n?",
            ),
        ),
        question(
            "A clean map holds 1 where a parked car was found, and 0 elsewhere. It is pooled with 8 × 8 windows. "
            "A layer's bias and a ReLU follow, which may be learnt. The network is to say for each window "
            "whether *any* car stands there. Which pool will do?",
            wrong(
                "Only the maximum: the mean cannot say *any*",
                "Of a map of 0 and 1, what is the mean of a window without a car? And with one car?",
            ),
            wrong(
                "Only the mean: the maximum does not count cars",
                "It does not. Nobody asks for the number of cars here.",
            ),
            right(
                "Either of them",
                "The mean is 0 without a car, and at least 1 / 64 with one: a threshold between them will do.",
            ),
            wrong(
                "Neither: cars at the border are counted twice",
                "Windows that stand side by side share no place of the map.",
            ),
        ),
        question(
            "A flat patch of grey 100 carries Gaussian noise with σ = 12. It is pooled with 3 × 3 windows. "
            "Which outputs can these be, on average and with their standard deviation?",
            wrong(
                "Mean 100 ± 1.3, maximum 118 ± 7",
                "Nine pixels divide the noise by √9, not by 9.",
            ),
            wrong(
                "Mean 100 ± 4, maximum 100 ± 4",
                "This is right for the mean. The maximum picks the pixel that the noise has raised most.",
            ),
            right(
                "Mean 100 ± 4, maximum 118 ± 7",
                "12 / √9 = 4. The bias of the maximum lies between 1 σ, as of four pixels, and σ √(2 ln 9) = 25.",
            ),
            wrong(
                "Mean 100 ± 4, maximum 136 ± 12",
                "The expected maximum is never above σ √(2 ln n). What is that for nine pixels?",
            ),
        ),
        question(
            "The same kind of noise, σ = 1, on a flat patch. Two max pools follow each other, "
            "each of 2 × 2 with a stride of 2. How much too bright is the output?",
            wrong(
                "By 2.06: 1.03 and 1.03",
                "The second pool meets less noise than the first: part of it is gone. What are two max pools together?",
            ),
            wrong(
                "By 1.03: the second pool finds only maxima, and changes nothing",
                "These maxima differ from each other, and the second pool picks the largest of four of them.",
            ),
            wrong(
                "By 4.12: 1.03 for each of four windows",
                "No pixel is likely to be as bright. The largest of n numbers stays below √(2 ln n) on average.",
            ),
            right(
                "By 1.77",
                "Two such pools are one of 4 × 4: the largest of 16. That lies below √(2 ln 16) = 2.4.",
            ),
        ),
        question(
            '*"I train a convolution of 2 × 2 to imitate a max pool. On windows of photos, the error has fallen '
            'to a few grey levels. With more filters to choose from and more training it will come down to zero."* '
            "What is the fault?",
            wrong(
                "None: networks learn any function",
                "They do with a bend between the layers. What can one convolution alone not do?",
            ),
            right(
                "However long it trains, a convolution is linear",
                "On (1, 0), (0, 1) and (1, 1) the maximum is 1. A sum of products that gives 1 for two of them "
                "gives 2 or 0 for the third.",
            ),
            wrong(
                "It has no bias; with one it could come down to zero",
                "A window of zeros has the maximum 0. That leaves only one bias, 0.",
            ),
            wrong(
                "Photos are never negative; with signed numbers it could come down to zero",
                "More kinds of windows make it harder. The windows (1, 0), (0, 1) and (1, 1) are not negative, either.",
            ),
        ),
        question(
            "`a` and `b` are arrays of `uint8`. At one place they hold 200 and 100. "
            "There, `(a + b) / 2` gives 22. What went wrong?",
            wrong(
                "`/` cuts fractions off; `//` would not",
                "It is `//` that cuts fractions off. And 150 has none.",
            ),
            right(
                "The sum",
                "300 wraps round to 44 before it is divided. Convert first: `a.astype(int)`.",
            ),
            wrong(
                "The division: the result does not fit into `uint8`",
                "`/` makes floats, and 150 would fit even into `uint8`.",
            ),
            wrong(
                "Nothing: a mean of two may lie below both",
                "It lies between the smaller and the larger, always.",
            ),
        ),
    ],
)


# ---- 1: one pixel rises ----


ROOM = np.array([[40, 95], [60, 85]])

rise = AnswerExercise(
    "One pixel rises",
    "These four pixels are one window. The 40 rises by 70. "
    "By how much does the maximum rise, and by how much the mean? Type two numbers, the maximum's first.",
    table=ROOM,
    answer=[15, 17.5],
    by_place=True,
    foreseen=[
        (
            [70, 17.5],
            "The mean is right. The maximum follows the pixel only "
            "from where the pixel passes the largest of the others.",
        ),
        (
            [0, 17.5],
            "The mean is right. Where does the pixel end, and is that still below the largest of the others?",
        ),
        (
            [55, 17.5],
            "The mean is right. Your first number is the pixel's room: how far it rises *before* the maximum notices.",
        ),
        (
            [110, 87.5],
            "These are the two answers after the change. By how much have they risen?",
        ),
        (
            [70, 70],
            "That is how far the pixel rises. What does each answer make of it?",
        ),
        ([0, 0], "The mean hears every change. And where does the pixel end?"),
        (
            [15, 70],
            "The maximum is right. The mean shares the change among all pixels of the window.",
        ),
        (
            [15, 35],
            "The maximum is right. How many pixels does the window hold?",
        ),
        ([15, 0], "The maximum is right. The mean hears every change."),
        (
            [17.5, 15],
            "Both numbers are there. Which of them belongs to the maximum?",
        ),
    ],
    hints=[
        "Write down the four pixels after the change, and both answers before and after it.",
        "The mean moves by the change divided by the number of pixels. "
        "The maximum moves by what is left of the change once the pixel's room is used up.",
    ],
    solution="The pixel ends at 110. Its room was 95 - 40 = 55, so 70 - 55 = 15 is left for the maximum, "
    "from 95 to 110. "
    "The mean rises by 70 / 4 = 17.5, from 70 to 87.5: here it moves farther than the maximum.",
)


# ---- 2: how far the largest may fall ----


def fall(x, k, S):
    """How far the largest element of each window may fall.

    That is how far it may be lowered until the maximum stops following:
    the largest minus the second largest element of the window, and 0 if
    two are equally large.
    x is an array of shape (H, W). Windows are k x k, k is at least 2,
    and S apart. Only whole windows count.
    No loop over the outputs: one strided slice for each place.
    """
    x = x.astype(float)  # a difference may not fit into the type of x
    rows = (x.shape[0] - k) // S + 1
    columns = (x.shape[1] - k) // S + 1
    first = np.full((rows, columns), -np.inf)
    second = first
    for a in range(k):
        for b in range(k):
            down = slice(a, a + S * (rows - 1) + 1, S)
            right = slice(b, b + S * (columns - 1) + 1, S)
            place = x[down, right]
            second = np.maximum(second, np.minimum(first, place))
            first = np.maximum(first, place)
    return first - second


def _sorted_windows(x, k, S):
    """The elements of every window, the smallest first."""
    parts = sliding_window_view(x, (k, k))[::S, ::S]
    return np.sort(parts.reshape(*parts.shape[:2], k * k), axis=2)


def _by_rank(first, second, prepare=lambda x: x.astype(float)):
    """The difference of two places among a window's sorted elements."""

    def function(x, k, S):
        ranked = _sorted_windows(prepare(x), k, S)
        return ranked[..., first] - ranked[..., second]

    return function


def _distinct(x, k, S):
    ranked = _sorted_windows(x.astype(float), k, S)
    largest = ranked[..., -1:]
    below = np.where(ranked < largest, ranked, -np.inf).max(axis=2)
    return np.where(np.isfinite(below), largest[..., 0] - below, 0)


def _late_second(x, k, S):
    """Two running numbers, of which the second is only the largest that was."""
    parts = sliding_window_view(x.astype(float), (k, k))[::S, ::S]
    places = parts.reshape(*parts.shape[:2], k * k)
    first = second = places[..., 0]
    for n in range(1, k * k):
        second = np.where(places[..., n] > first, first, second)
        first = np.maximum(first, places[..., n])
    return first - second


may_fall = FunctionExercise(
    "How far may the largest fall?",
    solution=fall,
    cases=[
        (shuffled(20, 3, 3), 2, 1),
        (-abs(shuffled(21, 4, 4)) - 1, 2, 2),
        (abs(shuffled(22, 4, 6)) + 1, 2, 2),
        (shuffled(23, 5, 7), 3, 2),
        (shuffled(24, 7, 6), 2, 3),
        (shuffled(25, 6, 6) / 4, 3, 1),
        (np.full((4, 4), -3), 2, 2),
        (np.array([[9, 4], [9, 1]]), 2, 1),
        (np.array([[9, 1], [4, 3]]), 2, 1),
        (np.array([[100, -100], [-100, -120]], np.int8), 2, 1),
    ],
    source=window_of,
    mistakes=[
        transposed(fall),
        rounded(fall),
        Mistake(
            "Where `x` holds small whole numbers (`int8`), a difference wraps around: "
            "make them floats first, `x.astype(float)`.",
            lambda x, k, S: _by_rank(-1, -2, lambda x: x)(x, k, S),
        ),
        Mistake(
            "Where two elements are equally large, the maximum does not fall with either: "
            "the second largest is as large as the largest.",
            _distinct,
        ),
        Mistake(
            "If the largest comes before the second largest, you miss the latter. "
            "A place that is no new largest may still be a new second.",
            _late_second,
        ),
        Mistake(
            "This is how far the largest lies above the *smallest*. What stops the maximum on its way down?",
            _by_rank(-1, 0),
        ),
        Mistake(
            "This is how far the largest lies above the *mean*. What stops the maximum on its way down?",
            lambda x, k, S: max_pool(x, k, S) - avg_pool(x, k, S),
        ),
        Mistake(
            "These are the largest elements. Now, how far may each fall?",
            max_pool,
        ),
        Mistake(
            "These are the second largest elements. How far above them are the largest?",
            lambda x, k, S: _sorted_windows(x, k, S)[..., -2],
        ),
        Mistake(
            "Every number is right but for its sign: which of the two is the larger?",
            _by_rank(-2, -1),
        ),
        Mistake(
            "A window of negative numbers comes out wrong: do your running numbers start at 0?",
            lambda x, k, S: (
                np.maximum(_sorted_windows(x, k, S)[..., -1], 0.0)
                - np.maximum(_sorted_windows(x, k, S)[..., -2], 0)
            ),
        ),
        Mistake(
            "The windows start one pixel apart, whatever the stride is: the step of a slice is its third number.",
            lambda x, k, S: fall(x, k, 1),
        ),
        Mistake(
            "The windows stand side by side, whatever the stride is: the step of each slice is `S`, not `k`.",
            lambda x, k, S: fall(x, k, k),
        ),
    ],
    hints=[
        "Keep two arrays while you go from place to place: the largest so far and the second largest so far. "
        "The loop over places stands in *One loop for both*.",
        "A new element either beats the largest, which then becomes the second; or it may still beat the second.",
        "Both cases in one line: the new second is the larger of the old second and "
        "`np.minimum(first, place)`. Do this before `first` changes.",
    ],
)


# ---- 3: the middle one, by ReLUs ----


def middle_of_three(a, b, c):
    """The middle one of three arrays, element by element.

    The arrays hold finite signed numbers and have one shape.
    Use +, - and relu(x) = np.maximum(x, 0), and nothing else.
    """

    def relu(x):
        return np.maximum(x, 0)

    def larger(a, b):
        return a + relu(b - a)

    def smaller(a, b):
        return a - relu(a - b)

    largest = larger(larger(a, b), c)
    smallest = smaller(smaller(a, b), c)
    return a + b + c - largest - smallest


def _three(seed, *shape):
    return tuple(shuffled(seed + n, *shape) for n in range(3))


class _Compared(Exception):
    """Two elements were compared with each other."""


class _Number:
    """A number that adds, subtracts and compares itself with plain numbers only."""

    def __init__(self, value):
        self.value = value

    def _plain(self, other):
        if isinstance(other, _Number):
            raise _Compared
        return other

    def __add__(self, other):
        return _Number(self.value + getattr(other, "value", other))

    def __sub__(self, other):
        return _Number(self.value - getattr(other, "value", other))

    def __neg__(self):
        return _Number(-self.value)

    def __radd__(self, other):
        return self + other

    def __rsub__(self, other):
        return -self + other

    def __lt__(self, other):
        return self.value < self._plain(other)

    def __le__(self, other):
        return self.value <= self._plain(other)

    def __gt__(self, other):
        return self.value > self._plain(other)

    def __ge__(self, other):
        return self.value >= self._plain(other)


def _compares(function):
    """Whether a function compares elements of its arrays with each other, as a median does."""
    found = []

    def ask():
        values = np.random.default_rng(0).permutation(12).reshape(3, 4) - 6
        try:
            function(*np.frompyfunc(_Number, 1, 1)(values))
        except _Compared:
            found.append(True)

    attempt.run(ask, [()])
    return bool(found)


class _ByRelus(FunctionExercise):
    """A task that relu has to do alone: right numbers by a comparison are not enough."""

    def check(self, function):
        verdict = super().check(function)
        if verdict.status == "right" and _compares(function):
            verdict.status = "wrong"
            verdict.sentence = (
                "The numbers are right, but elements are compared with each other: `np.median`, `np.sort` "
                "and `np.maximum` of two arrays do that. Here only `relu` may compare, with 0."
            )
        return verdict


by_relus = _ByRelus(
    "The middle one out of ReLUs",
    solution=middle_of_three,
    cases=[
        _three(30, 3),
        _three(40, 6),
        _three(50, 2, 3),
        tuple(abs(one) + 1 for one in _three(60, 4)),
        tuple(-abs(one) - 1 for one in _three(64, 4)),
        tuple(one / 4 for one in _three(70, 3, 3)),
        _three(80, 2, 2),
        (np.array([2, 2]), np.array([2, 5]), np.array([7, 2])),
    ],
    source=lambda index, a, b, c: (
        f"The three numbers there are {', '.join(f'{one[index]:g}' for one in (a, b, c))}."
    ),
    mistakes=[
        Mistake(
            "These are the largest of the three.",
            lambda a, b, c: np.maximum(np.maximum(a, b), c),
        ),
        Mistake(
            "These are the smallest of the three.",
            lambda a, b, c: np.minimum(np.minimum(a, b), c),
        ),
        Mistake(
            "This is the mean of the three. The middle one is one of them.",
            lambda a, b, c: (a + b + c) / 3,
        ),
        Mistake(
            "This is the largest and the smallest together. What is left of all three without them?",
            lambda a, b, c: np.max([a, b, c], 0) + np.min([a, b, c], 0),
        ),
        Mistake(
            "You always take `b`: the middle one by size, not by place.",
            lambda a, b, c: b + 0,
        ),
        Mistake(
            "Only the largest has been taken off; two numbers are left, added up.",
            lambda a, b, c: a + b + c - np.max([a, b, c], 0),
        ),
        Mistake(
            "Only the smallest has been taken off; two numbers are left, added up.",
            lambda a, b, c: a + b + c - np.min([a, b, c], 0),
        ),
        Mistake(
            "This is the smaller of `a` and the larger of the others. When is that not the middle one?",
            lambda a, b, c: np.minimum(a, np.maximum(b, c)),
        ),
        Mistake(
            "This is the larger of `c` and the smaller of `a` and `b`. When is that not the middle one?",
            lambda a, b, c: np.maximum(np.minimum(a, b), c),
        ),
        Mistake(
            "Three negative numbers, or three positive ones, come out wrong: does something start from 0?",
            lambda a, b, c: (
                a
                + b
                + c
                - np.maximum(np.max([a, b, c], 0), 0)
                - np.minimum(np.min([a, b, c], 0), 0)
            ),
        ),
    ],
    hints=[
        "What is left if you take the largest and the smallest away from the sum of all three?",
        "For the smaller of two: by how much must `a` come down to be that one? Never by less than 0.",
        "The smaller of `a` and `b` is `a - relu(a - b)`. "
        "The largest of three is the larger of a winner and the third.",
    ],
)


# ---- 4: two dice ----

two_dice = AnswerExercise(
    "The smaller of two dice",
    "A window holds two dice. What is the expected *minimum*? Type it as a fraction, or with three decimals.",
    answer=Fraction(91, 36),
    foreseen=[
        (
            3.5,
            "That is the expected *mean*. The smaller of two dice is more often low than high.",
        ),
        (7, "That is the expected *sum*."),
        (1, "That is the smallest value there can be. Both dice may show a 6."),
        (
            Fraction(161, 36),
            "That is the expected *larger* of the two. How do the two belong together?",
        ),
        (Fraction(6797, 1296), "That is the *maximum*, and of four dice."),
        (
            Fraction(2275, 1296),
            "That is for four dice, as in the text. Here there are two.",
        ),
        (Fraction(49, 24), "That is for three dice."),
        (
            2.52,
            "On the right way, and cut short: give three decimals, or the fraction.",
        ),
        (
            2.53,
            "On the right way, and rounded too far: give three decimals, or the fraction.",
        ),
        (
            2.5,
            "Close, and not by counting: go through the rolls. Give three decimals, or the fraction.",
        ),
        (91, "That is the sum of all minima. An expectation is their mean."),
        (
            Fraction(56, 21),
            "You divided by the number of rolls without regard to order. These are not equally likely: "
            "1 and 2 can be rolled in two ways.",
        ),
    ],
    hints=[
        "The rule of the maximum, turned round: the minimum is at least t exactly if *both* dice are at least t.",
        "There are 36 rolls, all equally likely. At least t: (7 - t) · (7 - t) rolls. "
        "Exactly t: that minus the same for t + 1.",
        "A minimum of exactly t happens in 13 - 2t rolls. Add up t · (13 - 2t) for t from 1 to 6, and divide by 36.",
    ],
    solution="A minimum of exactly t happens in 13 - 2t rolls: 11, 9, 7, 5, 3, 1. "
    "1 · 11 + 2 · 9 + 3 · 7 + 4 · 5 + 5 · 3 + 6 · 1 = 91, and 91 / 36 = 2.528. "
    "Or: the larger and the smaller add up to the sum of both dice, 7 on average.",
)


# ---- 5: what both lose ----


def another(x):
    """An image other than x, with the same 2x2 maxima and 2x2 means.

    x is an array of shape (H, W), both even, and at least one of its
    2x2 windows is not flat. At least one window of the result must
    hold other numbers, not the same ones in other places.
    """
    y = x.astype(float)
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            window = y[i : i + 2, j : j + 2].ravel()
            smallest, _, third, largest = np.argsort(window)
            change = (window[third] - window[smallest]) / 2
            if change == 0:  # three are equal: one can go up, one down
                change = (window[largest] - window[third]) / -2
            window[smallest] += change
            window[third] -= change
            y[i : i + 2, j : j + 2] = window.reshape(2, 2)
    return y


def _by_window(x):
    return (
        x.reshape(x.shape[0] // 2, 2, x.shape[1] // 2, 2)
        .transpose(0, 2, 1, 3)
        .reshape(-1, 4)
    )


def _same_answers(y, x):
    if np.allclose(x, y):
        return (
            "It is the same image: at least one window must hold other numbers."
        )
    for pool, name in ((max_pool, "maximum"), (avg_pool, "mean")):
        ours, theirs = pool(x, 2), pool(y, 2)
        for i, j in np.argwhere(~np.isclose(ours, theirs)):
            return f"Window [{i}, {j}] had the {name} {ours[i, j]:g} and now has {theirs[i, j]:g}."
    if np.allclose(np.sort(_by_window(x)), np.sort(_by_window(np.asarray(y)))):
        return "Every window still holds the same four numbers, in other places. Change the numbers of at least one."
    return None


def _zero_sum(x):
    return x + np.tile([[1, 0], [0, -1]], (x.shape[0] // 2, x.shape[1] // 2))


def _lower_the_smallest(x):
    y = x.astype(float)
    i, j = np.unravel_index(x.argmin(), x.shape)
    y[i, j] -= 1
    return y


two_answers = FunctionExercise(
    "Other numbers, the same two answers",
    solution=another,
    judge=_same_answers,
    cases=[
        (np.array([[9, 1], [1, 5]]),),
        (np.array([[-4, -1], [-4, -4]]),),
        (np.array([[7, 7], [7, -2]]),),
        (np.array([[7, 7], [-2, -2]]),),
        (np.array([[1, 2], [3, 4]]),),
        (np.array([[4, 3], [2, 1]]),),
        (np.array([[3, 3, 8, 0], [3, 3, 1, 2]]),),
        (shuffled(92, 4, 4),),
        (shuffled(93, 4, 6) / 4,),
        (-abs(shuffled(94, 6, 4)) - 1,),
    ],
    mistakes=[
        Mistake(
            "This is the same image. At least one window must hold other numbers.",
            lambda x: x,
        ),
        Mistake(
            "Fractions are cut off: is your copy an array of whole numbers?",
            lambda x: another(x).astype(x.dtype),
        ),
        Mistake(
            "Every window holds the same four numbers, turned round. "
            "Both answers stay, but the numbers should be others.",
            lambda x: (
                _by_window(x)[:, ::-1]
                .reshape(x.shape[0] // 2, x.shape[1] // 2, 2, 2)
                .transpose(0, 2, 1, 3)
                .reshape(x.shape)
            ),
        ),
        Mistake(
            "The sum of each window stays, and so does its mean. But a pixel that rises may become the largest.",
            _zero_sum,
        ),
        Mistake(
            "The maxima stay. But one pixel fell and no other rose in its place: its window's mean fell, too.",
            _lower_the_smallest,
        ),
        Mistake(
            "Each window is filled with its mean. That keeps the means, and flattens the maxima.",
            lambda x: avg_pool(x, 2).repeat(2, 0).repeat(2, 1),
        ),
        Mistake(
            "Each window is filled with its maximum. That keeps the maxima, and raises the means.",
            lambda x: max_pool(x, 2).repeat(2, 0).repeat(2, 1),
        ),
    ],
    hints=[
        "Keep the largest pixel of a window out of it. What may happen to the other three?",
        "Their sum must stay, and none may rise above the largest. So one goes up, another goes down by as much.",
        "Draw the smallest and the third in size together: both move half their difference. "
        "If these two are equal, push them apart, and no farther up than the largest.",
    ],
)


# ---- 6: a window large enough ----


def side_needed(alpha, chance):
    """Smallest side k whose k x k maximum is 1 with at least this chance.

    At each place a feature fires (1) with probability alpha, from above
    0 to below 1, independently of the other places. chance is from 0 to
    below 1. No window is smaller than 1 x 1.
    """
    k = 1
    while 1 - (1 - alpha) ** (k * k) < chance:
        k += 1
    return k


def _smallest(enough):
    """A search for the smallest side that is enough, given its number of places."""

    def search(alpha, chance):
        k = 1
        while not enough(k, alpha, chance):
            k += 1
        return k

    return search


large_enough = FunctionExercise(
    "A window large enough",
    solution=side_needed,
    cases=[
        (0.5, 0.9),
        (0.5, 0.9375),
        (0.02, 0.5),
        (0.02, 0.95),
        (0.001, 0.99),
        (0.3, 0.1),
        (0.1, 0.75),
        (0.05, 0.04),
        (0.3, 0),
    ],
    source=lambda index, alpha, chance: (
        "With which chance does a window of that side hold a 1, and one of the next smaller side?"
    ),
    mistakes=[
        Mistake(
            "This is the number of places needed, not the side of a window that holds as many.",
            lambda alpha, chance: _smallest(
                lambda n, a, c: 1 - (1 - a) ** n >= c
            )(alpha, chance),
        ),
        Mistake(
            "This is the number of places in the right window, not its side.",
            lambda alpha, chance: side_needed(alpha, chance) ** 2,
        ),
        Mistake(
            "Where a window has exactly the chance asked for, it is large enough: at least includes equal.",
            _smallest(lambda k, a, c: 1 - (1 - a) ** (k * k) > c),
        ),
        Mistake(
            "Every side is one too large.",
            lambda alpha, chance: side_needed(alpha, chance) + 1,
        ),
        Mistake(
            "Every side is one too small: is the chance reached there?",
            lambda alpha, chance: side_needed(alpha, chance) - 1,
        ),
        Mistake(
            "A chance of 0 is reached by any window. But no window has a side of 0.",
            lambda alpha, chance: chance and side_needed(alpha, chance),
        ),
        Mistake(
            "You add up the chances of the places. Two firings in one window then count twice.",
            _smallest(lambda k, a, c: a * k * k >= c),
        ),
        Mistake(
            "This side makes *all* places of the window silent with that chance.",
            _smallest(lambda k, a, c: (1 - a) ** (k * k) <= c),
        ),
    ],
    hints=[
        "What is the chance that *no* place of a k × k window fires? How many places are there?",
        "All are silent with probability `(1 - alpha) ** (k * k)`. The maximum is 1 in all other cases.",
        "Begin with k = 1, and add 1 for as long as `1 - (1 - alpha) ** (k * k)` is below `chance`.",
    ],
)


# ---- 7: find the error ----

exchanged = OpenExercise(
    "Find the error: the pool first",
    '*"In our network a ReLU stands before each 2 × 2 pool. I exchange the two: pool first, then ReLU. '
    "That saves three of four ReLUs, and the result is the same, whether the pool takes the maximum or the mean: "
    "ReLU never falls, so it keeps the order of the pixels, "
    'and a number between the smallest and the largest stays there."* '
    "For which pool is this wrong, and which step of the argument does not hold? "
    "Give two pixels that show it. And which of the two orders gives the larger mean?",
    "It is right for the maximum, which is one of the pixels: if the order stays, the largest stays the largest. "
    "It is wrong for the mean: to lie between the smallest and the largest is not enough to be the mean, "
    "and ReLU is bent. For −1 and 1, ReLU first gives (0 + 1) / 2 = 0.5, and the mean first gives relu(0) = 0. "
    "The mean of the ReLUs is never the smaller one: no ReLU lies below its pixel or below 0, "
    "so their mean lies below neither the mean of the pixels nor 0.",
    points=[
        "For the maximum the exchange is right, because ReLU never falls.",
        "For the mean it is wrong: a mean passes through straight lines only.",
        "An example with both signs, such as −1 and 1.",
        "ReLU first gives the larger mean, or the same: relu(x) is at least x, and at least 0.",
        "Pixels of one sign do not show it: there ReLU is straight.",
    ],
    hints=[
        "Two pixels of the same sign show nothing. Take one of each.",
        "How do relu(x) and x compare, for any x? And their means, then?",
    ],
)


# ---- 8: one spot in a large map ----

one_spot = OpenExercise(
    "In three sentences: one pixel in 512 × 512",
    "A map of 512 × 512 holds Gaussian noise with a standard deviation σ, and perhaps one pixel raised by A. "
    "You may keep one number of the map, its maximum or its mean, and compare it with a threshold. "
    "Which do you keep? About how large must A be, in units of σ, for either to work? Where does the size come in?",
    "The maximum: of bare noise it stays near √(2 ln 262,144) = 5 σ, and below 5.1 σ in 95 of 100 maps, so a pixel "
    "raised by 7 σ is found nearly always. The mean moves by A / 262,144 only, and its noise is σ / 512, "
    "so A has to be some 500 σ to move it by one standard deviation, and more than a thousand σ to be safe. "
    "On a map of four times as many pixels the mean needs twice as much, and the maximum hardly more.",
    points=[
        "The maximum.",
        "Noise alone reaches about 5 σ: √(2 ln n). So some 6 or 7 σ will do.",
        "The mean moves by A / n and has the noise σ / √n, so A must be several times σ · √n = 512 σ.",
        "The size comes in as √n for the mean, as √(2 ln n) for the maximum.",
    ],
    hints=[
        "First without the pixel: how large is the maximum of 262,144 numbers of noise, and how noisy is their mean?",
        "Then with it: by how much does the mean move? How does that compare with its noise?",
    ],
)


exercises = Exercises(
    2,
    [
        rise,
        may_fall,
        by_relus,
        two_dice,
        two_answers,
        large_enough,
        exchanged,
        one_spot,
    ],
)
