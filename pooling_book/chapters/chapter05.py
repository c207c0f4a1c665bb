"""Chapter 05: its quiz, its exercises and their known mistakes."""

import numpy as np
from pooling_lib import max_pool

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
)
from pooling_book.exercise.mistakes import Mistake, rounded, shuffled
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-05",
    [
        question(
            "A map of 7 × 7 without ties is max pooled with 3 × 3 windows and a stride of 2. "
            "Each output sends back 1. How many elements receive something?",
            wrong(
                "All 49",
                "That is the mean. A nudge of an element that wins no window changes no output.",
            ),
            wrong(
                "Exactly 9, one for each output",
                "Each output pays one element. But may two outputs not pay the same one?",
            ),
            right(
                "9 or fewer",
                "There are nine outputs. An element that wins two windows receives 2, and one fewer is reached.",
            ),
            wrong(
                "One in four",
                "This holds for 2 × 2 windows side by side. Here the windows are larger, and they overlap.",
            ),
        ),
        question(
            "One network ends in a global average of each channel, 7 × 7 numbers, another in a global maximum. "
            "In both, a channel's output is sent a gradient of 98. "
            "What does the largest element of the channel receive?",
            wrong(
                "98 in both",
                "Nudge it, and the maximum moves as far. Does a mean of 49 numbers?",
            ),
            right(
                "2 from the average, 98 from the maximum",
                "98 shared by 49 elements, whatever their values; or all of it to the winner.",
            ),
            wrong(
                "14 from the average, 98 from the maximum",
                "The map is 7 wide, but it holds more elements than that.",
            ),
            wrong(
                "More than 2 from the average, since it is the largest",
                "A mean weighs its elements alike: a nudge of each of them moves it equally far.",
            ),
        ),
        question(
            '*"My average pool puts a ring of zeros around each map and divides by 9 everywhere. '
            "Every output sends 1, and at the map less arrives than was sent. "
            'So there is a bug in my backward pass."* What is wrong with this?',
            wrong(
                "Nothing: what arrives must always add up to what was sent",
                "It does if each divisor counts the real elements only. Which elements does this one count?",
            ),
            wrong(
                "The difference is rounding",
                "Rounding moves the last digits. Here whole ninths are missing.",
            ),
            right(
                "The shares of the ring are missing, as they should be",
                "The divisor counts the zeros, so a ninth for each of them goes where nobody reads it.",
            ),
            wrong(
                "The divisor at the border should be changed in the backward pass",
                "Then backward would belong to another pool: its divisors are those of the forward pass.",
            ),
        ),
        question(
            "After a ReLU a window holds 0, 0, 0, 0, and its output sends 8. "
            "Library A hands back 8, 0, 0, 0, library B 2, 2, 2, 2, and library C 8, 8, 8, 8. "
            "Who hands back a subgradient?",
            wrong(
                "Only A",
                "Sharing is allowed as well: nudge all four, and the maximum rises once. 2 + 2 + 2 + 2 says the same.",
            ),
            wrong(
                "Only B",
                "Equal shares look fair, but nothing demands them. TensorFlow's 2-D max pool does what A does.",
            ),
            right(
                "A and B",
                "Both share out 8 once. C claims that nudging all four moves the maximum four times as far.",
            ),
            wrong(
                "All three: at a tie any choice will do",
                "Nudge all four elements up by 1. How far does the maximum rise, and what does C say?",
            ),
        ),
        question(
            "Your backward pass of a max pool may have two faults: it overwrites where it should add, "
            "and it pays every tied element in full. "
            "You compare it with a right one on a map of 20 × 20. Which single test will show both?",
            wrong(
                "Random floats, 2 × 2 windows, a stride of 2",
                "No ties and no overlap: with these a pass with both faults is right.",
            ),
            wrong(
                "Random floats, 3 × 3 windows, a stride of 1",
                "There is overlap, but random floats hardly ever tie.",
            ),
            wrong(
                "Whole numbers from 0 to 3, 2 × 2 windows, a stride of 2",
                "There are ties, but no element lies under two windows, so nothing is ever added.",
            ),
            right(
                "Whole numbers from 0 to 3, 3 × 3 windows, a stride of 1",
                "Of nine such numbers several are 3, and each 3 may win in several windows.",
            ),
        ),
        question(
            "You max pool a map with 2 × 2 windows, side by side, unpool it by its switches, and max pool it again. "
            "One output was −3 and is 0 now; all others are what they were. Why?",
            wrong(
                "Its switch was lost",
                "−3 did return to its place. What stands around it?",
            ),
            right(
                "Unpooling wrote zeros around the −3",
                "The other three elements of that window are 0 now, and 0 is the larger.",
            ),
            wrong(
                "There was a tie, and another element was taken",
                "Tied elements are equal: whichever is taken, the value is the same.",
            ),
            wrong(
                "The other windows overlap with this one",
                "They stand side by side. Look at the window of the −3 after unpooling.",
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
            "Check at which rows the windows start. Then count for each pixel by itself which of them read it.",
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
            "What arrives is many times what was sent. What does one nudge of an element do to a mean?",
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


def _near(window):
    tied = window > window.max() - 0.5
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
        (shuffled(67, 2, 3), shuffled(77, 4, 6) // 3 / 8, 2, 2),
        (
            np.array([[4, -8]]),
            np.array([[0.5, 0.498, -1], [0.5, 0.25, 0.499]]),
            2,
            1,
        ),
        (np.array([[6]]), np.array([[-0.003, -0.001], [-0.001, -0.002]]), 2, 1),
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
            "Elements that are only *near* the maximum are paid, too: a tie is equality.",
            _routed(lambda window, x: _near(window)),
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


# ---- 5: the smallest lead ----


def smallest_lead(x, k, S):
    """How far a winner leads its runner-up, at the least.

    x is an array of shape (H, W). Only whole windows count.
    k x k windows start S apart, with k at least 2.
    The lead of a window is its largest element minus the runner-up;
    of a tie it is 0. Returns the smallest of all leads, a number.
    """
    leads = []
    for i in range(0, x.shape[0] - k + 1, S):
        for j in range(0, x.shape[1] - k + 1, S):
            ordered = np.sort(x[i : i + k, j : j + k], axis=None)
            leads.append(ordered[-1] - ordered[-2])
    return min(leads)


def _leads(x, k, S, of=lambda ordered: ordered[-1] - ordered[-2]):
    return [
        of(np.sort(x[i : i + k, j : j + k], axis=None))
        for i in range(0, x.shape[0] - k + 1, S)
        for j in range(0, x.shape[1] - k + 1, S)
    ]


def _next_other(ordered):
    distinct = np.unique(ordered)
    return distinct[-1] - distinct[-2] if len(distinct) > 1 else 0


lead = FunctionExercise(
    "How far may you nudge?",
    solution=smallest_lead,
    cases=[
        (np.array([[1, 9], [-4, 6]]), 2, 2),
        (shuffled(101, 4, 4) ** 3, 2, 2),
        (np.array([[5, 1, 8, 8], [2, 3, 0, -6]]), 2, 2),
        ((shuffled(102, 5, 5) ** 3 - 3000) / 8, 3, 2),
        (shuffled(103, 6, 7) ** 3, 3, 3),
        (shuffled(104, 5, 6) ** 3, 3, 1),
        (np.array([[7, 7, 7], [7, 7, 7], [7, 7, 7]]), 2, 1),
        (shuffled(105, 7, 7) ** 3, 2, 3),
    ],
    mistakes=[
        Mistake(
            "This is the largest of the leads. Which window is the first in which a loser becomes a winner?",
            lambda x, k, S: max(_leads(x, k, S)),
        ),
        Mistake(
            "This is the mean of the leads. Which window is the first in which a loser becomes a winner?",
            lambda x, k, S: np.mean(_leads(x, k, S)),
        ),
        Mistake(
            "You compare the two largest elements of the whole image. A winner competes with its own window only.",
            lambda x, k, S: (
                np.sort(x, axis=None)[-1] - np.sort(x, axis=None)[-2]
            ),
        ),
        Mistake(
            "At a tie your lead is not 0: the runner-up may be as large as the winner.",
            lambda x, k, S: min(_leads(x, k, S, of=_next_other)),
        ),
        Mistake(
            "You take the smallest element of a window for the runner-up.",
            lambda x, k, S: min(
                _leads(x, k, S, of=lambda ordered: ordered[-1] - ordered[0])
            ),
        ),
        Mistake(
            "The gaps between losers do not matter: nobody is paid for being third.",
            lambda x, k, S: min(
                _leads(x, k, S, of=lambda ordered: np.diff(ordered).min())
            ),
        ),
        Mistake(
            "The sign is wrong: a lead is never below 0.",
            lambda x, k, S: -smallest_lead(x, k, S),
        ),
        Mistake(
            "The windows start one pixel apart: the stride is missing.",
            lambda x, k, S: smallest_lead(x, k, 1),
        ),
        Mistake(
            "The windows stand side by side, whatever the stride is.",
            lambda x, k, S: smallest_lead(x, k, k),
        ),
        Mistake(
            "Only the first window is looked at.",
            lambda x, k, S: _leads(x, k, S)[0],
        ),
    ],
    hints=[
        "Do it for one window first. Which two of its elements matter?",
        "`np.sort(window, axis=None)` puts all elements of a window in order, smallest first.",
        "Two loops over the starts of the windows, a list of leads, and the smallest of them.",
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
            "The 1 stands where it is in the *window*: the window starts farther on in the line.",
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


# ---- 7: find the error ----

three_quarters = OpenExercise(
    "Find the error: three quarters of the weights",
    '*"A 2 × 2 max pool follows my convolution. Three elements of its input in four receive no gradient. '
    "So three quarters of the convolution's weights are not learnt. With an average pool all of them are, "
    'and each four times as slowly."* '
    "Two claims are made of the weights, and both are false. What is wrong?",
    "An element of the feature map is no weight. The same few weights are used at every place of the map, "
    "so a weight adds up what arrives at all places, and the winners of all windows reach every weight. "
    "An average pool sends a quarter to each element, but to four times as many: "
    "what it hands back adds up to as much as through the maximum.",
    points=[
        "Elements of the map and weights of the filter are different things.",
        "Each weight is used at every place, and adds up what arrives there.",
        "So the places that win are enough to reach every weight.",
        "The average's quarters go to four times as many elements: the sum is the same.",
    ],
    hints=[
        "How many weights has a 3 × 3 filter, and how many elements its feature map?",
        "In the chapter a filter of two weights was learnt through a max pool. Were three in four of its places told?",
    ],
)


# ---- 8: a test that passes ----

passing = OpenExercise(
    "In three sentences: a test that passes",
    "A student compares blown-up maxima with the input and pays every element that is equal. "
    "Central differences on 1,000 random images of floats confirm the gradients, to eight digits. "
    "In a network, after a ReLU, they are too large. "
    "Why did the test pass? Why are they too large there? And what test would have told?",
    "Random floats hardly ever tie, and without a tie the comparison finds the one winner and nobody else. "
    "After a ReLU many windows hold nothing but zeros, and there all four are paid in full, so that 4 arrives for 1. "
    "Small whole numbers tie often: on these compare the sum that arrives with the sum that was sent, "
    "since central differences say 1/2 for each tied element, and that is no way for four of them to share 1.",
    points=[
        "Random floats have no ties, and without ties the rule is right.",
        "A ReLU makes windows of zeros, and each zero of them is paid in full.",
        "A test needs ties, such as small whole numbers bring.",
        "At a tie compare sums, or a right backward pass: nudges do not help there.",
    ],
    hints=[
        "In what does a photo after a ReLU differ from random floats?",
        "Let every output send 1, and add up what arrives.",
    ],
)


exercises = Exercises(
    5,
    [
        by_hand,
        overlap,
        avg_back,
        max_back,
        lead,
        matrix,
        three_quarters,
        passing,
    ],
)
