"""Chapter 05: its quiz, its exercises and their known mistakes."""

import numpy as np
from pooling_lib import max_pool

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import Mistake, rounded, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-05",
    [
        question(
            "A feature map without ties is max pooled with 2 × 2 windows, side by side. "
            "Every output sends a gradient other than 0. "
            "How many of the elements receive one?",
            wrong(
                "All of them",
                "That is the average. A nudge of an element that is not the maximum changes no output.",
            ),
            right(
                "One in four",
                "Each window has one winner, and no element stands in two windows.",
            ),
            wrong(
                "It depends on the numbers",
                "*Which* elements receive depends on the numbers. "
                "How many does not, as long as there are no ties and no overlap.",
            ),
            wrong(
                "More than one in four",
                "That happens where a rule pays all tied elements. Here there are no ties.",
            ),
        ),
        question(
            "An output of a 3 × 3 average, away from any border, sends back 18. "
            "What does the largest element of its window receive from it?",
            wrong(
                "18",
                "A maximum would send it all. The average treats its elements alike, whatever their values.",
            ),
            wrong(
                "6",
                "The window is 3 wide, but it holds more elements than that.",
            ),
            right(
                "2", "18 is shared by nine elements. Their values play no part."
            ),
            wrong(
                "It depends on its value",
                "Nudge it: the mean moves by a ninth of the nudge, however large the element is.",
            ),
        ),
        question(
            "In a 3 × 3 max pool with a stride of 1, one bright pixel is the maximum of nine windows. "
            "Each of these outputs sends 1. "
            "What does the pixel receive?",
            right(
                "9",
                "A nudge of the pixel moves nine outputs at once, so what they send adds up.",
            ),
            wrong(
                "1",
                "This is what is left if each window overwrites what the one before has written.",
            ),
            wrong(
                "1/9",
                "A share of 1/9 belongs to the average. And nine of them would still add up.",
            ),
            wrong(
                "1, from the first of the nine",
                "*The first* decides between tied elements of one window, not between windows.",
            ),
        ),
        question(
            "Two elements of a window are tied for the maximum, and the output sends 1. "
            "Which answer is *not* a subgradient?",
            wrong(
                "1 and 0",
                "All to the first: it adds up to 1. TensorFlow's max pool of images and this book's library do it.",
            ),
            wrong(
                "1/2 and 1/2",
                "Split: it adds up to 1. `tf.reduce_max` does it.",
            ),
            wrong("0 and 1", "All to the last: unusual, but it adds up to 1."),
            right(
                "1 and 1",
                "It adds up to 2. If both elements grow by a tiny bit, the maximum grows by that bit once, not twice.",
            ),
        ),
        question(
            "An average pool counts its padding as zeros. "
            "Every output sends 1, and less arrives at the input than was sent. Where is the rest?",
            wrong(
                "Lost by rounding",
                "Rounding loses nothing that you would see here. Whole shares are missing.",
            ),
            right(
                "In the shares of the padding",
                "The divisor counts the padding, so the real elements of a border window get less than a whole. "
                "Nobody reads what the padding gets.",
            ),
            wrong(
                "With the elements in the middle",
                "They get the same with or without padding: their windows are full.",
            ),
            wrong(
                "Nowhere: the sum is always the same",
                "It is, as long as the divisor counts real elements only. Here it counts more.",
            ),
        ),
        question(
            "You max pool a photo, keep the indices, and unpool. What comes back?",
            wrong(
                "The photo",
                "The other elements of each window were never kept. No index brings their values back.",
            ),
            wrong(
                "The photo, blurred",
                "That is what the average gives, spread over its windows again.",
            ),
            wrong(
                "The photo, if windows do not overlap",
                "Without overlap each window gets its maximum back, and nothing else.",
            ),
            right(
                "The winners at their places, and zeros",
                "One value for each window is known, and where it stood. The rest of the window is gone.",
            ),
        ),
    ],
)


# ---- 1: by hand ----

GRID = np.array([[1, 6, 2], [7, 3, 8], [4, 8, 5]])

by_hand = AnswerExercise(
    "Route it by hand",
    "A 2 × 2 max pool with a stride of 1 slides over these numbers. "
    "Its four outputs send back 1 and 2 (upper two), −3 and 5 (lower two). "
    "Of a tie the first in row-major order gets all. Type what the nine elements receive, row by row.",
    table=GRID,
    answer=[0, 0, 0, 1, 0, 7, 0, -3, 0],
    by_place=True,
    foreseen=[
        (
            [0, 0, 0, 1, 0, 4.5, 0, -0.5, 0],
            "You split the tie. Here the first of the tied elements gets all.",
        ),
        (
            [0, 0, 0, 1, 0, 2, 0, 2, 0],
            "You gave the tie to the last of the tied elements.",
        ),
        (
            [0, 0, 0, 1, 0, 2, 0, 1, 0],
            "You counted wins. What travels back are the four numbers sent.",
        ),
        (
            [0, 0, 0, 1, 0, 7, 0, 2, 0],
            "Both tied elements were paid in full. More arrives than was sent.",
        ),
        (
            [0, 0, 0, 1, 0, 5, 0, -3, 0],
            "One element wins twice: what it receives adds up, and does not replace what came before.",
        ),
        (
            [0, 0, 0, 1, 0, 2, 0, -3, 0],
            "The sum of what arrives should be the sum of what was sent. One output's gradient is missing.",
        ),
        (
            [0, 0, 0, 7, 0, 16, 0, 8, 0],
            "These are the outputs, added up. What travels back are the numbers sent, not the maxima.",
        ),
        (
            [0.25, 0.75, 0.5, -0.5, 1.25, 1.75, -0.75, 0.5, 1.25],
            "You shared each number among four elements. That is the average; a maximum has one winner.",
        ),
        (
            [7, 8, 8, 8],
            "These are the outputs. The question is what each of the nine *inputs* receives.",
        ),
        (
            [1, 2, -3, 5],
            "These are the numbers sent. The question is what each of the nine *inputs* receives.",
        ),
        (
            [1, 7, -3],
            "These arrive, but where? Type all nine numbers, with the zeros.",
        ),
    ],
    hints=[
        "Write down the four windows, and in each the place of its maximum.",
        "The lower right window holds a tie. Row-major order goes through the upper row first.",
        "The winners are at row 1 column 0, row 1 column 2, row 2 column 1, and row 1 column 2 once more.",
    ],
    solution="The windows' maxima are 7 at row 1 column 0, 8 at row 1 column 2, 8 at row 2 column 1, and 8, tied, "
    "of which row 1 column 2 comes first. "
    "They send 1, 2, −3 and 5. Row by row: 0, 0, 0, then 1, 0, 2 + 5 = 7, then 0, −3, 0. Sent 5, arrived 5.",
)


# ---- 2: overlap ----

overlap = AnswerExercise(
    "Three pixels under an average",
    "A 3 × 3 average pool with a stride of 2 reads a 7 × 7 image, without padding, and every output sends back 1. "
    "What does the pixel in row 3, column 3 receive, what the one in row 2, column 3, what the one in row 2, column 2? "
    "Rows and columns count from 0. Type three fractions, such as 3/4.",
    answer=[1 / 9, 2 / 9, 4 / 9],
    by_place=True,
    foreseen=[
        (
            [1, 2, 4],
            "So many windows read them. Each of these windows sends a share, not the whole.",
        ),
        (
            ["1/9", "1/9", "1/9"],
            "This is one window's share. How many windows read each of the pixels?",
        ),
        (
            ["4/9", "2/9", "1/9"],
            "The right numbers the other way round: check which rows the windows start at.",
        ),
        ([0.11, 0.22, 0.44], "These are rounded. Type fractions."),
        (
            ["1/9", "2/9", "2/9"],
            "The last of the pixels is read by more windows than that: "
            "take rows and columns separately, then multiply.",
        ),
        (
            [1, 2, 2],
            "So many windows? Take rows and columns separately, then multiply. "
            "And each window sends a share, not the whole.",
        ),
        (
            [1, 1, 1],
            "All pixels get 1 at a stride of 1, away from the border. Here the windows start two pixels apart.",
        ),
        (
            [1, "1/2", "1/4"],
            "You divided by the number of windows. "
            "Each window divides by its own elements, and then the shares add up.",
        ),
        (
            ["1/3", "2/3", "4/3"],
            "You divided by the width of the window. How many elements does it hold?",
        ),
        (
            ["1/9", "1/9", "2/9"],
            "One of the pixels is read by more windows than that: take rows and columns separately, then multiply.",
        ),
    ],
    hints=[
        "The windows start at rows 0, 2 and 4. Which of them read row 3, and which read row 2? "
        "Columns are no different.",
        "Row 3 is read once, row 2 twice. The windows that read a pixel are the pairs of a row of windows "
        "and a column of windows.",
    ],
    solution="Row 3 is read by the windows that start at row 2, row 2 by those that start at rows 0 and 2; "
    "the same for columns. "
    "So the three pixels are read by 1 · 1, 2 · 1 and 2 · 2 windows, and each sends 1/9: 1/9, 2/9, 4/9.",
)


# ---- 3: the average, backward ----


def avg_backward(dy, shape, k, S, p):
    """Gradient by the elements of an average pool that counts padding.

    dy holds a gradient for each output. shape is (H, W), the image's shape.
    k x k windows start S apart, on the image with p rows and columns of
    padding on every side. Padding counts as zeros: each mean divides by
    k * k. Returns an array of shape (H, W); padding is no part of it.
    """
    padded = np.zeros((shape[0] + 2 * p, shape[1] + 2 * p))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            padded[i * S : i * S + k, j * S : j * S + k] += dy[i, j] / k**2
    return padded[p : p + shape[0], p : p + shape[1]]


def _spread(window=None, add=True, start=None):
    """The backward pass with a part of it done by another rule."""

    def function(dy, shape, k, S, p):
        padded = np.zeros((shape[0] + 2 * p, shape[1] + 2 * p))
        real = np.pad(np.ones(shape), p)
        for i, j in np.ndindex(dy.shape):
            r, c = start(i, j, k, S) if start else (i * S, j * S)
            here = np.s_[r : r + k, c : c + k]
            got = dy[i, j] / (window(real[here]) if window else k**2)
            padded[here] = (padded[here] if add else 0) + got
        return padded[p : p + shape[0], p : p + shape[1]]

    return function


def _unshifted(dy, shape, k, S, p):
    return avg_backward(dy, (shape[0] + 2 * p, shape[1] + 2 * p), k, S, 0)[
        : shape[0], : shape[1]
    ]


def _readers(index, shape, k, S, p, sizes):
    reads = [
        sum(start * S <= at + p < start * S + k for start in range(size))
        for at, size in zip(index, sizes)
    ]
    return f"This element lies under {reads[0] * reads[1]} of the windows."


avg_back = FunctionExercise(
    "An average, backward",
    solution=avg_backward,
    cases=[
        (shuffled(51, 1, 2), (2, 3), 2, 1, 0),
        (shuffled(52, 3, 3), (4, 4), 2, 2, 1),
        (shuffled(53, 4, 5), (4, 5), 3, 1, 1),
        (shuffled(54, 4, 3), (7, 5), 3, 2, 1),
        (shuffled(55, 3, 3), (7, 6), 2, 3, 1),
        (shuffled(56, 6, 6), (6, 6), 5, 1, 2),
    ],
    source=lambda index, dy, shape, k, S, p: _readers(
        index, shape, k, S, p, dy.shape
    ),
    mistakes=[
        rounded(avg_backward),
        Mistake(
            "Where windows overlap, one overwrites what the others gave: what arrives adds up.",
            _spread(add=False),
        ),
        Mistake(
            "Each mean divides by its real elements here. But this pool counts the padding.",
            _spread(window=lambda real: real.sum()),
        ),
        Mistake(
            "Every element gets the whole gradient of its window: it should get its share.",
            lambda *c: avg_backward(*c) * c[2] ** 2,
        ),
        Mistake(
            "The shares are too large: how many elements does a window of `k` rows and `k` columns hold?",
            lambda *c: avg_backward(*c) * c[2],
        ),
        Mistake(
            "The windows start one pixel apart: the stride is missing.",
            _spread(start=lambda i, j, k, S: (i, j)),
        ),
        Mistake(
            "The windows stand side by side, whatever the stride: it is `S` that says where a window starts.",
            _spread(start=lambda i, j, k, S: (i * k, j * k)),
        ),
        Mistake(
            "The first window begins in the padding, `p` rows and columns before the image.",
            _unshifted,
        ),
        Mistake(
            "The gradient is upside down: `dy[0, 0]` belongs to the window at the upper left.",
            lambda dy, *more: avg_backward(dy[::-1, ::-1], *more),
        ),
    ],
    hints=[
        "Start from zeros in the shape of the *padded* image, and walk over the outputs. "
        "At the end, cut the padding off.",
        "Output `dy[i, j]` has its window at rows `i * S` to `i * S + k` of the padded image. "
        "Every element there gets the same share.",
        "Add the share to a slice of your zeros: `+=`, and not `=`.",
    ],
)


# ---- 4: a maximum whose ties share ----


def max_backward(dy, x, k, S):
    """Gradient by the elements of a k x k max pool, stride S, no padding.

    dy holds a gradient for each output. Windows may overlap.
    Tied elements share their window's gradient equally.
    Returns an array of the shape of x.
    """
    dx = np.zeros(x.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            here = np.s_[i * S : i * S + k, j * S : j * S + k]
            tied = x[here] == x[here].max()
            dx[here] += dy[i, j] * tied / tied.sum()
    return dx


def _routed(share, add=True, step=None):
    """A backward pass in which `share(window, x)` says what each element of a window gets."""

    def function(dy, x, k, S):
        dx = np.zeros(x.shape)
        S = step or S
        for i, j in np.ndindex(dy.shape):
            here = np.s_[i * S : i * S + k, j * S : j * S + k]
            got = share(x[here], x)
            dx[here] = np.where(
                got > 0, (dx[here] if add else 0) + got * dy[i, j], dx[here]
            )
        return dx

    return function


def _fair(window, x=None):
    tied = window == window.max()
    return tied / tied.sum()


def _first(window, x):
    got = np.zeros(window.shape)
    got.flat[window.argmax()] = 1
    return got


def _without_corner(dy, x, k, S):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape):
        dx[:k, :k] += dy[i, j] * _fair(x[i * S : i * S + k, j * S : j * S + k])
    return dx


def _winners(index, dy, x, k, S):
    wins = 0
    for i, j in np.ndindex(dy.shape):
        inside = i * S <= index[0] < i * S + k and j * S <= index[1] < j * S + k
        wins += bool(
            inside and x[index] == x[i * S : i * S + k, j * S : j * S + k].max()
        )
    return f"This element equals the maximum of {wins} window{'' if wins == 1 else 's'}."


max_back = FunctionExercise(
    "A fair maximum, backward",
    solution=max_backward,
    cases=[
        (shuffled(61, 1, 2), np.array([[-2, -5, -2], [-7, -3, -2]]), 2, 1),
        (shuffled(62, 2, 2), shuffled(72, 4, 4) // 4, 2, 2),
        (shuffled(63, 3, 3), shuffled(73, 5, 5) // 3, 3, 1),
        (shuffled(64, 2, 3), -abs(shuffled(74, 5, 7) // 3) - 1, 3, 2),
        (shuffled(65, 2, 2), shuffled(75, 6, 5) // 4, 2, 3),
        (shuffled(66, 4, 4), shuffled(76, 8, 8) // 2, 5, 1),
    ],
    source=_winners,
    mistakes=[
        Mistake(
            "Where an element wins several windows, one overwrites what the others gave: what arrives adds up.",
            _routed(_fair, add=False),
        ),
        Mistake(
            "Every tied element gets the whole gradient: they should share it.",
            _routed(lambda window, x: 1.0 * (window == window.max())),
        ),
        Mistake(
            "The first of the tied elements gets all: here they should share it.",
            _routed(_first),
        ),
        Mistake(
            "The smallest elements of each window get the gradient.",
            _routed(lambda window, x: _fair(-window)),
        ),
        Mistake(
            "Every element of a window gets a share: that is the average.",
            _routed(lambda window, x: np.full(window.shape, 1 / window.size)),
        ),
        Mistake(
            "A window of negative numbers sends its gradient nowhere: where does your running maximum start?",
            _routed(lambda window, x: _fair(window) * (window.max() > 0)),
        ),
        Mistake(
            "You compare with the maximum of the whole image: each window has its own.",
            _routed(
                lambda window, x: (
                    (window == x.max()) / max(1, (window == x.max()).sum())
                )
            ),
        ),
        Mistake(
            "Everything arrives in the upper left corner: a place in the window is not yet a place in the image.",
            _without_corner,
        ),
        Mistake(
            "The windows start one pixel apart: the stride is missing.",
            _routed(_fair, step=1),
        ),
        Mistake(
            "The numbers of `dy` are lost: every winner gets 1.",
            lambda dy, x, k, S: max_backward(np.ones(dy.shape), x, k, S),
        ),
        Mistake(
            "What arrives are the outputs. It is `dy` that travels back.",
            lambda dy, x, k, S: max_backward(max_pool(x, k, S), x, k, S),
        ),
    ],
    hints=[
        "Walk over the outputs, as for the average. What changes is who in the window gets what.",
        "`window == window.max()` is `True` for each element that has won or tied. How many are there?",
        "`dy[i, j]` times that array, divided by its sum, is what the window receives. And add, do not assign.",
    ],
)


# ---- 5: a numerical gradient ----


def numerical_gradient(x, weights, h):
    """Slope of a loss by each element of x, by central differences.

    The loss is the sum of weights * max_pool(x, 2) ** 2.
    Nudge one element at a time by h, up and down.
    Returns an array of the shape of x; x itself stays as it is.
    """
    slope = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        up = (weights * max_pool(x + nudge, 2) ** 2).sum()
        down = (weights * max_pool(x - nudge, 2) ** 2).sum()
        slope[place] = (up - down) / (2 * h)
    return slope


def _loss(x, weights):
    return (weights * max_pool(x, 2) ** 2).sum()


def _one_sided(x, weights, h, sign=1):
    slope = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = sign * h
        slope[place] = (_loss(x + nudge, weights) - _loss(x, weights)) / (
            sign * h
        )
    return slope


def _kept(x, weights, h):
    slope, moved = np.zeros(x.shape), x.astype(float)
    for place in np.ndindex(x.shape):
        before = _loss(moved, weights)
        moved[place] += h
        slope[place] = (_loss(moved, weights) - before) / h
    return slope


numerical = FunctionExercise(
    "A gradient by nudges",
    solution=numerical_gradient,
    cases=[
        (np.array([[3, -1], [2, -4]]), np.array([[2]]), 0.25),
        (shuffled(81, 2, 4), shuffled(82, 1, 2), 0.25),
        (shuffled(85, 4, 4), shuffled(84, 2, 2), 0.5),
        (shuffled(85, 4, 6) / 4, shuffled(86, 2, 3), 0.125),
        (-abs(shuffled(87, 4, 4)) - 1, shuffled(88, 2, 2), 0.25),
    ],
    mistakes=[
        Mistake(
            "You nudge up only. Nudge down, too, and take the difference of the two losses.",
            _one_sided,
        ),
        Mistake(
            "You nudge down only. Nudge up, too, and take the difference of the two losses.",
            lambda x, weights, h: _one_sided(x, weights, h, -1),
        ),
        Mistake(
            "Twice too large: from one nudge to the other is how far?",
            lambda x, weights, h: 2 * numerical_gradient(x, weights, h),
        ),
        Mistake(
            "These are differences of the loss: a slope is divided by how far you went.",
            lambda x, weights, h: 2 * h * numerical_gradient(x, weights, h),
        ),
        Mistake(
            "The sign is wrong: take the loss after the nudge up, minus the loss after the nudge down.",
            lambda x, weights, h: -numerical_gradient(x, weights, h),
        ),
        Mistake(
            "Where `x` holds integers, the nudge is cut off: `astype(float)` before you nudge.",
            lambda x, weights, h: (
                numerical_gradient(x, weights, h)
                if x.dtype.kind == "f"
                else np.zeros(x.shape)
            ),
        ),
        Mistake(
            "One nudge is still there when the next is made: start each time from `x` itself.",
            _kept,
        ),
    ],
    hints=[
        "For one element: make `x` with that element larger by `h`, make `x` with it smaller by `h`, "
        "and compute both losses.",
        "`np.ndindex(x.shape)` walks over all places. "
        "An array of zeros with `h` at one place can be added to `x` and subtracted from it.",
        "The two points lie `2 * h` apart.",
    ],
)


# ---- 6: a matrix ----


def max_matrix(x, k, S):
    """The matrix M for which M @ x is the max pool of a line x.

    Windows have k elements and start S apart, no padding. Each row of M
    holds a single 1: of a tie, at the first. Returns an array with a row
    for each output and a column for each element.
    """
    m = (len(x) - k) // S + 1
    M = np.zeros((m, len(x)))
    for i in range(m):
        M[i, i * S + x[i * S : i * S + k].argmax()] = 1
    return M


def _last(x, k, S):
    return (
        max_matrix(x[::-1], k, S)[::-1, ::-1]
        if (len(x) - k) % S == 0
        else max_matrix(x + np.arange(len(x)) / 1000, k, S)
    )


matrix = FunctionExercise(
    "The matrix of a maximum",
    solution=max_matrix,
    cases=[
        (np.array([-3, -1, -1, -2]), 2, 1),
        (shuffled(91, 6) // 3, 3, 1),
        (shuffled(92, 7) // 4, 3, 2),
        (shuffled(93, 8), 2, 3),
        (shuffled(94, 8) // 4, 5, 1),
        (-abs(shuffled(95, 8) // 3) - 1, 4, 2),
    ],
    source=lambda index, x, k, S: (
        f"Output {index[0]} reads {k} elements from number {index[0] * S} on. Which of them wins?"
    ),
    mistakes=[
        Mistake(
            "Rows and columns are swapped: `M @ x` needs a row for each output.",
            lambda x, k, S: max_matrix(x, k, S).T,
        ),
        Mistake(
            "The rows hold the elements themselves. Then `M @ x` squares them: a weight of 1 is enough.",
            lambda x, k, S: max_matrix(x, k, S) * x,
        ),
        Mistake(
            "Of a tie the last element has the 1, but the first should.", _last
        ),
        Mistake(
            "Tied elements share the 1. Here the first has all of it.",
            lambda x, k, S: np.array(
                [
                    np.pad(_fair(x[i : i + k]), (i, len(x) - i - k))
                    for i in range(0, len(x) - k + 1, S)
                ]
            ),
        ),
        Mistake(
            "Every tied element has a 1, so that `M @ x` adds them up.",
            lambda x, k, S: np.array(
                [
                    np.pad(
                        1.0 * (x[i : i + k] == x[i : i + k].max()),
                        (i, len(x) - i - k),
                    )
                    for i in range(0, len(x) - k + 1, S)
                ]
            ),
        ),
        Mistake(
            "These rows pick the smallest elements.",
            lambda x, k, S: max_matrix(-x, k, S),
        ),
        Mistake(
            "The windows start one element apart: the stride is missing.",
            lambda x, k, S: max_matrix(x, k, 1)[: (len(x) - k) // S + 1],
        ),
        Mistake(
            "This has a row for each window of the dense filter: keep those that start at 0, `S`, `2 * S`, and so on.",
            lambda x, k, S: max_matrix(x, k, 1),
        ),
        Mistake(
            "The 1 stands where it is in the *window*: the window starts further on in the line.",
            lambda x, k, S: np.eye(len(x))[
                [x[i : i + k].argmax() for i in range(0, len(x) - k + 1, S)]
            ],
        ),
        Mistake(
            "Each row weighs all elements of its window: that is the average.",
            lambda x, k, S: np.array(
                [
                    np.pad(np.full(k, 1 / k), (i, len(x) - i - k))
                    for i in range(0, len(x) - k + 1, S)
                ]
            ),
        ),
    ],
    hints=[
        "One row of the matrix makes one output. Which element of the line does output `i` take?",
        "`x[i * S : i * S + k].argmax()` is its place in the window. The window starts at `i * S`.",
    ],
)


exercises = Exercises(
    5, [by_hand, overlap, avg_back, max_back, numerical, matrix]
)
