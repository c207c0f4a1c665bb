"""The arithmetic in the browser, core.js, gives what pooling_lib gives, refusals word for word included."""

import json

import numpy as np
import pytest
from budget import many

from pooling_book.show import pictures
from pooling_book.widgets.explorer import Explorer
from pooling_lib import avg_pool, max_pool
from pooling_lib.geometry import place

CASES = many(6000)
SPECIAL = np.array([np.nan, np.inf, -np.inf])

# JSON has no NaN and no infinities: they travel as words.
PLAIN = "window.plain = (value) => Number.isFinite(value) ? value : String(value)"

POOL = """(cases) => JSON.stringify(JSON.parse(cases).map(({ rows, columns, values, settings }) => {
  const plane = { rows, columns, values: Float64Array.from(values, Number) };
  try {
    const { rows, columns, values, where, counts } = it.pool(plane, settings);
    return { rows, columns, values: Array.from(values, plain), where: Array.from(where), counts: Array.from(counts) };
  } catch (error) {
    return { error: error.message };
  }
}))"""


@pytest.fixture
def core(module):
    """A page that holds the functions of core.js under `it`."""
    page = module("kit/core.js")
    page.evaluate(PLAIN)
    return page


def random_case(rng):
    """An input and settings: small signed numbers with ties, at times all negative, at times NaN or infinite."""
    shape = tuple(int(n) for n in rng.integers(1, 10, 2))
    x = rng.integers(-9, 10, shape) / rng.choice([1, 4])
    if rng.random() < 0.2:
        x = -np.abs(x) - 1
    if rng.random() < 0.3:
        x = np.where(rng.random(shape) < rng.choice([0.1, 0.6]), rng.choice(SPECIAL, shape), x)
    pair = lambda low, high: [int(n) for n in rng.integers(low, high, 2)]
    return x, {
        "operation": str(rng.choice(["max", "avg"])),
        "window": pair(1, 6),
        "stride": pair(1, 5),
        "dilation": pair(1, 4) if rng.random() < 0.4 else [1, 1],
        "padding": [pair(0, 4), pair(0, 4)] if rng.random() < 0.5 else str(rng.choice(["valid", "same"])),
        "ceil_mode": bool(rng.random() < 0.4),
        "count_include_pad": bool(rng.random() < 0.5),
    }


def expected(x, operation, window, stride, dilation, padding, ceil_mode, count_include_pad):
    """What pooling_lib says: values, positions of the maxima, divisors, or the words of its refusal."""
    try:
        placed = place(x.shape, window, stride, padding, dilation, ceil_mode)
        if operation == "max":
            y, where = max_pool(x, window, stride, padding, dilation=dilation, ceil_mode=ceil_mode, return_indices=True)
            return {"values": y, "where": where}
        y = avg_pool(
            x, window, stride, padding, dilation=dilation, ceil_mode=ceil_mode, count_include_pad=count_include_pad
        )
        along = [[len(one.covered(i, padding=count_include_pad)) for i in range(one.count)] for one in placed]
        return {"values": y, "counts": np.outer(*along)}
    except ValueError as error:
        return {"error": str(error)}


def test_the_browser_pools_as_the_library_does(core):
    rng = np.random.default_rng(20)
    cases = [random_case(rng) for _ in range(CASES)]
    sent = [
        {
            "rows": x.shape[0],
            "columns": x.shape[1],
            "values": [
                v if np.isfinite(v) else str(v).replace("inf", "Infinity").replace("nan", "NaN")
                for v in x.ravel().tolist()
            ],
            "settings": settings,
        }
        for x, settings in cases
    ]
    found = [
        answer
        for start in range(0, CASES, 500)
        for answer in json.loads(core.evaluate(POOL, json.dumps(sent[start : start + 500])))
    ]
    kinds = {"refused": 0, "pooled": 0}
    for (x, settings), answer in zip(cases, found, strict=True):
        said = f"x =\n{x}\nsettings = {settings}\nin the browser: {answer}"
        wanted = expected(x, **settings)
        kinds["refused" if "error" in wanted else "pooled"] += 1
        if "error" in wanted:
            assert answer.get("error") == wanted["error"], f"pooling_lib refuses: {wanted['error']}\n{said}"
            continue
        assert "error" not in answer, f"pooling_lib gives {wanted}\n{said}"
        shape = (answer["rows"], answer["columns"])
        assert shape == wanted["values"].shape, f"pooling_lib gives {wanted}\n{said}"
        for part, value in wanted.items():
            np.testing.assert_allclose(
                np.array([float(v) for v in answer[part]]).reshape(shape),
                value,
                rtol=1e-12,
                atol=1e-12,
                err_msg=f"{part}\n{said}",
            )
    assert min(kinds.values()) > CASES / 20, f"the cases have become one-sided: {kinds}"


GRIDS = [
    "−1 2",
    "1",
    "3 1 4\n1 5 9",
    "3,1,4\n1,5,9",
    " 3, 1 ,4 ,\n\n\t1\t5  9 \n",
    "-1 +2 -.5 1. 1e3 -2.5E-1",
    "nan NaN inf Inf -inf +inf -INF",
    "-0 0",
    "1 2\r\n3 4\r\n",
    "1e999 -1e999 1e-999",
    "0.1 0.2 0.30000000000000004 1234567.891",
]
NOT_GRIDS = [
    "",
    " \n ",
    "1 2\n3",
    "one",
    "1 2\n3 x",
    "1;2",
    "0x10",
    "1e",
    "--1",
    "1.2.3",
    "1/2",
    "True",
    "constructor",
    "__proto__",
    "[1, 2]",
]


def test_the_browser_reads_numbers_as_the_explorer_does(core):
    read = """(text) => {
      try {
        const { rows, columns, values } = it.parsePlane(text);
        return [[rows, columns], Array.from(values, plain)];
      } catch (error) {
        return error.message;
      }
    }"""
    for text in GRIDS:
        x = Explorer(numbers=text, window=1).x
        shape, values = core.evaluate(read, text)
        assert tuple(shape) == x.shape, f"{text!r}: {shape} in the browser, {x.shape} in Python"
        np.testing.assert_array_equal(np.array([float(v) for v in values]).reshape(shape), x, err_msg=repr(text))
    for text in NOT_GRIDS:
        found = core.evaluate(read, text)
        assert isinstance(found, str) and found, f"{text!r} is read as {found} in the browser"
        with pytest.raises(ValueError):
            Explorer(numbers=text, window=1)


def test_the_browser_writes_numbers_as_the_pictures_do(core):
    # Eighths are what means of eight give: halves of the last digit shown.
    values = (
        [n / 8 for n in range(-40, 41)]
        + [n / 3 for n in range(-9, 10)]
        + [0.005, 0.015, -0.004, 255, 100000, 1234567, 1e21, -1e21, 1e-9]
    )
    for value in values:
        found = core.evaluate("(value) => it.show(value)", value)
        assert found == pictures.two_decimals(value), (
            f"{value!r} is {found!r} in the browser and {pictures.two_decimals(value)!r} in pictures.two_decimals"
        )
    found = core.evaluate('() => ["NaN", "Infinity", "-Infinity", "-0"].map((word) => it.show(Number(word)))')
    assert found == [pictures.two_decimals(float(word)) for word in ("nan", "inf", "-inf", "-0")]
