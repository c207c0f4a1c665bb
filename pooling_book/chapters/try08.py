"""Chapter 08: what its widgets ask their readers to try, a sliding picture's shifts and a digit's pushes."""

from pooling_book.widgets.things_to_try import goal, guess

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
        shift=1,
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
        "Under a *maximum* the filled curve goes up to 14. A blur follows: how much of that is left?",
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
        "The 5 is pushed *one pixel* up. *max* gave its first reading 98 %: how many per cent now?",
        "share",
        {"digit": 5, "pushed": [-1, 0]},
        "The other two stay above 90 %.",
        network="max",
    ),
    guess(
        "The 7 is pushed *five pixels* up. Which networks change their mind?",
        "changes",
        {"digit": 7, "pushed": [-5, 0]},
        "All were sure before.",
    ),
    guess(
        "The 6, *four pixels* down: the strides are whole again. Who has changed its mind?",
        "changes",
        {"digit": 6, "pushed": [4, 0]},
        "The 6 has come near the sheet’s edge. On a larger sheet four pixels would change nothing.",
    ),
    goal(
        "Push the 8 until one network is wrong and another still right. Try all four ways.",
        "apart",
        {"digit": 8, "pushed": [0, 0]},
        "They differ in nothing but the kind of pool.",
    ),
    goal(
        "Press *Draw*, and write a plain 7 that all three read as 7. Begin it a third of the way down.",
        "drawn",
        {},
        "No network has seen it before. Now push it up: who still reads a 7?",
        digit=7,
    ),
]
