"""The break-it list: each rule of the library broken on purpose, to see that a test notices.

    python tests/mutations.py                  all of it
    python tests/mutations.py kernels.py 20    of these files, so many entries, spread over the list

Each entry edits a copy of the package and runs the tests on that copy; what survives shows a missing
test, and makes the exit status 1.

Entries quote code as `canonical` gives it, so that layout and comments may change: one line for each
statement, single quotes, no comments, no docstrings.
"""

import ast
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Which tests stand guard over a file, in the order in which they are asked.
POOLS = ["test_large_windows.py", "test_pooling.py", "test_pools.py", "test_kernels.py", "test_gradients.py"]
GUARDS = {
    "geometry.py": ["test_geometry.py", *POOLS],
    "plans.py": POOLS,
    "arguments.py": POOLS,
    "reductions.py": ["test_pools.py", "test_gradients.py"],
    "kernels.py": ["test_large_windows.py", "test_pooling.py", "test_kernels.py", "test_pools.py", "test_gradients.py"],
    "walks.py": ["test_large_windows.py", "test_pools.py", "test_gradients.py", "test_pooling.py"],
    "pooling.py": POOLS,
    "gradients.py": ["test_gradients.py", "test_large_windows.py"],
    "naive.py": ["test_naive.py", "test_pooling.py"],
    "cost.py": ["test_cost.py"],
    "keras_layers.py": ["test_keras_layers.py", "test_keras_at_the_limits.py", "test_keras_conformance.py"],
    "sklearn_transformer.py": ["test_sklearn_transformer.py"],
}

# The quick tests of all guards come first, then their random cases. What compiles with XLA or trains takes too long.
ROUNDS = ["not random and not xla and not trains", "random"]

# One process and the one plugin that is needed (the copy has no settings); stop at the first failure.
OPTIONS = [
    *("-p", "_hypothesis_pytestplugin", "--hypothesis-profile=break-it", "-p", "no:cacheprovider"),
    *("-x", "-q", "-rfE", "--tb=no", "--assert=plain", "--import-mode=importlib"),
]

#: (rule, file, old text, new text). The old text has to occur exactly once in the file's canonical code.
MUTATIONS = [
    # where the windows stand
    ("stride defaults to the window", "geometry.py", "window if stride is None", "(1,) * axes if stride is None"),
    (
        "'same' puts the odd row at the end",
        "geometry.py",
        "total // 2, total - total // 2",
        "total - total // 2, total // 2",
    ),
    ("'same' rounds the size up", "geometry.py", "count = -(-n // s)", "count = max(1, n // s)"),
    (
        "'same' counts the gaps of a dilation",
        "geometry.py",
        "(count - 1) * s + extent(k, d) - n",
        "(count - 1) * s + k - n",
    ),
    ("the extent counts the gaps", "geometry.py", "dilation * (window - 1) + 1", "dilation * window"),
    (
        "the textbook formula",
        "geometry.py",
        "(-(-room // s) if ceil_mode else room // s) + 1",
        "-(-room // s) if ceil_mode else room // s",
    ),
    ("padding at the end makes room", "geometry.py", "room = n + before + after - ", "room = n + before - "),
    (
        "windows start in the padding",
        "geometry.py",
        "return output * self.stride - self.before",
        "return output * self.stride",
    ),
    ("dilation spaces the taps", "geometry.py", "offset = tap * self.dilation", "offset = tap"),
    (
        "taps skip padding at the start",
        "geometry.py",
        "first = max(0, -(offset // self.stride))",
        "first = max(0, -offset // self.stride)",
    ),
    (
        "taps skip padding at the end",
        "geometry.py",
        "(self.size - 1 - offset) // self.stride)",
        "(self.size - offset) // self.stride)",
    ),
    (
        "a tap keeps its number beside padding",
        "geometry.py",
        "yield (tap, slice(first, last + 1, 1), slice(begin, end + 1, self.stride))",
        "yield (tap - first_tap, slice(first, last + 1, 1), slice(begin, end + 1, self.stride))",
    ),
    ("covered skips by whole dilations", "geometry.py", "start + skipped * self.dilation, min", "max(start, low), min"),
    ("inner windows end before the padding", "geometry.py", "min(last + 1, self.count)", "min(last + 2, self.count)"),
    (
        "inner windows begin after the padding",
        "geometry.py",
        "first = -(-self.before // self.stride)\n",
        "first = self.before // self.stride\n",
    ),
    (
        "a window is counted without its gaps",
        "geometry.py",
        "[self.window] * len(inner)",
        "[extent(self.window, self.dilation)] * len(inner)",
    ),
    (
        "sizes of the result follow the order of the axes",
        "plans.py",
        "zip(self.axes, (along.count",
        "zip(sorted(self.axes), (along.count",
    ),
    (
        "all axes have to be free of padding for a short cut",
        "plans.py",
        "return all((len(along.inner()) == along.count for along in self.placed))",
        "return any((len(along.inner()) == along.count for along in self.placed))",
    ),
    # pieces of the work
    (
        "a piece reads to the end of its last window",
        "geometry.py",
        "self.start(end - 1) + extent(self.window, self.dilation)",
        "self.start(end - 1) + self.window",
    ),
    (
        "a piece at the start keeps its padding",
        "geometry.py",
        "before, after = (inside.start - low, high - inside.stop)",
        "before, after = (0, high - inside.stop)",
    ),
    (
        "a piece at the end keeps its padding",
        "geometry.py",
        "inside.start - low, high - inside.stop",
        "inside.start - low, 0",
    ),
    (
        "the last piece of rows ends with the outputs",
        "plans.py",
        "slice(row, min(row + rows, along.count))",
        "slice(row, row + rows)",
    ),
    (
        "the last piece of images ends with the array",
        "plans.py",
        "slice(first, min(first + several, images))",
        "slice(first, first + several)",
    ),
    # ceil_mode
    ("ceil_mode keeps the last window", "geometry.py", "-(-room // s) if ceil_mode", "room // s if ceil_mode"),
    ("no window starts in the end padding", "geometry.py", "min(count, (n - 1 + before) // s + 1)", "count"),
    ("it may start on the last element", "geometry.py", "(n - 1 + before) // s + 1)", "(n - 2 + before) // s + 1)"),
    ("overhang is never counted", "geometry.py", "min(stop, high)", "stop"),
    (
        "nor with count_include_pad",
        "geometry.py",
        "self.size + self.after) if padding",
        "self.size + self.after + self.window) if padding",
    ),
    ("ceil_mode with 'same' is refused", "geometry.py", "if ceil_mode and padding == 'same':", "if False:"),
    # windows that are refused
    ("a window of padding only", "geometry.py", "if not self.covered(output)), None)", "if False), None)"),
    ("windows may step over a short axis", "geometry.py", "if self.dilation > self.size:", "if False:"),
    (
        "of size + 1 windows one misses",
        "geometry.py",
        "itertools.islice(self._edges(), self.size + 1)",
        "itertools.islice(self._edges(), 1)",
    ),
    (
        "what lies in the padding everywhere is left out, in front",
        "geometry.py",
        "first = min(first, self.before // self.dilation)",
        "first = 0",
    ),
    (
        "trimmed windows start where they did",
        "geometry.py",
        "before = self.before - first * self.dilation",
        "before = self.before",
    ),
    (
        "a trimmed window ends at its last real element",
        "geometry.py",
        "window=last - first + 1",
        "window=self.window - first",
    ),
    (
        "one element has no gaps",
        "geometry.py",
        "dilation=self.dilation if first < last else 1",
        "dilation=self.dilation",
    ),
    (
        "a single window strides over the axis",
        "geometry.py",
        "stride=self.stride if self.count > 1 else before + self.size",
        "stride=self.stride",
    ),
    (
        "few windows go one by one",
        "geometry.py",
        "return self.taps() if self.count > last - first else self.each()",
        "return self.taps()",
    ),
    (
        "a step for each window reads all of it",
        "geometry.py",
        "slice(inside.start, inside.stop, inside.step)",
        "slice(inside.start, inside.stop, 1)",
    ),
    (
        "windows share an element if their extents do",
        "geometry.py",
        "-(-extent(self.window, self.dilation) // self.stride)",
        "-(-self.window // self.stride)",
    ),
    ("too many outputs", "plans.py", "math.prod(made.result), 2 * elements", "0, 2 * elements"),
    ("too much padding in between", "plans.py", "padded, 4 ** len(axes) * elements", "0, 4 ** len(axes) * elements"),
    ("too many bins", "plans.py", "outputs, 2 * math.prod(shape)", "0, 2 * math.prod(shape)"),
    ("large arrays may make large ones", "plans.py", "makes > max(MOST, fair)", "makes > MOST"),
    ("a window that fits nowhere", "geometry.py", "if count < 1:", "if False:"),
    ("numbers below 1", "geometry.py", "if any((number < least for number in numbers)):", "if False:"),
    ("negative padding", "geometry.py", "if any((n < 0 for pair in pairs for n in pair)):", "if False:"),
    ("True is no number", "geometry.py", "if isinstance(one, bool):", "if False:"),
    ("2.0 is no integer", "geometry.py", "return operator.index(one)", "return int(one)"),
    ("one number per axis", "geometry.py", "if len(values) != axes:", "if False:"),
    ("one pair per axis", "geometry.py", "if len(pairs) != axes or not", "if not"),
    ("pairs are pairs", "geometry.py", " or not all(map(_is_pair, pairs))", ""),
    ("an unknown padding", "geometry.py", "if padding in ('valid', 'same'):", "if padding:"),
    # what may be pooled
    ("default axes of (N, H, W, C)", "plans.py", "4: (1, 2), 5", "4: (2, 3), 5"),
    ("default axes of (N, D, H, W, C)", "plans.py", "5: (1, 2, 3)}", "5: (2, 3, 4)}"),
    (
        "axes are heard",
        "plans.py",
        "    axes = spatial_axes(axes, shape, name)\n",
        "    axes = spatial_axes(None, shape, name)\n",
    ),
    (
        "axes count from the end, too",
        "plans.py",
        "{rank - 1}')\n    return spatial\n",
        "{rank - 1}')\n    return tuple(axes)\n",
    ),
    (
        "True is not the 1 that was asked for before",
        "plans.py",
        "type(window) is int and",
        "isinstance(window, int) and",
    ),
    ("booleans", "arguments.py", "if x.dtype.kind not in 'iuf':", "if x.dtype.kind not in 'iufb':"),
    ("complex numbers", "arguments.py", "if x.dtype.kind not in 'iuf':", "if x.dtype.kind not in 'iufc':"),
    ("objects", "arguments.py", "if x.dtype.kind not in 'iuf':", "if x.dtype.kind not in 'iufO':"),
    ("strings", "arguments.py", "if x.dtype.kind not in 'iuf':", "if x.dtype.kind not in 'iufU':"),
    ("an empty spatial axis", "plans.py", "if shape[axis] == 0]", "if shape[axis] < 0]"),
    ("an empty batch is one piece", "plans.py", "if 0 in self.shape:", "if False:"),
    (
        "an empty batch, folded",
        "kernels.py",
        "    if x.size == 0:\n        return np.empty(plan.result, (dtype",
        "    if False:\n        return np.empty(plan.result, (dtype",
    ),
    ("an empty batch, routed", "kernels.py", "if dy.size == 0:", "if False:"),
    (
        "True is no axis",
        "plans.py",
        "if isinstance(axes, bool) or (listed(axes) and any((isinstance(axis, bool) for axis in axes))):",
        "if False:",
    ),
    (
        "what is read once is no list of axes",
        "plans.py",
        "tuple(axes) if listed(axes) else operator.index(axes)",
        "axes",
    ),
    (
        "what is read once is no list of windows",
        "geometry.py",
        "hasattr(value, '__len__') and hasattr(value, '__getitem__') and",
        "hasattr(value, '__iter__') and",
    ),
    ("a set has no order", "geometry.py", "hasattr(value, '__getitem__') and (getattr", "(getattr"),
    ("a dict is no list", "geometry.py", "(str, bytes, Mapping)", "(str, bytes)"),
    ("an array without axes is a number", "geometry.py", " and (getattr(value, 'ndim', 1) > 0)", ""),
    (
        "'False' is not False",
        "geometry.py",
        "if isinstance(value, bool) or str(getattr(value, 'dtype', '')) == 'bool':",
        "if True:",
    ),
    ("one element has no gaps", "geometry.py", "d if k > 1 else 1, before", "d, before"),
    ("a list of arrays", "arguments.py", "if isinstance(x, (list, tuple)) and", "if False and"),
    ("a number of 400 digits", "arguments.py", "except OverflowError:", "except KeyError:"),
    ("a masked array", "arguments.py", "if isinstance(x, np.ma.MaskedArray):", "if False:"),
    ("a masked array, in a hurry", "arguments.py", "if type(x) is np.ndarray and", "if isinstance(x, np.ndarray) and"),
    (
        "ragged input",
        "arguments.py",
        "except ValueError:\n        raise ValueError(f'{name} is",
        "except KeyError:\n        raise ValueError(f'{name} is",
    ),
    ("a rank without default axes", "plans.py", "if rank not in default:", "if False:"),
    ("axes that do not match", "plans.py", "None\n    except ValueError:", "None\n    except KeyError:"),
    (
        "axes of no integers",
        "plans.py",
        "    except TypeError:\n        raise TypeError(f'axes",
        "    except KeyError:\n        raise TypeError(f'axes",
    ),
    ("no axes", "plans.py", "if not spatial:", "if False:"),
    ("a gradient of another shape", "arguments.py", "if dy.shape != shape:", "if False:"),
    ("gradients of integers are float64", "arguments.py", "else dy.astype(np.float64)", "else dy.astype(np.float32)"),
    (
        "a shape below 0",
        "arguments.py",
        "len(input_shape), least=0, mend=mend)",
        "len(input_shape), least=-9, mend=mend)",
    ),
    (
        "a shape of no integers",
        "arguments.py",
        "return ints('input_shape', input_shape, ",
        "return ints('input_shape', tuple(map(int, input_shape)), ",
    ),
    ("negative elements", "arguments.py", "if lowest < 0:", "if False:"),
    (
        "negative elements beside NaN",
        "arguments.py",
        "        lowest = np.nanmin(x, initial=0)\n",
        "        pass\n",
    ),
    (
        "infinite chances",
        "arguments.py",
        "if finite and (not np.isfinite(x).all()):",
        "if False and (not np.isfinite(x).all()):",
    ),
    ("p = True", "arguments.py", "isinstance(value, (bool, np.bool_)) or not", "not"),
    ("p = NaN", "arguments.py", "if math.isnan(as_float):", "if False:"),
    (
        "a norm below 1",
        "arguments.py",
        "if (power := number('p', p, mend)) < 1:",
        "if (power := number('p', p, mend)) < 0:",
    ),
    (
        "the 1-norm is one",
        "arguments.py",
        "if (power := number('p', p, mend)) < 1:",
        "if (power := number('p', p, mend)) <= 1:",
    ),
    (
        "a power of 0",
        "arguments.py",
        "(power := number('p', p, mend)) == 0 or math.isinf(power):",
        "math.isinf((power := number('p', p, mend))):",
    ),
    ("an infinite power", "arguments.py", "== 0 or math.isinf(power):", "== 0:"),
    (
        "a temperature of 0",
        "arguments.py",
        "if (above := number(name, value, mend)) <= 0:",
        "if (above := number(name, value, mend)) < 0:",
    ),
    ("shares of another kind", "arguments.py", "if share.dtype.kind not in 'iuf':", "if False:"),
    (
        "shares above 1",
        "arguments.py",
        "(np.min(share, initial=0) >= 0 and np.max(share, initial=0) <= 1)",
        "np.min(share, initial=0) >= 0",
    ),
    (
        "negative shares",
        "arguments.py",
        "if not (np.min(share, initial=0) >= 0 and",
        "if not (0 * np.min(share, initial=0) == 0 and",
    ),
    (
        "shares that do not broadcast",
        "arguments.py",
        "    except ValueError:\n        raise ValueError(f'mix",
        "    except KeyError:\n        raise ValueError(f'mix",
    ),
    ("an empty pyramid", "arguments.py", "    if not values:\n", "    if False:\n"),
    ("a level of 0", "arguments.py", "len(values), least=1, mend='a level", "len(values), least=0, mend='a level"),
    ("indices of no integers", "arguments.py", "if where.dtype.kind not in 'iu':", "if False:"),
    ("indices of another shape", "arguments.py", "if where.shape != shape:", "if False:"),
    ("indices outside the plane", "arguments.py", "(where.min() >= 0 and where.max() < plane)", "where.min() >= 0"),
    ("negative indices", "arguments.py", "not (where.min() >= 0 and", "not (True and"),
    ("a mask of no booleans", "arguments.py", "if keep.dtype != bool:", "if False:"),
    ("a mask of the leading axes", "arguments.py", "keep.reshape(keep.shape + (1,) * (x.ndim - keep.ndim))", "keep"),
    ("a mask of another shape", "arguments.py", "if keep.shape != x.shape[:keep.ndim]:", "if False:"),
    (
        "no window means the whole plane",
        "arguments.py",
        "[x.shape[axis] for axis in axes] if window is None",
        "1 if window is None",
    ),
    ("two windows take no pairs", "arguments.py", "    if not isinstance(padding, str):\n", "    if False:\n"),
    # dtypes
    (
        "integers average to float64",
        "arguments.py",
        "dtype if dtype.kind == 'f' else np.dtype(np.float64)",
        "dtype if dtype.kind == 'f' else np.dtype(np.float32)",
    ),
    ("longdouble stays long", "arguments.py", "np.promote_types(dtype, np.float64)", "np.dtype(np.float64)"),
    ("float16 is summed in float32", "arguments.py", "return np.dtype(np.float32)", "return dtype"),
    (
        "so is float16 in the other byte order",
        "arguments.py",
        "if dtype.itemsize == 2:",
        "if dtype == np.float16 and dtype.isnative:",
    ),
    ("long sums of float32 are float64", "arguments.py", "dtype.itemsize > 4 or depth <= 14", "True"),
    ("padding never wins a max of integers", "arguments.py", "np.iinfo(dtype).min if", "0 if"),
    ("padding never wins a max of floats", "arguments.py", "else -np.inf", "else 0"),
    ("padding never wins over -inf", "arguments.py", "else -np.inf", "else np.finfo(dtype).min"),
    ("padding never wins a min of integers", "arguments.py", "np.iinfo(dtype).max if", "0 if"),
    ("padding never wins a min of floats", "arguments.py", "else np.inf\n", "else 0\n"),
    # the formulas
    (
        "a function without a slope has none",
        "reductions.py",
        "slope: Callable[..., np.ndarray] | None = None",
        "slope: Callable[..., np.ndarray] | None = _same",
    ),
    (
        "powers are scaled by the largest",
        "reductions.py",
        "extreme = np.maximum if p > 0 else np.minimum\n\n    def combine",
        "extreme = np.minimum\n\n    def combine",
    ),
    (
        "negative powers are scaled by the smallest",
        "reductions.py",
        "extreme = np.maximum if p > 0 else np.minimum\n\n    def combine",
        "extreme = np.maximum\n\n    def combine",
    ),
    ("padding is never the smallest of a power mean", "reductions.py", "else (np.inf, 0)", "else (0, 0)"),
    ("both halves of a norm are scaled", "reductions.py", "b[1] * power_ratio(b[0], m, p)", "b[1]"),
    ("0 / 0 and inf / inf are 1", "reductions.py", "where_nan(x / m, x == m, 1) ** p", "(x / m) ** p"),
    (
        "what is no NaN stays",
        "reductions.py",
        "np.where(condition, instead, values)",
        "np.where(np.isnan(values), instead, values)",
    ),
    ("the inf-norm takes sizes", "reductions.py", "Reduction(np.maximum, 0, np.abs)", "Reduction(np.maximum, 0)"),
    (
        "padding never wins an inf-norm",
        "reductions.py",
        "Reduction(np.maximum, 0, np.abs)",
        "Reduction(np.maximum, 1, np.abs)",
    ),
    (
        "a norm takes the root of the sum",
        "reductions.py",
        "state[0] * state[1] ** (1 / p), slope)",
        "state[0] * state[1] ** (1 / 2), slope)",
    ),
    ("the slope of a norm has the element's sign", "reductions.py", "np.sign(x) * power_ratio", "power_ratio"),
    ("the slope of a norm", "reductions.py", "power_ratio(np.abs(x), y, p - 1)\n", "power_ratio(np.abs(x), y, p)\n"),
    (
        "a power mean divides by the real elements",
        "reductions.py",
        "(state[1] / count) ** (1 / p)",
        "state[1] ** (1 / p)",
    ),
    ("so does its slope", "reductions.py", "* (y != 0) / count", "* (y != 0)"),
    (
        "a power mean of 0 passes nothing",
        "reductions.py",
        "power_ratio(x, y, p - 1) * (y != 0) / count",
        "power_ratio(x, y, p - 1) / count",
    ),
    ("near 0 a power mean is reckoned by the excess", "reductions.py", "if abs(p) < NEAR_0:", "if False:"),
    ("so it is below 0", "reductions.py", "if abs(p) < NEAR_0:", "if 0 < p < NEAR_0:"),
    (
        "the least power counts as one a little larger",
        "reductions.py",
        "extreme = np.maximum if p > 0 else np.minimum\n\n    def scaled",
        "extreme = np.maximum\n\n    def scaled",
    ),
    ("an excess is scaled", "reductions.py", "state[1] * (1 + less) + state[2] * less", "state[1] + state[2] * less"),
    ("an excess is counted for each element", "reductions.py", "+ state[2] * less", "+ less"),
    ("the excess is shared", "reductions.py", "np.log1p(d / count) / p", "np.log1p(d) / p"),
    ("an infinity wins", "reductions.py", "np.where((m == 0) | (m == np.inf), m, ", "np.where(m == 0, m, "),
    ("a zero wins", "reductions.py", "np.where((m == 0) | (m == np.inf), m, ", "np.where(m == np.inf, m, "),
    ("elements almost alike keep their difference", "reductions.py", "np.abs(off) < 0.5", "off == 0"),
    ("logarithms never overflow", "reductions.py", "np.log(x) - np.log(m)))", "np.log(x / m)))"),
    ("alike is alike at infinity", "reductions.py", "where_nan((x - m) / m, x == m, 0)", "((x - m) / m)"),
    ("dp is a divergence", "reductions.py", "- mean) / (1 + mean)", "- mean)"),
    ("dp near equal weights is a series", "reductions.py", "np.abs(d) < 0.01", "np.abs(d) < 0"),
    ("the series is long enough", "reductions.py", "range(9, 1, -1)", "range(4, 1, -1)"),
    (
        "an element of 0 has weight 0",
        "reductions.py",
        "where_nan((1 + d) * np.log1p(d), d == -1, 0)",
        "((1 + d) * np.log1p(d))",
    ),
    ("dp divides by p twice", "reductions.py", "divergence / p / p", "divergence / p"),
    ("dp divides by the elements", "reductions.py", "/ p / p * y / count", "/ p / p * y"),
    ("infinitely hot is the mean", "reductions.py", "    if temperature == np.inf:\n        return mean\n", ""),
    ("the temperature divides", "reductions.py", "m == largest, 0) / temperature)", "m == largest, 0))"),
    (
        "exponents are taken from the largest",
        "reductions.py",
        "where_nan(m - largest, m == largest, 0)",
        "(0 * largest + m)",
    ),
    ("inf - inf weighs 1", "reductions.py", "where_nan(m - largest, m == largest, 0)", "(m - largest)"),
    ("zero weights add nothing: the first", "reductions.py", "where_nan(a[2] * (v / s), v == 0, 0)", "a[2] * (v / s)"),
    ("zero weights add nothing: the second", "reductions.py", "where_nan(b[2] * (w / s), w == 0, 0)", "b[2] * (w / s)"),
    ("a soft window begins at -inf", "reductions.py", "(-np.inf, 0, 0)", "(0, 0, 0)"),
    ("the soft slope counts moving weight", "reductions.py", "w * (1 + (x - y) / temperature)", "w"),
    ("the soft slope divides by the temperature", "reductions.py", "(1 + (x - y) / temperature)", "(1 + (x - y))"),
    (
        "the soft slope at -inf is 0",
        "reductions.py",
        "where_nan(w * (1 + (x - y) / temperature), w == 0, 0)",
        "w * (1 + (x - y) / temperature)",
    ),
    (
        "the slope of a mean",
        "reductions.py",
        "slope=lambda x, y, state, count: 1 / count)",
        "slope=lambda x, y, state, count: 1)",
    ),
    (
        "expected values square nothing that overflows",
        "reductions.py",
        "return (m, a[1] * v + b[1] * w,",
        "return (m, a[1] * v * m + b[1] * w * m,",
    ),
    ("both shares are scaled", "reductions.py", "a[2] * v * v + b[2] * w * w", "a[2] * v + b[2] * w"),
    (
        "an expected value is that of its squares",
        "reductions.py",
        "state[0] * (state[2] / state[1])",
        "state[0] * state[2]",
    ),
    ("the slope of an expected value", "reductions.py", "2 * power_ratio(x, m, 1)", "power_ratio(x, m, 1)"),
    ("zeros have no slope", "reductions.py", "squares / sums) / sums * (m != 0)", "squares / sums) / sums"),
    (
        "a share of 0 takes nothing, not even of an infinity",
        "reductions.py",
        "np.multiply(share, values, out=np.zeros(share.shape, np.result_type(share, values)), where=share != 0)",
        "share * values",
    ),
    ("combine is a function", "reductions.py", "if not callable(self.combine):", "if False:"),
    (
        "an identity is a number or a tuple",
        "reductions.py",
        "if not all((isinstance(one, (int, float, np.number)) for one in several)):",
        "if False:",
    ),
    # the fast folds
    (
        "strided takes every element",
        "kernels.py",
        "range(2 * dilation, window * dilation, dilation)",
        "range(2 * dilation, (window - 1) * dilation, dilation)",
    ),
    ("strided takes the second element", "kernels.py", "x[:, dilation:dilation + span:stride]", "x[:, :span:stride]"),
    ("halving keeps the odd rest", "kernels.py", "        if odd:\n", "        if False:\n"),
    ("halving ends with the third", "kernels.py", "    if parts.shape[2] == 3:\n", "    if False:\n"),
    (
        "halving is for windows that touch",
        "kernels.py",
        "if stride == window and dilation == 1:",
        "if stride <= window and dilation == 1:",
    ),
    ("halving knows no gaps", "kernels.py", "if stride == window and dilation == 1:", "if stride == window:"),
    ("doubling joins no more than the window", "kernels.py", "min(width, window - width)", "width"),
    ("doubling a sum adds the single elements", "kernels.py", "if bit == '1':", "if False:"),
    ("doubling a sum adds them once", "kernels.py", "other = (line if itself else whole)", "other = line"),
    (
        "a sum is joined without an overlap",
        "kernels.py",
        "IDEMPOTENT = (np.maximum,",
        "IDEMPOTENT = (np.add, np.maximum,",
    ),
    (
        "doubling spaces by the dilation",
        "kernels.py",
        "other = (line if itself else whole)[distance * dilation * after:]",
        "other = (line if itself else whole)[distance * after:]",
    ),
    (
        "doubling keeps each stride-th",
        "kernels.py",
        "length * after * x.itemsize, stride * after * x.itemsize,",
        "length * after * x.itemsize, after * x.itemsize,",
    ),
    (
        "few channels are all copied",
        "kernels.py",
        "        for channel in range(after):\n",
        "        for channel in range(min(after, 3)):\n",
    ),
    ("a window of 1 keeps the stride", "kernels.py", "(y.shape[1] - 1) * stride + 1:stride]", "y.shape[1]]"),
    ("what costs least is chosen", "kernels.py", "return min(price, key=", "return max(price, key="),
    ("without channels a row is one run", "kernels.py", "run = RUN if after > 1 else 2", "run = RUN"),
    (
        "the depth of a sum one by one",
        "kernels.py",
        "window - 1 if one_by_one or algorithm is strided",
        "0 if one_by_one or algorithm is strided",
    ),
    ("the depth of a sum by halves", "kernels.py", "else 2 * (window.bit_length() - 1)", "else 0"),
    ("the small line has no padding", "kernels.py", "if x.nbytes <= SMALL and plan.inner:", "if x.nbytes <= SMALL:"),
    (
        "the small line has the sum's dtype",
        "kernels.py",
        "x if dtype is None else x.astype(dtype, copy=False), plan, combine)",
        "x, plan, combine)",
    ),
    (
        "the small line of a sum adds elements once",
        "kernels.py",
        "line[here], (line if itself else whole)[there]",
        "line[here], line[there]",
    ),
    (
        "the small line keeps each stride-th",
        "kernels.py",
        "np.arange(outputs) * stride * pitch",
        "np.arange(outputs) * pitch",
    ),
    (
        "the small line spaces by the dilation",
        "kernels.py",
        "shift = distance * along.dilation * pitch",
        "shift = distance * pitch",
    ),
    (
        "planes as a whole have one window",
        "kernels.py",
        "along.window == along.size and",
        "along.window <= along.size and",
    ),
    (
        "planes as a whole, in the sum's dtype",
        "kernels.py",
        "combine.reduce(x, axis, dtype=dtype, keepdims=True)",
        "combine.reduce(x, axis, keepdims=True)",
    ),
    ("means divide slab by slab", "kernels.py", "divisor[:, slab[1]]", "divisor[:, :out.shape[1]]"),
    (
        "small means are divided",
        "kernels.py",
        "plan, combine)\n        return y if _divided(y, divisor, unless_infinite) else None",
        "plan, combine)\n        return y",
    ),
    ("of 0.0 and -0.0 the first is found", "kernels.py", " or (np.signbit(best) & (best == 0)).any())", ")"),
    (
        "carefully the first is kept",
        "kernels.py",
        "            np.copyto(best, new, where=wins)\n",
        "            np.maximum(best, new, out=best)\n",
    ),
    (
        "a sum that overflowed is not the end",
        "kernels.py",
        "not unless_infinite or math.isfinite(np.vdot(y, y))",
        "True",
    ),
    ("one divisor where all windows are alike", "kernels.py", "min(along) == max(along)", "max(along) == max(along)"),
    (
        "divisors follow the order of the axes",
        "kernels.py",
        "np.moveaxis(plan.counts(padding), plan.axes, range(-len(plan.axes), 0))",
        "plan.counts(padding)",
    ),
    ("NumPy's buffer comes back", "kernels.py", "        np.setbufsize(self.size)\n", "        pass\n"),
    (
        "the spatial axes come together in their order",
        "kernels.py",
        "if plan.axes == tuple(range(first, stop)):",
        "if sorted(plan.axes) == list(range(first, stop)):",
    ),
    ("axes go back to their places", "kernels.py", ".transpose(np.argsort(order))", ".transpose(order)"),
    (
        "a slab reads to the end of its last window",
        "kernels.py",
        "halo = extent(top.window, top.dilation) - 1",
        "halo = max(0, top.window - 1)",
    ),
    (
        "a slab's padding never wins",
        "kernels.py",
        "part = np.full((len(some), high - low, some.shape[2]), identity, dtype)",
        "part = np.zeros((len(some), high - low, some.shape[2]), dtype)",
    ),
    ("a slab at the end has padding, too", "kernels.py", "if low < 0 or high > top.size:", "if low < 0:"),
    ("each slab goes to its rows", "kernels.py", "slice(row, stop))", "slice(0, stop - row))"),
    (
        "padding between two axes never wins",
        "kernels.py",
        "whole = np.full((math.prod(before), length, run), identity, dtype)",
        "whole = np.zeros((math.prod(before), length, run), dtype)",
    ),
    (
        "the last axes have overhang, too",
        "kernels.py",
        "length = max(along.before + along.size, along.start",
        "length = min(along.before + along.size, along.start",
    ),
    # indices and the way back
    (
        "the last axis goes first",
        "kernels.py",
        "in reversed(list(enumerate(plan.placed, 1))):\n                best",
        "in list(enumerate(plan.placed, 1)):\n                best",
    ),
    ("ties go to the first", "kernels.py", "wins = new > best", "wins = new >= best"),
    ("NaN wins an argmax", "kernels.py", "wins |= np.isnan(new) & ~np.isnan(best)", "pass"),
    ("the first NaN gives the index", "kernels.py", " & ~np.isnan(best)", ""),
    ("a NaN is looked for", "kernels.py", "(np.isnan(best.min()) or (np", "((np"),
    ("codes go with their winners", "kernels.py", "old += (tap(code, number) - old) * wins", "pass"),
    ("codes of long windows", "kernels.py", "np.min_scalar_type(window - 1)", "np.uint8"),
    (
        "codes of long windows that double",
        "kernels.py",
        "own = np.zeros(part.shape, np.min_scalar_type(along.window - 1))",
        "own = np.zeros(part.shape, np.uint8)",
    ),
    (
        "where doubling costs less",
        "kernels.py",
        "3 * doublings * part.shape[axis] < (along.window - 1) * count",
        "False",
    ),
    (
        "the later half has to be larger",
        "kernels.py",
        "wins = best[later] > best[first]",
        "wins = best[later] >= best[first]",
    ),
    ("a NaN in the later half wins", "kernels.py", "wins |= np.isnan(best[later]) & ~np.isnan(best[first])", "pass"),
    ("the first NaN of both halves stays", "kernels.py", " & ~np.isnan(best[first])", ""),
    (
        "the later half is further on",
        "kernels.py",
        "(own[later] + own.dtype.type(further) - own[first]) * wins",
        "(own[later] - own[first]) * wins",
    ),
    ("halves lie apart by the dilation", "kernels.py", "further * along.dilation)", "further)"),
    (
        "other codes go with the half that wins",
        "kernels.py",
        "code[first] + (code[later] - code[first]) * wins",
        "code[first]",
    ),
    (
        "large windows that share nothing are searched",
        "kernels.py",
        "plan.overlap == 1 and math.prod(",
        "math.prod(",
    ),
    (
        "one window over a plane in one piece",
        "kernels.py",
        "whole.shape[-1] == 1 and all((along.count == 1 and along.window == along.size",
        "whole.shape[-1] == 1 and all((along.window == along.size",
    ),
    ("a search finds NaN", "kernels.py", "hits |= (some != some) & (best != best)", "pass"),
    ("a search ends at the first", "kernels.py", "reversed(list(pieces(lines)))", "list(pieces(lines))"),
    ("a search ends at the first of a piece", "kernels.py", "np.flatnonzero(hits)[::-1]", "np.flatnonzero(hits)"),
    (
        "what lies between two windows is not found",
        "kernels.py",
        "(after < extent(along.window, along.dilation))\n        under = under",
        "(after >= 0)\n        under = under",
    ),
    (
        "what lies in a gap is not found",
        "kernels.py",
        "under = under & (after % along.dilation == 0)\n        outputs",
        "outputs",
    ),
    (
        "what lies after the last window is not found",
        "kernels.py",
        "(output < along.count) & (after",
        "(output >= 0) & (after",
    ),
    (
        "a search knows the piece",
        "kernels.py",
        "[places[0] + images.start, places[1] + rows.start, *places[2:]]",
        "[places[0] + images.start, *places[1:]]",
    ),
    (
        "padding never gives an index",
        "kernels.py",
        "np.maximum(code, column(before, axis, code.ndim).astype(code.dtype))",
        "code",
    ),
    (
        "the first real element may lie between two taps",
        "kernels.py",
        "np.maximum(-(begins // along.dilation), 0)",
        "np.maximum(-begins, 0)",
    ),
    ("codes count steps of the dilation", "kernels.py", "+ number * along.dilation", "+ number"),
    (
        "indices are flat in the plane, row by row",
        "kernels.py",
        "where = where * along.size",
        "where = where * along.count",
    ),
    (
        "indices are int64",
        "kernels.py",
        "for dtype in (whole.dtype, np.int64))",
        "for dtype in (whole.dtype, np.int32))",
    ),
    ("an argmax pads the other axes, too", "kernels.py", "if along.before or after:", "if along.before:"),
    (
        "windows that overlap add their gradients up",
        "kernels.py",
        "                    target[to] += _where",
        "                    target[to] = _where",
    ),
    (
        "windows that overlap add up where the index is followed",
        "kernels.py",
        "np.add.at(flat, places, numbers)",
        "flat[places] = numbers",
    ),
    (
        "indices that are followed are of one image",
        "kernels.py",
        "some * dx.shape[-1] + corners[images]",
        "some * dx.shape[-1] + corners[:1]",
    ),
    (
        "an index that is followed lies in the plane",
        "kernels.py",
        "under = under & (place.view(np.uint64) < along.size)\n",
        "pass\n",
    ),
    (
        "an index that is followed lies under its window",
        "kernels.py",
        "(after.view(np.uint64) < extent(along.window, along.dilation))",
        "True",
    ),
    (
        "an index that is followed lies in no gap",
        "kernels.py",
        "under & (after % along.dilation == 0) if along.dilation > 1 else under",
        "under",
    ),
    (
        "an index lies in its own bin",
        "kernels.py",
        "(after.view(np.uint64) < column(lengths, axis, where.ndim).view(np.uint64))",
        "True",
    ),
    ("with many elements the index is followed", "kernels.py", "<= COMPARED", "<= 10 ** 9"),
    ("a sum at stride 1 goes back as one", "kernels.py", "if plan.overlap > 1 and all(", "if False and all("),
    (
        "a sum that goes back begins where its first window ends",
        "kernels.py",
        "padding = extent(along.window, along.dilation) - 1 - along.before",
        "padding = along.before",
    ),
    ("a lost index is refused", "kernels.py", "if found < dy.size:", "if False:"),
    (
        "infinity times 0 is 0",
        "kernels.py",
        "return (numbers.view(bits) * hits).view(numbers.dtype)",
        "return numbers * hits",
    ),
    ("longdouble has no integer of its size", "kernels.py", "if numbers.itemsize > 8:", "if False:"),
    (
        "an offset counts whole rows",
        "kernels.py",
        "pitch * along.dilation * number, *tap",
        "along.dilation * number, *tap",
    ),
    (
        "what is spread adds up",
        "kernels.py",
        "dx[*before, inputs] += dy[*before, outputs]",
        "dx[*before, inputs] = dy[*before, outputs]",
    ),
    # the pools
    (
        "padding is not counted unless asked",
        "pooling.py",
        "window_sizes(plan, padding_too, dtype)",
        "window_sizes(plan, True, dtype)",
    ),
    (
        "count_include_pad is heard",
        "pooling.py",
        "window_sizes(plan, padding_too, dtype)",
        "window_sizes(plan, False, dtype)",
    ),
    (
        "inf - inf is a NaN without a warning",
        "walks.py",
        "y: Any = None\n    with np.errstate(invalid='ignore', over='ignore'):",
        "y: Any = None\n    with np.errstate():",
    ),
    (
        "the depth of the sum is heard",
        "walks.py",
        "sum_dtype(dtype, depth(plan)), wide(dtype)",
        "sum_dtype(dtype, 0), wide(dtype)",
    ),
    (
        "a sum that overflows in float32 is done again",
        "walks.py",
        "sizes(narrow), unless_infinite=True)",
        "sizes(narrow), unless_infinite=False)",
    ),
    (
        "sums that overflow are done in a larger unit",
        "walks.py",
        "if x.dtype.itemsize < 8 or np.isfinite(y).all():",
        "if True:",
    ),
    (
        "the others stay as they are",
        "walks.py",
        "np.where(np.isfinite(y), y, sums(x * 2.0 ** (-60)) * 2.0 ** 60)",
        "sums(x * 2.0 ** (-60)) * 2.0 ** 60",
    ),
    (
        "masked sums, too",
        "pooling.py",
        "unless_too_large(lambda kept: fold(kept, plan, np.add, 0) / np.maximum(count, 1), kept)",
        "fold(kept, plan, np.add, 0) / np.maximum(count, 1)",
    ),
    ("adaptive sums, too", "pooling.py", "unless_too_large(means, x)", "means(x)"),
    (
        "a dtype grows with what a function gives",
        "walks.py",
        "return y if np.can_cast(dtype, y.dtype) else y.astype(np.promote_types(y.dtype, dtype))",
        "y",
    ),
    ("draws are scaled", "walks.py", "scale = -np.frexp(top)[1]", "scale = 0 * np.frexp(top)[1]"),
    (
        "blur sums shares",
        "walks.py",
        "math.comb(window - 1, number) / 2 ** (window - 1)",
        "math.comb(window - 1, number)",
    ),
    (
        "NaN wins a max",
        "pooling.py",
        "as_dtype(x.dtype, fold(x, plan, np.maximum, lowest(x.dtype)))",
        "as_dtype(x.dtype, fold(x, plan, np.fmax, lowest(x.dtype)))",
    ),
    (
        "max keeps the byte order",
        "pooling.py",
        "return as_dtype(x.dtype, fold(x, plan, np.maximum, lowest(x.dtype)))",
        "return fold(x, plan, np.maximum, lowest(x.dtype))",
    ),
    (
        "argmax keeps the byte order",
        "pooling.py",
        "y, indices = fold_argmax(x, plan, lowest(x.dtype))\n    return (as_dtype(x.dtype, y), indices)",
        "y, indices = fold_argmax(x, plan, lowest(x.dtype))\n    return (y, indices)",
    ),
    (
        "averages keep the dtype",
        "walks.py",
        "sizes(broad)), x)\n        return as_dtype(dtype, y)",
        "sizes(broad)), x)\n        return y",
    ),
    ("NaN wins a min", "pooling.py", "np.minimum, highest(x.dtype)", "np.fmin, highest(x.dtype)"),
    ("min is the smallest", "pooling.py", "np.minimum, highest(x.dtype)", "np.maximum, lowest(x.dtype)"),
    (
        "sums of unsigned integers are unsigned",
        "pooling.py",
        "np.dtype(np.int64 if x.dtype.kind == 'i' else np.uint64)",
        "np.dtype(np.int64)",
    ),
    ("sums of integers are int64", "pooling.py", "np.dtype(np.int64 if", "np.dtype(np.int32 if"),
    (
        "norms are computed in float64",
        "walks.py",
        "piece = x[reads] if dtype is None else as_dtype(wide(dtype), x[reads])",
        "piece = x[reads]",
    ),
    (
        "each piece counts its own elements",
        "walks.py",
        "states(piece, part, reduction), part.counts())",
        "states(piece, part, reduction), plan.counts())",
    ),
    ("each piece goes to its place", "walks.py", ")\n            y[makes] = out", ")\n            y[:len(out)] = out"),
    (
        "a fold begins with its identity",
        "walks.py",
        "np.full(shape, one, dtype) for one, dtype in zip(identity, dtypes)",
        "np.zeros(shape, dtype) for dtype in dtypes",
    ),
    (
        "a state folds over every axis",
        "walks.py",
        "        state = tuple(merged)\n",
        "        state = tuple(merged)\n        break\n",
    ),
    ("counts multiply over the axes", "plans.py", "product = product * column(", "product = column("),
    ("neither a Reduction nor a function", "arguments.py", "    if not callable(reduce):\n", "    if False:\n"),
    (
        "a function without an axis is refused",
        "arguments.py",
        "if not takes_an_axis or isinstance(reduce, np.ufunc):",
        "if isinstance(reduce, np.ufunc):",
    ),
    (
        "max has no axis",
        "arguments.py",
        "takes_an_axis = getattr(reduce, '__module__', None) != 'builtins'",
        "takes_an_axis = True",
    ),
    ("one number for each window", "walks.py", "if values.shape != windows:", "if False:"),
    (
        "a function sees each border window by itself",
        "walks.py",
        "for output in [*range(inner.start), *range(inner.stop, along.count)]:",
        "for output in range(inner.start):",
    ),
    (
        "a function sees the elements row by row",
        "walks.py",
        "np.moveaxis(np.take(elements, covered, axis), axis + 1, -1)",
        "np.moveaxis(np.take(elements, covered, axis), axis + 1, x.ndim)",
    ),
    (
        "the temperature is heard",
        "pooling.py",
        "reductions.soft(positive('temperature', temperature))",
        "reductions.soft(positive('temperature', 1.0))",
    ),
    ("a generator draws", "pooling.py", "if not isinstance(rng, np.random.Generator):", "if False:"),
    (
        "a mean has no index",
        "pooling.py",
        "    if rng is None:\n        if flag('return_indices', return_indices):\n",
        "    if rng is None:\n        if False:\n",
    ),
    (
        "one number is drawn for each window",
        "walks.py",
        "rng.random(plan.result)",
        "np.full(plan.result, rng.random())",
    ),
    (
        "the first sum above the number wins, not at it",
        "walks.py",
        "(seen[outputs] > goal[outputs])",
        "(seen[outputs] >= goal[outputs])",
    ),
    (
        "the first sum above the number wins, not the last",
        "walks.py",
        "(seen[outputs] > goal[outputs]) & ~done",
        "seen[outputs] > goal",
    ),
    (
        "zeros draw the first real element",
        "walks.py",
        "for outputs, inputs in reversed(taps):",
        "for outputs, inputs in taps:",
    ),
    ("the number is a share of the window's sum", "walks.py", "goal = chances * total", "goal = chances"),
    (
        "the number is a share of the sum, window by window",
        "walks.py",
        "flat_planes(chances[outputs], part.axes) * sums[..., -1:]",
        "flat_planes(chances[outputs], part.axes)",
    ),
    ("few windows are drawn from one by one", "walks.py", "(_drawn_each if few else _drawn_taps)", "_drawn_taps"),
    (
        "a drawn index belongs to the whole plane",
        "walks.py",
        "as_dtype(wide(x.dtype), x[reads]), places[reads])",
        "as_dtype(wide(x.dtype), x[reads]), positions(part))",
    ),
    ("positions count row by row", "walks.py", "flat = flat * along.size", "flat = flat * along.count"),
    (
        "mix is the maximum's share",
        "pooling.py",
        "portion(share, largest) + portion(1 - share, average)",
        "portion(1 - share, largest) + portion(share, average)",
    ),
    ("blur weighs 1 2 1", "walks.py", "math.comb(window - 1, number) / 2 ** (window - 1) for", "1 / window for"),
    ("weights that no float holds", "walks.py", "if not some.all():", "if False:"),
    ("blur weighs anew at the border", "pooling.py", "y[makes] = total / binomial_sums(part)", "y[makes] = total"),
    ("each piece has its own weights", "pooling.py", "binomial_sums(part)", "binomial_sums(windows)"),
    (
        "blur counts the taps in the padding",
        "walks.py",
        "y[*before, outputs] += weights[number] * x[*before, inputs]",
        "y[*before, outputs] += weights[inputs.start % len(weights)] * x[*before, inputs]",
    ),
    (
        "blur after the maxima",
        "pooling.py",
        "blur_pool(max_pool(x, window, 1, named_padding(padding), axes=axes), blur, "
        "window if stride is None else stride, padding, axes=axes)",
        "max_pool(blur_pool(x, blur, 1, named_padding(padding), axes=axes), window, stride, padding, axes=axes)",
    ),
    (
        "max blur strides by its window",
        "pooling.py",
        "blur, window if stride is None else stride, padding",
        "blur, blur if stride is None else stride, padding",
    ),
    (
        "max blur takes the maximum everywhere",
        "pooling.py",
        "max_pool(x, window, 1, named_padding",
        "max_pool(x, window, stride, named_padding",
    ),
    ("keepdims is heard", "pooling.py", "return y if flag('keepdims', keepdims) else y.reshape", "return y.reshape"),
    (
        "a global pool drops its own axes",
        "pooling.py",
        "else y.reshape([size for axis, size in enumerate(x.shape) if axis not in axes])",
        "else y.squeeze()",
    ),
    (
        "bins begin at the floor",
        "plans.py",
        "np.arange(self.count, dtype=np.int64) * self.size // self.count",
        "-(-np.arange(self.count, dtype=np.int64) * self.size // self.count)",
    ),
    (
        "bins end at the ceiling",
        "plans.py",
        "-(-np.arange(1, self.count + 1, dtype=np.int64) * self.size // self.count) - self.starts",
        "np.maximum(np.arange(1, self.count + 1, dtype=np.int64) * self.size // self.count - self.starts, 1)",
    ),
    ("bins of one size are windows", "plans.py", "if any((size % count for", "if True or any((size % count for"),
    (
        "bins divide by their own size",
        "pooling.py",
        "wide(dtype)) / plan.counts()",
        "wide(dtype)) / plan.counts().max()",
    ),
    (
        "bins are summed in float64",
        "pooling.py",
        "binned(x, plan, np.add, 0, wide(dtype))",
        "binned(x, plan, np.add, 0)",
    ),
    ("shorter bins end sooner", "walks.py", "np.flatnonzero(along.lengths > number)", "np.arange(along.count)"),
    ("a few long bins go one by one", "walks.py", "if along.count < along.window:", "if False:"),
    ("a few long bins are searched one by one", "kernels.py", "if along.count >= along.window:", "if True:"),
    ("a bin's maximum is sought from its start", "walks.py", "column(along.starts, axis, x.ndim) + code", "code"),
    (
        "codes of long bins go with their winners",
        "kernels.py",
        "for array in (x, *codes)]",
        "for array in (x, *codes[::-1])]",
    ),
    (
        "a pyramid's levels keep their order",
        "pooling.py",
        "for level in pyramid_levels(levels)]",
        "for level in sorted(pyramid_levels(levels))]",
    ),
    (
        "a pyramid's bins lie row by row",
        "walks.py",
        "return np.moveaxis(flat_planes(y, axes), -1, min(axes))",
        "return np.moveaxis(flat_planes(y, axes[::-1]), -1, min(axes))",
    ),
    (
        "a pyramid stands at the first spatial axis",
        "walks.py",
        "np.moveaxis(flat_planes(y, axes), -1, min(axes))",
        "np.moveaxis(flat_planes(y, axes), -1, axes[0])",
    ),
    ("what is hidden never wins", "pooling.py", "fold(np.where(mask, x, lowest(x.dtype))", "fold(np.where(mask, x, 0)"),
    ("what is hidden is not added", "pooling.py", "kept = np.where(mask, x, 0)", "kept = np.where(True, x, 0)"),
    ("what is hidden is not counted", "pooling.py", "fold(mask.astype(np.int64)", "fold(np.ones_like(mask, np.int64)"),
    ("a maximum of nothing is 0", "pooling.py", "np.where(real, y, 0).astype(x.dtype, copy=False)", "y"),
    ("a mean of nothing is 0", "pooling.py", "/ np.maximum(count, 1), kept)", "/ count, kept)"),
    (
        "a mask says what is real",
        "pooling.py",
        "return (as_dtype(dtype, y), count > 0)",
        "return (as_dtype(dtype, y), count >= 0)",
    ),
    (
        "a mask of sequences never mixes them",
        "arguments.py",
        "    axes = spatial_axes(axes, x.shape, default=batch)\n",
        "    axes = spatial_axes(axes, x.shape)\n",
    ),
    ("a mask without a batch is that of a sequence", "arguments.py", "(1,) if keep.ndim > 1 else (0,)", "(1,)"),
    (
        "masked means are summed in float64",
        "pooling.py",
        "np.where(mask, x, 0).astype(wide(dtype))",
        "np.where(mask, x, 0).astype(dtype)",
    ),
    (
        "a place named twice keeps the last",
        "pooling.py",
        "np.put_along_axis(x, np.ascontiguousarray(flat_indices), flat_y, -1)",
        "np.put_along_axis(x, np.ascontiguousarray(flat_indices[..., ::-1]), flat_y[..., ::-1], -1)",
    ),
    (
        "unpooling takes the plane's size",
        "pooling.py",
        "as_indices(indices, y.shape, math.prod(sizes))",
        "as_indices(indices, y.shape)",
    ),
    (
        "planes go back to their axes",
        "walks.py",
        "np.moveaxis(apart, range(rank - len(axes), rank), axes)",
        "np.moveaxis(apart, range(rank - len(axes), rank), sorted(axes))",
    ),
    # the way back
    ("a reduction without a slope", "gradients.py", "if getattr(reduce, 'slope', None) is None:", "if False:"),
    ("of integers -x may wrap around", "gradients.py", "-x if x.dtype.kind == 'f' else ~x", "-x"),
    (
        "the mean shares with the padding if that counts",
        "gradients.py",
        "plan.counts(flag('count_include_pad', count_include_pad)))",
        "plan.counts())",
    ),
    (
        "a mean's gradient is divided",
        "walks.py",
        "            share = share / as_dtype(dtype, divisors)\n",
        "            pass\n",
    ),
    (
        "it is divided in enough precision",
        "walks.py",
        "share / as_dtype(dtype, divisors)",
        "(as_dtype(dy.dtype, share) / as_dtype(dy.dtype, divisors)).astype(dtype)",
    ),
    (
        "the inf-norm goes to the largest size",
        "gradients.py",
        "fold_argmax(np.abs(as_dtype(wide(x.dtype), x)), plan",
        "fold_argmax(as_dtype(wide(x.dtype), x), plan",
    ),
    ("the inf-norm has the element's sign", "gradients.py", "sign = np.sign(picked(", "sign = np.abs(picked("),
    ("the inf-norm of zeros passes nothing", "gradients.py", ", out=np.zeros_like(dy), where=sign != 0", ""),
    (
        "norms go back in float64",
        "gradients.py",
        "as_dtype(wide(x.dtype), x), plan, reductions.lp(p))",
        "x, plan, reductions.lp(p))",
    ),
    ("dp adds the elements up", "gradients.py", "slope[outputs] += slopes.sum", "slope[outputs] = slopes.sum"),
    (
        "a window without a slope stops an infinity",
        "gradients.py",
        "reductions.where_nan(dy[makes] * slope, slope == 0, 0)",
        "dy[makes] * slope",
    ),
    ("dp adds the pieces up", "gradients.py", "dp += float(", "dp = float("),
    (
        "mixed: the maximum has its share",
        "gradients.py",
        "largest, average = (portion(share, gain), portion(1 - share, gain))",
        "largest, average = (gain, portion(1 - share, gain))",
    ),
    (
        "mixed: the mean has the rest",
        "gradients.py",
        "largest, average = (portion(share, gain), portion(1 - share, gain))",
        "largest, average = (portion(share, gain), portion(share, gain))",
    ),
    ("mixed: the mean divides", "gradients.py", "added(average, plan, plan.counts())", "added(average, plan)"),
    (
        "blur goes back in its proportions",
        "gradients.py",
        "dx = dy / binomial_sums(plan)",
        "dx = dy / binomial_sums(plan).max()",
    ),
    (
        "blurs that overlap add up",
        "walks.py",
        "dx[*before, inputs] += weights[number]",
        "dx[*before, inputs] = weights[number]",
    ),
    (
        "max blur goes back through the blur first",
        "gradients.py",
        "plan.result, blur, window if stride is None else stride",
        "plan.result, blur, blur if stride is None else stride",
    ),
    (
        "max blur in more precision between",
        "gradients.py",
        "dy, dtype = (as_dtype(wide(dy.dtype), dy), floating(dy.dtype))",
        "dtype = floating(dy.dtype)",
    ),
    (
        "a kept axis is told from a dropped one",
        "gradients.py",
        "as_gradient(dy, kept if flag('keepdims', keepdims) else flat)",
        "as_gradient(np.reshape(dy, flat), flat)",
    ),
    ("bins share elements", "plans.py", "return Bins(self.count, self.size).window", "return 1"),
    (
        "an adaptive mean divides by its bin",
        "gradients.py",
        "/ plan.counts(), back, np.add, 0)",
        "/ plan.counts().max(), back, np.add, 0)",
    ),
    ("adaptive means that overlap add up", "gradients.py", "back, np.add, 0)", "back, np.maximum, 0)"),
    (
        "a pyramid's levels add up",
        "gradients.py",
        "            dx += adaptive_max_pool_backward",
        "            dx = adaptive_max_pool_backward",
    ),
    ("a pyramid is split level by level", "gradients.py", "zip(levels, np.split(", "zip(levels[::-1], np.split("),
    (
        "what is hidden receives nothing of a maximum",
        "gradients.py",
        "fold_argmax(np.where(mask, x, lowest(x.dtype))",
        "fold_argmax(np.where(mask, x, x)",
    ),
    (
        "the first real one of the lowest values receives",
        "gradients.py",
        "indices = np.where(picked(mask, indices, plan.axes), indices, first)",
        "pass",
    ),
    (
        "a maximum of nothing passes nothing",
        "gradients.py",
        "routed(np.where(kept, dy, 0)",
        "routed(np.where(True, dy, 0)",
    ),
    ("what is hidden receives nothing of a mean", "gradients.py", "np.where(mask, dx, 0)", "np.where(True, dx, 0)"),
    (
        "gathering gives floats",
        "gradients.py",
        "return as_dtype(floating(dx.dtype), from_planes(dy,",
        "return as_dtype(dx.dtype, from_planes(dy,",
    ),
    (
        "of a place named twice the last reads",
        "gradients.py",
        "dy = np.where(stands, np.take",
        "dy = np.where(True, np.take",
    ),
    (
        "each element's slope is its own",
        "walks.py",
        "reduction.slope(x[reads][inputs], y[outputs]",
        "reduction.slope(y[outputs], y[outputs]",
    ),
    (
        "a slope of 0 stops an infinity",
        "walks.py",
        "reductions.where_nan(gradients[outputs] * slope, slope == 0, 0)",
        "gradients[outputs] * slope",
    ),
    ("adaptive pools give rows", "walks.py", "return np.ascontiguousarray(x)", "return x"),
    (
        "too many bins are refused by the layer",
        "keras_layers.py",
        "bounded('levels', self.levels, bins, 0,",
        "bounded('levels', self.levels, 0, 0,",
    ),
    (
        "too large a plane is refused by the layer",
        "keras_layers.py",
        "bounded('size', self.size, math.prod(sizes), 0,",
        "bounded('size', self.size, 0, 0,",
    ),
    ("slopes add up", "walks.py", "target[inputs] += reductions", "target[inputs] = reductions"),
    ("a window's count goes with it", "walks.py", "there, count[outputs])", "there, count.max())"),
    (
        "a gradient keeps its dtype",
        "walks.py",
        "slope == 0, 0)\n        return as_dtype(dy.dtype, dx)",
        "slope == 0, 0)\n        return dx",
    ),
    (
        "float16 is spread in more precision",
        "walks.py",
        "dtype = sum_dtype(dy.dtype, plan.overlap - 1)\n",
        "dtype = dy.dtype\n",
    ),
    (
        "float16 is routed in more precision",
        "walks.py",
        "sum_dtype(dy.dtype, plan.overlap - 1) if plan.overlap > 1 else dy.dtype",
        "dy.dtype",
    ),
    # the definition: an oracle that errs is worse than none
    (
        "padding never wins",
        "naive.py",
        "if position is None:\n            continue",
        "if position is None:\n            value = 0",
    ),
    ("ties go to the first", "naive.py", "value > best[1]", "value >= best[1]"),
    ("NaN wins a max", "naive.py", " or (math.isnan(value) and (not math.isnan(best[1])))", ""),
    (
        "the first NaN gives the index",
        "naive.py",
        "(math.isnan(value) and (not math.isnan(best[1]))",
        "math.isnan(value",
    ),
    (
        "count_include_pad is heard",
        "naive.py",
        " if position is not None or count_include_pad]",
        " if position is not None]",
    ),
    ("padding is not counted unless asked", "naive.py", " if position is not None or count_include_pad]", "]"),
    ("overhang is never counted", "naive.py", "\n                    continue", "\n                    pass"),
    ("no window starts in the end padding", "naive.py", "if not (ceil_mode and place >= n):", "if True:"),
    (
        "'same' puts the odd row at the end",
        "naive.py",
        "(missing // 2, missing - missing // 2)",
        "(missing - missing // 2, missing // 2)",
    ),
    ("indices are flat in the plane", "naive.py", "flat = flat * n + p", "flat = flat + p"),
    ("dilation spaces the taps", "naive.py", "place + tap * d", "place + tap"),
    ("the mean is rounded once", "naive.py", "return math.fsum(counted)", "return sum(counted)"),
    (
        "the smallest is minus the largest of the negative",
        "naive.py",
        "return -_max([-v for v in values])",
        "return _max([-v for v in values])",
    ),
    (
        "a root has digits enough near 0",
        "naive.py",
        "digits = 30 - 2 * min(0, Decimal(p).adjusted())",
        "digits = 16",
    ),
    ("powers neither overflow nor vanish", "naive.py", "Emax=MAX_EMAX, Emin=MIN_EMIN", "Emax=99, Emin=-99"),
    (
        "a power mean divides",
        "naive.py",
        "(sum(powers) / n).ln()",
        "sum(powers).ln()",
    ),
    (
        "a norm of zeros passes nothing",
        "naive.py",
        "(abs(v) / y) ** (p - 1) if y else 0.0",
        "(abs(v) / y) ** (p - 1) if y else 1.0",
    ),
    (
        "the slope of a root at 0 is infinite",
        "naive.py",
        "np.float64(v / y) ** (p - 1) / len(values)",
        "(v and np.float64(v / y) ** (p - 1) / len(values))",
    ),
    ("an element of 0 adds nothing to dp", "naive.py", "in zip(powers, values) if w]", "in zip(powers, values)]"),
    ("the largest weighs 1", "naive.py", "math.exp((v - largest) / temperature)", "math.exp(v / temperature)"),
    (
        "-inf weighs nothing",
        "naive.py",
        "zip(_soft_weights(values, temperature), values) if w])",
        "zip(_soft_weights(values, temperature), values)])",
    ),
    ("the soft slope counts moving weight", "naive.py", "w * (1 + (v - y) / temperature) if w", "w if w"),
    (
        "the first running sum above the share",
        "naive.py",
        "if so_far > Fraction(u) * sums[-1]",
        "if so_far >= Fraction(u) * sums[-1]",
    ),
    ("blur weighs anew at the border", "naive.py", "/ sum((w for w, _ in weighed)))", "/ 2 ** (window - 1))"),
    ("sums that overflow are exact", "naive.py", "_rounded(sum(map(Fraction, counted)) / n)", "sum(counted) / n"),
    ("of a place named twice the last reads", "naive.py", "if i not in where[o + 1:]:", "if True:"),
    ("a share of 0 takes nothing", "naive.py", "s and s * v for s, v", "s * v for s, v"),
    ("bins end at the ceiling", "naive.py", "math.ceil((i + 1) * n / m)", "max(i * n // m + 1, (i + 1) * n // m)"),
    ("what the mask hides is padding", "naive.py", "if p is None or not real[p] else", "if p is None else"),
    (
        "a place named twice keeps the last",
        "naive.py",
        "            plane[i] = one\n",
        "            plane[i] = plane[i] or one\n",
    ),
    ("gradients add up", "naive.py", "plane[p] += float(one) * partial", "plane[p] = float(one) * partial"),
    ("0 times infinity is 0", "naive.py", "if partial != 0:", "if True:"),
    # what a stack costs
    (
        "a multiply-add for each weight of each output",
        "cost.py",
        "'multiply_adds': prod(output_shape) * weights}",
        "'multiply_adds': prod(output_shape[:-1]) * weights}",
    ),
    (
        "a bias for each filter",
        "cost.py",
        "filters * (weights + bool(self.bias))",
        "filters * weights + bool(self.bias)",
    ),
    ("groups share the channels out", "cost.py", "* shape[-1] // groups", "* shape[-1]"),
    (
        "groups divide channels and filters",
        "cost.py",
        "if shape[-1] % groups or filters % groups:",
        "if shape[-1] % groups:",
    ),
    ("a dense layer's bias", "cost.py", "units * (shape[-1] + bool(self.bias))", "units * (shape[-1] + 1)"),
    (
        "a dense layer works at every place",
        "cost.py",
        "'multiply_adds': prod(output_shape) * shape[-1]}",
        "'multiply_adds': units * shape[-1]}",
    ),
    (
        "one comparison less than elements",
        "cost.py",
        "merged = shape[-1] * prod((sum(w.counts()) for w in placed)) - outputs",
        "merged = shape[-1] * prod((sum(w.counts()) for w in placed))",
    ),
    ("padding is not compared", "cost.py", "sum(w.counts()) for w in placed", "sum(w.counts(True)) for w in placed"),
    ("a mean divides once", "cost.py", "'divisions': outputs}", "'divisions': merged}"),
    (
        "a global pool leaves channels",
        "cost.py",
        "return (shape[-1:], placed, counts)",
        "return ((*[1 for _ in placed], shape[-1]), placed, counts)",
    ),
    (
        "batch normalisation has four numbers a channel",
        "cost.py",
        "(3 + bool(self.scale)) * shape[-1]",
        "4 * shape[-1]",
    ),
    ("two branches are read", "cost.py", "'inputs': 2 * prod(shape)}", "'inputs': prod(shape)}"),
    ("what is appended is read", "cost.py", "{'inputs': prod(output_shape)}", "{}"),
    (
        "bytes move parameters, too",
        "cost.py",
        "(self.inputs + self.parameters + self.activations)",
        "(self.inputs + self.activations)",
    ),
    (
        "a field begins in the padding",
        "cost.py",
        "first, last = (step.start(first), step.start(last) + extent(step.window, step.dilation) - 1)",
        "first, last = (first * step.stride, last * step.stride + extent(step.window, step.dilation) - 1)",
    ),
    (
        "a field has the gaps in it",
        "cost.py",
        "step.start(last) + extent(step.window, step.dilation) - 1",
        "step.start(last) + step.window - 1",
    ),
    ("strides multiply", "cost.py", "Fraction(self.jump) * (step.stride", "Fraction(1) * (step.stride"),
    ("of outputs that differ the largest field counts", "cost.py", "max(", "min("),
    ("after Flatten all is seen", "cost.py", "place(shape[:-1], shape[:-1])", "()"),
    (
        "a total adds every layer",
        "cost.py",
        "sum((getattr(row, name) for row in rows)) for name in counted",
        "getattr(rows[-1], name) for name in counted",
    ),
    # the Keras layers
    (
        "ties go to the first",
        "keras_layers.py",
        "_first(elements, real & ",
        "best(elements, -1) + 0 * _first(elements, real & ",
    ),
    (
        "padding is no element",
        "keras_layers.py",
        "    elements = tf.where(real, elements, worst)\n",
        "",
    ),
    (
        "a mean divides by the real elements",
        "keras_layers.py",
        "tf.reduce_sum(tf.cast(real, elements.dtype), -1)",
        "elements.shape[-1]",
    ),
    (
        "a mask hides",
        "keras_layers.py",
        "        if mask is None:\n            return real\n",
        "        if True:\n            return real\n",
    ),
    ("a window of nothing gives 0", "keras_layers.py", "real | ~tf.reduce_any(real, -1, keepdims=True)", "real"),
    (
        "'same' puts the odd row at the end",
        "keras_layers.py",
        "pads[axis] = (missing // 2, missing - missing // 2)",
        "pads[axis] = (missing - missing // 2, missing // 2)",
    ),
    (
        "the norm of zeros has no slope",
        "keras_layers.py",
        "tf.where(some, total, 1) ** (1 / self.p)",
        "total ** (1 / self.p)",
    ),
    (
        "the first NaN wins",
        "keras_layers.py",
        "tf.where(tf.math.is_nan(elements), len(wanted) + 1, score)",
        "score",
    ),
    ("a subclass's build runs", "keras_layers.py", "type(self).build is keras.layers.Layer.build", "True"),
    ("these layers compute with floats", "keras_layers.py", "tf.as_dtype(self.compute_dtype).is_floating", "True"),
    ("a mask fits its inputs", "keras_layers.py", "mask.shape.is_compatible_with", "bool"),
    (
        "a mask fits inputs of unknown size",
        "keras_layers.py",
        "tf.debugging.assert_equal(tf.shape(mask), tf.gather(tf.shape(inputs), steps), wrong)",
        "wrong",
    ),
    (
        "a sum may overflow on the way",
        "keras_layers.py",
        "tf.where(tf.math.is_finite(total), total / over, ",
        "tf.where(True, total / over, ",
    ),
    ("chances are parts of the largest", "keras_layers.py", "endless | (top == 0)", "endless | (top >= 0)"),
    (
        "beside an infinite chance there is no other",
        "keras_layers.py",
        "tf.where(endless, tf.cast(chances == top, chances.dtype), shares)",
        "shares",
    ),
    ("a norm of infinity is infinite", "keras_layers.py", "endless = tf.math.is_inf(size)", "endless = size != size"),
    (
        "equals of an infinity weigh",
        "keras_layers.py",
        "tf.where(tf.math.is_inf(top), equal, ",
        "tf.where(False, equal, ",
    ),
    (
        "what weighs nothing adds nothing",
        "keras_layers.py",
        "tf.where(weights != 0, elements, 0)",
        "elements",
    ),
    ("a share of 0 leaves the maximum out", "keras_layers.py", "if self.mix > 0 else 0", "if True else 0"),
    ("a share of 1 leaves the mean out", "keras_layers.py", "if self.mix < 1 else largest", "if True else largest"),
    ("a power of 0 divides nothing by 0", "keras_layers.py", "tf.abs(p) < beside", "tf.abs(p) < -1"),
    (
        "a power near 0 keeps its digits",
        "keras_layers.py",
        "tf.where(near[..., 0], curved, steep)",
        "steep",
    ),
    ("a power of infinity is infinite, or 0", "keras_layers.py", "tf.reduce_any(infinite, -1) & (p > 0) | ", ""),
    ("no weight of a blur is 0", "keras_layers.py", "tf.maximum(weights, _held(0, weights))", "weights"),
    ("blur weighs 1 2 1", "keras_layers.py", "math.comb(k - 1, tap) / 2 ** (k - 1)", "1.0"),
    # the transformer of scikit-learn
    (
        "a row without a shape is a line",
        "sklearn_transformer.py",
        "(features,) if self.shape is None",
        "(1, features) if self.shape is None",
    ),
    ("an image is pooled along both axes", "sklearn_transformer.py", "axes=(1, 2)[:len(shape)]", "axes=(1,)"),
    ("channels are kept apart", "sklearn_transformer.py", "*shape[2:])", "1)"),
    ("a shape holds every feature", "sklearn_transformer.py", "if math.prod(shape) != features:", "if False:"),
    (
        "float32 stays",
        "sklearn_transformer.py",
        "reset=False, dtype=[np.float64, np.float32]",
        "reset=False, dtype=np.float64",
    ),
    (
        "what is set after a fit waits for the next",
        "sklearn_transformer.py",
        "return self._pool(images).reshape",
        "return METHODS[self.method](images, self.window, self.stride, self.padding, "
        "axes=(1, 2)[:len(self.shape_)]).reshape",
    ),
    (
        "the stride is not the window",
        "sklearn_transformer.py",
        "place(shape[:2], self.window, self.stride",
        "place(shape[:2], self.window, self.window",
    ),
]


@functools.lru_cache(maxsize=16)
def canonical(source):
    """The code alone: what `ast.unparse` makes of it, without docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree) + "\n"


def mutated(source, old, new):
    """The canonical code of a file with one text in the place of another."""
    code = canonical(source)
    if code.count(old) != 1:
        raise ValueError(f"the old text occurs {code.count(old)} times")
    broken = code.replace(old, new)
    if canonical(broken) == code:
        raise ValueError("the new text changes nothing")
    return broken


def copy_of_the_project(folder):
    """The library, its tests and what these share."""
    unneeded = shutil.ignore_patterns("__pycache__")
    for part in ("pooling_lib", "tests/pooling_lib", "tests/kit"):
        shutil.copytree(ROOT / part, folder / part, ignore=unneeded)
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    return folder


def run(folder, command):
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(folder / "tests" / "kit")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=600
    )


def first_failure(folder, tests):
    """The first test that fails in the copy, None if all pass."""
    imported = run(folder, ["-c", "import pooling_lib; print(pooling_lib.__file__)"]).stdout.strip()
    if not Path(imported).is_relative_to(folder):
        return f"NOT TESTED: {imported or 'nothing'} was imported instead of the copy"
    for some in ROUNDS:
        for test in tests:
            done = run(folder, ["-m", "pytest", *OPTIONS, "-k", some, f"tests/pooling_lib/{test}"])
            failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED ")]
            if failed:
                return failed[0].removeprefix("FAILED tests/pooling_lib/").split(" - ")[0]
            if done.returncode not in (0, 5):  # 5: this file has no such tests
                return f"NOT TESTED: {done.stdout[-300:]}{done.stderr[-300:]}"
    return None


def broken(mutation):
    """The first test that notices the mutation."""
    _, file, old, new = mutation
    with tempfile.TemporaryDirectory() as folder:
        path = copy_of_the_project(Path(folder).resolve()) / "pooling_lib" / file
        try:
            path.write_text(mutated(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")
        except (ValueError, SyntaxError) as error:
            return f"NOT TESTED: {error}"
        return first_failure(path.parent.parent, GUARDS[file])


def chosen(arguments):
    """The entries that the command line names: of some files, or so many of them, or all."""
    files, counts = [one for one in arguments if one in GUARDS], [int(one) for one in arguments if one.isdigit()]
    if len(files) + len(counts) < len(arguments) or len(counts) > 1:
        sys.exit(f"give file names ({', '.join(GUARDS)}) and at most one count, not: {' '.join(arguments)}")
    of_files = [mutation for mutation in MUTATIONS if not files or mutation[1] in files]
    count = min(*counts, len(of_files)) if counts else len(of_files)
    return [of_files[number * len(of_files) // count] for number in range(count)]


def main(arguments):
    mutations, start = chosen(arguments), time.monotonic()
    every = sorted({test for _, file, *_ in mutations for test in GUARDS[file]}, reverse=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        copy_of_the_project(Path(folder).resolve())
        failures = [*filter(None, pool.map(lambda test: first_failure(Path(folder).resolve(), [test]), every))]
    if failures:
        sys.exit(f"the tests have to pass before anything is broken: {', '.join(failures)}")
    survivors = 0
    print("| rule | file | mutation | first caught by |\n| --- | --- | --- | --- |")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutation, caught in zip(mutations, pool.map(broken, mutations)):
            survivors += caught is None or caught.startswith("NOT TESTED")
            rule, file, old, new = (text.replace("\n", "⏎").replace("|", "\\|") for text in mutation)
            print(f"| {rule} | {file} | `{old}` → `{new}` | {caught or '**SURVIVED**'} |", flush=True)
    print(f"\n{len(mutations)} mutations, {survivors} not caught, {time.monotonic() - start:.0f} s")
    sys.exit(survivors > 0)


if __name__ == "__main__":
    main(sys.argv[1:])
