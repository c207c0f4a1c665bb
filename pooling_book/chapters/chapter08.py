"""Chapter 08: its quiz, its exercises and their known mistakes."""

import numpy as np

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import Mistake, rounded, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-08",
    [
        question(
            "A network marks the eyes in a photo on a map. The photo is shifted by 8 pixels. What should the map be?",
            wrong(
                "Invariant: it should not change",
                "Then it would mark places where no eyes are any more.",
            ),
            right(
                "Equivariant: the marks should move along",
                "The eyes have moved, and so must their marks. *Whether* there are eyes should be invariant.",
            ),
            wrong(
                "Both",
                "A map that moves has changed. Only a map that is the same everywhere can be both.",
            ),
            wrong(
                "Neither",
                "A map that neither stays nor moves along does not say where the eyes are.",
            ),
        ),
        question(
            "A convolution with stride 1, then a 3 × 3 max pool with stride 2, twice over. "
            "Away from borders, which shifts in pixels move the last map by whole places?",
            wrong(
                "All of them",
                "The convolutions would be content. Each pool keeps one phase of two.",
            ),
            wrong(
                "Multiples of 2",
                "That is true of the map after the first pool. The second has a stride of its own.",
            ),
            wrong(
                "Multiples of 9",
                "Windows decide what is seen. It is the strides that decide which shifts fit.",
            ),
            right(
                "Multiples of 4",
                "The strides multiply: 2 · 2. The windows play no part.",
            ),
        ),
        question(
            "A photo moves by one pixel under a max pool with stride 2. What happens to the outputs?",
            right(
                "Another phase of the dense maximum is kept",
                "The dense maximum moves along, and the stride now keeps the columns that it threw away before.",
            ),
            wrong(
                "They stay, since the window forgives one pixel",
                "Some do: where the dense maximum has equal neighbours. In a photo that is fewer than half.",
            ),
            wrong(
                "They move along by half a place",
                "There are no half places. They are other numbers.",
            ),
            wrong(
                "Only those at the border change",
                "New pixels come in there. But the windows everywhere else stand on other pixels, too.",
            ),
        ),
        question(
            "A wave with a period of 3 pixels meets a stride of 2, without a filter. "
            "Which period, in pixels, do the outputs show?",
            wrong(
                "3", "Outputs that are 2 pixels apart show no period below 4."
            ),
            wrong(
                "None: the wave is gone",
                "A filter might have removed it. The stride alone does not remove, it renames.",
            ),
            wrong("1.5", "Nothing becomes finer under a stride."),
            right(
                "6",
                "The frequency 1/3 is folded to 1/2 − 1/3 = 1/6. A slow wave that was not there: aliasing.",
            ),
        ),
        question(
            "Zhang's pool takes the maximum everywhere, blurs, then keeps every second. What does the blur do for it?",
            wrong(
                "It makes the outputs invariant to shifts by one pixel",
                "It makes them change *less*, and in proportion. They still change.",
            ),
            right(
                "It weakens what the stride would fold",
                "The dense maximum holds detail finer than the stride can show. "
                "After the stride it would be too late.",
            ),
            wrong(
                "It removes noise before the maximum sees it",
                "It stands after the maximum, which has seen everything.",
            ),
            wrong(
                "It saves work",
                "The dense maximum has to be computed at every place: several times the work of the plain pool.",
            ),
        ),
        question(
            "Convolutions with zero padding, no pool, and a global average at the end. "
            "When is the answer the same wherever a thing stands?",
            wrong(
                "Always: the average forgets places",
                "It forgets where a number stood. But near a border the numbers are others.",
            ),
            wrong(
                "Never",
                "Well inside, the same thing gives the same numbers, and the average adds them up.",
            ),
            right(
                "As long as its responses stay away from the border",
                "There the padding cuts responses off or mixes zeros in, so that the numbers under the average change.",
            ),
            wrong(
                "If the shift is a multiple of the stride",
                "All strides are 1 here, so every shift is.",
            ),
        ),
    ],
)


# ---- 1: by hand ----

LINE = np.array([[3, 7, 2, 2, 9, 1, 4, 6]])

by_hand = AnswerExercise(
    "Before and after",
    "A max pool with window 2 and stride 2 reads this line. "
    "Then the line is shifted by one to the right, circularly, and the pool reads it again. "
    "Type the four outputs before, then the four after.",
    table=LINE,
    answer=[7, 2, 9, 6, 6, 7, 9, 4],
    by_place=True,
    foreseen=[
        (
            [7, 2, 9, 6, 7, 9, 4, 6],
            "The right numbers after the shift, in another order: you have shifted to the left.",
        ),
        (
            [7, 2, 9, 6, 6, 7, 2, 9],
            "You have shifted the *outputs* by one. Shift the line, and pool again.",
        ),
        (
            [7, 2, 9, 6, 7, 2, 9, 6],
            "These are the outputs before, twice. The pool is not invariant to this shift.",
        ),
        (
            [7, 2, 9, 6, 3, 7, 9, 4],
            "A circular shift puts the last number of the line in front. A 0 came in instead.",
        ),
        (
            [7, 7, 2, 9, 9, 4, 6],
            "These are the maxima at every place, with a stride of 1. The stride is 2.",
        ),
        (
            [7, 2, 9, 6],
            "These are the outputs before. Now shift the line, and pool once more.",
        ),
    ],
    hints=[
        "Write the shifted line down before you pool it: its first number is the last one of the old line.",
        "Before, the pairs are 3 7, 2 2, 9 1, 4 6. After, the first pair is 6 3.",
    ],
    solution=(
        "Before: 3 7, 2 2, 9 1, 4 6 give 7, 2, 9, 6. The shifted line is 6 3 7 2 2 9 1 4: its pairs give 6, 7, 9, 4. "
        "The 9 has stayed: it lies in the third window both times."
    ),
)


# ---- 2: the period of a stack ----

stack = AnswerExercise(
    "The period of a stack",
    "Five layers follow one another: a 3 × 3 convolution with stride 1, a 2 × 2 max pool with stride 2, "
    "a 5 × 5 convolution with stride 3, a 3 × 3 max pool with stride 1, "
    "a 3 × 3 average pool with stride 2. What is the smallest shift of the image, in pixels, "
    "that moves the last map by whole places? And by how many places does a shift of 36 pixels move it?",
    answer=[12, 3],
    by_place=True,
    foreseen=[
        (
            [9, 4],
            "You added the strides. A place of a later map is as many pixels long as *all* strides before it together.",
        ),
        (
            [8, 4.5],
            "You added the strides that are larger than 1. "
            "A place of a later map is as many pixels long as all strides before it together.",
        ),
        (
            [4, 9],
            "Only the pools' strides are in there. A convolution with a stride skips places, too.",
        ),
        (
            [270, 0],
            "You multiplied the windows. They decide what is seen; which places are kept is up to the strides.",
        ),
        (
            [12, 36],
            "The first is right. A place of the last map is more than a pixel long.",
        ),
        ([12, 24], "The first is right. For the second, divide."),
    ],
    hints=[
        "Which settings of a layer decide where its outputs stand? The window is not among them.",
        "One place of the last map is two places of the map before the last pool, "
        "and each of these is again several of the map before.",
    ],
    solution=(
        "The strides multiply: 1 · 2 · 3 · 1 · 2 = 12. "
        "A shift of 36 pixels is three times that, and moves the last map by 3 places."
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


# ---- 4: the blurred maximum ----


def max_blur_line(x, k, S):
    """A maximum everywhere, then a blur 1 2 1, then every S-th of them.

    x is a line. The maximum looks at k elements, the blur at 3 maxima, with
    weights that add up to 1. No padding in either step.
    Returns an array.
    """
    dense = np.array([x[i : i + k].max() for i in range(len(x) - k + 1)])
    blurred = (dense[:-2] + 2 * dense[1:-1] + dense[2:]) / 4
    return blurred[::S]


def _dense(x, k, reduce=np.max):
    return np.array(
        [reduce(x[i : i + k]) for i in range(len(x) - k + 1)], float
    )


def _blurred(x, weights=(1, 2, 1), total=4):
    return sum(w * x[i : len(x) - 2 + i] for i, w in enumerate(weights)) / total


blurred = FunctionExercise(
    "Maximum, blur, stride",
    solution=max_blur_line,
    cases=[
        (shuffled(91, 8), 2, 2),
        (shuffled(92, 9), 3, 1),
        (shuffled(93, 12), 2, 3),
        (shuffled(94, 15), 4, 2),
        (-abs(shuffled(95, 14)) - 1, 3, 2),
        (shuffled(96, 20), 1, 4),
    ],
    source=lambda index, x, k, S: (
        f"The blur stands on the maxima {index[0] * S} to {index[0] * S + 2}, counted from 0 at a stride of 1."
    ),
    mistakes=[
        rounded(max_blur_line),
        Mistake(
            "The stride comes too early: the maximum is to be taken everywhere, and every S-th kept at the very end.",
            lambda x, k, S: _blurred(_dense(x, k)[::S]),
        ),
        Mistake(
            "The blur comes first here. It belongs between the maximum and the stride.",
            lambda x, k, S: _dense(_blurred(x.astype(float)), k)[::S],
        ),
        Mistake(
            "The weights 1 2 1 add up to 4: a line of ones has to stay a line of ones.",
            lambda x, k, S: _blurred(_dense(x, k), total=1)[::S],
        ),
        Mistake(
            "All three maxima count the same here. The middle one should count twice.",
            lambda x, k, S: _blurred(_dense(x, k), (1, 1, 1), 3)[::S],
        ),
        Mistake(
            "There is no stride: keep every S-th.",
            lambda x, k, S: _blurred(_dense(x, k)),
        ),
        Mistake("There is no blur.", lambda x, k, S: _dense(x, k)[::S]),
        Mistake(
            "There is no maximum: this is a blur of the line itself.",
            lambda x, k, S: _blurred(x.astype(float))[::S],
        ),
        Mistake(
            "These are means in place of maxima.",
            lambda x, k, S: _blurred(_dense(x, k, np.mean))[::S],
        ),
        Mistake(
            "The line is padded with zeros at its ends. No padding is asked for.",
            lambda x, k, S: _blurred(np.pad(_dense(x, k), 1))[::S],
        ),
    ],
    hints=[
        "Three steps, one line each: all windows of k, all windows of three maxima, a slice.",
        "There are `len(x) - k + 1` windows of k. "
        "Of their maxima, `dense[:-2]`, `dense[1:-1]` and `dense[2:]` "
        "are the left, middle and right one under the blur.",
        "Divide by 4, and take `[::S]` last.",
    ],
)


# ---- 5: adaptive sampling ----


def adaptive_sampling(x, S):
    """The phase of a line with the largest sum of squares.

    The phases of x are every S-th element from 0, from 1, ..., from S - 1.
    Of phases with equal sums, the first. Returns an array.
    """
    phases = [x[a::S] for a in range(S)]
    return max(phases, key=lambda phase: (phase**2).sum())


def _phase(key, pick=max, order=1):
    return lambda x, S: pick([x[a::S] for a in range(S)][::order], key=key)


def _blocks(x, S):
    return max(np.array_split(x, S), key=lambda part: (part**2).sum())


adaptive = FunctionExercise(
    "The phase that counts",
    solution=adaptive_sampling,
    cases=[
        (np.array([5, 3, 0, -4]), 2),
        (np.array([1, -2, -1, -2]), 2),
        (np.array([4, 1, 4, -9]), 2),
        (shuffled(101, 9), 3),
        (shuffled(102, 12), 4),
        (shuffled(103, 12), 2),
        (shuffled(104, 16), 4),
        (shuffled(105, 15), 5),
        (shuffled(106, 5), 1),
        (np.array([-1, 5, 7, 1, 5, 1]), 3),
        (np.array([1, 5, 2, 5, 4, 0, 6]), 2),
    ],
    mistakes=[
        Mistake(
            "You compare sums. A phase of large negative numbers would lose: add up the squares.",
            _phase(lambda p: p.sum()),
        ),
        Mistake(
            "You compare means. Phases of a line may differ in length: compare the sums.",
            _phase(lambda p: (p**2).mean()),
        ),
        Mistake(
            "You compare sums of absolute values, not of squares.",
            _phase(lambda p: abs(p).sum()),
        ),
        Mistake(
            "You compare the largest elements, not the sums of squares.",
            _phase(lambda p: p.max()),
        ),
        Mistake(
            "This is the phase with the *smallest* sum of squares.",
            _phase(lambda p: (p**2).sum(), pick=min),
        ),
        Mistake(
            "Of phases with equal sums you return the last.",
            _phase(lambda p: (p**2).sum(), order=-1),
        ),
        Mistake(
            "You return the number of the phase: return its elements.",
            lambda x, S: int(
                np.argmax([(x[a::S] ** 2).sum() for a in range(S)])
            ),
        ),
        Mistake(
            "You return the squares: return the elements themselves.",
            lambda x, S: adaptive_sampling(x, S) ** 2,
        ),
        Mistake(
            "These are blocks of neighbours. A phase takes every S-th element.",
            _blocks,
        ),
        Mistake(
            "This is always the first phase, whatever it holds.",
            lambda x, S: x[::S],
        ),
    ],
    hints=[
        "Make a list of the phases first: `x[a::S]` begins at a and takes every S-th.",
        "`max` takes a `key`, a function that says by what to compare, and returns the first of equals.",
    ],
)

exercises = Exercises(8, [by_hand, stack, consistent, blurred, adaptive])
