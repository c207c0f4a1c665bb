"""Chapter 04: what to try with its widget."""

from pooling_book.widgets.neighbours import digit_scene
from pooling_book.widgets.things_to_try import goal, guess

NONE = {"method": "none", "voters": 1}
AVERAGE_3 = {"method": "avg", "window": 3, "stride": 2, "voters": 1}

things_to_try = [
    guess(
        "*Maximum*, 2 × 2 windows: 16 numbers are left of this 8. What is it taken for?",
        "verdict",
        digit_scene(48, method="max", window=2, stride=2, voters=1),
        "All five are 1s: among maxima, an 8 and a thick 1 are much alike.",
        options=["1", "3", "8", "9"],
    ),
    guess(
        "*Average*, 2 × 2 windows: of the five nearest to this 8, how many are 8s?",
        "among",
        digit_scene(48, method="avg", window=2, stride=2, voters=1),
        "But the nearest of all is a 1, and it votes alone.",
        label="8",
    ),
    goal(
        "*None* compares all 64 pixels. Does the 8 turn into something else if you push it? Try it.",
        "change",
        digit_scene(48, **NONE),
        "One pixel turns it, whichever way.",
        settings=NONE,
    ),
    goal(
        "*Average*, window 3, stride 2: push the 8 two pixels away so that it is still read.",
        "hold",
        digit_scene(48, **AVERAGE_3),
        "It forgives this 8 a pixel up or down, but none to the left or right.",
        settings=AVERAGE_3,
        by=2,
    ),
    guess(
        "*Maximum*, window 4, stride 1: which of the numbers is there most often?",
        "commonest",
        digit_scene(48, method="max", window=4, stride=1, voters=1),
        "Wherever the window stands, it finds a pixel full of ink.",
    ),
    guess(
        "*Subsample*, stride 2, keeps 16 pixels. How many of the 50 does it read, within 3?",
        "right",
        digit_scene(48, method="subsample", stride=2, voters=1),
        "As many as 16 averages of 2 × 2 windows. 16 maxima read 40.",
        within=3,
    ),
    goal(
        "Press *Draw* and write a 7, as high as the grid, until it is read. (Or let three vote.)",
        "read",
        NONE,
        label="7",
    ),
]
