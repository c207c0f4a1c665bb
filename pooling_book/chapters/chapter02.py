"""Chapter 02: its quiz, its exercises and their known mistakes."""

from fractions import Fraction

import numpy as np
from pooling_lib import avg_pool, max_pool

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import (
    Mistake,
    shuffled,
    transposed,
    window_of,
)
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-02",
    [
        question(
            "A window holds 3, 9, 9 and 4. The 4 rises by 4. What do the two answers do?",
            wrong(
                "Both rise by 4",
                "Only a pixel that already sets the maximum moves it one for one, "
                "and a mean never moves as far as one pixel alone.",
            ),
            wrong(
                "The maximum rises by 4, the mean by 1",
                "The mean is right. But 4 + 4 is 8, and that is still below 9.",
            ),
            right(
                "The maximum stays, the mean rises by 1",
                "The 4 has room to rise by 5 before the maximum notices. The mean gets a quarter of every change.",
            ),
            wrong(
                "Both stay",
                "The maximum does stay. The mean hears every pixel: a quarter of 4 is 1.",
            ),
        ),
        question(
            "You may change a window in any way you like, as long as its mean stays. Which changes are these?",
            wrong(
                "Only those that put its pixels in another order",
                "These are some of them. There are more: raise one pixel by 5 and lower another by 5.",
            ),
            right(
                "All whose changes add up to zero",
                "The mean is the sum divided by the number of pixels, so the same sum gives the same mean, "
                "and nothing else does.",
            ),
            wrong(
                "All that leave the largest pixel alone",
                "That keeps the *maximum*, if nothing rises above it. The mean hears the other pixels, too.",
            ),
        ),
        question(
            "A photo is made brighter by a curve that never falls, such as a gamma curve. "
            "You pool before the curve, or after it. Does it matter?",
            right(
                "For the mean it does, for the maximum it does not",
                "A curve that never falls keeps the order, so the largest stays the largest. "
                "A mean passes only through curves of the form a · t + b.",
            ),
            wrong(
                "For the maximum it does, for the mean it does not",
                "The other way round: a bent curve moves the middle of two values "
                "away from the middle of what it makes of them.",
            ),
            wrong(
                "It matters for both",
                "Which pixel is the largest does not change, and its value goes through the curve either way.",
            ),
            wrong(
                "It matters for neither",
                "Try the curve x² on 0 and 2: the mean of the squares is 2, the square of the mean is 1.",
            ),
        ),
        question(
            "A flat grey patch carries Gaussian noise of standard deviation 8. It is pooled with 2 × 2 windows. "
            "About what comes out?",
            wrong(
                "The mean as grey as before with noise 2, the maximum as grey as before with noise 8",
                "Four pixels divide the noise by √4, not by 4. "
                "And the largest of four noisy values is not a typical one.",
            ),
            wrong(
                "Both as grey as before, with noise 4",
                "That is right for the mean. The maximum picks the pixel that the noise has raised most.",
            ),
            wrong(
                "The mean brighter by 8, the maximum by 16",
                "In a mean, noise upwards and noise downwards cancel: it does not brighten.",
            ),
            right(
                "The mean as grey as before with noise 4, the maximum brighter by about 8",
                "8 / √4 = 4. The expected maximum of four Gaussian values "
                "lies 1.03 standard deviations above their mean.",
            ),
        ),
        question(
            "Why can no convolution, with whatever weights, be a max pool?",
            wrong(
                "A convolution has no stride",
                "It may have one. And with a stride of 1, too, a maximum is no convolution.",
            ),
            wrong(
                "A convolution mixes channels",
                "With a single channel there is nothing to mix, and still no weights give the maximum.",
            ),
            right(
                "A convolution of a sum is the sum of the convolutions; a maximum does not do that",
                "That is linearity, and two windows are enough to see a maximum break it.",
            ),
            wrong(
                "Its weights must add up to 1",
                "They may be anything. No choice of them gives the maximum for every window.",
            ),
        ),
        question(
            "A detector fires at one place in fifty of the images you look for, and at hardly any place of all others. "
            "You pool its map with windows of 100 places. Firings are independent. "
            "Which pool has the larger separation, "
            "the distance of the two expectations over the sum of the two standard deviations?",
            right(
                "The maximum",
                "One firing is enough to tell, and the other images have next to none. "
                "In the mean, two firings in a hundred make a small number with a large spread.",
            ),
            wrong(
                "The mean",
                "It would be, if the others fired nearly as often, or in far larger windows. "
                "Here *whether* says more than *how often*.",
            ),
            wrong(
                "Either: they are about equally good",
                "They are in a small window, where two firings hardly ever meet. "
                "In this one, the spread of *how often* costs the mean more.",
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
    "The mean rises by 70 / 4 = 17.5, from 70 to 87.5: here it moves further than the maximum.",
)


# ---- 2: the range, by slices ----


def range_pool(x, k, S):
    """Largest minus smallest element of each k x k window, stride S.

    x is an array of shape (H, W). Only whole windows count.
    No loop over the outputs: one strided slice for each place.
    """
    rows = (x.shape[0] - k) // S + 1
    columns = (x.shape[1] - k) // S + 1
    places = [
        x[a : a + S * (rows - 1) + 1 : S, b : b + S * (columns - 1) + 1 : S]
        for a in range(k)
        for b in range(k)
    ]
    high, low = places[0], places[0]
    for place in places[1:]:
        high, low = np.maximum(high, place), np.minimum(low, place)
    return high - low


def _diagonal(x, k, S):
    rows, columns = range_pool(x, k, S).shape
    places = [
        x[a : a + S * (rows - 1) + 1 : S, a : a + S * (columns - 1) + 1 : S]
        for a in range(k)
    ]
    return np.max(places, axis=0) - np.min(places, axis=0)


contrast = FunctionExercise(
    "The range of a window",
    solution=range_pool,
    cases=[
        (shuffled(20, 3, 3), 2, 1),
        (-abs(shuffled(21, 4, 4)) - 1, 2, 2),
        (abs(shuffled(22, 4, 6)) + 1, 2, 2),
        (shuffled(23, 5, 7), 3, 2),
        (shuffled(24, 7, 6), 2, 3),
        (shuffled(25, 6, 6) / 4, 3, 1),
        (np.full((4, 4), -3), 2, 2),
    ],
    source=window_of,
    mistakes=[
        transposed(range_pool),
        Mistake(
            "A window of negative numbers gets too large a range, and so does one of positive numbers: "
            "do your running maximum and minimum start at 0? Start at the first slice.",
            lambda x, k, S: (
                np.maximum(max_pool(x, k, S), 0)
                + np.maximum(max_pool(-x, k, S), 0)
            ),
        ),
        Mistake(
            "These are the largest elements. The smallest ones are still to be subtracted.",
            lambda x, k, S: max_pool(x, k, S),
        ),
        Mistake(
            "These are the largest elements *plus* the smallest: mind the sign.",
            lambda x, k, S: max_pool(x, k, S) - max_pool(-x, k, S),
        ),
        Mistake(
            "Every range is right but for its sign: which of the two is the larger?",
            lambda x, k, S: -range_pool(x, k, S),
        ),
        Mistake(
            "The windows start one pixel apart, whatever the stride is: the step of a slice is its third number.",
            lambda x, k, S: range_pool(x, k, 1),
        ),
        Mistake(
            "The windows stand side by side, whatever the stride is: the step of each slice is `S`, not `k`.",
            lambda x, k, S: range_pool(x, k, k),
        ),
        Mistake(
            "Only the places on the diagonal of the window are looked at: row and column of a place run independently.",
            _diagonal,
        ),
    ],
    hints=[
        "Look at *The same pool, six ways*, step 2. What has to be kept beside the running maximum?",
        "For the place in row `a`, column `b` of the window, the slice starts at `[a, b]`, has the step `S`, "
        "and as many rows and columns as the output.",
        "Begin with the slice of the first place as both the largest and the smallest; "
        "then `np.maximum` and `np.minimum` with each of the others.",
    ],
)


# ---- 3: a minimum by ReLUs ----


def min_of_four(a, b, c, d):
    """Smallest of four arrays, element by element.

    The arrays hold finite signed numbers and have one shape.
    Use +, - and relu(x) = np.maximum(x, 0), and nothing else.
    """

    def relu(x):
        return np.maximum(x, 0)

    ab = a - relu(a - b)
    cd = c - relu(c - d)
    return ab - relu(ab - cd)


def _relu(x):
    return np.maximum(x, 0)


def _up(a, b):
    return a + _relu(a - b)


def _four(seed, *shape):
    return tuple(shuffled(seed + n, *shape) for n in range(4))


by_relus = FunctionExercise(
    "A minimum out of ReLUs",
    solution=min_of_four,
    cases=[
        _four(30, 3),
        _four(40, 6),
        _four(50, 2, 3),
        tuple(abs(one) + 1 for one in _four(60, 4)),
        tuple(one / 4 for one in _four(70, 3, 3)),
        _four(80, 2, 2),
    ],
    source=lambda index, a, b, c, d: (
        f"The four numbers there are {', '.join(f'{one[index]:g}' for one in (a, b, c, d))}."
    ),
    mistakes=[
        Mistake(
            "These are the largest of the four.",
            lambda a, b, c, d: np.maximum(np.maximum(a, b), np.maximum(c, d)),
        ),
        Mistake(
            "Four positive numbers give 0, which is none of them: what does your minimum start from?",
            lambda a, b, c, d: np.minimum(min_of_four(a, b, c, d), 0),
        ),
        Mistake(
            "You take off how far each of the three lies below `a`. If two do, that is too much: "
            "compare pairs, then the winners.",
            lambda a, b, c, d: a - _relu(a - b) - _relu(a - c) - _relu(a - d),
        ),
        Mistake(
            "Each comparison is turned round: when `a` is the smaller, which of the two differences is above 0?",
            lambda a, b, c, d: (
                (ab := a - _relu(b - a)) - _relu((c - _relu(d - c)) - ab)
            ),
        ),
        Mistake(
            "This is a minimum of `a` and `b`. `c` and `d` have not been asked.",
            lambda a, b, c, d: a - _relu(a - b),
        ),
        Mistake(
            "Each comparison uses the neighbour and not the winner so far: "
            "keep the winner, and compare the next one with it.",
            lambda a, b, c, d: a - _relu(a - b) - _relu(b - c) - _relu(c - d),
        ),
        Mistake(
            "You raise `a` by how far `a` exceeds `b`, and so on. To reach the smaller of two, which way must `a` go?",
            lambda a, b, c, d: _up(_up(a, b), _up(c, d)),
        ),
        Mistake(
            "This adds the smaller of each pair. The two winners have to meet, too.",
            lambda a, b, c, d: np.minimum(a, b) + np.minimum(c, d),
        ),
    ],
    hints=[
        "Two numbers first: by how much must `a` come down to be the smaller of `a` and `b`? Never by less than 0.",
        "The smaller of `a` and `b` is `a - relu(a - b)`. Give it a name. Do the same for `c` and `d`.",
        "Two winners are left. They are two numbers, too.",
    ],
)


# ---- 4: two dice ----

two_dice = AnswerExercise(
    "Two dice",
    "A window holds two dice. What is the expected maximum? Type it as a fraction, or with three decimals.",
    answer=Fraction(161, 36),
    foreseen=[
        (
            3.5,
            "That is the expected *mean*. The larger of two dice is more often high than low.",
        ),
        (7, "That is the expected *sum*."),
        (6, "That is the largest value there can be. Both dice may show a 1."),
        (Fraction(91, 36), "That is the expected *smaller* of the two."),
        (Fraction(6797, 1296), "That is for four dice."),
        (Fraction(119, 24), "That is for three dice."),
        (
            4.47,
            "On the right way, and cut short: give three decimals, or the fraction.",
        ),
        (
            4.5,
            "Close, and not by counting: go through the rolls. Give three decimals, or the fraction.",
        ),
        (161, "That is the sum of all maxima. An expectation is their mean."),
        (
            Fraction(161, 21),
            "You divided by the number of rolls without regard to order. These are not equally likely: "
            "1 and 2 can be rolled in two ways.",
        ),
    ],
    hints=[
        "There are 36 rolls, all equally likely. How many of them have a maximum of at most 3? "
        "Both dice must be at most 3.",
        "At most t: t · t rolls. Exactly t: t · t minus (t - 1) · (t - 1), which is 2t - 1.",
        "Add up t · (2t - 1) for t from 1 to 6, and divide by 36.",
    ],
    solution="A maximum of exactly t happens in 2t - 1 rolls: 1, 3, 5, 7, 9, 11. "
    "1 · 1 + 2 · 3 + 3 · 5 + 4 · 7 + 5 · 9 + 6 · 11 = 161, and 161 / 36 = 4.472.",
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
        "If these two are equal, push them apart, and no further up than the largest.",
    ],
)


# ---- 6: a window large enough ----


def side_needed(alpha, chance):
    """Smallest side k whose k x k maximum is 1 with at least this chance.

    At each place a feature fires (1) with probability alpha, from above
    0 to below 1, independently of the other places. chance is below 1.
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


exercises = Exercises(
    2, [rise, contrast, by_relus, two_dice, two_answers, large_enough]
)
