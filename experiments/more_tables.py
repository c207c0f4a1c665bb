"""The tables of appendix/libraries.md about global, adaptive, Lp and other pools, made of what more_pools.py found."""

import re

import numpy as np
from library_tables import code


def asked(found, topic, title):
    """The answers to a question, by library."""
    return found["asked"][topic][title]["answers"]


def said(answer, show=None):
    """A cell: the numbers, or the error, or a dash where nothing was asked."""
    if answer is None:
        return "—"
    return code(answer["error"]) if "error" in answer else (show or numbers)(answer)


def numbers(answer):
    return ", ".join(map(number, answer["output"]))


def number(value):
    """As a reader writes it: three digits after the point, and a minus that is one."""
    text = {"nan": "NaN", "inf": "∞", "-inf": "−∞"}.get(value)
    return text or f"{round(float(value), 3):.6g}".replace("-", "−")


def shape(answer):
    return " × ".join(map(str, answer["shape"]))


def kind(answer):
    return f"{numbers(answer)}, {answer['dtype']}"


def rows(found, topic, *columns):
    """A row for each library that is asked the first column's question; a column may say how to show."""
    columns = [column if isinstance(column, tuple) else (column, numbers) for column in columns]
    for library in asked(found, topic, columns[0][0]):
        yield [library, *(said(asked(found, topic, title).get(library), show) for title, show in columns)]


def whole_planes(found):
    """Library, the shapes that come out, and who gets the gradient of a tie."""
    yield from rows(found, "global", ("maximum", shape), ("kept", shape), "gradient")


def broken_planes(found):
    """Library, what becomes of a NaN, and of nothing."""
    yield from rows(found, "global", "NaN first", "NaN last", "mean of nothing", "maximum of nothing")


def bins(x, count):
    """Three ways to cut a line: {words: means}."""
    n = len(x)
    ends = [(n * i / count, n * (i + 1) / count) for i in range(count)]
    shares = [[max(0, min(b, j + 1) - max(a, j)) for j in range(n)] for a, b in ends]
    return {
        "neighbours share": [np.mean(x[int(a) : -int(-b // 1)]) for a, b in ends],
        "the first ones longer": [np.mean(part) if part.size else np.nan for part in np.array_split(x, count)],
        "elements in parts": [np.average(x, weights=share) for share in shares],
    }


def adaptive(found):
    """Library, means of four bins of ten, which bins these are, their maxima, and means of five bins of three."""
    x = np.array(found["inputs"]["ten"][1], float)
    for library, means, largest, longer in rows(found, "adaptive", "10 to 4", "maximum, 10 to 4", "3 to 5"):
        output = asked(found, "adaptive", "10 to 4")[library]["output"]
        (words,) = [words for words, rule in bins(x, 4).items() if np.allclose(rule, output, atol=1e-3)]
        yield [library, means, words, largest, longer]


def export(found):
    """Pool and exporter, and the operators for ten elements in five, four and one bins."""
    names = {"Avg": "`AdaptiveAvgPool1d`", "Max": "`AdaptiveMaxPool1d`"}
    exporters = {"dynamo": "`dynamo=True`", "TorchScript": "`dynamo=False`"}
    for pool, pool_words in names.items():
        for exporter, words in exporters.items():
            cells = (found["export"][f"{pool}, 10 to {count}, {exporter}"] for count in (5, 4, 1))
            yield [f"{pool_words}, {words}", *map(operators, cells)]


def operators(one):
    """What computes, of the operators; those that only move axes are left out."""
    if "error" in one:
        return code(one["error"])
    kept = [name for name in one["operators"] if name not in ("Unsqueeze", "Squeeze", "Transpose")]
    return ", ".join(map(code, kept)) + ("" if one["agrees"] else " (other numbers)")


def norms(found):
    """Library, and norms by their power."""
    yield from rows(found, "norms", "p = 1", "p = 2", "p = 3", "p = inf")


def other_norms(found):
    """Library, norms with a window that hangs over, of a whole line, and the gradient of zeros."""
    titles = ("hangs over, p = 1", "whole", "gradient")
    for library in dict.fromkeys(name for title in titles for name in asked(found, "norms", title)):
        yield [library, *(said(asked(found, "norms", title).get(library)) for title in titles)]


#: A place in images, rows, columns, channels as numbers of different ways to count.
def places(batch, place):
    n, h, w, c = batch
    image, row, column, channel = place
    return {
        row * w + column: "the plane",
        (row * w + column) * c + channel: "the image, channels last",
        ((image * h + row) * w + column) * c + channel: "the batch, channels last",
        ((image * c + channel) * h + row) * w + column: "the batch, channels first",
    }


def indices(found):
    """Library, the index of one element in a batch, what that counts, and the index of a NaN of two."""
    (size, elements), first = found["inputs"]["marked"], {"PyTorch", "ONNX", "ONNX Runtime"}
    place = np.unravel_index(np.argmax(elements), size)
    for library, answer in asked(found, "unpool", "index").items():
        output = np.reshape(answer["output"], answer["shape"])
        index = int(output[(1, 1, 0, 0) if library in first else (1, 0, 0, 1)])
        words = places(size, map(int, place))[index]
        yield [library, str(index), words, said(asked(found, "unpool", "two NaN")[library])]


def unpooled(found):
    """Library, what stands at a place that is named twice, and what becomes of an index beyond the end."""
    for library, answer in asked(found, "unpool", "one place twice").items():
        other = "".join(f"; at times {numbers({'output': output})}" for output in answer.get("also", []))
        yield [library, said(answer) + other, said(asked(found, "unpool", "place 4 of 4")[library])]


def function(answer):
    """The function that is called: its name in the line of code."""
    (name,) = re.findall(r"[\w.]*(?:pool|Pool|reduce_window|block_reduce|maximum_filter|dilate)\w*", answer["call"])
    return name


def shares(answer):
    """Who gets the gradient of a cube of ones."""
    words = {(1, *[0] * 7): "the first", (1,) * 8: "all eight"}
    return words[tuple(answer["output"])]


def axes(found):
    """Library, its pools of a line and of a cube, how many windows if no stride is said, who gets the gradient."""
    line, cube = asked(found, "axes", "line"), asked(found, "axes", "cube")
    windows = lambda answer: str(len(answer["output"]))
    for library, *cells in rows(found, "axes", ("no stride", windows), ("gradient in a cube", shares)):
        names = list(dict.fromkeys(code(function(one[library])) for one in (line, cube) if "error" not in one[library]))
        yield [library, ", ".join(names), *cells]


def types(found):
    """Library, and what becomes of integers and of doubles."""
    for library, *cells in rows(found, "axes", ("int32 cube", kind), ("float64 cube", kind)):
        yield [library, said(asked(found, "axes", "int32 line")[library], kind), *cells]


TABLES = {
    "global": (["Library", "Shape", "Axes kept", "Gradient of a tie"], whole_planes),
    "nothing": (["Library", "NaN first", "NaN last", "Mean of nothing", "Maximum of nothing"], broken_planes),
    "adaptive": (["Library", "10 to 4, means", "Bins", "10 to 4, maxima", "3 to 5, means"], adaptive),
    "export": (["Pool and exporter", "10 to 5", "10 to 4", "10 to 1"], export),
    "norms": (["Library", "p = 1", "p = 2", "p = 3", "p = ∞"], norms),
    "other norms": (["Library", "Hangs over, p = 1", "All five, p = 2", "Gradient of zeros"], other_norms),
    "indices": (["Library", "Index", "Counted along", "Two NaN"], indices),
    "unpool": (["Library", "One place twice", "Place 4 of 4"], unpooled),
    "lines and cubes": (["Library", "Pools", "Windows", "Gradient of a tie"], axes),
    "types": (["Library", "int32, line", "int32, cube", "float64, cube"], types),
}
