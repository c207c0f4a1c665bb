"""Chapter 08: its quiz, its exercises and their known mistakes."""

import math

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
    "quiz-08",
    [
        question(
            "A 3 × 3 max pool with a stride of 3 reads a photo, and then the photo moved by 7 pixels to the right. "
            "You move the second map back by 2 places and compare. What do you find, away from borders?",
            wrong(
                "All outputs are equal: 7 pixels are 2 strides",
                "Two strides are 6 pixels. One pixel is left over.",
            ),
            right(
                "The maxima of other windows: the dense maximum one pixel further left",
                "7 = 2 · 3 + 1. The two strides are undone, and the pixel that is left brings another phase. "
                "Some outputs may still agree.",
            ),
            wrong(
                "Nothing is equal: no output survives a shift that is no whole stride",
                "Outputs survive wherever the dense maximum has equal neighbours.",
            ),
            wrong(
                "All outputs are equal: a window of 3 forgives the pixel that is left over",
                "A window forgives it only where its largest pixel is still inside, and no larger one came in.",
            ),
        ),
        question(
            "A network marks roads: three pools of stride 2, convolutions of stride 1, "
            "and at its end the map is made 8 times as large, each number repeated. The photo moves by 12 pixels. "
            "Is the marked map sure to move by 12, away from borders?",
            wrong(
                "Yes: convolutions are equivariant, and pools at whole strides",
                "At whole strides of the *stack*. Is 12 one?",
            ),
            wrong(
                "Yes: 12 is a multiple of 2, the stride of every pool",
                "The second pool reads a map whose places are 2 pixels apart, the third one of 4. They multiply.",
            ),
            right(
                "No: the strides multiply to 8, and 12 is no multiple of it",
                "By 8 or by 16 it would be. By 12 the smallest map takes another phase.",
            ),
            wrong(
                "No: a map that is made larger by repeating can only move by multiples of 8, so never by 12 or by 16",
                "16 is a multiple of 8. And the blocks' *contents* may change as well.",
            ),
        ),
        question(
            "A wave with a period of 5 pixels meets a stride of 3, without a filter. "
            "Which period, in pixels, do the outputs show?",
            wrong(
                "5: it is longer than the stride",
                "It would have to be longer than *two* strides.",
            ),
            wrong(
                "15: the two meet again after 15 pixels",
                "After 15 pixels everything repeats. But within them the wave that is seen has gone up and down twice.",
            ),
            right(
                "7.5",
                "1/5 is folded to 1/3 − 1/5 = 2/15: a period of 7.5 pixels, which are 2.5 outputs.",
            ),
            wrong(
                "None: what is finer than 6 pixels is gone",
                "A filter would have removed it. A stride alone renames it.",
            ),
        ),
        question(
            "Parts lie on a black conveyor belt, far from the picture's edges, "
            "and may stop at any pixel. The same part has to get the same answer wherever it stops. "
            "What *guarantees* that, for any weights?",
            wrong(
                "Max-blur pools in place of max pools",
                "They make the change smaller. Between whole strides something still changes.",
            ),
            wrong(
                "Training on parts moved by up to 20 pixels",
                "It may well help most in practice. It guarantees nothing: weights are learnt, not proved.",
            ),
            wrong(
                "A global average in place of Flatten, and pools of stride 2 as before",
                "The average forgets where numbers stand. At odd shifts the numbers are others.",
            ),
            right(
                "Phases chosen by content, circular padding, and a global average",
                "On a ring of black belt the part's shift is circular. Every phase is found again, unless two tie.",
            ),
        ),
        question(
            '"Network A gives 99.4 % of the digits the same answer after a shift by one pixel, network B 97.1 %. '
            'So A is to be preferred." What is missing?',
            wrong(
                "Nothing: consistency is what was asked for",
                "A network that always answers 3 has 100 %.",
            ),
            right(
                "How often each is right",
                "Consistency counts wrong answers that stay as well. It needs accuracy beside it.",
            ),
            wrong(
                "The change of the scores: it is more exact than the answers",
                "More exact it is. But what if the scores are steady and wrong?",
            ),
            wrong(
                "Shifts by whole strides, where both would have 100 %",
                "That would compare less, not more. And at a border neither has it.",
            ),
        ),
        question(
            "A network with zeros around its maps, two max pools of stride 2 and a *Flatten* reads 96 % of all digits "
            "as before when they move by 1 pixel, and 60 % when they move by 4. What explains the 60 %?",
            wrong(
                "The phases: they change at a shift of 4",
                "At 4 the strides are whole, so the phases are the old ones. At 1 they change.",
            ),
            wrong(
                "The window: 4 pixels are more than 2",
                "A window of any size is equivariant to whole strides.",
            ),
            right(
                "The map has moved by a place, and Flatten gives every place weights of its own",
                "The network was equivariant up to the border. It is the dense layer that is not invariant. "
                "Training on moved digits can teach it.",
            ),
            wrong(
                "Aliasing: the blur is missing",
                "Aliasing is what differs between phases. Here they are equal.",
            ),
        ),
    ],
)


# ---- 1: two phases ----

phases = AnswerExercise(
    "Two phases",
    "You see the maxima of all pairs of neighbours of a line of eight numbers, on a ring: the first is the maximum of "
    "the numbers 0 and 1, the last that of 7 and 0. You do not see the line. "
    "A max pool with window 2 and stride 2 reads the line. "
    "Then the line is shifted by one to the right, circularly, and the pool reads it again. "
    "Type the four outputs before, then the four after.",
    table=np.array([[7, 7, 2, 9, 9, 4, 6, 6]]),
    answer=[7, 2, 9, 6, 6, 7, 9, 4],
    by_place=True,
    foreseen=[
        (
            [7, 2, 9, 6, 7, 9, 4, 6],
            "The right numbers after the shift, in another order: you have shifted to the left.",
        ),
        (
            [7, 2, 9, 6, 6, 7, 2, 9],
            "You have shifted the *outputs* by one. Which windows does the pool read after the shift?",
        ),
        (
            [7, 2, 9, 6, 7, 2, 9, 6],
            "These are the outputs before, twice. The pool is not invariant to this shift.",
        ),
        (
            [7, 9, 9, 6, 7, 9, 9, 6],
            "You have pooled the maxima once more. They are maxima already: which of them does the pool keep?",
        ),
        (
            [7, 7, 2, 9, 9, 4, 6, 6],
            "These are all the maxima. With a stride of 2 the pool keeps every second one.",
        ),
        (
            [7, 2, 9, 6],
            "These are the outputs before. Now the line is shifted, and the pool reads once more.",
        ),
        (
            [6, 7, 9, 4, 7, 2, 9, 6],
            "Both are right. Before comes first.",
        ),
    ],
    hints=[
        "The dense maximum moves along with the line. The pool stays, and keeps the places 0, 2, 4 and 6.",
        "After the shift the dense maximum reads 6 7 7 2 9 9 4 6.",
    ],
    solution=(
        "Before, the pool keeps the even places: 7, 2, 9, 6. The shifted line has the maxima 6 7 7 2 9 9 4 6, and the "
        "pool keeps the even places of these: 6, 7, 9, 4. They are the *odd* places of the table, the last one first: "
        "the other phase."
    ),
)


# ---- 2: the period of a stack ----

stack = AnswerExercise(
    "A map made larger on the way",
    "Four layers follow one another: a 2 × 2 max pool with stride 2, a 5 × 5 convolution with stride 3, "
    "a layer that repeats each number twice in both directions, and an average pool with window and stride 4. "
    "What is the smallest shift of the image, in pixels, that is sure to move the last map by whole places, away from "
    "borders? And by how many places does a shift of 36 pixels move it?",
    answer=[12, 3],
    by_place=True,
    foreseen=[
        (
            [24, 1.5],
            "You multiplied all strides. One layer makes places smaller again.",
        ),
        (
            [48, 0.75],
            "You took repeating for a stride of 2. It does the opposite: more places for as many pixels.",
        ),
        (
            [6, 6],
            "So far the map before the last pool is right. That pool has a stride of its own.",
        ),
        (
            [3, 12],
            "A place of the larger map is 3 pixels long. But shifted by 3 pixels, its contents are others: "
            "the layers before it allow multiples of 6 only.",
        ),
        (
            [9, 4],
            "You added the strides. A place of a later map is as many pixels long as *all* strides before it together.",
        ),
        (
            [12, 36],
            "The first is right. A place of the last map is more than a pixel long.",
        ),
        ([12, 24], "The first is right. For the second, divide."),
        (
            [3, 12, 3],
            "Two numbers are asked for.",
        ),
    ],
    hints=[
        "Follow one shift through the layers: by how many places does it move the map after each of them?",
        "Six pixels move the map after the convolution by one place. What does repeating make of that place?",
    ],
    solution=(
        "The pool and the convolution together have a stride of 2 · 3 = 6. "
        "Six pixels are one place there, and two places once each number is repeated. "
        "The last pool needs multiples of four places: 12 pixels, which move its map by one. So 36 pixels move it by 3."
    ),
)


# ---- 3: consistency ----


def consistency(before, after):
    """Share of images whose answer is the same before and after a shift.

    before and after hold a score for each image (row) and class (column).
    The answer is the class with the highest score; of tied ones the first.
    Returns a number from 0 to 1.
    """
    return np.mean(before.argmax(axis=1) == after.argmax(axis=1))


def _scores(seed, images, classes):
    before = shuffled(seed, images, classes)
    after = np.where(
        shuffled(seed + 100, images, classes) > 4,
        shuffled(seed + 200, images, classes),
        before,
    )
    return before, after


consistent = FunctionExercise(
    "Consistency",
    solution=consistency,
    cases=[
        _scores(81, 3, 2),
        _scores(82, 5, 3),
        _scores(83, 8, 4),
        _scores(84, 12, 10),
        _scores(85, 30, 5),
        (shuffled(86, 9, 3) // 6, shuffled(87, 9, 3) // 6),
    ],
    mistakes=[
        Mistake(
            "You compare the scores. They may change while the answer stays: find the answer of each image first.",
            lambda a, b: np.mean(a == b),
        ),
        Mistake(
            "You compare the highest scores themselves. "
            "Another class may have taken over, or the same class may score higher.",
            lambda a, b: np.mean(a.max(1) == b.max(1)),
        ),
        Mistake(
            "This counts the images. What share of all of them is it?",
            lambda a, b: np.sum(a.argmax(1) == b.argmax(1)),
        ),
        Mistake(
            "This is in percent. The function is to return a number from 0 to 1.",
            lambda a, b: 100 * np.mean(a.argmax(1) == b.argmax(1)),
        ),
        Mistake(
            "This is the share of images whose answer *changes*.",
            lambda a, b: np.mean(a.argmax(1) != b.argmax(1)),
        ),
        Mistake(
            "Rows are images. You look for the highest score down each column.",
            lambda a, b: np.mean(a.argmax(0) == b.argmax(0)),
        ),
        Mistake(
            "You look for the highest score among all images. Each image has an answer of its own.",
            lambda a, b: float(a.argmax() == b.argmax()),
        ),
        Mistake(
            "These are the lowest scores' classes.",
            lambda a, b: np.mean(a.argmin(1) == b.argmin(1)),
        ),
        Mistake(
            "Of tied classes you take the last.",
            lambda a, b: np.mean(a[:, ::-1].argmax(1) == b[:, ::-1].argmax(1)),
        ),
    ],
    hints=[
        "Two steps: one answer for each image, before and after; then compare answers.",
        "`argmax` with an axis gives the place of the largest in each row, and of ties the first.",
    ],
)


# ---- 4: how long a blur ----


def weights_needed(p, most):
    """Fewest binomial weights that leave at most this share of a wave.

    p is the wave's period in pixels, 2 or more. most is above 0.
    One weight alone, 1, changes nothing.
    """
    left = abs(math.cos(math.pi / p))
    k = 1
    while left ** (k - 1) > most + 1e-12:
        k += 1
    return k


def _weights(share, start=1):
    """The fewest weights by another rule for what k of them leave."""

    def function(p, most):
        k = start
        while share(p, k) > most + 1e-12 and k < 400:
            k += 1
        return k

    return function


def _left(p, k):
    return abs(math.cos(math.pi / p)) ** (k - 1)


enough = FunctionExercise(
    "How long a blur?",
    solution=weights_needed,
    cases=[
        (4, 0.3),
        (3, 0.05),
        (8, 0.5),
        (2, 0.001),
        (6, 0.75),
        (2.5, 0.1),
        (12, 1),
        (5, 0.4),
        (16, 0.2),
        (3, 0.5),
    ],
    mistakes=[
        Mistake(
            "One weight too few: the share is the cosine to the power k − 1.",
            lambda p, most: max(1, weights_needed(p, most) - 1),
        ),
        Mistake(
            "The formula takes a frequency. A period p is the frequency 1 / p.",
            _weights(lambda p, k: abs(math.cos(math.pi * p)) ** (k - 1)),
        ),
        Mistake(
            "With 2π in the cosine this is another wave: the formula has π f.",
            _weights(lambda p, k: abs(math.cos(2 * math.pi / p)) ** (k - 1)),
        ),
        Mistake(
            "At most means that the share itself will do.",
            lambda p, most: (
                weights_needed(p, most)
                + (abs(_left(p, weights_needed(p, most)) - most) < 1e-9)
            ),
        ),
        Mistake(
            "These are equal weights. Binomial ones are a mean of pairs, done again and again.",
            _weights(
                lambda p, k: abs(np.exp(-2j * np.pi * np.arange(k) / p).mean())
            ),
        ),
        Mistake(
            "Here the weights come in odd numbers only. Any number will do.",
            lambda p, most: (
                weights_needed(p, most) + (1 - weights_needed(p, most) % 2)
            ),
        ),
        Mistake(
            "Where nothing has to be removed, one weight is enough.",
            lambda p, most: max(2, weights_needed(p, most)),
        ),
        Mistake(
            "This is the share that is left, not the number of weights.",
            lambda p, most: _left(p, weights_needed(p, most)),
        ),
    ],
    hints=[
        "How much of the wave do one, two, three weights leave? Stop at the first that is little enough.",
        "k weights leave |cos(π / p)|^(k − 1). A loop over k will do, or logarithms. Mind a period of 2.",
    ],
)


# ---- 5: shifts that a line forgives ----


def forgiven(x, k, S):
    """Which circular shifts only move the outputs of this line's pool.

    x is a line on a ring; its length n is a multiple of S. A max pool with
    window k, at most n, and stride S reads it, reading on at the start.
    Returns all shifts d from 0 to n - 1, in order, after which the outputs
    are the old ones, moved on by any number of places on their ring.
    """

    def outputs(d):
        line = np.roll(x, d)
        dense = np.max([np.roll(line, -a) for a in range(k)], axis=0)
        return dense[::S]

    old = outputs(0)
    return np.array(
        [
            d
            for d in range(len(x))
            if any(
                np.array_equal(np.roll(old, q), outputs(d))
                for q in range(len(old))
            )
        ]
    )


def _forgiven(window=None, agree=None, stride=None, ring=True):
    """The shifts by another window, another stride, or another way to compare."""

    def function(x, k, S):
        def outputs(d):
            line = np.roll(x, d)
            if ring:
                dense = np.max(
                    [np.roll(line, -a) for a in range(window or k)], axis=0
                )
            else:
                dense = np.array(
                    [line[i : i + k].max() for i in range(len(line))]
                )
            return dense[:: stride or S]

        old = outputs(0)
        found = []
        for d in range(len(x)):
            new = outputs(d)
            same = (
                agree(old, new, d, S)
                if agree
                else any(
                    np.array_equal(np.roll(old, q), new)
                    for q in range(len(old))
                )
            )
            if same:
                found.append(d)
        return np.array(found)

    return function


_RINGS = [
    (np.array([3, 7, 2, 2, 9, 1, 4, 6]), 2, 2),
    (np.array([5, 5, 5, 5, 5, 5]), 2, 3),
    (np.array([9, 0, 9, 0, 9, 0, 9, 0]), 1, 2),
    (np.array([9, 0, 9, 0, 9, 0, 9, 0]), 2, 2),
    (np.array([1, 8, 3, 1, 8, 3]), 1, 2),
    (np.array([-4, -9, -2, -7, -5, -1, -8, -3, -6]), 3, 3),
    (np.array([8, 8, 1, 1, 3, 3, 2, 2]), 1, 2),
    (np.array([0, 6, 0, 0, 0, 0, 0, 0]), 3, 4),
    (np.array([1, 1, 2, 3, 3, 2]), 1, 2),
    (np.array([9, 1, 5, -2, 0, 3, -1, 4]), 4, 2),
]

rings = FunctionExercise(
    "Shifts that a line forgives",
    solution=forgiven,
    cases=_RINGS,
    mistakes=[
        Mistake(
            "These are the multiples of the stride. They always belong to the answer; some lines forgive more.",
            lambda x, k, S: np.arange(0, len(x), S),
        ),
        Mistake(
            "You ask that the outputs stay where they are. They may move on, by any number of places.",
            _forgiven(agree=lambda old, new, d, S: np.array_equal(old, new)),
        ),
        Mistake(
            "You allow one move only, by the whole strides in the shift. Any number of places will do.",
            _forgiven(
                agree=lambda old, new, d, S: np.array_equal(
                    np.roll(old, d // S), new
                )
            ),
        ),
        Mistake(
            "You compare the numbers in any order. Moved on the ring, they keep their order.",
            _forgiven(
                agree=lambda old, new, d, S: np.array_equal(
                    np.sort(old), np.sort(new)
                )
            ),
        ),
        Mistake(
            "The window is left out: this is subsampling.",
            _forgiven(window=1),
        ),
        Mistake(
            "The stride is left out: every shift would be a whole one.",
            _forgiven(stride=1),
        ),
        Mistake(
            "Windows at the end are cut off here. On a ring they read on at the start.",
            _forgiven(ring=False),
        ),
        Mistake(
            "0 is a shift, too: after it the outputs are the old ones.",
            lambda x, k, S: forgiven(x, k, S)[1:],
        ),
        Mistake(
            "This is how many there are. Return the shifts themselves.",
            lambda x, k, S: len(forgiven(x, k, S)),
        ),
    ],
    hints=[
        "Three loops in one another, or a helper: the outputs after a shift of d; then compare them with the old ones, "
        "moved by 0, 1, 2, ... places.",
        "`np.roll(x, d)` shifts on the ring. The dense maximum is the maximum of k rolled copies; keep every S-th.",
    ],
)


# ---- 6: find the error ----

perfect = OpenExercise(
    "Find the error: a consistency of 100 %",
    '"Our network chooses its phases by content, pads circularly and ends with a global average. On the test images, '
    "each rolled by all circular shifts, every answer stayed: 100 %. So the answer does not depend on where a thing "
    "stands in the camera's picture. And since no answer ever changes, we need not look at accuracy under shifts.\" "
    "Two conclusions are wrong. Which, and why? What should be measured instead?",
    "The test used circular shifts. When a camera moves, columns leave on one side and new ones come in on the other; "
    "sums of squares change, another phase may win, and the answer may change. Only where a thing lies on plain "
    "ground, far from the edges, is its shift a circular one. "
    "And answers that stay may be wrong: consistency says nothing of accuracy, before a shift or after it. "
    "Measure both on shifts as they come, cut out of larger pictures.",
    points=[
        "A camera's shift is not circular: content leaves and comes in.",
        "With other content another phase may have the largest sum.",
        "On plain ground, away from edges, it would be circular.",
        "Consistency counts wrong answers that stay.",
        "Measure consistency and accuracy on real shifts.",
    ],
    hints=[
        "Which shifts were tested, and which does a camera make?",
        "What is the consistency of a network that always answers *cat*?",
    ],
)


# ---- 7: in three sentences ----

where = OpenExercise(
    "In three sentences: where the blur goes",
    "Zhang's pool is a maximum at every place, a blur, a stride. A friend would put the blur first, "
    "before the maximum, another last, after the stride. Explain to both in three sentences what goes wrong, "
    "and what the pool still does not promise.",
    "After the stride it is too late: the stride has already kept one phase and thrown the others away, so that the "
    "blur smooths whatever is left, jumps and all. "
    "Before the maximum it is too early: a maximum makes new detail, and nothing weakens that before the stride. "
    "Even in its place the blur does not make the outputs invariant; it makes them change less, and more evenly, with "
    "the shift.",
    points=[
        "After the stride: the other phases are gone.",
        "Before the maximum: the maximum makes detail that the blur has not seen.",
        "A blur weakens what would be folded; it does not remove all of it.",
        "The outputs still change: less, and in proportion to the shift.",
    ],
    hints=[
        "What does a stride throw away, and can a later layer get it back?",
        "Is the maximum of smooth numbers smooth?",
    ],
)

exercises = Exercises(
    8, [phases, stack, consistent, enough, rings, perfect, where]
)
