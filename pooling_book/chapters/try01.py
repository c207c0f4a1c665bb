"""What the widgets of chapter 01 ask their reader to try, and the explorer on the landing page."""

from pooling_book.widgets.texts import NUMBERS
from pooling_book.widgets.things_to_try import goal, guess

START = {
    "source": "numbers",
    "numbers": NUMBERS,
    "operation": "max",
    "window": (2, 2),
    "stride": (2, 2),
    "padding": "valid",
    "dilation": (1, 1),
    "ceil_mode": False,
    "covered": False,
    "selected": (0, 0),
}
# The mean of every 2 × 2 block but one is among the block's own numbers.
AMONG_ITS_OWN = """\
 2  4  9  3 -2  6
 6  4  0  0  2  2
 7  5  4  8  1  8
 3  5  0  4  5  2
 6  0  3  1  0  2
 2  0  5  3  1  1"""
# Two elements lie under all eight overlapping windows.
WITHOUT_NINE = """\
1 4 2 6 3
5 8 0 7 2
3 6 1 4 8"""


def _scene(**changes):
    return START | changes


corner = guess(
    "An output stays covered until the window has been there. What comes out of the window in the bottom left corner?",
    "output",
    _scene(covered=True),
    "The window holds 3, 3, 9 and 5.",
    at=(2, 0),
)
mark = guess(
    "Windows of 3 now. Mark every place where the maximum of this window stands (by keys: Shift and arrows, Enter).",
    "winners",
    _scene(window=(3, 3), stride=(3, 3)),
    "A maximum says how much, and not where: it may stand at several places.",
    at=(0, 0),
)
nines = goal(
    "Windows overlap now. Make every output 9 and change only two numbers: type them into the small matrix, "
    "where they stand. Reset takes all edits back.",
    "every",
    _scene(numbers=WITHOUT_NINE, stride=(1, 1)),
    "An element away from the edge is read by four windows.",
    value=9,
    edits=2,
)
things_to_try = [
    corner,
    mark,
    guess(
        "With a stride of 1, how many outputs does the 6 × 6 grid give?",
        "size",
        _scene(stride=(1, 1)),
        "A window of 2 has five places along a side of 6.",
    ),
    guess(
        "The same with the padding *same*: how many now?",
        "size",
        _scene(stride=(1, 1), padding="same"),
        "The padding adds one row and one column.",
    ),
    goal(
        "Averages now. Find a window whose mean is none of its own numbers.",
        "mean_apart",
        _scene(numbers=AMONG_ITS_OWN, operation="avg", covered=True),
        "1, 8, 5 and 2 have the mean 4.",
    ),
    guess(
        "Windows of 3 with a stride of 1 overlap. How many outputs read the 9 in row 2, column 2?",
        "readers",
        _scene(window=(3, 3), stride=(1, 1)),
        "Three windows hold row 2, and three hold column 2.",
        at=(2, 2),
    ),
    goal(
        "Point at an element or tap it (by keys: Shift and the arrows): outputs that read it are framed. "
        "Find one that 6 outputs read.",
        "readers",
        _scene(window=(3, 3), stride=(1, 1)),
        "Towards an edge there are fewer.",
        count=6,
    ),
    nines,
    goal(
        "Windows stand side by side on a photo. Pull the window’s lower right corner until 8 × 8 outputs are left.",
        "size",
        _scene(source="camera", window=(4, 4), stride=(4, 4)),
        "Each output stands for 8 × 8 pixels now: what was a head is a few bright squares.",
        rows=8,
        columns=8,
    ),
]
# On the landing page.
first_things = [corner, mark, nines]

# The convolution: a bright square on a darker ground, with edges of all four kinds.
filters_to_try = [
    guess(
        "The filter lies on the left edge of the square. Which number comes out there?",
        "output",
        {"filter": "edge left-right", "selected": (2, 0), "relu": False},
        "15 on the right, less 3 on the left.",
        at=(2, 0),
    ),
    guess(
        "A ReLU follows now. What comes out at the right edge of the square?",
        "output",
        {"filter": "edge left-right", "selected": (2, 4), "relu": True},
        "The sum is −12: it becomes darker there, and the ReLU makes 0 of it.",
        at=(2, 4),
    ),
    goal(
        "Change weights, not all to 0, so that a flat image gives 0, however bright it is.",
        "silent",
        {"filter": "copy", "relu": False},
        "The weights add up to 0: what stands equal under them cancels out.",
    ),
    goal(
        "Type one weight of 1 and eight of 0, so that the square comes out one column farther right.",
        "copies",
        {"filter": "copy", "relu": False},
        "Each place asks for its left neighbour. So a convolution can shift an image.",
        by=(0, 1),
    ),
]
