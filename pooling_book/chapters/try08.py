"""Chapter 08: what its widgets ask their readers to try, a sliding picture's shifts and a digit's pushes."""

from pooling_book.widgets.tasks import goal, guess

GRASS = {
    "source": "grass",
    "window": 2,
    "stride": 2,
    "shift": 0,
    "visited": [0],
}

shifts_to_try = [
    guess(
        "The photo has moved by *one pixel*. How many of the outputs have changed, in per cent?",
        "changed",
        {
            "source": "camera",
            "operation": "max",
            "window": 2,
            "stride": 2,
            "shift": 1,
            "visited": [0, 1],
        },
        "Most of them. Is that invariance?",
        within=10,
    ),
    guess(
        "The stride is *3*. Draw the rest of the filled curve: outputs moved back.",
        "curve",
        {
            **GRASS,
            "operation": "max",
            "stride": 3,
            "shift": 1,
            "visited": [0, 1],
        },
        "At whole strides it is 0. The hollow one never is.",
        known=[0, 1],
        within=6,
    ),
    goal(
        "*Subsample* keeps one pixel of four. Visit every shift: which curve comes back to 0?",
        "visited",
        {**GRASS, "operation": "subsample"},
        "The filled one, at every second shift. Between them it is higher than under a maximum.",
    ),
    guess(
        "Under a *maximum* the filled curve goes up to 14. How high if a blur follows?",
        "height",
        {**GRASS, "operation": "max_blur"},
        "The blur forgives a part of the shift, not all of it.",
        beside="max",
    ),
    goal(
        "Find a pool whose *hollow* curve stays at 20 or below at every shift.",
        "steady",
        {
            "source": "brick",
            "operation": "max",
            "window": 2,
            "stride": 2,
            "shift": 0,
            "visited": [0],
        },
        "It is nearly invariant, and has left hardly anything of the picture.",
        most=20,
    ),
]

pushes_to_try = [
    guess(
        "The 6 has been pushed *one pixel* to the right. What does *max* now give to its first reading, in per cent?",
        "share",
        {"digit": 6, "pushed": [0, 1]},
        "",
        network="max",
    ),
]
