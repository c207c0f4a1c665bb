"""Chapter 01: its quiz, its exercises and their known mistakes."""

import numpy as np
from pooling_lib import avg_pool, max_pool

from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise
from pooling_book.exercise.mistakes import (
    Mistake,
    one_apart,
    overlapping,
    rounded,
    shuffled,
    starts_at_zero,
    transposed,
    window_of,
)
from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz(
    "quiz-01",
    [
        question(
            "A layer max pools 64 channels with 2 × 2 windows. How many numbers does this layer learn?",
            wrong(
                "4",
                "Four weights would weigh the four elements of a window. A maximum weighs nothing: it compares.",
            ),
            wrong(
                "256",
                "4 · 64 is what a 2 × 2 *convolution* learns for one output channel, beside its bias. "
                "A maximum has no weights.",
            ),
            right(
                "None",
                "The rule is fixed: look at the window, keep its largest element. There is nothing to learn.",
            ),
            wrong(
                "It depends on the image's size",
                "A larger image has more windows: more to *compute*, but still nothing to learn.",
            ),
        ),
        question(
            "You put a 2 × 2 max pool with a stride of 2 between two convolutions and change nothing else. "
            "What happens to the second convolution?",
            right(
                "It has as many weights as before, and slides over fewer places",
                "How many weights it has depends on its kernel and its channels, and the pool changes neither. "
                "It only leaves a smaller map to slide over.",
            ),
            wrong(
                "It has fewer weights, since its input is smaller",
                "That is true of a *dense* layer, which has weights of its own for each input element. "
                "A convolution uses the same few weights everywhere.",
            ),
            wrong(
                "It has as many weights as before, and slides over as many places",
                "The weights are as many as before. "
                "But the map is now half as high and half as wide, so there are fewer places.",
            ),
        ),
        question(
            "An input has 8 rows, 8 columns and 3 channels: shape `(8, 8, 3)`. "
            "It is max pooled with 2 × 2 windows, side by side. "
            "What is the output's shape?",
            wrong(
                "`(4, 4)`",
                "This would need one maximum over all three channels. A pool does not look across channels.",
            ),
            right(
                "`(4, 4, 3)`",
                "Each channel is pooled by itself, as if it were alone. Rows and columns halve, channels stay.",
            ),
            wrong(
                "`(4, 4, 1)`",
                "A *convolution* with one filter adds up its input channels and leaves one. "
                "A pool never mixes channels.",
            ),
            wrong(
                "`(2, 2, 3)`",
                "A window holds four elements, but is only two high and two wide: each side is divided by 2, not by 4.",
            ),
        ),
        question(
            "A line of 7 pixels is pooled with a window of 3 and a stride of 2, without padding. "
            "How many outputs are there?",
            wrong(
                "2",
                "This is 7 divided by the window, rounded down. That works if the stride equals the window; "
                "here windows overlap.",
            ),
            wrong(
                "4",
                "This is 7 divided by the stride, rounded up. "
                "A fourth window would start on the last pixel and hang over.",
            ),
            wrong(
                "5",
                "This many windows fit at a stride of 1. At a stride of 2 only every second one of them stays.",
            ),
            right(
                "3",
                "Counted from 0, windows start at pixels 0, 2 and 4; the last covers pixels 4, 5 and 6. "
                "One more would not fit.",
            ),
        ),
        question(
            "You put a border of zeros around an image, then max pool it. One window covers some of these zeros, "
            "and all its other elements are negative. What comes out of it?",
            wrong(
                "The largest of the negative elements",
                "This is what *should* come out. But zero is larger than any negative number.",
            ),
            right(
                "0, which comes from the border",
                "The border wins over every negative element. "
                "The padding of a max pool must be minus infinity, or be left out: "
                "then it never wins.",
            ),
            wrong(
                "A negative number, nearer to 0 than without the border",
                "Zeros pull an *average* towards 0. A maximum does not blend: "
                "it takes one element, and here that is a zero.",
            ),
        ),
        question(
            "Call it *subsampling* to keep every second pixel of every second row and do nothing else. "
            "How do subsampling and pooling go together?",
            wrong(
                "They are two names for one thing",
                "Some papers do use the two words alike. But this subsampling throws three pixels of four away unread. "
                "A 2 × 2 pool reads all four.",
            ),
            wrong(
                "Pooling is a special case of subsampling",
                "It is the other way round. An average is in general none of the pixels, "
                "and which pixel is the largest depends on their values, "
                "not on their place.",
            ),
            right(
                "Subsampling is a special case of pooling",
                "Take windows of a single pixel and a stride of 2: that is subsampling. "
                "With larger windows a pool is a filter at every place, *then* subsampling.",
            ),
        ),
    ],
)


# ---- 1: by hand ----

GRID = np.array([[-3, -1, 4, 2], [-2, -5, 0, 4], [7, 6, -8, 1], [3, -4, 5, -9]])

by_hand = AnswerExercise(
    "By hand",
    "Slide a 2 × 2 window over these numbers with a stride of 2 and keep the largest element of each window. "
    "Type the four results: first the upper two from left to right, then the lower two.",
    table=GRID,
    answer=max_pool(GRID, 2),
    by_place=True,
    foreseen=[
        (
            np.maximum(max_pool(GRID, 2), 0),
            "One window holds negative numbers only. The largest is one of them: 0 is not in the window.",
        ),
        (
            avg_pool(GRID, 2),
            "These are the averages. A *max* pool keeps one element of each window.",
        ),
        (
            -max_pool(-GRID, 2),
            "These are the smallest elements of the windows.",
        ),
        (
            [-5, 4, 7, 5],
            "One window holds negative numbers only, and -5 is the *smallest* of them: the others lie nearer to zero.",
        ),
        (
            [-5, 4, 7, -9],
            "You went by the size alone, without the sign. "
            "Any positive number is larger than -9, and -5 is smaller than -3.",
        ),
        (
            [5, 4, 7, 9],
            "You left the signs out. -5 and -9 are small numbers, far below zero.",
        ),
        (
            [1, 4, 7, 5],
            "One of these numbers stands in no window: a maximum keeps an element as it is, with its sign.",
        ),
        (
            [-3, 4, 7, 5],
            "One window holds negative numbers only. On a thermometer, -3 is not the warmest of them.",
        ),
        (
            [-2, 4, 7, 5],
            "One window holds negative numbers only. On a thermometer, -2 is not the warmest of them.",
        ),
        (
            GRID[::2, ::2],
            "These are the upper left elements of the windows: you kept one fixed place, not the largest.",
        ),
        (
            max_pool(GRID, 2).T,
            "The values are there, but column by column. Go row by row: both upper windows come first.",
        ),
        (
            max_pool(GRID, 2, stride=1),
            "These are all windows, one pixel apart. With a stride of 2 the windows stand side by side.",
        ),
    ],
    hints=[
        "Draw a cross through the middle of the grid: it parts the four windows.",
        "Among negative numbers the largest is the one nearest to zero. A tie changes nothing: the value is the same.",
    ],
    solution="The windows hold -3, -1, -2, -5, then 4, 2, 0, 4, then 7, 6, 3, -4, then -8, 1, 5, -9. "
    f"Their largest elements: {', '.join(map(str, max_pool(GRID, 2).flat))}.",
)


# ---- 2: a max pool ----


def max_pool_2x2(x):
    """Largest element of each 2x2 window, windows side by side.

    x is an array of shape (H, W), each at least 2.
    An odd last row or column is left out.
    """
    rows, columns = x.shape[0] // 2, x.shape[1] // 2
    y = np.empty((rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            y[i, j] = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
    return y


def _pool_2x2(x, **settings):
    return max_pool(x, 2, **settings)


max_by_loops = FunctionExercise(
    "A 2 × 2 max pool",
    solution=max_pool_2x2,
    cases=[
        (shuffled(7, 2, 2),),
        (shuffled(5, 2, 3) / 4,),
        (shuffled(1, 4, 4),),
        (-abs(shuffled(6, 4, 4)) - 1,),
        (shuffled(3, 5, 4),),
        (shuffled(2, 4, 6),),
        (shuffled(4, 7, 7),),
    ],
    source=lambda index, x: window_of(index, x, 2),
    mistakes=[
        transposed(max_pool_2x2),
        starts_at_zero(max_pool_2x2),
        rounded(max_pool_2x2),
        Mistake(
            "These are the smallest elements of the windows, not the largest.",
            lambda x: -max_pool_2x2(-x),
        ),
        Mistake(
            "These are the means of the windows: a max pool keeps one element of each.",
            lambda x: avg_pool(x, 2),
        ),
        overlapping(_pool_2x2),
        one_apart(_pool_2x2),
        Mistake(
            "The last row or column of an odd size makes a window of its own, but only whole windows count.",
            lambda x: max_pool(x, 2, ceil_mode=True),
        ),
        Mistake(
            "You keep one fixed pixel of each window: that is subsampling. "
            "Which of the four is the largest differs from window to window.",
            lambda x: x[:-1:2, :-1:2],
        ),
    ],
    hints=[
        "How many whole windows fit into `H` rows? Integer division `//` knows.",
        "Two loops, over the rows `i` and the columns `j` of the *output*. "
        "Its window starts at row `2 * i` and column `2 * j` of `x`.",
        "A slice `x[a:b, c:d]` holds the rows from `a` up to but not including `b`; an array has a method `max()`.",
    ],
)


# ---- 3: channels ----


def avg_pool_channels(x, k):
    """Mean of each k x k window, side by side, every channel by itself.

    x is an array of shape (H, W, C).
    Rows and columns that fill no whole window are left out.
    """
    rows, columns, channels = x.shape[0] // k, x.shape[1] // k, x.shape[2]
    y = np.zeros((rows, columns, channels))
    for i in range(rows):
        for j in range(columns):
            for c in range(channels):
                y[i, j, c] = (
                    x[k * i : k * i + k, k * j : k * j + k, c].sum() / k**2
                )
    return y


avg_by_channel = FunctionExercise(
    "Channel by channel",
    solution=avg_pool_channels,
    cases=[
        (shuffled(14, 2, 2, 1), 1),
        (shuffled(16, 4, 4, 2), 2),
        (shuffled(12, 7, 5, 2), 2),
        (shuffled(11, 4, 6, 3), 2),
        (shuffled(13, 6, 9, 3), 3),
        (shuffled(15, 8, 8, 4) / 4, 4),
    ],
    source=window_of,
    mistakes=[
        transposed(avg_pool_channels),
        rounded(avg_pool_channels),
        Mistake(
            "Where `x` holds integers, the fractions are cut off: does the array you fill take its `dtype` from `x`?",
            lambda x, k: avg_pool_channels(x, k).astype(x.dtype),
        ),
        Mistake(
            "These are whole numbers, rounded down: `//` does that, `/` does not.",
            lambda x, k: np.floor(avg_pool_channels(x, k)),
        ),
        Mistake(
            "These are the sums of the windows: a mean also divides.",
            lambda x, k: avg_pool_channels(x, k) * k**2,
        ),
        Mistake(
            "The sums are right, the divisor is not: how many elements does a window of `k` rows and `k` columns hold?",
            lambda x, k: avg_pool_channels(x, k) * k,
        ),
        Mistake(
            "The channels are mixed into one mean, but each should be pooled by itself.",
            lambda x, k: avg_pool(x, k).mean(axis=2),
        ),
        Mistake(
            "The channels are mixed: every channel of your output is the same.",
            lambda x, k: np.repeat(
                avg_pool(x, k).mean(axis=2, keepdims=True), x.shape[2], axis=2
            ),
        ),
        Mistake(
            "You kept the largest element of each window: that is a max pool.",
            lambda x, k: max_pool(x, k),
        ),
        overlapping(avg_pool),
        one_apart(avg_pool),
        Mistake(
            "Rows or columns left over at the end make a smaller window, but only whole windows count.",
            lambda x, k: avg_pool(x, k, ceil_mode=True),
        ),
    ],
    hints=[
        "Begin with your 2 × 2 max pool: replace 2 by `k` and the maximum by the mean, and add a loop.",
        "The third loop runs over the channels `c`, and the slice ends with `, c]`: no window ever sees two channels.",
        "Fill an array made by `np.zeros((rows, columns, channels))`: it holds fractions, even if `x` holds integers.",
    ],
)


# ---- 4: overlap ----


def times_read(size, window, stride):
    """How many windows read each pixel of a line.

    The line has `size` pixels. Windows of `window` pixels start at 0,
    stride, 2 * stride and so on, as long as they fit.
    Returns an array of `size` whole numbers.
    """
    times = np.zeros(size, int)
    start = 0
    while start + window <= size:
        for pixel in range(start, start + window):
            times[pixel] += 1
        start += stride
    return times


def _assigned(size, window, stride):
    return np.minimum(times_read(size, window, stride), 1)


def _overhanging(size, window, stride):
    return times_read(size + window, window, stride)[:size]


def _one_too_few(size, window, stride):
    return np.append(times_read(size - 1, window, stride), 0)


overlap = FunctionExercise(
    "How often is a pixel read?",
    solution=times_read,
    cases=[
        (7, 3, 2),
        (6, 2, 2),
        (8, 3, 1),
        (10, 2, 3),
        (10, 4, 3),
        (5, 5, 1),
        (12, 5, 2),
        (9, 3, 3),
    ],
    source=lambda index, size, window, stride: (
        f"Which windows hold pixel {index[0]}? Write down where each window starts and ends."
    ),
    mistakes=[
        Mistake(
            "No pixel is read twice. Where windows overlap, each of them counts: "
            "add to the number instead of setting it.",
            _assigned,
        ),
        Mistake(
            "Windows that hang over the end of the line are counted, too. Only those that fit should be.",
            _overhanging,
        ),
        Mistake(
            "A window that ends exactly at the end of the line is missing: does your loop stop too early?",
            _one_too_few,
        ),
        Mistake(
            "The windows start one pixel apart, whatever the stride is.",
            lambda size, window, stride: times_read(size, window, 1),
        ),
        Mistake(
            "The windows stand side by side, whatever the stride is.",
            lambda size, window, stride: times_read(size, window, window),
        ),
    ],
    hints=[
        "Take paper: draw 7 pixels and every window of 3 at stride 2. Then count above each pixel.",
        "Begin with zeros, one for each pixel. Go from window to window, and from pixel to pixel inside it, and add 1.",
        "The last window must still fit: its start plus `window` is at most `size`.",
    ],
)


# ---- 5: which outputs change ----

change = AnswerExercise(
    "One pixel changes",
    "A line of 11 pixels is pooled with a window of 3 and a stride of 2, without padding. "
    "Pixels and outputs are counted from 0. "
    "Pixel 6 gets a new value. Which outputs can change? Type their numbers, the smallest first. "
    "Predict first; in the notebook you can try it with `max_pool`.",
    answer=[
        i for i, start in enumerate(range(0, 9, 2)) if start <= 6 < start + 3
    ],
    foreseen=[
        (
            [4, 5, 6],
            "These are the windows of the *dense* filter, at a stride of 1, that read the pixel. "
            "Which of them does subsampling keep, and what is their number then?",
        ),
        (
            [4, 6],
            "These are the *pixels* at which the right windows start. The question is which outputs they are.",
        ),
        ([3, 4], "Are you counting from 1? The first output is number 0."),
        (
            [3, 2],
            "These can change, and no others. Now type the smaller number first.",
        ),
        (
            [3],
            "The window of this output starts at the pixel. Is it the only window that reads it?",
        ),
        (
            [2],
            "The window of this output ends at the pixel. Is it the only window that reads it?",
        ),
        (
            [6],
            "That is the pixel's own number. The output is shorter than the input.",
        ),
        (
            [5, 6],
            "The output is shorter than the line: these numbers lie beyond its end. Where does each window start?",
        ),
        (
            [5, 6, 7],
            "These are the pixel and its neighbours. The question is which *outputs* read it.",
        ),
        (
            [4, 5, 6, 7, 8],
            "These are the *pixels* that share a window with pixel 6. The question is which outputs read it.",
        ),
        (
            [2, 3, 4],
            "Is the pixel in every one of these windows? Write down where each of them starts and ends.",
        ),
        (
            [1, 2, 3],
            "Is the pixel in every one of these windows? Write down where each of them starts and ends.",
        ),
        (
            [1, 2],
            "Where do these windows start and end? "
            "The first is output 0, at pixel 0, and each next one starts two pixels on.",
        ),
        (
            [3, 4, 5],
            "Count the outputs: there is no output 5. "
            "Each window starts *two* pixels after the one before, and the first is output 0.",
        ),
    ],
    hints=[
        "Output number `i` reads the pixels `2 * i`, `2 * i + 1` and `2 * i + 2`.",
        "Write these three pixels down for every output from 0 to 4, and look for a 6.",
    ],
    solution="Output 2 reads pixels 4, 5, 6, and output 3 reads pixels 6, 7, 8. No other window holds pixel 6. "
    "In a max pool the outputs *can* change, but need not: "
    "only if the old or the new value is the largest of the window.",
)


# ---- 6: what a maximum loses ----


def twin(x):
    """An image other than x, with the same maximum in every 2x2 window.

    x is an array of signed numbers of shape (H, W), both even.
    Returns an array of the same shape; x itself stays as it is.
    """
    y = x.copy()
    window = y[:2, :2]
    i, j = np.unravel_index(window.argmin(), window.shape)
    window[i, j] -= 1
    return y


def _same_maxima(y, x):
    if np.array_equal(x, y):
        return "It is the same image: at least one pixel must differ."
    ours, theirs = max_pool(x, 2), max_pool(y, 2)
    for i, j in np.argwhere(ours != theirs):
        beaten = (
            " Zero is larger than any negative number."
            if theirs[i, j] == 0 > ours[i, j]
            else ""
        )
        return f"Window [{i}, {j}] had the maximum {ours[i, j]:g} and now has {theirs[i, j]:g}.{beaten}"
    return None


twins = FunctionExercise(
    "Two images, one output",
    solution=twin,
    judge=_same_maxima,
    cases=[
        (np.full((2, 2), 3),),
        (np.array([[8, 1], [2, -5]]),),
        (np.array([[1, 2], [0, 9]]),),
        (np.array([[-1, -2], [-3, -4]]),),
        (np.array([[-6, -2], [-3, -6]]),),
        (np.array([[2, 3], [7, 1]]),),
        (np.array([[5, 0], [0, 0]]),),
        (np.array([[0, 0], [0, 5]]),),
        (shuffled(62, 2, 2),),
        (shuffled(65, 2, 2) * 1000 - 20000,),
        (shuffled(61, 4, 4),),
        (shuffled(66, 4, 4) / 4,),
        (-abs(shuffled(67, 4, 4)) - 1,),
        (shuffled(63, 6, 4),),
        (shuffled(64, 4, 6),),
        (shuffled(68, 6, 6) - 5,),
    ],
    mistakes=[
        Mistake(
            "This is the same image. Its twin must differ in at least one pixel.",
            lambda x: x,
        ),
        Mistake(
            "Every pixel grew, and every maximum with it.", lambda x: x + 1
        ),
        Mistake(
            "Every pixel fell, and every maximum with it.", lambda x: x - 1
        ),
        Mistake(
            "You blew the output up again, which keeps every maximum. "
            "But an image with flat windows comes back unchanged.",
            lambda x: max_pool(x, 2).repeat(2, 0).repeat(2, 1),
        ),
    ],
    hints=[
        "A max pool looks at one pixel of each window. What may the other three do?",
        "Take a single window and change one pixel that is not its maximum. "
        "Which way can it go and never become the maximum?",
        "Lower the smallest pixel of one window. If all four are equal, lower any one of them: "
        "the other three still hold the maximum.",
    ],
)


exercises = Exercises(
    1, [by_hand, max_by_loops, avg_by_channel, overlap, change, twins]
)
