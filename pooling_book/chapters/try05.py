"""Chapter 05: what to try with its widget."""

from pooling_book.widgets.things_to_try import goal, guess, look

MAX_2 = {
    "source": "numbers",
    "operation": "max",
    "window": [2, 2],
    "stride": [2, 2],
    "padding": "valid",
    "count_include_pad": False,
}
OVERLAP = {"window": [3, 3], "stride": [1, 1]}
THREE = {"rows": 3, "columns": 3, "values": "edddededd"}  # d sends 0, e sends 1
LAST_OF_FIRST_ROW = {"rows": 3, "columns": 3, "values": "ddedddddd"}

things_to_try = [
    guess(
        "Three outputs send 1 through the *maximum*. Mark the elements that receive it.",
        "receivers",
        {**MAX_2, "pattern": "painted", "painting": THREE},
        "No one else in their windows hears anything.",
    ),
    guess(
        "All nine outputs send 1 through the *maximum*. How many of the 36 elements get nothing?",
        "idle",
        {**MAX_2, "pattern": "all ones"},
        "Nine windows, nine winners. Through the *average*, no element gets nothing.",
    ),
    guess(
        "Window 3, stride 1, all ones: the framed 9 lies under nine windows. "
        "Of equal maxima the first, row by row, gets all. What does the 9 receive?",
        "received",
        {**MAX_2, **OVERLAP, "pattern": "all ones"},
        "It wins six of its nine windows. In the other three the 9 in column 0 comes first.",
        at=[2, 2],
    ),
    guess(
        "The *average* counts padding as zeros, and 36 ones are sent. How much arrives, within 2?",
        "total",
        {
            **MAX_2,
            **OVERLAP,
            "operation": "avg",
            "padding": "same",
            "count_include_pad": True,
            "pattern": "all ones",
        },
        "Nothing is handed back for padding: its shares are lost.",
        within=2,
    ),
    guess(
        "Here the window of the output that sends holds three 2s. Mark who receives.",
        "receivers",
        {
            **MAX_2,
            "source": "numbers with ties",
            "pattern": "painted",
            "painting": LAST_OF_FIRST_ROW,
            "selected": [0, 2],
        },
        "The first of the three, row by row, receives everything.",
    ),
    goal(
        "Paint so that the 9 in row 2, column 2 receives 5.",
        "receives",
        {**MAX_2, **OVERLAP, "pattern": "clear"},
        "What the windows that it wins send adds up.",
        at=[2, 2],
        value=5,
        settings=OVERLAP,
    ),
    goal(
        "Let two outputs or more send something, and yet no element receive anything.",
        "cancel",
        {**MAX_2, **OVERLAP, "pattern": "clear"},
        "+1 and −1 to one winner: no one can tell that from silence.",
    ),
    look(
        "Raise the window. Through the *maximum* ever fewer dots are left, each as strong as before. "
        "Then look at the *average*: both halves stay filled, and become ever fainter.",
        {**MAX_2, "source": "camera", "pattern": "left and right"},
    ),
]
