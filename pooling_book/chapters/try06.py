"""Chapter 06: what to try with its widget."""

from pooling_book.widgets.libraries import asked
from pooling_book.widgets.things_to_try import goal, guess

SAME = {"window": 3, "padding": "same"}
ONE_EACH = {"kind": "avg", "window": 3, "padding": 1}

things_to_try = [
    guess(
        "A plain 2 × 2 maximum. Of the other twelve ways, how many agree with pooling_lib?",
        "agree",
        asked(),
        "The twelfth refuses an even window.",
    ),
    guess(
        "The stride is *not said* now. How many different answers are there?",
        "answers",
        asked(stride=None),
        "Silence has three meanings: the window, 1, or a filter that keeps the size.",
    ),
    guess(
        "An average, window 3, 1 of padding on each side. Mark on the list who refuses.",
        "refuse",
        asked(**ONE_EACH),
        "The others part over the divisor: say which one you want.",
    ),
    guess(
        "Input 5 × 5, window 2. Mark who gives other numbers, and does not drop the last row.",
        "differ",
        asked(size=5),
    ),
    guess(
        "Window 3, padding *same*: the three filters begin elsewhere. Now the input is 5 × 5: an odd size is padded "
        "alike on both sides, and filters stand there, too. Mark who still gives other numbers.",
        "differ",
        asked(**SAME, size=5),
        "Its maximum takes zeros beyond the border, and in two corners all numbers are negative.",
    ),
    goal(
        "Find a setting with three other answers than pooling_lib's, or more.",
        "answers",
        asked(),
        count=3,
    ),
    goal(
        "There is a setting that all thirteen answer alike. Find it.",
        "alike",
        asked(),
        "Only one of those recorded: nothing hangs over, and nothing is left unsaid.",
    ),
]
