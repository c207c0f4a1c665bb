"""Docstrings: a public function shows its parameters, results and errors in full, and what two say is the same."""

import inspect
import re
from types import FunctionType

import pytest

import pooling_lib

FUNCTIONS = {
    name: function
    for name in pooling_lib.__all__
    if isinstance(function := getattr(pooling_lib, name), FunctionType) and name != "output_size"
}
every_function = pytest.mark.parametrize("name", FUNCTIONS)

#: Parameters whose text is not that of the function they are repeated from, and why.
OF_THEIR_OWN = {
    ("power_mean_pool", "x"): "no negative elements",
    ("power_mean_pool", "p"): "another p than the norm's",
    ("stochastic_pool", "x"): "chances are neither negative nor infinite",
    ("stochastic_pool", "return_indices"): "drawn, not the largest, and only with rng",
    ("blur_pool", "window"): "the weights follow from it",
    ("blur_pool", "stride"): "2 by default",
    ("max_blur_pool", "padding"): "serves two windows, so no pairs",
    ("masked_max_pool", "window"): "by default the whole of every axis",
    ("masked_max_pool", "x"): "a batch by default",
    ("masked_max_pool", "axes"): "a batch by default",
    ("max_unpool", "axes"): "there is a y and no x",
    ("max_unpool", "indices"): "of the array that is unpooled",
    ("adaptive_max_pool_backward", "dy"): "tells the output size",
    ("adaptive_max_pool_backward", "indices"): "from another pool",
}

#: The functions that the others repeat, the nearest first: those of the same arguments stand before max_pool.
NEAREST = {
    "global_lp_pool": ["lp_pool", "global_max_pool"],
    "global_avg_pool": ["global_max_pool"],
    "adaptive_avg_pool": ["adaptive_max_pool"],
    "masked_avg_pool": ["masked_max_pool"],
    "adaptive_avg_pool_backward": ["adaptive_max_pool_backward"],
}


def sections(name):
    """The sections of a docstring, each as its entries: {'Parameters': {'x': ('array_like', 'Channels last ...')}}."""
    _, *parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(FUNCTIONS[name]), flags=re.M)
    found = {}
    for title, text in zip(parts[::2], parts[1::2]):
        if title not in ("Notes", "Examples"):
            found[title] = {}
            for head, body in re.findall(r"^(\S.*)\n((?: .*\n?)+)", text, re.M):
                heads, _, kind = head.partition(" : ")
                found[title] |= {one: (kind, " ".join(body.split())) for one in heads.split(", ")}
    return found


def original(name, parameter):
    """The function whose explanation of the parameter `name` repeats; itself, if it is the first to have it."""
    of_the_forward_pass = [name.removesuffix("_backward")] if name.endswith("_backward") else []
    before = [*NEAREST.get(name, ()), *of_the_forward_pass, "max_pool", "max_pool_backward", *FUNCTIONS]
    return next(one for one in before if parameter in sections(one)["Parameters"])


@every_function
def test_every_parameter_is_explained_in_the_order_of_the_signature(name):
    assert [*sections(name)["Parameters"]] == [*inspect.signature(FUNCTIONS[name]).parameters]


@every_function
def test_a_parameter_that_two_functions_have_is_explained_in_the_same_words(name):
    for parameter, told in sections(name)["Parameters"].items():
        other = original(name, parameter)
        same = told == sections(other)["Parameters"][parameter]
        assert same is ((name, parameter) not in OF_THEIR_OWN), f"{name}, {parameter}: see {other}"


#: What every function refuses of the arguments it has; after it stands what it alone refuses.
ARRAY = "boolean, complex, text, of objects, masked or a list of arrays; "
NUMBERS = "if a number is not an integer"
WINDOWS = (
    "; if a number is out of range; if the padding is unknown, or 'same' with ceil_mode; "
    "if no window fits or one covers no real element"
)
MATCH = "is ragged, or empty along a spatial axis; if its rank or `axes` do not match"
SHAPE = "if `input_shape` has an entry below 0, or below 1 along a spatial axis; if its length or `axes` do not match"


def refusals(parameters):
    """How the two errors begin, given the parameters."""
    number, windows = (NUMBERS, WINDOWS) if "window" in parameters else ("if an axis is not an integer", "")
    array = next(one for one in ("x", "y", "dx", "dy") if one in parameters)
    arrays = "`x` or `dy`" if {"x", "dy"} <= set(parameters) else f"`{array}`"
    shape = "if `input_shape` holds no integers; " if "input_shape" in parameters else ""
    empty = SHAPE if "input_shape" in parameters else f"if `{array}` {MATCH}"
    value = ("if `dy` has not the outputs' shape; " if "dy" in parameters else "") + empty
    return f"If {arrays} is {ARRAY}{shape}{number}", "I" + value[1:] + windows


@every_function
def test_the_errors_are_told_in_full_and_in_the_same_words(name):
    told = sections(name)["Raises"]
    for error, begin in zip(("TypeError", "ValueError"), refusals(sections(name)["Parameters"])):
        text = told[error][1]
        assert text == f"{begin}." or text.startswith(f"{begin}; "), f"{name}: {text!r} does not begin {begin!r}"


@every_function
def test_nothing_is_told_by_reference_alone(name):
    told = sections(name)
    assert told["Returns"] and not re.search(
        r"\b[Aa]s (for|of) `|otherwise as|forward pass\.$", str(told["Parameters"])
    )
    for text in (text for entries in told.values() for _, text in entries.values()):
        assert not re.match(r"As (for|of) ", text), text


@pytest.mark.parametrize("name", [*FUNCTIONS, "output_size"])
def test_help_opens_with_a_signature_of_two_lines(name):
    assert len(f"{name}{inspect.signature(getattr(pooling_lib, name))}") <= 2 * 128  # max_pool's fits lines of 120
