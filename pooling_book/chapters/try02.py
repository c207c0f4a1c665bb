"""Chapter 02: what its widget asks its readers to try."""

from pooling_book.widgets.things_to_try import goal, guess

#: The window of the chapter's first page: 126 and 75 above 172 and 161.
FACE = {"source": "camera", "window": 2, "corner": [18, 28], "edits": []}

things_to_try = [
    guess(
        "The dark pixel, 75, has risen by 20. How far have the answers moved?",
        "moves",
        FACE | {"edits": [[18, 29, 95]]},
        "The maximum does not notice; the mean gets a quarter.",
    ),
    guess(
        "By how much may the dark pixel, 75, rise before the maximum notices?",
        "room",
        FACE,
        "172 − 75 = 97: its *room*. Beyond that the maximum rises with it, one for one.",
        at=(0, 1),
    ),
    guess(
        "The largest pixel, 172, has fallen to 100. What are the answers now?",
        "answers",
        FACE | {"edits": [[19, 28, 100]]},
        "The second largest pixel, 161, has stopped the maximum.",
    ),
    guess(
        "Mark every pixel with which the maximum would rise.",
        "deciders",
        FACE | {"window": 3, "edits": [[20, 29, 196]]},
        "Two pixels tie. The maximum rises with either, and falls with neither alone.",
    ),
    guess(
        "The four pixels have changed places. Which answer has moved?",
        "moved",
        FACE
        | {
            "edits": [[18, 28, 161], [18, 29, 172], [19, 28, 75], [19, 29, 126]]
        },
        "Neither asks where in its window a pixel stands.",
    ),
    goal(
        "Keep the mean at 133.5, and move the maximum by 20 or more.",
        "apart",
        FACE,
        "What some pixels gain, others lose. The mean cannot tell; the maximum can.",
        by=20,
    ),
]
