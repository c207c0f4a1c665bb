"""Chapter 04: its quiz, its exercises and their known mistakes."""

import numpy as np
from pooling_lib import avg_pool, max_pool

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
)
from pooling_book.exercise.mistakes import Mistake, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-04",
    [
        question(
            "2,000 training images of 16 × 16 pixels, and 100,000 multiplications for a query at most. "
            "Of the pools below, which one that you can afford keeps the most numbers?",
            wrong(
                "Windows of 2 × 2, stride 2",
                "8 · 8 = 64 numbers of each training image are 128,000 multiplications: too many.",
            ),
            right(
                "Windows of 3 × 3, stride 2",
                "⌊(16 − 3) / 2⌋ + 1 = 7, so 49 numbers and 98,000 multiplications.",
            ),
            wrong(
                "Windows of 3 × 3, stride 3",
                "You can afford it: 25 numbers. But is there none between it and the limit? "
                "The stride sets the size more than the window does.",
            ),
            wrong(
                "Windows of 4 × 4, stride 4",
                "16 numbers are the cheapest here, not the most that you can afford.",
            ),
        ),
        question(
            "`Pipeline([('pool', PoolingTransformer(window=2, method='avg')), ('nearest', ...)])` is fitted on rows of "
            "64 features, which are 8 × 8 digits. Its classifier has seen 32 features, and reads 0.97. What is wrong?",
            wrong(
                "Nothing: windows of 2 halve the features",
                "On an image they halve *each side*: 16 numbers would be left.",
            ),
            right(
                "The pool was not told the image's shape",
                "32 are the pairs along a line of 64. The score does not give it away.",
            ),
            wrong(
                "The accuracy is too low for a pool of 2",
                "It is higher than that of 2 × 2 averages. A high score does not prove that a step is right, "
                "nor does a low one prove that it is wrong.",
            ),
            wrong(
                "The pool has to be fitted before it is put into a pipeline",
                "The pipeline fits each of its steps. And a pool has nothing to learn.",
            ),
        ),
        question(
            '*"On the same folds, A reads 0.940 ± 0.015 and B reads 0.925 ± 0.015. The intervals overlap. '
            'So these data cannot tell A from B."* What is wrong?',
            wrong(
                "Nothing",
                "Overlap says little here. A hard fold pulls both scores down, which makes each interval wide.",
            ),
            wrong(
                "A is better, since its mean is larger",
                "A mean without an interval may be luck. The fault is in how the intervals are compared.",
            ),
            right(
                "The interval that counts is that of the differences, fold by fold",
                "What is hard for both drops out of a difference. It may exclude zero, or not: it has to be computed.",
            ),
            wrong(
                "Both intervals should be divided by √50 once more",
                "The number of scores is in them already. Dividing again makes them narrower, and not truer.",
            ),
        ),
        question(
            "You deal the images into *five* folds, ten times: 50 scores. "
            "How many times as wide as the textbook's is the corrected interval?",
            wrong(
                "About 2.6 times",
                "This is right for ten folds. With five, how large is the test set beside the training set?",
            ),
            right(
                "About 3.7 times",
                "The textbook has 1/50, the correction 1/50 + 1/4: √(0.27 / 0.02) = 3.67.",
            ),
            wrong(
                "13.5 times",
                "These are the variances. An interval goes with the root.",
            ),
            wrong(
                "As wide: there are 50 scores in both cases",
                "50 scores, but not 50 experiments: their training sets share most of their images.",
            ),
        ),
        question(
            "Digits of 8 × 8 pixels, each 0 or 1, are reduced to the four maxima of 4 × 4 windows side by side. "
            "You have 1,600 training digits of ten classes. What does a query meet?",
            wrong(
                "Its own class: the nearest is at distance 0",
                "A distance of 0 says that the *maxima* are equal. How many different ones can there be at all?",
            ),
            wrong(
                "No training digit at distance 0, as a rule",
                "Four numbers, each 0 or 1, make few patterns. 1,600 digits fill them soon.",
            ),
            right(
                "Digits of several classes at the same distance",
                "There are at most 2⁴ = 16 patterns for ten classes, and strokes of a digit reach most quarters. "
                "The order of the file decides.",
            ),
            wrong(
                "Larger distances, since maxima are larger than averages",
                "Larger numbers do not mean larger *differences*: near 1 everywhere, they differ hardly at all.",
            ),
        ),
        question(
            "Averages of 2 × 2 windows stand side by side. Every query, and no training image, "
            "is shifted by exactly two pixels to the right. How much of the shift does the pool forgive?",
            wrong(
                "All of it: 2 is the window's width",
                "Each window now reads what its left neighbour read. So the numbers move on. Do they stand still?",
            ),
            wrong(
                "Half of it",
                "One pixel of two would be split between windows. Here whole windows move on.",
            ),
            right(
                "Nothing: the pooled query is shifted by one column",
                "Two pixels are one stride, and the output follows, as in chapter 1. "
                "What a pool forgives stays within a window.",
            ),
        ),
    ],
)


# ---- 1: what a query costs ----

cost = AnswerExercise(
    "What a query costs",
    "Images of 28 × 28 pixels are pooled with a window of 3 and a stride of 2, without padding. "
    "There are 2,000 training images. "
    "How many numbers are left of an image, and how many multiplications does a query cost? "
    "Type both numbers.",
    answer=[169, 338_000],
    by_place=True,
    foreseen=[
        (
            [784, 1_568_000],
            "That is the price without a pool: every pixel is still there.",
        ),
        (
            [196, 392_000],
            "That is half of each side. Where would the last window of a row start, and does it fit?",
        ),
        (
            [81, 162_000],
            "Your windows stand side by side. The stride is smaller than the window.",
        ),
        (
            [100, 200_000],
            "You rounded 28 / 3 up: that is neither this stride nor a window that fits.",
        ),
        ([676, 1_352_000], "That is the dense pool, with a stride of 1."),
        (
            [169, 1_352_000],
            "The first number is right. The second belongs to a stride of 1.",
        ),
        ([13, 26_000], "That is one side. An image has two."),
        (
            [13, 338_000],
            "The second number is right. The first is only one side of the pooled image.",
        ),
        (
            [169, 2_000],
            "The first number is right. Each comparison with a training image costs more than one multiplication.",
        ),
        (
            [169, 1_521],
            "The second number is what the windows read. The question is what the *distances* cost.",
        ),
        (
            [169, 3_042_000],
            "The first number is right. The pool's own work is not counted here, "
            "and it is not done again for each training image.",
        ),
    ],
    hints=[
        "First one side: how many windows of 3 fit into 28 pixels, two apart? Then square that.",
        "A distance takes one multiplication for each number. A query takes one distance for each training image.",
    ],
    solution="A side has ⌊(28 − 3) / 2⌋ + 1 = 13 windows, an image 13 · 13 = 169. "
    "A query costs 2,000 · 169 = 338,000 multiplications, "
    "against 2,000 · 784 = 1,568,000 without the pool.",
)


# ---- 2: two pools in one row ----


def mean_and_max(images):
    """The means, then the maxima, of the 2x2 windows of every image.

    images is an array of shape (N, H, W), H and W even. The windows
    stand side by side. Returns an array of N rows: first the means of
    all windows of the image, then their maxima, each from left to right,
    then from top to bottom.
    """
    N, H, W = images.shape
    windows = images.reshape(N, H // 2, 2, W // 2, 2)
    means = windows.mean(axis=(2, 4)).reshape(N, -1)
    maxima = windows.max(axis=(2, 4)).reshape(N, -1)
    return np.concatenate([means, maxima], axis=1)


def _of_batch(index, images):
    image, place = index
    columns = images.shape[2] // 2
    kind, place = divmod(place, images.shape[1] // 2 * columns)
    return (
        f"It is a {('mean', 'maximum')[kind]} of image {image}, of the window in row {place // columns} "
        f"and column {place % columns} of its windows."
    )


def _both(means=avg_pool, maxima=max_pool, rows=None, **settings):
    """Two pools in one row, by other pools or another order of the windows."""
    rows = rows or (lambda maps, count: maps.reshape(count, -1))

    def function(images):
        settings_ = {"axes": (1, 2)} | settings
        maps = [pool(images, 2, **settings_) for pool in (means, maxima)]
        return np.concatenate([rows(each, len(images)) for each in maps], 1)

    return function


def _alternating(images):
    means, maxima = np.split(mean_and_max(images), 2, axis=1)
    return np.stack([means, maxima], axis=2).reshape(len(images), -1)


two_in_one = FunctionExercise(
    "Two pools in one row",
    solution=mean_and_max,
    cases=[
        (shuffled(21, 2, 2, 4),),
        (shuffled(22, 2, 4, 4),),
        (shuffled(23, 4, 4, 2),),
        (shuffled(24, 4, 6, 4) / 4,),
        (-abs(shuffled(25, 2, 4, 6)) - 1,),
    ],
    source=_of_batch,
    mistakes=[
        Mistake(
            "The numbers are right, but means and maxima alternate. First all means of an image, then its maxima.",
            _alternating,
        ),
        Mistake(
            "The maxima come first. The means should.",
            _both(max_pool, avg_pool),
        ),
        Mistake(
            "The maxima stand below the means, in rows of their own. "
            "Each image has one row: along which axis do you join?",
            lambda x: np.concatenate(np.split(mean_and_max(x), 2, axis=1)),
        ),
        Mistake(
            "The numbers are right, but each image is still a grid: make a row of it.",
            _both(rows=lambda maps, count: maps),
        ),
        Mistake(
            "The windows run from top to bottom first. Row by row is asked for.",
            _both(
                rows=lambda maps, count: maps.swapaxes(1, 2).reshape(count, -1)
            ),
        ),
        Mistake(
            "Pixels of two images are mixed: which axes did you pool?",
            _both(axes=(0, 1)),
        ),
        Mistake(
            "Your windows lie along the flattened row. A window of the image has two rows.",
            lambda x: np.concatenate(
                [
                    pool(x.reshape(len(x), -1), 4, axes=(1,))
                    for pool in (avg_pool, max_pool)
                ],
                axis=1,
            ),
        ),
        Mistake(
            "The maxima are right. But the first half holds sums: a mean also divides.",
            _both(lambda x, *window, **how: 4 * avg_pool(x, *window, **how)),
        ),
        Mistake(
            "The fractions are cut off: does the array you fill take its `dtype` from `images`?",
            lambda x: mean_and_max(x).astype(x.dtype),
        ),
        Mistake(
            "Where a window is negative, its maximum is wrong: where does your largest start?",
            _both(
                maxima=lambda x, *window, **how: np.maximum(
                    max_pool(x, *window, **how), 0
                )
            ),
        ),
        Mistake(
            "The windows overlap: they should stand side by side.",
            _both(stride=1),
        ),
        Mistake("Both halves hold means.", _both(avg_pool, avg_pool)),
    ],
    hints=[
        "Pool the last two axes only: axis 0 counts the images.",
        "With `avg_pool` and `max_pool` this is `axes=(1, 2)`. Then make one row of each image: "
        "`reshape(N, -1)`.",
        "`np.concatenate([a, b], axis=1)` writes the rows of `b` after the rows of `a`.",
    ],
)


# ---- 3: three vote ----


def vote_of_three(train, labels, queries):
    """The label that the three nearest training rows agree on.

    train has shape (N, F), labels (N,), queries (M, F).
    Near means: a small sum of squared differences. Of training rows
    that are equally near, the first in `train` comes first. The label
    that two of the three have wins. If all three differ, the nearest
    row has its way. Returns an array of M labels.
    """
    found = []
    for query in queries:
        squares = ((train - query) ** 2).sum(axis=1)
        order = np.argsort(squares, kind="stable")
        first, second, third = labels[order[:3]]
        found.append(second if second == third else first)
    return np.array(found)


def _nearest(measure=lambda d: (d**2).sum(axis=1), last=False):
    """Places of the training rows for a query, the nearest first, by another measure or of equals the last."""

    def order(train, query):
        values = measure(train - query)
        if last:
            return len(values) - 1 - np.argsort(values[::-1], kind="stable")
        return np.argsort(values, kind="stable")

    return order


def _agreed(labels):
    return labels[1] if labels[1] == labels[2] else labels[0]


NEAREST = _nearest()


def _voted(choose=_agreed, order=NEAREST, voters=3):
    """Labels by another vote, or another order of the training rows."""
    return lambda train, labels, queries: np.array(
        [choose(labels[order(train, query)[:voters]]) for query in queries]
    )


def _table(seed, rows, features, queries):
    rng = np.random.default_rng(seed)
    train = shuffled(seed, rows, features)
    train[rows // 2] = train[0]  # equally near to whatever comes
    train[-1] = train[1]
    asked = shuffled(seed + 50, queries, features)
    asked[0] = train[0] + np.eye(features, dtype=int)[0]
    return train, rng.integers(0, 4, rows) * 2 + 3, asked


three_vote = FunctionExercise(
    "Three vote",
    solution=vote_of_three,
    cases=[
        (
            np.array([[3, 3], [0, -5], [3, 3], [1, 1]]),
            np.array([7, 4, 1, 4]),
            np.array([[0, 0], [3, 2]]),
        ),
        _table(31, 6, 3, 3),
        _table(32, 9, 4, 5),
        _table(33, 12, 2, 8),
        _table(34, 20, 9, 12),
    ],
    source=lambda index, train, labels, queries: (
        f"Work out by hand all distances of query {index[0]}, and look for ties."
    ),
    mistakes=[
        Mistake(
            "The nearest row alone decides. Three should vote.",
            _voted(lambda labels: labels[0]),
        ),
        Mistake(
            "Where all three differ you take the smallest of their labels. Who has the say then?",
            _voted(lambda labels: np.bincount(labels).argmax()),
        ),
        Mistake(
            "Where all three differ you take the label of the third. Who has the say then?",
            _voted(
                lambda labels: (
                    labels[0] if labels[0] in labels[1:] else labels[2]
                )
            ),
        ),
        Mistake(
            "Where all three differ you take the label of the second. Who has the say then?",
            _voted(
                lambda labels: (
                    labels[0] if labels[0] in labels[1:] else labels[1]
                )
            ),
        ),
        Mistake(
            "You take the middle one of the three labels. Labels are names: one cannot lie between two others.",
            _voted(np.median),
        ),
        Mistake(
            "You take the mean of the three labels. Labels are names: between a 3 and a 9 there is no 6.",
            _voted(np.mean),
        ),
        Mistake(
            "These are places in the training set, not labels.",
            lambda t, y, q: _voted()(t, np.arange(len(y)), q),
        ),
        Mistake(
            "The three *farthest* rows vote.",
            _voted(order=_nearest(lambda d: -(d**2).sum(axis=1))),
        ),
        Mistake(
            "Of rows that are equally near you take the last.",
            _voted(order=_nearest(last=True)),
        ),
        Mistake(
            "Five vote where three should.",
            _voted(
                lambda labels: max(labels.tolist(), key=labels.tolist().count),
                voters=5,
            ),
        ),
        Mistake(
            "You add up the differences without their squares: plus and minus cancel.",
            _voted(order=_nearest(lambda d: d.sum(axis=1))),
        ),
        Mistake(
            "You add up absolute differences. Squares are asked for.",
            _voted(order=_nearest(lambda d: np.abs(d).sum(axis=1))),
        ),
        Mistake(
            "You look at the largest difference only. All of them count.",
            _voted(order=_nearest(lambda d: np.abs(d).max(axis=1))),
        ),
    ],
    hints=[
        "Take one query at a time. `train - query` subtracts it from every training row at once. "
        "Square, then sum over the features.",
        '`np.argsort(squares, kind="stable")` gives the places, the nearest first, of equals the first.',
        "Look at the three labels in order. When is the first of them outvoted?",
    ],
)


# ---- 4: the cheapest that will do ----


def cheapest(costs, scores, t, overlap):
    """Place of the cheapest setting that nobody can tell from the best.

    costs has one number for each setting, scores one row for each: what
    it scores on J folds, the same folds for all. The best setting has
    the largest mean. Another cannot be told from it if the interval of
    their differences, fold by fold, holds zero: mean plus or minus
    t * s * sqrt(1 / J + overlap), where s is the standard deviation
    that divides by J - 1. The best may be the cheapest, too.
    Returns its place; of equally cheap ones the first.
    """
    best = scores.mean(axis=1).argmax()
    J = scores.shape[1]
    place = best
    for i in range(len(costs)):
        differences = scores[i] - scores[best]
        s = differences.std(ddof=1)
        half = t * s * np.sqrt(1 / J + overlap)
        told_apart = abs(differences.mean()) > half
        if not told_apart and (
            costs[i] < costs[place] or (costs[i] == costs[place] and i < place)
        ):
            place = i
    return place


def _chosen(near, pick=None):
    """The cheapest of what is near to the best, by another rule of either."""
    pick = pick or (lambda costs, scores, near: near[costs[near].argmin()])

    def function(costs, scores, t, overlap):
        best = scores.mean(axis=1).argmax()
        width = t * np.sqrt(1 / scores.shape[1] + overlap)
        places = [
            i
            for i in range(len(costs))
            if i == best or near(scores[i], scores[best], width, t, overlap)
        ]
        return int(pick(costs, scores, np.array(places)))

    return function


def _paired(a, b, width, *_, ddof=1):
    return abs((a - b).mean()) <= width * (a - b).std(ddof=ddof)


def _by_textbook(a, b, width, t, overlap):
    return _paired(a, b, t / np.sqrt(len(a)))


def _by_overlap_alone(a, b, width, t, overlap):
    return _paired(a, b, t * np.sqrt(overlap))


def _without_root(a, b, width, t, overlap):
    return _paired(a, b, t * (1 / len(a) + overlap))


def _if_intervals_touch(a, b, width, *_):
    return abs(a.mean() - b.mean()) <= width * (a.std(ddof=1) + b.std(ddof=1))


def _if_best_holds_it(a, b, width, *_):
    return abs(a.mean() - b.mean()) <= width * b.std(ddof=1)


def _best_left_out(costs, scores, near):
    others = near[near != scores.mean(axis=1).argmax()]
    return others[costs[others].argmin()] if len(others) else near[0]


def _last_of_equals(costs, scores, near):
    return near[::-1][costs[near[::-1]].argmin()]


def _scored(seed, settings, folds, gap, noise):
    """Costs and scores in whole thousandths: each fold is hard or easy for all alike."""
    rng = np.random.default_rng(seed)
    fold = rng.normal(0, 30, folds)
    means = 900 - gap * rng.permutation(settings)
    each = means[:, None] + fold + rng.normal(0, noise, (settings, folds))
    return rng.integers(1, settings, settings) * 16, each.round() / 1000


will_do = FunctionExercise(
    "The cheapest that will do",
    solution=cheapest,
    cases=[
        (
            np.array([64, 9, 16, 16]),
            np.array([[8, 7, 9], [2, 1, 3], [7, 8, 6], [8, 5, 9]]) / 10,
            2.0,
            0.5,
        ),
        (
            np.array([16, 64, 9]),
            np.array([[8, 9, 9], [8, 8, 9], [2, 1, 3]]) / 10,
            2.0,
            0.5,
        ),
        (
            np.array([5, 3, 2]),
            np.array([[1, -1, 2, 0], [0, -1, 2, 1], [-9, -9, -8, -9]]),
            2.0,
            0.25,
        ),
        (*_scored(146, 6, 10, gap=5, noise=8), 2.26, 1 / 9),
        (*_scored(163, 6, 10, gap=5, noise=15), 2.26, 1 / 9),
        (*_scored(41, 7, 5, gap=20, noise=15), 2.78, 0.25),
    ],
    mistakes=[
        Mistake(
            "You return the best setting. Is there a cheaper one that these data cannot tell from it?",
            _chosen(lambda *_: False),
        ),
        Mistake(
            "You return the cheapest of all, however badly it scores.",
            _chosen(lambda *_: True),
        ),
        Mistake(
            "You return a cost. Its place is asked for.",
            lambda costs, *given: costs[cheapest(costs, *given)],
        ),
        Mistake(
            "Of settings that are equally cheap you take the last.",
            _chosen(_paired, _last_of_equals),
        ),
        Mistake(
            "Your choice leaves out the best setting itself. May it not be the cheapest that will do?",
            _chosen(_paired, _best_left_out),
        ),
        Mistake(
            "Your interval is the textbook's: the overlap is missing.",
            _chosen(_by_textbook),
        ),
        Mistake(
            "Your interval counts the overlap, but the number of folds is missing.",
            _chosen(_by_overlap_alone),
        ),
        Mistake(
            "Your interval is too narrow: there is a root in it.",
            _chosen(_without_root),
        ),
        Mistake(
            "You look whether two intervals overlap. The interval of the *differences* counts.",
            _chosen(_if_intervals_touch),
        ),
        Mistake(
            "You look whether a mean lies in the interval of the best. The interval of the *differences* counts.",
            _chosen(_if_best_holds_it),
        ),
        Mistake(
            "Your standard deviation divides by J, not by J − 1: see its `ddof`.",
            _chosen(lambda a, b, width, *_: _paired(a, b, width, ddof=0)),
        ),
    ],
    hints=[
        "First find the best: the row of `scores` with the largest mean. Its differences to itself are all 0.",
        "For each setting: `differences = scores[i] - scores[best]`, one for each fold. Their mean, and "
        "`differences.std(ddof=1)`.",
        "The interval holds zero if the mean's size, `abs(...)`, is at most the half width. "
        "Of the settings for which it does, keep the cheapest.",
    ],
)


# ---- 5: a shift ----


def shifted(images, down, right):
    """Every image of a batch, moved by whole pixels.

    images has shape (N, H, W). Positive `down` moves downwards,
    positive `right` to the right, negative the other way; each is
    smaller than the image. What leaves the image is gone, and what
    comes in is 0.
    Returns an array of the same shape.
    """
    N, H, W = images.shape
    moved = np.zeros_like(images)
    for row in range(H):
        for column in range(W):
            if 0 <= row - down < H and 0 <= column - right < W:
                moved[:, row, column] = images[:, row - down, column - right]
    return moved


def _ahead(images, down, right):
    return np.roll(images, (down, right), axis=(1, 2))


def _other_axes(images, down, right):
    return shifted(images.transpose(2, 0, 1), down, right).transpose(1, 2, 0)


shift = FunctionExercise(
    "A shift without a wrap",
    solution=shifted,
    cases=[
        (shuffled(51, 1, 2, 3), 1, 0),
        (shuffled(52, 2, 3, 3), 0, 1),
        (shuffled(53, 3, 4, 3), -1, 2),
        (shuffled(54, 3, 4, 5), 2, -1),
        (shuffled(55, 4, 5, 5), 1, 2),
        (shuffled(56, 4, 3, 4), 0, 0),
        (shuffled(57, 2, 4, 5), -1, -2),
        (shuffled(58, 2, 3, 3), 0, -1),
        (shuffled(59, 2, 3, 4), -1, 0),
        (shuffled(60, 2, 4, 3), -2, 0),
    ],
    source=lambda index, images, down, right: (
        f"Go back by the shift: it would come from row {index[1] - down} "
        f"and column {index[2] - right} of image {index[0]}, if that is on the image."
    ),
    mistakes=[
        Mistake(
            "What leaves on one side comes in on the other. It should be gone.",
            _ahead,
        ),
        Mistake(
            "The images move the opposite way.",
            lambda x, down, right: shifted(x, -down, -right),
        ),
        Mistake(
            "Down and right are swapped.",
            lambda x, down, right: shifted(x, right, down),
        ),
        Mistake(
            "You move along the wrong axes: axis 0 counts the images.",
            _other_axes,
        ),
        Mistake(
            "The border is filled with its nearest pixels, not with zeros.",
            lambda x, down, right: x[
                :, np.clip(np.arange(x.shape[1]) - down, 0, x.shape[1] - 1)
            ][:, :, np.clip(np.arange(x.shape[2]) - right, 0, x.shape[2] - 1)],
        ),
    ],
    hints=[
        "Begin with `np.zeros_like(images)`, and fill in what stays on the image.",
        "The pixel at `row`, `column` of the result comes from `row - down`, `column - right`, "
        "if there is such a place.",
        "A negative index counts from the end in NumPy, which wraps around without an error: "
        "test `0 <= row - down < H`.",
    ],
)


# ---- 6: distances ----

bound = AnswerExercise(
    "How far apart, at most?",
    "Two images lie at a distance of 12, the root of their summed squared differences. "
    "Both are pooled with windows of 3 × 3, side by side. "
    "At most how far apart are their average-pooled forms, and at most how far their max-pooled forms? "
    "Type both numbers.",
    answer=[4, 12],
    by_place=True,
    foreseen=[
        (
            [12, 4],
            "Think of two images that differ in one pixel only. Which pool's output can differ as much as they do?",
        ),
        (
            [4, 4],
            "The first is right. For a maximum, think of two images that differ in a single pixel, "
            "the largest of its window.",
        ),
        (
            [12, 12],
            "The second is right. An average spreads a difference over a whole window: "
            "how much of a lone difference is left of it?",
        ),
        (
            [1.333, 12],
            "You divided by the number of pixels in a window. "
            "That is right for a lone difference, but nine equal ones do better.",
        ),
        (
            [1.33, 12],
            "You divided by the number of pixels in a window. "
            "That is right for a lone difference, but nine equal ones do better.",
        ),
        (
            [1.333, 1.333],
            "Dividing by the pixels of a window is too much for both.",
        ),
        (
            [4, 36],
            "The first is right. The second is what windows that overlap by two thirds would allow.",
        ),
        ([36, 12], "An average does not enlarge: the first is too large."),
    ],
    hints=[
        "For the average, spread the difference so that it survives best: equal in all nine pixels of a window.",
        "For the maximum, put all of it into one pixel that is the largest of its window in both images.",
    ],
    solution="Averages: 12 / 3 = 4, reached if in every window all nine differences are equal. "
    "Maxima: 12, reached if the images differ only "
    "in the largest pixel of a window, or of several.",
)


# ---- 7: find the error ----

best_of_many = OpenExercise(
    "Find the error: the best of a hundred",
    '*"I have 100 test digits. A hundred times I drew 16 pixels at random, and scored the nearest neighbour on them. '
    "The best of these choices reads 0.89 of the test digits. The averages of 2 × 2 windows, 16 numbers as well, "
    'read 0.87. So there is a choice of 16 pixels that is better than averages, and I have found it."* '
    "Where is the error? And how could it be settled?",
    "0.89 is the largest of a hundred scores, and so it holds luck besides merit. On 100 digits alone, a score of 0.85 "
    "varies by about 0.04 by chance, and the largest of a hundred probably lies well above what its choice is worth. "
    "The averages were scored once and had no such luck. "
    "To settle it, score the chosen pixels and the averages on digits that had no say in the choice, the same ones, "
    "and make the interval of the differences.",
    points=[
        "The best of many scores is too high: it was chosen for its luck, too.",
        "The averages were not chosen among a hundred, so the two scores are not alike.",
        "Choose on some digits, and score on others that had no say.",
        "Both on the same digits; an interval of the differences, since two points in a hundred may be chance.",
    ],
    hints=[
        "Suppose that all hundred choices were equally good, at 0.80. Would they all score 0.80 on 100 digits?",
    ],
)


# ---- 8: signatures ----

signatures = OpenExercise(
    "In three sentences: signatures",
    "A friend compares a scanned signature, 64 × 64 pixels, with 500 signatures of 50 people by the nearest neighbour. "
    'It is too slow, so *"a 4 × 4 max pool with a stride of 4 comes in front"*. '
    "Say in three sentences what it saves, what may go wrong, and how to decide.",
    "It leaves 16 · 16 = 256 numbers of 4,096, and so a sixteenth of the multiplications, 128,000 for a query. "
    "A signature is made of strokes: where they are as wide as a window or close by, nearly all maxima are inked, "
    "signatures of different people become alike, and averages would keep more. "
    "Score several pools and sizes on the same folds, subtract them fold by fold with an interval that allows for the "
    "overlap, and take the cheapest that loses no more than your friend can bear.",
    points=[
        "A sixteenth of the multiplications: 500 · 256 in place of 500 · 4,096.",
        "Maxima may be inked everywhere, or tied; averages say how much ink there is.",
        "It depends on the width of the strokes beside the window: so measure, with several settings.",
        "The same folds for all settings, intervals of the differences, corrected.",
        "Decide by what an error costs: accuracy alone would choose no pool.",
    ],
    hints=[
        "Which table of this chapter has strokes and windows of 4 × 4? Which has costs?",
    ],
)


exercises = Exercises(
    4,
    [
        cost,
        two_in_one,
        three_vote,
        will_do,
        shift,
        bound,
        best_of_many,
        signatures,
    ],
)
