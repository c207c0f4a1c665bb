"""Chapter 11: what its widgets ask their readers to try, bins over maps of any size and the votes of a network."""

from pooling_book.widgets.things_to_try import goal, guess

FIVE = {
    "size": [5, 5],
    "pool": "adaptive",
    "operation": "max",
    "outputs": [3, 3],
    "selected": 0,
}
BOX = {
    "source": "camera",
    "size": [12, 14],
    "pool": "region",
    "operation": "max",
    "outputs": [2, 2],
    "box": [2.2, 1.7, 8.4, 7.3],
    "selected": 1,
}

bins_to_try = [
    guess(
        "Five rows go into *three* bins. How many rows does each bin read?",
        "lengths",
        FIVE,
        "They make 7, and there are 5: rows 1 and 3 are read twice.",
    ),
    guess(
        "A map of 10 × 10 into 7 × 7 bins. How many of its 100 places does more than one bin read (within 5)?",
        "again",
        {**FIVE, "size": [10, 10], "outputs": [7, 7], "selected": 8},
        "Only rows and columns 0, 3, 6 and 9 have one reader each.",
        within=5,
    ),
    goal(
        "Pull the map's corner until every place is read *once*. Keep 7 rows and 7 columns or more.",
        "once",
        {**FIVE, "size": [8, 7]},
        "The bins touch where 3 divides the side. Then they are the windows of chapter 1.",
        least=[7, 7],
    ),
    guess(
        "A pyramid over 13 × 9 places: how many numbers come out?",
        "count",
        {
            "size": [13, 9],
            "pool": "pyramid",
            "level": "all",
            "operation": "max",
            "selected": 16,
        },
        "Now pull the corner: the numbers change, how many there are does not.",
    ),
    guess(
        "The region goes right, a *tenth* of a place a step. After how many steps does RoI pool read other places?",
        "jump",
        BOX,
        "Its right edge is then at 7.5, rounded 8. RoI align changes each step.",
    ),
]

votes_to_try = [
    guess(
        "The network reads a 7, and 49 places have voted. Mark the *three* places whose votes for 7 are largest. "
        "(A place is row, column, from 0.)",
        "loudest",
        {"digit": 7, "pushed": [0, 0], "network": "max", "looked": 7},
        "A place sees more of the digit than it stands over: 18 × 18 pixels.",
        count=3,
    ),
    guess(
        "Here is a 6. The 49 votes for 6 add up to 689.8, and 6 has a bias of −1.44. What is its score?",
        "score",
        {"digit": 6, "pushed": [0, 0], "network": "max", "looked": 6},
        "The average of the votes is what the global average pool makes of them.",
    ),
    goal(
        "Here is an 8. For *one* other digit the largest vote is larger than the largest for 8. Look at that digit.",
        "loud",
        {"digit": 8, "pushed": [0, 0], "network": "max", "looked": 8},
        "And it loses: the average counts, not the largest vote.",
    ),
    guess(
        "The 2 has gone *four pixels* to the right. By how many places has its largest vote gone to the right?",
        "moved",
        {"digit": 2, "pushed": [0, 4], "network": "max", "looked": 2},
        "From (1, 2) to (1, 3): two pools halve the map twice, so four pixels are one place.",
    ),
    goal(
        "Press *Erase*: make the network read the 8 as another digit. Leave at least 70 % of its ink.",
        "gone",
        {"digit": 8, "pushed": [0, 0], "network": "max", "looked": None},
        "Press 8 to see which votes are gone.",
        digit=8,
        keep=70,
    ),
]
