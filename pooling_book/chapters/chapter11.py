"""Chapter 11: its quiz, its exercises and their known mistakes."""

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
    "quiz-11",
    [
        question(
            "A network for photos of 224 × 224 has a last map of 7 × 7 and ends with a global average and a "
            "dense layer. It gets a photo of 448 × 448, the same scene from the same place with a finer sensor. "
            "What is *sure*?",
            wrong(
                "An error at the dense layer",
                "A global average brings it one number a channel, whatever the size.",
            ),
            wrong(
                "The same scores: the scene is the same",
                "Everything in it is twice as many pixels wide, and the filters are not.",
            ),
            wrong(
                "Better scores, for there is more detail",
                "There is. Whether filters trained on the coarser photos can use it is another question.",
            ),
            right(
                "Only that scores come out; what they are worth has to be measured at that size",
                "The shapes fit. The numbers under the mean are others than in training.",
            ),
        ),
        question(
            "On a map of 5 × 5 places the votes for *cat* sum to 50, the bias for *cat* is −1. "
            "Now the same photo lies in a grey frame, so that the map has 10 × 10 places, and each of the 75 new ones "
            "votes −0.4 for *cat*. Borders aside, what is the score for *cat*?",
            wrong(
                "1: nothing in the photo has changed",
                "The votes have not. The number by which their sum is divided has.",
            ),
            right("−0.8", "(50 − 75 · 0.4) / 100 − 1 = 0.2 − 1."),
            wrong(
                "−1.8", "The bias is not a mean of anything: it counts once."
            ),
            wrong(
                "0.25",
                "A quarter of the old score, as if the frame and the bias had nothing to say.",
            ),
        ),
        question(
            'A student: "The class map of my network peaks on the rail, not on the train. '
            'So without the rail it would not have said *train*." What is wrong with that?',
            wrong(
                "Nothing: a vote is a contribution to the score",
                "To the score, yes. But to which difference between scores, and by what would the rail be replaced?",
            ),
            wrong(
                "A class map has no peaks, since it is a mean",
                "It is what the mean is taken *of*, and may well have peaks.",
            ),
            right(
                "Other classes may have as many votes there, the place sees far beyond the rail, "
                "and nobody has looked at the photo without it",
                "Three gaps. Covering the rail and running the network again would be a test.",
            ),
            wrong(
                "The map was not enlarged to the size of the photo",
                "Enlarging adds nothing to its numbers.",
            ),
        ),
        question(
            "An adaptive average makes 6 outputs of 15 elements, and then 5 outputs of those 6. "
            "A colleague says that one adaptive average from 15 to 5 would do the same. "
            "Is that so, and how many elements are read twice: from 15 to 6, from 6 to 5, from 15 to 5?",
            right(
                "No: 3, 4 and 0",
                "m − gcd(n, m): 6 − 3, 5 − 1, 5 − 5. In two steps, parts of a line are counted several times.",
            ),
            wrong(
                "Yes: 0, 0 and 0",
                "15 is a multiple of 5, but none of 6, and 6 none of 5.",
            ),
            wrong(
                "No: 5, 4 and 4",
                "Not every cut goes through an element: 15/6 · 2 is 5, a whole number.",
            ),
            wrong(
                "Yes: 3, 4 and 0",
                "A mean of means is a mean of all only if all count equally. Here some count several times.",
            ),
        ),
        question(
            "A detector's map has a stride of 16. Its regions are rounded to whole places, then cut into 7 × 7 bins. "
            "Whole photos are named as well as before, but outlines of small things are off by some pixels. "
            "What would you change first?",
            wrong(
                "Maxima in the bins in place of means",
                "Where the bins stand does not change by that.",
            ),
            right(
                "Read the map between its places, without rounding",
                "Rounding moves an edge by up to half a place, here 8 pixels: nothing to a name, much to an outline.",
            ),
            wrong(
                "More bins, 14 × 14",
                "They would divide the same, wrongly placed region more finely.",
            ),
            wrong(
                "A spatial pyramid in place of the bins",
                "It has coarser bins beside the fine ones, in the same place.",
            ),
        ),
        question(
            "Someone replaces maxima of 3, 5 and 7 elements, stride 1, by a maximum of 3 done once, twice and "
            "three times, each padded by one zero at each end. "
            '"Equal on all my test maps, which come after a ReLU." Find the fault.',
            wrong(
                "Two maxima of 3 see 6 elements, not 5",
                "3 + 3 − 1 = 5.",
            ),
            wrong(
                "A maximum of maxima is no maximum",
                "It is: of all that they saw together.",
            ),
            right(
                "Zeros may win on maps with negative numbers; after a ReLU none are left",
                "On such maps a border of −3 and −1 would give 0. Padding of a maximum must never win.",
            ),
            wrong(
                "Three times a maximum of 3 takes more comparisons than one of 7",
                "For squares naively 27 values against 49, and the three results are wanted anyway.",
            ),
        ),
    ],
)


# ---- 1: which sizes? ----

which = AnswerExercise(
    "Three are read twice",
    "An adaptive pool with 6 bins reads exactly three elements of a line twice. The line has more than 20 elements and "
    "fewer than 36. How many may it have? Type all possible lengths, the smallest first.",
    answer=[21, 27, 33],
    by_place=True,
    foreseen=[
        (
            [24, 30],
            "With these all cuts fall between elements: none is read twice.",
        ),
        (
            [21, 24, 27, 30, 33],
            "The multiples of 3. Some of them are multiples of 6, too.",
        ),
        (
            [22, 26, 28, 32, 34],
            "With these 6 and n have 2 in common, and four elements are read twice.",
        ),
        (
            [23, 25, 29, 31, 35],
            "With these no cut falls between two elements: five are read twice.",
        ),
        ([33, 27, 21], "The right numbers: the smallest first, please."),
        ([21, 27], "These are right. Is there another below 36?"),
        ([27, 33], "These are right. Is there another above 20?"),
        (
            [21, 23, 25, 27, 29, 31, 33, 35],
            "Being odd is not enough: try 23, whose five inner cuts all go through an element.",
        ),
    ],
    hints=[
        "Five cuts lie inside. How many of them must fall between two elements?",
        "The cuts are at n/6, 2n/6, … For which n are exactly two of the five whole numbers?",
    ],
    solution=(
        "Five inner cuts, three of them through an element: two are whole numbers. "
        "n/6, 2n/6, 3n/6, 4n/6, 5n/6 are whole together as gcd(n, 6) − 1 of the five. So gcd(n, 6) = 3: the odd "
        "multiples of 3, which are 21, 27 and 33. There 2n/6 and 4n/6 are whole."
    ),
)


# ---- 2: votes on larger paper ----

votes = AnswerExercise(
    "Votes on larger paper",
    "The table holds the votes of four places for class A; for class B each of the four votes 2. "
    "The biases are 0.5 for A and 1 for B. On a larger sheet there are 16 places: the four as before, and 12 of blank "
    "paper, which vote −1 for A and 0 for B. "
    "Type four numbers: the scores of A and B on the small sheet, then those of A and B on the large one.",
    table=np.array([[6, 1], [5, 4]]),
    answer=[4.5, 3, 0.75, 1.5],
    by_place=True,
    foreseen=[
        (
            [4, 2, 0.25, 0.5],
            "These are means of votes. A score has a bias, too.",
        ),
        (
            [4.5, 3, 1.125, 0.75],
            "You divided the old scores by 4. What does blank paper say, and does a bias become smaller?",
        ),
        (
            [4.5, 3, 4.5, 3],
            "The votes of the four stay. Their mean is over 16 places now.",
        ),
        (
            [4.5, 3, 1.5, 1.5],
            "For A you left out what blank paper votes.",
        ),
        (
            [16.5, 9, 4.5, 9],
            "These are sums of votes. The pool is a mean.",
        ),
        (
            [16, 8, 4, 8],
            "These are sums of votes. A score is their mean, plus the bias.",
        ),
        (
            [6.5, 3, 6.5, 3],
            "You took the largest vote of each class: a maximum at the end.",
        ),
        (
            [4.5, 0.75, 3, 1.5],
            "The right numbers. Asked were A and B on the small sheet first.",
        ),
    ],
    hints=[
        "A score is the mean of the votes for its class, plus its bias.",
        "On the large sheet divide the sum of all 16 votes by 16.",
    ],
    solution=(
        "Small: A has (6 + 1 + 5 + 4)/4 + 0.5 = 4.5, B has 2 + 1 = 3. "
        "Large: A has (16 − 12)/16 + 0.5 = 0.75, B has 8/16 + 1 = 1.5. The answer changes from A to B, and not a pixel "
        "of what was drawn has changed."
    ),
)


# ---- 3: the surest window ----


def surest(votes, bias, side):
    """The window of a page that is surest of a class.

    votes has shape (rows, columns, classes). The score of a class in a
    window of side x side places is the mean of its votes there plus its
    bias. Find the window and class with the highest score, of equal ones
    the first window by rows, then columns, and there the first class.
    Returns an array: row and column of the window's first place, class.
    """
    rows, columns, classes = votes.shape
    best, found = -np.inf, None
    for i in range(rows - side + 1):
        for j in range(columns - side + 1):
            window = votes[i : i + side, j : j + side]
            scores = window.mean(axis=(0, 1)) + bias
            if scores.max() > best:
                best = scores.max()
                found = i, j, scores.argmax()
    return np.array(found)


def _surest(score=None, last=False, step=None, order=(0, 1, 2)):
    """The surest window by another score, of equal ones the last, at other places, or in another order."""

    def function(votes, bias, side):
        rows, columns, _ = votes.shape
        best, found = -np.inf, (0, 0, 0)
        for i in range(0, rows - side + 1, step or 1 if step != 0 else side):
            for j in range(
                0, columns - side + 1, step or 1 if step != 0 else side
            ):
                window = votes[i : i + side, j : j + side]
                scores = (
                    score(window, bias)
                    if score
                    else window.mean(axis=(0, 1)) + bias
                )
                top = scores.max()
                if top >= best if last else top > best:
                    best, found = top, (i, j, int(scores.argmax()))
        return np.array(found)[list(order)]

    return function


def _page(seed, rows, columns, classes, side):
    # Multiples of side * side: all means are whole, and equal ones are equal.
    return (
        shuffled(seed, rows, columns, classes) * side * side,
        shuffled(seed + 50, classes),
        side,
    )


window = FunctionExercise(
    "The surest window",
    solution=surest,
    cases=[
        _page(111, 3, 3, 2, 2),
        _page(112, 3, 5, 3, 2),
        _page(113, 5, 4, 2, 3),
        _page(114, 6, 7, 4, 2),
        _page(115, 4, 9, 10, 3),
        _page(116, 3, 3, 3, 1),
        _page(117, 7, 5, 3, 4),
        (np.zeros((3, 4, 2), int), np.array([-1, -1]), 2),
        (-np.abs(_page(118, 4, 4, 3, 2)[0]) - 40, np.array([-9, 3, 5]), 2),
        (np.zeros((3, 3, 3), int), np.array([1, 4, 4]), 2),
    ],
    mistakes=[
        Mistake(
            "Bias is missing: a class with few votes may start ahead.",
            _surest(lambda w, b: w.mean(axis=(0, 1))),
        ),
        Mistake(
            "Here votes are summed, and the bias counts once beside so many. A score has the mean.",
            _surest(lambda w, b: w.sum(axis=(0, 1)) + b),
        ),
        Mistake(
            "Here the largest vote decides. A score has the mean of the window.",
            _surest(lambda w, b: w.max(axis=(0, 1)) + b),
        ),
        Mistake(
            "Your windows stand side by side. They may start at every place.",
            _surest(step=0),
        ),
        Mistake(
            "Of equal windows you keep the last; keep the first.",
            _surest(last=True),
        ),
        Mistake(
            "The class comes last: row, column, class.",
            _surest(order=(2, 0, 1)),
        ),
        Mistake(
            "Row comes first, then column.",
            _surest(order=(1, 0, 2)),
        ),
        Mistake(
            "These are places and class of the strongest single vote, not of a window.",
            lambda v, b, s: np.array(
                np.unravel_index((v + b).argmax(), v.shape)
            ),
        ),
    ],
    hints=[
        "Score each window for each class, then look for the highest.",
        "Two loops over first places; the mean over both axes of a slice gives all classes at once. `avg_pool` with a "
        "stride of 1 does it without loops, and `np.unravel_index` turns a flat place into three.",
    ],
)


# ---- 4: back through bins ----


def bins_backward(dy, n):
    """The gradient of an adaptive average on a line.

    dy holds what arrives at each of the m outputs. The bins are those of
    this chapter, on n elements. Returns what each element gets, an array
    of n numbers.
    """
    m = len(dy)
    dx = np.zeros(n)
    for i in range(m):
        start, stop = i * n // m, -(-(i + 1) * n // m)
        dx[start:stop] += dy[i] / (stop - start)
    return dx


def _backward(divide=True, add=True, cut=None):
    """Back through bins: without division, with = for +=, or with other bins."""

    def function(dy, n):
        m = len(dy)
        dx = np.zeros(n)
        for i in range(m):
            start, stop = (
                cut(i, n, m) if cut else (i * n // m, -(-(i + 1) * n // m))
            )
            share = (
                dy[i] / max(1, stop - start)
                if divide is True
                else divide(dy[i], n, m)
            )
            if add:
                dx[start:stop] += share
            else:
                dx[start:stop] = share
        return dx

    return function


back = FunctionExercise(
    "Back through the bins",
    solution=bins_backward,
    cases=[
        (shuffled(121, 4), 10),
        (shuffled(122, 3), 7),
        (shuffled(123, 3), 6),
        (shuffled(124, 1), 5),
        (shuffled(125, 5), 5),
        (shuffled(126, 4), 3),
        (shuffled(127, 7), 24),
        (shuffled(128, 6), 2),
    ],
    mistakes=[
        Mistake(
            "Where two bins share an element, one has overwritten the other. Their shares add up.",
            _backward(add=False),
        ),
        Mistake(
            "Each element of a bin gets all that arrives. A mean of k elements passes on 1/k to each.",
            _backward(divide=lambda g, n, m: g),
        ),
        Mistake(
            "You divide every bin by the same length. They differ.",
            _backward(divide=lambda g, n, m: g * m / n),
        ),
        Mistake(
            "Your bins do not overlap. A bin ends after every element that its part touches.",
            _backward(cut=lambda i, n, m: (i * n // m, (i + 1) * n // m)),
        ),
        Mistake(
            "This gives all to the first element of a bin.",
            _backward(
                divide=lambda g, n, m: g,
                cut=lambda i, n, m: (i * n // m, i * n // m + 1),
            ),
        ),
        Mistake(
            "You divide what an element gets by how often it is read. Shares add up: it takes part in several means.",
            lambda dy, n: (
                bins_backward(dy, n)
                / np.maximum(1, _backward(divide=lambda g, n, m: 1)(dy, n))
            ),
        ),
    ],
    hints=[
        "One bin: y is the mean of its elements. How does y change with one of them?",
        "Loop over bins; each adds dy[i] divided by its own length to its elements. Adds, with `+=`.",
    ],
)


# ---- 5: fair shares ----


def fair_bins(x, m):
    """Means over m equal parts of a line, cut elements shared out.

    x is a line of n numbers; each covers one unit of length. Part i goes
    from i * n / m to (i + 1) * n / m. Each element counts by the length
    that lies in the part. Returns m means.
    """
    n = len(x)
    edges = np.arange(n)
    y = []
    for i in range(m):
        start, stop = i * n / m, (i + 1) * n / m
        shares = np.minimum(edges + 1, stop) - np.maximum(edges, start)
        y.append(np.clip(shares, 0, 1) @ x * m / n)
    return np.array(y)


def _bins(cut):
    """Plain means of other bins."""

    def function(x, m):
        n = len(x)
        found = []
        for i in range(m):
            start, stop = cut(i, n, m)
            found.append(x[start : max(stop, start + 1)].mean())
        return np.array(found)

    return function


fair = FunctionExercise(
    "Fair shares",
    solution=fair_bins,
    cases=[
        (shuffled(131, 10), 4),
        (shuffled(132, 7), 3),
        (shuffled(133, 6), 3),
        (shuffled(134, 5), 1),
        (shuffled(135, 3), 2),
        (shuffled(136, 4), 6),
        (shuffled(137, 17), 5),
        (shuffled(138, 2), 3),
    ],
    mistakes=[
        Mistake(
            "This is the adaptive pool: an element that a cut goes through counts fully in both bins.",
            _bins(lambda i, n, m: (i * n // m, -(-(i + 1) * n // m))),
        ),
        Mistake(
            "Here an element that a cut goes through counts in one part only.",
            _bins(lambda i, n, m: (i * n // m, (i + 1) * n // m)),
        ),
        Mistake(
            "These are sums. A mean divides by the part's length.",
            lambda x, m: fair_bins(x, m) * len(x) / m,
        ),
        Mistake(
            "You divide by the number of outputs. A part's length is n / m.",
            lambda x, m: fair_bins(x, m) * len(x) / m**2,
        ),
        Mistake(
            "These are values between elements, not means over parts.",
            lambda x, m: np.interp(
                (np.arange(m) + 0.5) * len(x) / m - 0.5, np.arange(len(x)), x
            ),
        ),
    ],
    hints=[
        "How long is the overlap of element j, which covers j to j + 1, with a part from a to b?",
        "It is min(j + 1, b) − max(j, a), or 0 if that is negative. Or: repeat each element m times, and take means of "
        "n neighbours.",
    ],
)


# ---- 6: a pyramid's bill ----

bill = AnswerExercise(
    "A pyramid's bill",
    "After a last map with 256 channels stands a pyramid of 6 × 6, 3 × 3, 2 × 2 and 1 × 1 bins, then a dense layer "
    "with 100 units and their biases. Type three numbers: how many numbers the pyramid makes of a map of 13 × 13; "
    "how many parameters the dense layer has; and how many it has if the images become twice as large on each side.",
    answer=[12800, 1280100, 1280100],
    by_place=True,
    foreseen=[
        (
            [3072, 307300, 307300],
            "You added the sides. A grid of 6 × 6 has 36 bins.",
        ),
        (
            [50, 5100, 5100],
            "These are the bins of one channel.",
        ),
        (
            [12800, 1280000, 1280000],
            "The biases are missing: one for each unit.",
        ),
        (
            [12800, 1280100, 5120100],
            "The first two are right. Does the pyramid make more numbers of a larger map?",
        ),
        (
            [12800, 1280100, 2560100],
            "The first two are right. Does the pyramid make more numbers of a larger map?",
        ),
        (
            [43264, 4326500, 17305700],
            "This is Flatten. What does a pyramid hand on?",
        ),
        (
            [256, 25700, 25700],
            "This is a global pool.",
        ),
    ],
    hints=[
        "How many bins have the four grids together?",
        "Each bin makes one number for each channel; each unit has a weight for every number, and a bias.",
    ],
    solution=(
        "36 + 9 + 4 + 1 = 50 bins, each one number for each of 256 channels: 12,800. The dense layer has "
        "100 · (12,800 + 1) = 1,280,100 parameters, at every size of the image: that is what the pyramid is for."
    ),
)


# ---- 7: find the error ----

proof = OpenExercise(
    "Find the error: it looks at the tie",
    '"Our network tells portraits of bankers from portraits of bakers. We enlarged the 7 × 7 class map of *banker* to '
    "the photo's 224 × 224 pixels, smoothed it, and laid it over: its peak has exactly the outline of the tie. "
    'So the network recognises bankers by their ties." '
    "Name the errors, and an experiment that would show whether the sentence is true.",
    "A map of 7 × 7 numbers has no outlines: those come from smoothing, or from the photo underneath. "
    "Each place sees far more of the photo than its own square, so a peak over the tie may come from the collar or the "
    "chin. The votes for *banker* alone say little: *baker* may have as many there, and only the difference counts; "
    "one number added to all classes' votes would move the peak and no answer. "
    "And a vote is no cause. Cover the tie in many photos, run the network again, and compare with covering another "
    "part of the same size; or put ties on bakers.",
    points=[
        "49 numbers have no outline; smoothing draws it.",
        "A place sees much more than its own square.",
        "Only votes against the other class count.",
        "A peak is no cause: change the photo and run the network again.",
        "The experiment has something to compare with, and many photos.",
    ],
    hints=[
        "How many numbers does the map have, and what does each of them see?",
        "Which changes to the votes leave every probability as it is?",
    ],
)


# ---- 8: in three sentences ----

larger = OpenExercise(
    "In three sentences: larger photos",
    "A friend has trained a network with a global average on photos of 224 × 224. Her camera gives 448 × 448, and she "
    "asks whether to feed them whole, since *the network takes any size*. Answer in three sentences: "
    "what works, what goes wrong and why, and what you would try.",
    "It will run: convolutions slide over any map, and the global average hands 1 number a channel to the last layer. "
    "But things are twice as large as those that the filters have learnt, and if the photo shows more surroundings, "
    "the mean is mostly about these; so the numbers before the last layer are distributed otherwise than in training. "
    "Measure accuracy at both sizes on labelled photos; then try making the photos smaller first, or training the last "
    "layers for a while at 448; a size somewhat above 224 may even be better than 224, if training cropped at random.",
    points=[
        "Shapes fit at any size.",
        "Things have another size in pixels.",
        "A mean over more places weighs the surroundings otherwise.",
        "Measure at the size of use: after training on random crops a somewhat larger one may even be better.",
        "Resize, crop, or train the last layers at that size.",
    ],
    hints=[
        "What did the digits on larger paper have in common with the enlarged ones?",
        "Which part of the network has never seen numbers like these?",
    ],
)

exercises = Exercises(
    11, [which, votes, window, back, fair, bill, proof, larger]
)
