"""Chapter 09: what to try with its widget."""

from pooling_book.widgets.network_boxes.boxes import BOXED_NETWORKS, pool, scene
from pooling_book.widgets.things_to_try import goal, guess

VGG16, RESNET = (
    BOXED_NETWORKS[name]["items"] for name in ("VGG16", "ResNet-50")
)
OWN = "one of your own"

things_to_try = [
    guess(
        "VGG16 without its second pool. How many times the work, how many times the parameters?",
        "two",
        scene("VGG16", [*VGG16[:5], *VGG16[6:]]),
        "Only the first dense layer has more parameters.",
        within=0.3,
    ),
    guess(
        "Mark three boxes of VGG16: the one with the most parameters, the two that share the most activations.",
        "most",
        scene("VGG16"),
        "And six convolutions share the most work.",
        of=["params", "memory"],
    ),
    guess(
        "VGG16's first pool stands one box to the left. Which of the five numbers change?",
        "changed",
        scene("VGG16", [VGG16[0], VGG16[2], VGG16[1], *VGG16[3:]]),
        "conv 1-2 reads a quarter of the places.",
    ),
    guess(
        "The first pool became a stride of the convolution before it. Which numbers change?",
        "changed",
        scene("VGG16", [*VGG16[:2], pool("strided"), *VGG16[3:]]),
        "What a pool drops is not computed.",
    ),
    guess(
        "ResNet-50 without its only pool: how many times each of the five numbers?",
        "five",
        scene("ResNet-50", [RESNET[0], *RESNET[2:]]),
    ),
    guess(
        "LeNet-5: you move the first pool one box to the left. One box refuses: mark it.",
        "refuses",
        scene("LeNet-5"),
        "16, 12, 8, and 4 at last: too small for a window of 5. Do it, and read why.",
        **{"from": 1, "to": 0},
    ),
    guess(
        "LeNet-5: how small may the image be? Type its side.",
        "least",
        scene("LeNet-5", selected=-1),
        "Its last convolution reads a map of 5 × 5 with a window of 5.",
    ),
    goal(
        "VGG16: make its dense layers ten times smaller with one change.",
        "dense",
        scene("VGG16"),
        "Now choose the image and move its slider: the parameters stay, whatever the size.",
        times=10,
        changes=1,
    ),
    goal(
        "VGG16: let the last map be 14 × 14 instead of 7 × 7, with one change.",
        "map",
        scene("VGG16"),
        "Any pool less does it, and so does an image of twice the side: what each costs differs.",
        side=14,
        changes=1,
    ),
    goal(
        "A network of your own: by moving pools only, make the work as small as it can be.",
        "work",
        scene(OWN),
        "All pools come first, and nothing is left to see. Why does nobody build this?",
        network=OWN,
        most=441_728,
    ),
]
