"""Every kind of widget: how one is made, what a reader does with it, and what Python sees of that in a notebook.

A kind that is new stands in both tables. KINDS has two functions: one makes a widget with settings that differ from the
usual ones where that is possible, the other does what a reader does, so that at least one setting changes.
"""

from pooling_book.widgets.photos import small_photos


def bins():
    from pooling_book.widgets.bins import Bins

    return Bins(size=(9, 12), outputs=(3, 4))


def explorer():
    from pooling_book.widgets.explorer import Explorer

    return Explorer(images=small_photos(), window=3, stride=1)


def convolution():
    from pooling_book.widgets.convolution import Convolution

    return Convolution(images=small_photos(), filter="sharpen")


def layer_stack():
    from pooling_book.widgets.layer_stack import LayerStack

    return LayerStack([{"window": 4}, {"window": 2}], images=small_photos())


def pixel_sliders():
    from pooling_book.widgets.pixel_sliders import PixelSliders

    return PixelSliders(small_photos(), corner=(5, 7))


def gradient_painter():
    from pooling_book.widgets.gradient_painter import GradientPainter

    return GradientPainter(images=small_photos())


def libraries():
    from pooling_book.widgets.libraries import Libraries

    return Libraries()


def neighbours():
    from pooling_book.widgets.neighbours import Neighbours

    return Neighbours()


def network_boxes():
    from pooling_book.widgets.network_boxes import NetworkBoxes

    return NetworkBoxes("LeNet-5")


def pushed_digit():
    from pooling_book.study.pretrained import trained
    from pooling_book.widgets.pushed_digit import PushedDigit

    return PushedDigit(trained())


def one_window():
    from pooling_book.widgets.one_window import OneWindow

    return OneWindow(corner=(18, 28), power=2)


def curtain():
    from pooling_book.widgets.curtain import Curtain

    return Curtain(left="power", right="soft")


def slide():
    from pooling_book.widgets.slide import Slide

    return Slide()


def tokens():
    from pooling_book.widgets.tokens import TokenBars

    return TokenBars()


def trained_runs():
    from trained import made

    from pooling_book.widgets.trained_runs import TrainedRuns

    return TrainedRuns(found=made())


def voting_places():
    from pooling_book.study.pretrained import trained
    from pooling_book.widgets.voting_places import VotingPlaces

    return VotingPlaces(trained(), digit=9)


def press(name):
    return lambda host: host.get_by_role("button", name=name).first.click()


#: How a widget of each kind is made, and something that a reader does with it.
KINDS = {
    "bins": (bins, press("Average")),
    "convolution": (convolution, lambda host: host.get_by_role("combobox").first.select_option("copy")),
    "curtain": (curtain, lambda host: host.get_by_role("combobox").nth(1).select_option("median")),
    "explorer": (explorer, press("Average")),
    "gradient_painter": (gradient_painter, press("Average")),
    "layer_stack": (layer_stack, press("Add a layer")),
    "libraries": (libraries, lambda host: host.get_by_role("combobox").first.select_option(index=1)),
    "neighbours": (neighbours, press("Push the digit one pixel down")),
    "network_boxes": (network_boxes, lambda host: host.get_by_role("combobox").first.select_option("AlexNet")),
    "one_window": (one_window, press("p = 0 · geometric mean")),
    "pixel_sliders": (pixel_sliders, press("Shuffle")),
    "pushed_digit": (pushed_digit, press("Push the digit one pixel down")),
    "slide": (slide, press("One pixel on")),
    "tokens": (tokens, press("Drop")),
    "trained_runs": (trained_runs, lambda host: host.get_by_role("combobox").nth(2).select_option(index=1)),
    "voting_places": (voting_places, press("Push the digit one pixel down")),
}

#: What is done there is kept, but a link would say nothing: they have tests of their own.
WITHOUT_LINK = ["covered", "exercise", "open_exercise", "quiz"]

#: A widget's cells; what the reader does to it, given its place on the page; and what Python then prints.
IN_A_NOTEBOOK = {
    "bins": (
        "from pooling_book.widgets.bins import Bins\n\nwidget = Bins(size=(5, 7), outputs=(3, 3))\nwidget",
        "print(widget.size, widget.rows, widget.again, widget.y.shape)",
        lambda host, page: [
            host.locator("canvas").first.focus(),
            *(page.keyboard.press("ArrowDown") for _ in range(3)),
        ],
        "[8, 7] [(0, 3), (2, 6), (5, 8)] 26 (3, 3)",
    ),
    "voting_places": (
        "from pooling_book.study.pretrained import trained\n"
        "from pooling_book.widgets.voting_places import VotingPlaces\n\n"
        "widget = VotingPlaces(trained(), digit=9)\n"
        "widget",
        "print(widget.network, widget.voted, widget.votes.shape)",
        lambda host, page: [
            host.get_by_role("button", name="average").click(),
            host.get_by_role("button", name="4: score").click(),
        ],
        "average 4 (7, 7)",
    ),
    "convolution": (
        "from pooling_book.widgets.convolution import Convolution\n\nwidget = Convolution(filter='copy')\nwidget",
        "print(widget.filter[1], widget.y.max())",
        lambda host, page: [
            host.get_by_role("textbox", name="weight, row 1, column 1").fill("3"),
            host.get_by_role("checkbox").first.check(),
        ],
        "[0.0, 3.0, 0.0] 15.0",
    ),
    "pixel_sliders": (
        "from pooling_book.widgets.photos import small_photos\n"
        "from pooling_book.widgets.pixel_sliders import PixelSliders\n\n"
        "widget = PixelSliders(small_photos(), corner=(18, 28))\n"
        "widget",
        "print(widget.patch.tolist(), widget.answers)",
        lambda host, page: [
            host.get_by_role("slider").nth(1).focus(),
            *(page.keyboard.press("ArrowUp") for _ in range(3)),
        ],
        "[[126, 78], [172, 161]] {'max': 172, 'mean': 134.25}",
    ),
    "one_window": (
        "from pooling_book.widgets.one_window import OneWindow\n\nwidget = OneWindow(corner=(18, 28))\nwidget",
        "print(widget.values.tolist(), widget.power, round(widget.answers['power'], 2))",
        lambda host, page: host.get_by_role("button", name="p = 0 · geometric mean").click(),
        "[126, 75, 172, 161] 0 127.19",
    ),
    "curtain": (
        "from pooling_book.widgets.curtain import Curtain\n\nwidget = Curtain(window=4)\nwidget",
        "print(widget.right, widget.outputs[1].shape, widget.compared['apart'] > 0)",
        lambda host, page: host.get_by_role("combobox", name="Right").select_option("minimum"),
        "min (16, 16) True",
    ),
    "layer_stack": (
        "from pooling_book.widgets.photos import small_photos\n"
        "from pooling_book.widgets.layer_stack import LayerStack\n\n"
        "widget = LayerStack([{'kind': 'pool', 'window': 2}], images=small_photos())\n"
        "widget",
        "print(widget.sizes, widget.receptive_field.size)",
        lambda host, page: host.get_by_role("combobox", name="Stack").select_option(label="three pools"),
        "[64, 32, 16, 8] 8",
    ),
    "gradient_painter": (
        "from pooling_book.widgets.gradient_painter import GradientPainter\n\nwidget = GradientPainter()\nwidget",
        "print(int(widget.dy.sum()), int(widget.dx.sum()), (widget.dx == 0).sum())",
        lambda host, page: host.get_by_role("button", name="All ones").click(),
        "9 9 27",
    ),
    "trained_runs": (
        "from pooling_book.widgets.trained_runs import TrainedRuns\n\nwidget = TrainedRuns('few')\nwidget",
        "print(widget.block, widget.data, widget.pair, len(widget.values))",
        lambda host, page: host.get_by_role("combobox", name="Images").select_option("clothes"),
        "few clothes ['subsample', 'max'] 7",
    ),
    "neighbours": (
        "from pooling_book.widgets.neighbours import Neighbours\n\nwidget = Neighbours(digit=48)\nwidget",
        "print(widget.method, widget.pooled.size)",
        lambda host, page: host.get_by_role("button", name="Average").click(),
        "avg 16",
    ),
    "slide": (
        "from pooling_book.widgets.slide import Slide\n\nwidget = Slide()\nwidget",
        "print(widget.shift, widget.moved, widget.rest)",
        lambda host, page: [host.get_by_role("button", name="One pixel on").click() for _ in range(5)],
        "5 2 1",
    ),
    "pushed_digit": (
        "from pooling_book.study.pretrained import trained\n"
        "from pooling_book.widgets.pushed_digit import PushedDigit\n\n"
        "widget = PushedDigit(trained(), digit=7)\n"
        "widget",
        "print(widget.pushed, len(widget.verdicts))",
        lambda host, page: [host.get_by_role("button", name="Push the digit one pixel down").click() for _ in range(2)],
        "[2, 0] 3",
    ),
    "tokens": (
        "from pooling_book.widgets.tokens import TokenBars\n\nwidget = TokenBars()\nwidget",
        "print(widget.numbers.tolist(), widget.answers['mean'])",
        lambda host, page: [
            host.get_by_role("slider", name="the, token 1 of 5").focus(),
            *(page.keyboard.press(key) for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowRight", "Delete")),
        ],
        "[3.0, 0.0, -3.0, 4.0] 1.0",
    ),
    "libraries": (
        "from pooling_book.widgets.libraries import Libraries\n\nwidget = Libraries(window=3)\nwidget",
        "print(widget.setting['stride'], widget.answer('Keras')['call'])",
        lambda host, page: host.get_by_role("combobox", name="Stride").select_option(label="not said"),
        "None MaxPooling2D(3)(x)",
    ),
    "network_boxes": (
        "from pooling_book.widgets.network_boxes import NetworkBoxes\n\nwidget = NetworkBoxes('VGG16')\nwidget",
        "print(widget.sizes[-1], widget.cost.parameters)",
        lambda host, page: [
            host.locator("[data-kind=pool]").first.click(),
            host.get_by_role("button", name="Remove").click(),
        ],
        "14 446638888",
    ),
}
