"""Tests of the library reference, appendix/library.md: each of its methods is as the code has it, and none is missing.

An entry's lines of NumPy are run. On floats they give what the library gives, forward and backward; on numbers that
count, they do the operations that the entry promises. Its formula says the same for the eye.
"""

import ast
import collections
import doctest
import functools
import inspect
import itertools
import math
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

import pooling_lib
from pooling_lib import Reduction, kernels

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "appendix" / "library.md").read_text(encoding="utf-8")
LINK = re.compile(r"\{py:(?:func|class)\}`(\w+) <([\w.]+)\.\1>`")


class Entry(NamedTuple):
    functions: list[tuple[str, str]]  # name and module: the pool, and the way back
    formula: str
    code: str
    fields: dict[str, str]

    def pool(self, *args, **settings):
        return getattr(pooling_lib, self.functions[0][0])(*args, **settings)

    def backward(self, *args, **settings):
        return getattr(pooling_lib, self.functions[1][0])(*args, **settings)

    def parameters(self, way):
        """The parameters of the pool (0) and of the way back (1)."""
        return inspect.signature(getattr(pooling_lib, self.functions[way][0])).parameters


def entries():
    methods = PAGE.split("\n## Methods\n")[1].split("\n## ")[0]
    for title, text in re.findall(r"^#### ([^\n]+)\n\n(.+?)(?=^###|\Z)", methods, re.M | re.S):
        formula, code = (re.search(fence, text, re.S)[1] for fence in (r"\$\$(.+?)\$\$", r"```python\n(.+?)```"))
        yield (
            title,
            Entry(LINK.findall(text.split("\n")[0]), formula, code, dict(re.findall(r"^(\w+)\n: (.+)$", text, re.M))),
        )


ENTRIES = dict(entries())
every_entry = pytest.mark.parametrize("title", ENTRIES)

# --- what an entry's lines of NumPy compute: on one window (or plane, or line) with ties, with settings of its own ---

LINE, POSITIVE = np.array([4.0, -4.0, 4.0, -4.0, 2.0]), np.array([3.0, 1.0, 4.0, 0.5, 4.0])
PLANE = np.array([[3.0, -1.0], [4.0, -4.0], [4.0, 1.0]])
MASK = np.array([False, True, False, True, True])
EXAMPLES = {
    "Maximum": (LINE, {}),
    "Minimum": (LINE, {}),
    "Average": (LINE, {}),
    "Sum": (LINE, {}),
    "Lp norm": (LINE, dict(p=3.0)),
    "Power mean (GeM)": (POSITIVE, dict(p=-1.5)),
    "Softmax-weighted": (LINE, dict(temperature=0.7)),
    "Stochastic, in training": (POSITIVE, dict(rng=5)),  # its seed
    "Stochastic, in testing": (POSITIVE, {}),
    "Mixed": (LINE, dict(mix=0.3)),
    "Blur": (LINE, {}),
    "Maximum, then blur": (LINE, dict(window=3, blur=3)),
    "Global maximum": (PLANE, {}),
    "Global average": (PLANE, {}),
    "Global Lp norm": (PLANE, dict(p=3.0)),
    "Adaptive maximum": (LINE, dict(output_size=3)),
    "Adaptive average": (LINE, dict(output_size=3)),
    "Spatial pyramid": (LINE, dict(levels=(3, 1))),
    "Masked maximum": (LINE, dict(mask=MASK)),
    "Masked average": (LINE, dict(mask=MASK)),
    "Any reduction": (
        LINE,
        dict(reduce=Reduction(np.logaddexp, -np.inf, slope=lambda x, y, state, count: np.exp(x - y))),
    ),
}
UPWARDS = ["Max unpooling", "The average's adjoint"]  # from y to x
every_example = pytest.mark.parametrize("title", EXAMPLES)


def example(title):
    """The entry, the elements, and settings that make one window of them where a window can be given."""
    entry, (x, settings) = ENTRIES[title], EXAMPLES[title]
    if "window" in entry.parameters(0) and "mask" not in settings:
        settings = {"window": x.size, **settings}
    if "rng" in settings:
        settings = {**settings, "rng": np.random.default_rng(settings["rng"])}
    return entry, x, settings


def run(code, **names):
    names = {"np": np, "math": math, "functools": functools, **names}
    exec(code, names)
    return names


def near(got, expected):
    np.testing.assert_allclose(np.ravel(got), np.ravel(expected), rtol=1e-12)


@every_example
def test_the_lines_of_numpy_give_what_the_library_gives(title):
    entry, x, settings = example(title)
    with_indices = {"return_indices": True} if "indices" in entry.parameters(1) else {}
    outputs = entry.pool(x, **settings, **with_indices)
    y, beside = outputs if isinstance(outputs, tuple) else (outputs, None)
    dy = np.random.default_rng(1).standard_normal(np.shape(y))
    told = {"x": x, "indices": beside, "input_shape": x.shape, **settings}
    gradients = entry.backward(dy, **{name: told[name] for name in entry.parameters(1) if name in told})
    dx, dp = gradients if isinstance(gradients, tuple) else (gradients, None)

    _, _, settings = example(title)  # with the same draws once more
    found = run(entry.code, x=x, n=settings.get("window", x.size), dy=dy.item() if dy.size == 1 else dy, **settings)
    near(found["y"], y)
    near(found["dx"], dx)
    if dp is not None:
        near(found["dp"], dp)


def test_the_lines_of_numpy_that_lead_back_to_the_full_size():
    unpooling, adjoint = (ENTRIES[title] for title in UPWARDS)
    y, indices, dx = LINE[:2], np.array([4, 1]), np.arange(6.0)
    found = run(unpooling.code, y=y, indices=indices, size=6, dx=dx)
    near(found["x"], unpooling.pool(y, indices, 6))
    near(found["dy"], unpooling.backward(dx, indices))
    found = run(adjoint.code, y=3.0, n=6, dx=dx)
    near(found["x"], adjoint.pool([3.0], (6,), 6))
    near(found["dy"], adjoint.backward(dx, 6))


@every_entry
def test_there_is_a_formula_for_the_output_and_one_for_the_gradient(title):
    assert re.search(r"^[Pxy].*? &= .+^\\frac\{\\partial [xy].+ &= ", ENTRIES[title].formula, re.M | re.S)


# --- what it costs ---


class Number:
    """A number that counts what is done to it."""

    done: collections.Counter = collections.Counter()

    def __init__(self, value):
        self.value = value

    def counted(kind, function):
        def operation(*numbers):
            Number.done[kind] += 1
            value = function(*(one.value if isinstance(one, Number) else one for one in numbers))
            return value if kind == "comparison" else Number(value)

        return operation

    __gt__ = counted("comparison", lambda a, b: a > b)
    __ge__ = counted("comparison", lambda a, b: a >= b)
    __le__ = counted("comparison", lambda a, b: a <= b)
    __add__ = counted("addition", lambda a, b: a + b)
    __sub__ = counted("addition", lambda a, b: a - b)
    __mul__ = __rmul__ = counted("multiplication", lambda a, b: a * b)
    __truediv__ = counted("division", lambda a, b: a / b)
    __pow__ = counted("power", lambda a, b: a**b)
    exp = counted("exponential", math.exp)
    combine = counted("combination", max)

    def __abs__(self):
        return Number(abs(self.value))  # a sign is no arithmetic


def operations(code, made, **names):
    """What is counted up to the statement that makes a name, and the names by then."""
    body = ast.parse(code).body
    last = next(number for number, statement in enumerate(body, 1) if ast.unparse(statement).startswith(f"{made} = "))
    Number.done.clear()
    names = run(compile(ast.Module(body[:last], []), "entry", "exec"), **names)
    return dict(Number.done), names


def promised(cost, **sizes):
    """The operations that a cost such as '2n − 2 additions, 1 division' names."""
    counts = re.findall(
        r"([\dbn(][\dbn() +−]*) (comparison|addition|multiplication|division|power|exponential|combination)s?", cost
    )
    return {kind: eval(re.sub(r"(?<=[\db])(?=[n(])", "*", count.replace("−", "-")), sizes) for count, kind in counts}


@every_example
def test_the_cost_is_what_the_lines_of_numpy_do(title):
    entry, x, settings = example(title)
    if "reduce" in settings:
        settings["reduce"] = Reduction(Number.combine, 0)
    numbers = np.array([Number(value) for value in x.ravel()], object).reshape(x.shape)
    done, names = operations(entry.code, "y", x=numbers, n=settings.get("window", x.size), **settings)
    windows = names.get("bins", [names["M"]] if "M" in names else [range(names["n"])])
    costs = [promised(entry.fields["Cost"], n=len(window), b=settings.get("blur")) for window in windows]
    assert done == {kind: sum(cost[kind] for cost in costs) for kind in costs[0]}


def test_the_cost_of_leading_back_to_the_full_size():
    unpooling, adjoint = (ENTRIES[title] for title in UPWARDS)
    assert unpooling.fields["Cost"] == "no arithmetic" and not set("+-*/") & set(unpooling.code)
    assert operations(adjoint.code, "x", y=Number(3.0), n=6)[0] == promised(adjoint.fields["Cost"])


# --- its functions, parameters, layers and sources ---


@every_entry
def test_the_functions_are_where_the_links_lead(title):
    assert len(ENTRIES[title].functions) == 2
    for name, module in ENTRIES[title].functions:
        assert name in pooling_lib.__all__ and module == getattr(pooling_lib, name).__module__


def test_every_pool_has_an_entry():
    assert {name for entry in ENTRIES.values() for name, _ in entry.functions} == {
        name for name in pooling_lib.__all__ if "pool" in name
    }
    assert set(ENTRIES) == {*EXAMPLES, *UPWARDS}


def named(text):
    """The parameters that a text names, with their defaults, as 'size' and 'p=2.0' do."""
    return dict((*one.split("="), inspect.Parameter.empty)[:2] for one in re.findall(r"`([^`]+)`", text))


WINDOW_SETTINGS = named(re.search(r"\*window settings\* are (.+?), as ", PAGE)[1])


@every_entry
def test_the_parameters_are_those_of_the_signature(title):
    entry = ENTRIES[title]
    text = entry.fields["Parameters"]
    told = {**(WINDOW_SETTINGS if text.startswith("window settings") else {}), **named(text)}
    told.pop("x", None)
    _, *others = entry.parameters(0).values()
    assert told == {one.name: one.default if one.default is one.empty else repr(one.default) for one in others}
    assert set(entry.parameters(1)) <= {*told, "x", "dx", "dy", "indices", "input_shape"}


def intervals():
    """Where the entries say that a parameter may lie, such as [0, ∞) for the elements."""
    for title, entry in ENTRIES.items():
        for parameter in re.split(r", (?=`)", entry.fields["Parameters"]):
            for left, low, high, right in re.findall(r"([\[(])([^ ,]+), ([^ \])]+)([\])])", parameter):
                low, high = (float(bound.replace("−", "-").replace("∞", "inf")) for bound in (low, high))
                yield title, re.match(r"`(\w+)", parameter)[1], low, left == "[", high, right == "]"


@pytest.mark.parametrize("title, name, low, with_low, high, with_high", list(intervals()))
def test_a_parameter_is_welcome_in_its_domain_and_refused_at_its_open_ends(title, name, low, with_low, high, with_high):
    entry, x, settings = example(title)

    def pool(value):
        return (
            entry.pool(np.append(x[1:], value), **settings)
            if name == "x"
            else entry.pool(x, **{**settings, name: value})
        )

    for end, closed, outwards in ((low, with_low, -math.inf), (high, with_high, math.inf)):
        pool(np.clip(end, -3, 3) - math.copysign(0.1, outwards))
        if closed:
            pool(end)
        if not closed or math.isfinite(end):
            with pytest.raises(ValueError):
                pool(np.nextafter(end, outwards) if closed else end)


def test_the_keras_layers_exist_and_each_of_ours_has_an_entry():
    keras = pytest.importorskip("keras")
    from pooling_lib import keras_layers

    ours = set()
    for entry in ENTRIES.values():
        text = entry.fields["Keras"]
        links, theirs = LINK.findall(text), re.findall(r"`keras\.layers\.(\w+)2D`, also 1D and 3D", text)
        assert links or theirs or text == "none"
        assert all(hasattr(keras.layers, f"{name}{axes}D") for name in theirs for axes in (1, 2, 3))
        ours |= {name for name, module in links if module == "pooling_lib.keras_layers"}
    public = {
        name: layer for name, layer in vars(keras_layers).items() if inspect.isclass(layer) and not name.startswith("_")
    }
    assert ours == {name for name, layer in public.items() if layer.__module__ == keras_layers.__name__}


@every_entry
def test_the_source_is_in_the_bibliography(title):
    known = re.findall(r"^@\w+\{(\w+),", (ROOT / "chapters" / "references.bib").read_text(encoding="utf-8"), re.M)
    cited = re.findall(r"\{cite:t\}`(\w+)`", ENTRIES[title].fields["Source"])
    assert set(cited) <= set(known) and (cited or "https://" in ENTRIES[title].fields["Source"])


# --- the rest of the page ---


def test_the_examples_run():
    examples = "\n".join(re.findall(r"```python\n(>>> .+?)```", PAGE, re.S))
    test = doctest.DocTestParser().get_doctest(examples, {}, "library.md", "library.md", 0)
    assert test.examples and doctest.DocTestRunner().run(test).failed == 0


def test_every_module_is_in_the_table_and_in_the_list():
    modules = {f"pooling_lib.{path.stem}" for path in (ROOT / "pooling_lib").glob("*.py") if path.stem != "__init__"}
    assert set(re.findall(r"\{autodoc2-object\} (\S+)", PAGE)) == modules
    assert set(re.findall(r"^\| \{py:mod\}`\w+ <([\w.]+)>`", PAGE, re.M)) == modules


def test_the_algorithms_are_chosen_where_the_table_says_and_are_all_there():
    rows = re.findall(r"^\| \{py:func\}`(\w+) .+ window (\d+), stride (\d+), runs of (\d+)\.", PAGE, re.M)
    for name, *numbers in rows:
        window, stride, run = map(int, numbers)
        assert {kernels.choose(window, stride, 1, run, idempotent).__name__ for idempotent in (False, True)} == {name}
    settings = itertools.product((1, 2, 3, 8, 100), (1, 2, 3, 8, 100), (1, 2), (1, 8, 1000, 100_000), (False, True))
    assert {name for name, *_ in rows} == {kernels.choose(*one).__name__ for one in settings}
    assert f"up to {kernels.SMALL >> 10} KB" in PAGE
