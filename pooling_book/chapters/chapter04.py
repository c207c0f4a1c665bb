"""Chapter 04: its quiz, its exercises and their known mistakes."""

import numpy as np
from pooling_lib import avg_pool, max_pool

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import Mistake, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-04",
    [
        question(
            "1,600 training digits of 8 × 8 pixels. "
            "You pool training digits and queries with 2 × 2 windows, side by side. "
            "What happens to the multiplications that one query costs?",
            wrong(
                "They halve",
                "Each *side* halves. The numbers of a digit go from 64 to 16.",
            ),
            right(
                "They fall to a quarter",
                "One multiplication for each number and training digit: 1,600 · 64 before, 1,600 · 16 after.",
            ),
            wrong(
                "They stay: there are as many training digits",
                "As many digits, yes. But each of them is compared in 16 numbers instead of 64.",
            ),
            wrong(
                "They fall to zero, since pooling learns nothing",
                "Learning costs nothing here with or without a pool. It is answering that costs.",
            ),
        ),
        question(
            "On the same folds, pooling changes the accuracy by −0.003, with a 95 % interval of ±0.005. "
            "What does that say?",
            wrong(
                "Pooling makes no difference",
                "The interval reaches from −0.008 to +0.002. A loss of 0.008 fits these data as well as none.",
            ),
            wrong(
                "Pooling loses 0.003",
                "That is the middle of what fits the data. A small gain lies within the interval, too.",
            ),
            right(
                "These data cannot tell which of the two is better",
                "Zero lies within the interval. More data, or another experiment, may tell.",
            ),
        ),
        question(
            "`pooled = pool.fit_transform(X)` stands above `cross_val_score(knn, X, y)`. The score is excellent. "
            "What did the pool contribute?",
            right(
                "Nothing: the classifier was given `X`",
                "`pooled` is never used. Counting the features that the classifier has seen would have shown it.",
            ),
            wrong(
                "It lowered the cost at the same accuracy",
                "The classifier got `X`, all of its features. Nothing became cheaper.",
            ),
            wrong(
                "It cannot be said without a second score",
                "It can: read which name is handed to `cross_val_score`.",
            ),
        ),
        question(
            "Ten folds, five shuffles, 50 scores. "
            "Why is the corrected interval more than twice as wide as the textbook one, "
            "which divides the spread by √50?",
            wrong(
                "50 scores are few",
                "Few scores widen both alike. Here, it is what the scores have in common.",
            ),
            wrong(
                "Accuracies are not normally distributed",
                "They are not quite, but no correction is made for that.",
            ),
            right(
                "The 50 scores are not 50 independent experiments",
                "Any two training sets share most of their images, and each image is tested five times. "
                "More shuffles make more scores, but no new digits.",
            ),
            wrong(
                "It also counts the errors of the labels",
                "A wrong label is a problem of its own. No interval made from these scores knows of it.",
            ),
        ),
        question(
            "On the 8 × 8 digits, max pooling with windows of 2 × 2 loses far more accuracy than averaging. "
            "What do the shares of inked numbers suggest as a reason?",
            wrong(
                "Maxima are larger numbers, and large numbers make large distances",
                "Multiply all features by 10 and all distances grow tenfold: the nearest stays the nearest.",
            ),
            right(
                "Strokes fill the small picture: soon nearly every window holds some ink",
                "Where every output is inked, the outputs tell little apart. "
                "An average still says *how much* ink there was.",
            ),
            wrong(
                "The maximum keeps fewer numbers than the average",
                "16 and 16. Window and stride set the count, the reduction does not.",
            ),
        ),
        question(
            "A row of 64 features is an 8 × 8 digit. "
            "A pool with a window of 3 is not told so, and takes the row as a line. "
            "Which pixels does its third window, side by side, join?",
            wrong(
                "The third pixels of three rows",
                "These stand 8 features apart. A window on a line takes neighbours on the line.",
            ),
            wrong(
                "Three pixels in the middle of the first row",
                "The first window takes features 0 to 2, the second 3 to 5. Where does that leave the third?",
            ),
            right(
                "The last two of the first row and the first of the second",
                "Features 6, 7 and 8. Pixel 8 is the left end of row 1: on the picture it is no neighbour of pixel 7.",
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
    "Type both numbers, without commas inside.",
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


# ---- 2: a batch ----


def pool_batch(images):
    """Means of the 2x2 windows of every image, side by side.

    images is an array of shape (N, H, W), H and W even.
    Returns an array of shape (N, H // 2 * W // 2): one row for each
    image, its means from left to right, then from top to bottom.
    """
    N, H, W = images.shape
    windows = images.reshape(N, H // 2, 2, W // 2, 2)
    return windows.mean(axis=(2, 4)).reshape(N, -1)


def _of_batch(index, images):
    image, place = index
    columns = images.shape[2] // 2
    return (
        f"It belongs to image {image}, to the window in row {place // columns} "
        f"and column {place % columns} of its windows."
    )


batch = FunctionExercise(
    "A batch of digits",
    solution=pool_batch,
    cases=[
        (shuffled(21, 2, 2, 4),),
        (shuffled(22, 2, 4, 4),),
        (shuffled(23, 4, 4, 2),),
        (shuffled(24, 4, 6, 4) / 4,),
        (shuffled(25, 6, 4, 8),),
    ],
    source=_of_batch,
    mistakes=[
        Mistake(
            "The windows are right, but each image is still a grid: make a row of it.",
            lambda x: avg_pool(x, 2, axes=(1, 2)),
        ),
        Mistake(
            "The means run from top to bottom first. Row by row is asked for.",
            lambda x: (
                avg_pool(x, 2, axes=(1, 2)).swapaxes(1, 2).reshape(len(x), -1)
            ),
        ),
        Mistake(
            "Pixels of two images are mixed: which axes did you pool?",
            lambda x: avg_pool(x, 2, axes=(0, 1)).reshape(len(x) // 2, -1),
        ),
        Mistake(
            "The shape is right, but pixels of two images are mixed: which axes did you pool?",
            lambda x: avg_pool(x, 2, axes=(0, 1)).reshape(len(x), -1),
        ),
        Mistake(
            "Your windows lie along the flattened row. A window of the image has two rows.",
            lambda x: avg_pool(x.reshape(len(x), -1), 4, axes=(1,)),
        ),
        Mistake(
            "These are the largest elements. A mean is asked for.",
            lambda x: max_pool(x, 2, axes=(1, 2)).reshape(len(x), -1),
        ),
        Mistake(
            "These are the sums. A mean also divides.",
            lambda x: 4 * avg_pool(x, 2, axes=(1, 2)).reshape(len(x), -1),
        ),
        Mistake(
            "You keep one pixel of each window: that is subsampling.",
            lambda x: x[:, ::2, ::2].reshape(len(x), -1),
        ),
        Mistake(
            "The fractions are cut off: does the array you fill take its `dtype` from `images`?",
            lambda x: (
                avg_pool(x, 2, axes=(1, 2)).reshape(len(x), -1).astype(x.dtype)
            ),
        ),
        Mistake(
            "The windows overlap: they should stand side by side.",
            lambda x: avg_pool(x, 2, stride=1, axes=(1, 2)).reshape(len(x), -1),
        ),
    ],
    hints=[
        "Pool the last two axes only: axis 0 counts the images.",
        "With `avg_pool` this is `axes=(1, 2)`. By hand: "
        "a reshape to `(N, H // 2, 2, W // 2, 2)` sets the windows apart.",
        "Then a last reshape to `(N, -1)` puts each image into one row.",
    ],
)


# ---- 3: nearest ----


def nearest_labels(train, labels, queries):
    """The label of the nearest training row, for each query.

    train has shape (N, F), labels (N,), queries (M, F).
    Near means: a small sum of squared differences. Of training rows
    that are equally near, the first counts.
    Returns an array of M labels.
    """
    found = []
    for query in queries:
        squares = ((train - query) ** 2).sum(axis=1)
        found.append(labels[squares.argmin()])
    return np.array(found)


def _nearest_by(measure, pick=np.argmin):
    """Labels by another measure, or another pick."""
    return lambda train, labels, queries: np.array(
        [labels[pick(measure(train - query))] for query in queries]
    )


def _squares(difference):
    return (difference**2).sum(axis=1)


def _last(values):
    return len(values) - 1 - np.argmin(values[::-1])


def _table(seed, rows, features, queries):
    train = shuffled(seed, rows, features)
    train[rows // 2] = train[0]  # equally near to whatever comes
    asked = shuffled(seed + 50, queries, features)
    asked[0] = train[0] + np.eye(features, dtype=int)[0]
    return train, np.random.default_rng(seed).permutation(rows) + 20, asked


neighbours = FunctionExercise(
    "The nearest",
    solution=nearest_labels,
    cases=[
        (
            np.array([[3, 3], [0, -5], [3, 3]]),
            np.array([7, 4, 1]),
            np.array([[0, 0], [3, 2]]),
        ),
        _table(31, 6, 3, 3),
        _table(32, 9, 4, 5),
        _table(33, 12, 2, 8),
        _table(34, 20, 9, 6),
    ],
    source=lambda index, train, labels, queries: (
        f"Work out by hand all distances of query {index[0]}, and look for ties."
    ),
    mistakes=[
        Mistake(
            "These are places in the training set, not labels.",
            lambda t, y, q: np.array([_squares(t - one).argmin() for one in q]),
        ),
        Mistake(
            "These belong to the *farthest* rows.",
            _nearest_by(_squares, np.argmax),
        ),
        Mistake(
            "Of rows that are equally near you take the last.",
            _nearest_by(_squares, _last),
        ),
        Mistake(
            "You add up the differences without their squares: plus and minus cancel.",
            _nearest_by(lambda d: d.sum(axis=1)),
        ),
        Mistake(
            "You add up absolute differences. Squares are asked for.",
            _nearest_by(lambda d: np.abs(d).sum(axis=1)),
        ),
        Mistake(
            "You look at the largest difference only. All of them count.",
            _nearest_by(lambda d: np.abs(d).max(axis=1)),
        ),
    ],
    hints=[
        "Take one query at a time. `train - query` subtracts it from every training row at once.",
        "Square, then sum over the features, which are `axis=1`: one number for each training row.",
        "`argmin` gives the place of the smallest, of equals the first. The label stands at that place of `labels`.",
    ],
)


# ---- 4: what is worth having ----


def not_dominated(costs, gains):
    """Places of the settings that no other setting beats.

    costs and gains are arrays of one number for each setting.
    Setting j beats setting i if it costs no more and gains no less,
    and is better in at least one of the two.
    Returns an array of places, the smallest first.
    """
    kept = []
    for i in range(len(costs)):
        as_good = (costs <= costs[i]) & (gains >= gains[i])
        better = (costs < costs[i]) | (gains > gains[i])
        if not (as_good & better).any():
            kept.append(i)
    return np.array(kept)


def _front(beats):
    """Places that no other place beats, by another rule."""

    def places(costs, gains):
        every = range(len(costs))
        return np.array(
            [
                i
                for i in every
                if not any(
                    beats(costs[j] - costs[i], gains[j] - gains[i])
                    for j in every
                    if j != i
                )
            ],
            dtype=int,
        )

    return places


def _without_twins(costs, gains):
    kept = not_dominated(costs, gains)
    pairs = list(zip(costs[kept], gains[kept]))
    return np.array(
        [place for n, place in enumerate(kept) if pairs.index(pairs[n]) == n]
    )


def _by_cost(costs, gains):
    kept = not_dominated(costs, gains)
    return kept[np.argsort(costs[kept], kind="stable")]


pareto = FunctionExercise(
    "Worth having",
    solution=not_dominated,
    cases=[
        (np.array([4, 4, 1]), np.array([0, 0, -3])),
        (np.array([64, 16, 49, 16]), np.array([0, -5, -5, -9])),
        (np.array([5, 3, 5, 2]), np.array([2, 2, 4, -1])),
        (np.array([1, 5, 3]), np.array([3, -1, 2])),
        (np.random.default_rng(41).integers(1, 6, 9), shuffled(41, 9)),
        (np.random.default_rng(42).integers(1, 9, 14), shuffled(42, 14)),
    ],
    source=lambda index, costs, gains: (
        "Compare this setting with every other: is one of them at least as good in both?"
    ),
    mistakes=[
        Mistake(
            "Some setting is kept although another costs the same and gains more, or gains the same and costs less.",
            _front(lambda cost, gain: cost < 0 and gain > 0),
        ),
        Mistake(
            "Of two settings that are equal in both, neither beats the other: both stay.",
            _without_twins,
        ),
        Mistake(
            "Two settings that are equal in both throw each other out. Neither is better.",
            _front(lambda cost, gain: cost <= 0 and gain >= 0),
        ),
        Mistake(
            "You keep only what gains most. What gains less may cost less.",
            lambda c, g: np.flatnonzero(g == g.max()),
        ),
        Mistake(
            "You keep only what costs least. What costs more may gain more.",
            lambda c, g: np.flatnonzero(c == c.min()),
        ),
        Mistake(
            "These are the ones that *are* beaten.",
            lambda c, g: np.setdiff1d(np.arange(len(c)), not_dominated(c, g)),
        ),
        Mistake(
            "These are the right ones, in the order of their costs. The smallest place comes first.",
            _by_cost,
        ),
        Mistake(
            "You take a high cost for an advantage: which way is each of the two better?",
            _front(
                lambda cost, gain: (
                    cost >= 0 and gain >= 0 and (cost > 0 or gain > 0)
                )
            ),
        ),
    ],
    hints=[
        "Two loops: for each setting `i`, is there a setting `j` that beats it?",
        "`j` beats `i` needs three things: `costs[j] <= costs[i]`, `gains[j] >= gains[i]`, "
        "and one of the two strictly.",
        "Collect in a list the `i` that nobody beats, and put it into `np.array(...)` at the end.",
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
            "You have both bounds, but for the other pool each: the average comes first.",
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


exercises = Exercises(4, [cost, batch, neighbours, pareto, shift, bound])
