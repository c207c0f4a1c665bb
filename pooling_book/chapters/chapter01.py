"""Chapter 01: its quiz, its exercises and their known mistakes."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from pooling_lib import avg_pool, max_pool, pool

from pooling_book.exercise import (
    AnswerExercise,
    Exercises,
    FunctionExercise,
    OpenExercise,
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
    "quiz-01",
    [
        question(
            "A feature map of even sides holds a 1 at each person's head and 0 everywhere else. "
            "You want a map a quarter as large, which still tells exactly how many people there are. "
            "Which 2 × 2 pool with a stride of 2 do you take?",
            wrong(
                "The maximum",
                "Two heads under one window give 1, as one head does: the maximum does not count.",
            ),
            right(
                "The mean",
                "Each window keeps its sum, divided by 4. Add up the outputs, multiply by 4, and nobody is missing.",
            ),
            wrong(
                "The corner: subsampling",
                "It looks at one element in four. Most heads are never read.",
            ),
            wrong(
                "The minimum",
                "It gives 1 only where all four elements are heads.",
            ),
        ),
        question(
            '*"Before my second 3 × 3 convolution, from 32 to 64 channels, I put a 2 × 2 max pool with a stride of 2. '
            "Its input is a quarter as large now. "
            'So it does a quarter of the multiplications, and learns 4,624 parameters in place of 18,496."* '
            "What is wrong?",
            wrong(
                "The multiplications: they stay as they are",
                "There are as many multiplications at each place as before, but only a quarter of the places.",
            ),
            wrong(
                "Both numbers: neither of them changes",
                "The same filters are laid on a quarter of the places. That is less work.",
            ),
            right(
                "The parameters: they stay 18,496",
                "3 · 3 · 32 weights and a bias for each of 64 filters. The size of the map is not in this product.",
            ),
            wrong(
                "Nothing",
                "Count the weights of one filter. Does the size of the map come in anywhere?",
            ),
        ),
        question(
            "A map of 55 × 55 with 96 channels is max pooled with 3 × 3 windows and a stride of 2, without padding. "
            "What is the output's shape?",
            right(
                "27 × 27 × 96",
                "From 0 to the last possible start, 52, there are 26 strides of 2, and the window at 0 counts as well.",
            ),
            wrong(
                "28 × 28 × 96",
                "A 28th window would start at 54 and needs elements 54 to 56. The line ends at 54.",
            ),
            wrong(
                "18 × 18 × 96",
                "This is the size divided by the window. The windows overlap: they are two apart, not three.",
            ),
            wrong(
                "27 × 27 × 32",
                "Rows and columns are right. But a window reaches over rows and columns only: each channel stays.",
            ),
        ),
        question(
            "A student's max pool begins each window with `largest = 0`. It passes 1,000 tests on random images "
            "with values from 0 to 1, in many sizes. Which test would have found the fault?",
            wrong(
                "1,000 more of these, with larger images",
                "Each of these windows holds a number above 0, and there a start at 0 does no harm.",
            ),
            wrong(
                "The numbers 1 to 16 in order",
                "All of them are above 0. In order they even hide a pool that always takes the last element.",
            ),
            wrong(
                "Random images with values from −1 to 1, and one window over the whole image",
                "With many elements under the window, one above 0 is almost always there, and it wins.",
            ),
            right(
                "Random images with values from −1 to 1, and 2 × 2 windows",
                "In one window of sixteen all four are negative, and there 0 comes out.",
            ),
        ),
        question(
            "You shift an image by 6 pixels to the right and max pool it with 3 × 3 windows and a stride of 2. "
            "What does this do to the output, away from the border?",
            wrong(
                "Nothing: 6 is a multiple of the window",
                "The output follows the image, it does not stand still. And it is the stride that counts.",
            ),
            right(
                "It shifts by 3 columns",
                "6 is three strides. The dense map shifts by 6 columns, of which every second one is kept.",
            ),
            wrong(
                "It shifts by 2 columns",
                "This would be right if windows were 3 apart. They are 3 wide, and 2 apart.",
            ),
            wrong(
                "It changes in no simple way, since the windows overlap",
                "Overlap does no harm. Are the columns that the stride keeps the same ones as before?",
            ),
        ),
        question(
            "Three windows: `p` holds 5, 1, 1, 1; `q` holds 5, 5, 1, 1; `r` holds 1, 1, 1, 5, "
            "the same numbers as `p` in another order. Who tells which of them apart?",
            wrong(
                "The maximum tells `p` from `q`",
                "The largest element of both is 5. How often it stands there, a maximum does not say.",
            ),
            wrong(
                "The mean tells `p` from `r`",
                "Both have the sum 8, and so the mean 2. Where a number stands makes no difference.",
            ),
            right(
                "Only the mean tells any apart: `q` from the others",
                "Means of 2, 3 and 2; maxima of 5, 5 and 5.",
            ),
            wrong(
                "Each of them tells all three apart",
                "Compute them: a mean is the sum divided by 4, and a maximum is one of the numbers.",
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


# ---- 2: a pool of rectangles ----


def rectangle_pool(x, window, stride):
    """Largest minus smallest element of each window.

    x is an array of shape (H, W).
    Windows are window[0] high and window[1] wide.
    They move stride[0] down and stride[1] to the right.
    Only whole windows count.
    """
    rows = (x.shape[0] - window[0]) // stride[0] + 1
    columns = (x.shape[1] - window[1]) // stride[1] + 1
    y = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride[0], j * stride[1]
            part = x[top : top + window[0], left : left + window[1]]
            y[i, j] = part.max() - part.min()
    return y


def _reduced(reduce, **settings):
    """What stands in each window, by another reduction than the solution's."""
    return lambda x, window, stride: pool(
        x, window, stride, reduce=reduce, **settings
    )


def _largest_from_zero(part, axis):
    return np.maximum(part.max(axis), 0) - part.min(axis)


def _smallest_from_zero(part, axis):
    return part.max(axis) - np.minimum(part.min(axis), 0)


def _both_from_zero(part, axis):
    return np.maximum(part.max(axis), 0) - np.minimum(part.min(axis), 0)


def _wraps(x, window, stride):
    return max_pool(x, window, stride) + max_pool(-x, window, stride)


range_by_loops = FunctionExercise(
    "A pool of rectangles",
    solution=rectangle_pool,
    cases=[
        (shuffled(11, 3, 3), (1, 2), (1, 1)),
        (shuffled(12, 4, 4), (2, 2), (2, 2)),
        (-abs(shuffled(13, 4, 4)) - 1, (2, 3), (1, 1)),
        (abs(shuffled(14, 4, 4)) + 1, (3, 2), (1, 2)),
        (shuffled(15, 5, 6), (2, 3), (2, 3)),
        (shuffled(16, 7, 6), (3, 2), (2, 3)),
        (shuffled(17, 5, 7) / 4, (2, 3), (3, 2)),
        ((shuffled(18, 6, 6) + 9).astype(np.uint8), (2, 2), (2, 2)),
    ],
    source=lambda index, x, window, stride: tuple(
        slice(i * s, i * s + w) for i, s, w in zip(index, stride, window)
    ),
    mistakes=[
        transposed(rectangle_pool),
        rounded(rectangle_pool),
        Mistake(
            "A window of negative numbers only, or of positive ones only, is as wide as if it held a 0: "
            "where do your largest and your smallest start?",
            _reduced(_both_from_zero),
        ),
        Mistake(
            "A window of negative numbers gives too much: where does your largest start?",
            _reduced(_largest_from_zero),
        ),
        Mistake(
            "A window of positive numbers gives too much: where does your smallest start?",
            _reduced(_smallest_from_zero),
        ),
        Mistake(
            "These are the largest elements. Take the smallest of each window away from them.",
            max_pool,
        ),
        Mistake(
            "These are the differences the wrong way round: smallest minus largest.",
            lambda x, window, stride: -rectangle_pool(x, window, stride),
        ),
        Mistake(
            "The window's sides are swapped: `window[0]` is its height.",
            lambda x, window, stride: rectangle_pool(x, window[::-1], stride),
        ),
        Mistake(
            "The strides are swapped: `stride[0]` leads down.",
            lambda x, window, stride: rectangle_pool(x, window, stride[::-1]),
        ),
        Mistake(
            "The windows stand side by side, whatever the stride is.",
            lambda x, window, stride: rectangle_pool(x, window, window),
        ),
        Mistake(
            "The windows start one pixel apart, whatever the stride is.",
            lambda x, window, stride: rectangle_pool(x, window, (1, 1)),
        ),
        Mistake(
            "Windows that hang over the end are counted, too. Only whole ones should be.",
            _reduced(np.ptp, ceil_mode=True),
        ),
        Mistake(
            "Where `x` holds bytes (`uint8`) there is no minus: `-x` wraps around. "
            "Make them whole numbers first, `x.astype(int)`, or do without `-x`.",
            _wraps,
        ),
    ],
    hints=[
        "How many windows fit into `H` rows? The last one starts at `H - window[0]` or just before. "
        "Count the strides to there, and one more.",
        "Two loops, over the rows `i` and the columns `j` of the *output*. "
        "Its window starts at row `i * stride[0]` and column `j * stride[1]` of `x`.",
        "A slice `x[a:b, c:d]` holds the rows from `a` up to but not including `b`; "
        "an array has the methods `max()` and `min()`.",
    ],
)


# ---- 3: whole pixels ----


def brightest_pixels(x, k):
    """Of each k x k window the pixel with the largest sum of channels.

    x is an array of shape (H, W, C); windows stand side by side.
    A pixel is kept whole, with all its channels.
    If several have the largest sum, the first of them is kept,
    row by row, from left to right.
    Rows and columns that fill no whole window are left out.
    """
    rows, columns = x.shape[0] // k, x.shape[1] // k
    y = np.empty((rows, columns, x.shape[2]), x.dtype)
    for i in range(rows):
        for j in range(columns):
            window = x[k * i : k * i + k, k * j : k * j + k]
            pixels = window.reshape(k * k, -1)
            y[i, j] = pixels[pixels.sum(axis=1).argmax()]
    return y


def _chosen(choose):
    """What is kept if `choose` names the place among the pixels of a window."""

    def function(x, k):
        y = brightest_pixels(x, k)
        for i, j in np.ndindex(y.shape[:2]):
            window = x[k * i : k * i + k, k * j : k * j + k]
            pixels = window.reshape(k * k, -1)
            y[i, j] = pixels[choose(pixels)]
        return y

    return function


def _from_zero(x, k):
    y = brightest_pixels(x, k)
    y[y.sum(axis=2) <= 0] = 0
    return y


def _one_apart(x, k):
    windows = sliding_window_view(x, (k, k), axis=(0, 1)).transpose(
        0, 1, 3, 4, 2
    )
    return np.array(
        [[brightest_pixels(one, k)[0, 0] for one in row] for row in windows]
    )


whole_pixels = FunctionExercise(
    "Whole pixels",
    solution=brightest_pixels,
    cases=[
        (shuffled(21, 2, 2, 1), 1),
        (shuffled(22, 2, 2, 2), 2),
        (np.array([[[0, 1], [3, 0]], [[2, 1], [1, 1]]]), 2),
        (np.array([[[0.75, 0.75], [1, 0.25]], [[0.5, 0], [-1, 0]]]), 2),
        (shuffled(23, 4, 5, 2), 2),
        (-abs(shuffled(24, 4, 4, 3)) - 1, 2),
        (shuffled(25, 7, 6, 3), 3),
        (shuffled(26, 4, 8, 3) / 4, 2),
        (np.array([[[200, 100], [140, 150]], [[9, 9], [255, 0]]], np.uint8), 2),
    ],
    source=window_of,
    mistakes=[
        Mistake(
            "Each channel has its own maximum here, so a pixel is made of parts of several. Keep one pixel whole.",
            max_pool,
        ),
        transposed(brightest_pixels),
        rounded(brightest_pixels),
        Mistake(
            "Where several pixels have the largest sum, you keep the last of them: `>=` does that, `>` does not.",
            _chosen(
                lambda pixels: (
                    len(pixels) - 1 - pixels[::-1].sum(axis=1).argmax()
                )
            ),
        ),
        Mistake(
            "These are the pixels with the *smallest* sums.",
            _chosen(lambda pixels: pixels.sum(axis=1).argmin()),
        ),
        Mistake(
            "You keep the first pixel of each window, whatever it holds: that is subsampling.",
            _chosen(lambda pixels: 0),
        ),
        Mistake(
            "You keep the pixel that holds the largest single number. The sum of its channels decides.",
            _chosen(lambda pixels: pixels.max(axis=1).argmax()),
        ),
        Mistake(
            "Only the first channel decides here. It should be the sum of all.",
            _chosen(lambda pixels: pixels[:, 0].argmax()),
        ),
        Mistake(
            "Signs are left out: the sum is of the numbers as they are, not of their sizes.",
            _chosen(lambda pixels: abs(pixels).sum(axis=1).argmax()),
        ),
        Mistake(
            "Your best sum starts at 0: a window of negative sums keeps no pixel of its own.",
            _from_zero,
        ),
        Mistake(
            "Where `x` holds bytes (`uint8`), your sums wrap around at 256: `x.sum(axis=2)` does not, "
            "nor do sums of `x.astype(int)`.",
            _chosen(
                lambda pixels: pixels.sum(axis=1, dtype=pixels.dtype).argmax()
            ),
        ),
        Mistake(
            "The windows overlap: they start one pixel apart, but should stand side by side.",
            _one_apart,
        ),
    ],
    hints=[
        "For one window: add up the channels of each pixel. That is a grid of sums, `window.sum(axis=2)`. "
        "Where is its largest?",
        "Go through the pixels of the window row by row, and remember the best sum so far and its pixel. "
        "Take the first pixel as the best to begin with.",
        "`window.reshape(k * k, -1)` has one row for each pixel. "
        "Of its sums, `argmax()` names the place of the first largest.",
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


# ---- 7: find the error ----

in_a_row = OpenExercise(
    "Find the error: two pools in a row",
    '*"Two 2 × 2 pools with a stride of 2, one after the other, do what one 4 × 4 pool with a stride of 4 does. '
    "In the same way, two 3 × 3 pools with a stride of 1 do what one 5 × 5 pool with a stride of 1 does: "
    'they cover the same 25 elements. All this is true of the maximum and of the mean."* '
    "That makes four claims, and one of them is false. Which one, and why? Why are the other three true?",
    "False is the claim on two 3 × 3 mean pools. Their windows overlap: the element in the middle is read by all nine "
    "of the inner windows, and one in the corner by a single one. So the outer mean weighs them 9 to 1, while a 5 × 5 "
    "mean weighs all 25 alike. A maximum does not care how often it meets an element, and so both its claims are "
    "true. And windows of 2 × 2 side by side read each element once: the mean of four means is the mean of all 16.",
    points=[
        "It is the mean of the two 3 × 3 pools that differs.",
        "Overlapping windows read some elements more often than others: the middle nine times, a corner once.",
        "A maximum does not change if it meets the same element again.",
        "Windows side by side read each element once, and all of them have equally many.",
    ],
    hints=[
        "Take one axis only: two means of three neighbours, one after the other. How often is each of the five read?",
        "Try it: `avg_pool(avg_pool(x, 3, 1), 3, 1)` against `avg_pool(x, 5, 1)`.",
    ],
)


# ---- 8: which shifts get through ----

shifts = OpenExercise(
    "In three sentences: which shifts get through?",
    "The network of this chapter has two pools, each of 2 × 2 with a stride of 2. Convolutions and ReLU follow every "
    "shift. By how many pixels may the image shift, so that the output of the second pool merely shifts, away from "
    "the border? Why does a shift by one pixel not get through? "
    "And what could be done about it, without giving up the strides?",
    "By multiples of 4: the first pool makes multiples of 2 of them, and the second one whole columns. "
    "After a shift by one pixel the dense map has shifted by one as well, but the stride keeps every second column: "
    "those that it dropped before. If the dense map is blurred before the subsampling, neighbours differ less, "
    "and it matters less which of them are kept; it still does not become exact.",
    points=[
        "Multiples of 4, the product of both strides.",
        "The dense map follows every shift; it is the subsampling that does not.",
        "After one pixel, the columns are kept that were dropped before.",
        "Blur before the subsampling: the change becomes smaller, though not zero.",
    ],
    hints=[
        "What does the first pool make of a shift by 2 pixels? And the second pool of that?",
    ],
)


exercises = Exercises(
    1,
    [
        by_hand,
        range_by_loops,
        whole_pixels,
        overlap,
        change,
        twins,
        in_a_row,
        shifts,
    ],
)
