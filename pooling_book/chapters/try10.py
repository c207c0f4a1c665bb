"""Chapter 10: what its widgets ask their readers to try."""

from pooling_book.widgets.things_to_try import goal, guess

#: The window that the chapter begins with: 203 and 62 above 119 and 19.
CORNER = {
    "source": "camera",
    "window": 2,
    "corner": [11, 20],
    "bars": None,
    "power": 3,
    "temperature": 20,
    "draws": [],
    "last": None,
}

#: A wider one, in which one pixel, 18, has gone wrong.
SPECK = CORNER | {
    "window": 3,
    "bars": [203, 62, 255, 119, 19, 26, 36, 21, 17],
}

windows_to_try = [
    guess(
        "The darkest pixel, 19, has become black: 0. Which answers are 0, too?",
        "equals",
        CORNER | {"bars": [203, 62, 119, 0]},
        "A factor of 0 makes a product 0. With 1 in place of 0 it is 35.",
        value=0,
        among=["min", "geometric", "median", "avg"],
    ),
    guess(
        "Two pixels are 200, two are black. "
        "What does a stochastic pool give on average?",
        "answer",
        CORNER | {"bars": [200, 0, 200, 0]},
        "Black has no chance: every draw is 200. Try it.",
        method="stochastic",
        within=10,
    ),
    guess(
        "One of nine pixels, 18, has gone wrong: it is 255. "
        "Which answers have moved by more than 20?",
        "moved",
        SPECK,
        "The median goes from one pixel to the next, "
        "however bright the wrong one is.",
        among=["avg", "median", "rms", "max"],
        by=20,
    ),
    goal(
        "Bring the power mean to within 6 of the maximum, without p = ∞.",
        "meet",
        CORNER,
        "The maximum is one of four: at p = 50 the factor (1/4)^(1/50) "
        "is still 0.97.",
        method="power",
        beside="max",
        within=6,
    ),
    goal(
        "Find a temperature at which softmax comes within 1 of stochastic.",
        "meet",
        CORNER,
        "Both give more weight to what is brighter: by exp(x/T), and by x.",
        method="soft",
        beside="stochastic",
        within=1,
    ),
]

#: Two methods, and the curtain in the middle.
CURTAIN = {
    "source": "camera",
    "left": "avg",
    "right": "max",
    "window": 4,
    "power": 3,
    "temperature": 20,
    "seed": 0,
    "at": 50,
}

photos_to_compare = [
    guess(
        "The average of 4 × 4 pixels is 129.2 on average. And their maximum?",
        "brightness",
        CURTAIN,
        "Each window shows its brightest pixel: what is light grows.",
        within=10,
    ),
    guess(
        "Brick, 4 × 4. Which of these is nearest to the average?",
        "nearest",
        CURTAIN | {"source": "brick", "right": "median"},
        "Choose the others on the right: how far away are they?",
        among=["median", "rms", "max"],
    ),
    guess(
        "Subsampling keeps one pixel of each window. Which result is brighter?",
        "brighter",
        CURTAIN | {"source": "grass", "left": "subsample", "right": "avg"},
        "On average nothing is lost; in each place a lot is.",
        near=3,
    ),
    goal(
        "Bring the softmax-weighted result to within 2 grey levels "
        "of the maximum, with T above 0.",
        "close",
        CURTAIN | {"left": "soft", "temperature": 100},
        "The contrast within the windows says how small T has to be.",
        most=2,
        left="soft",
        right="max",
    ),
    goal(
        "Find two methods that are at most 3 grey levels apart.",
        "close",
        CURTAIN,
        "Many formulas, few pictures: that is what the chapter measures.",
        most=3,
    ),
]
