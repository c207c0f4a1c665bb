"""The break-it list: each rule of the library broken on purpose, to see that a test notices.

Run `python tests/mutations.py`. Each entry edits a copy of the package and runs the tests on that copy;
what survives shows a missing test, and makes the exit status 1. Further arguments go to pytest.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Which tests stand guard over a file, in the order in which they are asked.
GUARDS = {
    "geometry.py": ["test_geometry.py", "test_pooling.py"],
    "naive.py": ["test_naive.py", "test_pooling.py"],
    "pooling.py": ["test_pooling.py"],
}

# One process and the one plugin that is needed (the copy has no settings); stop at the first failure; not the list's own test.
OPTIONS = [
    *("-p", "_hypothesis_pytestplugin", "--hypothesis-profile=break-it", "-p", "no:cacheprovider"),
    *("-x", "-q", "-rf", "--tb=no", "-k", "not break_it"),
]

#: (rule, file, old text, new text). The old text has to occur exactly once in the file.
MUTATIONS = [
    # what the arguments mean
    ("stride defaults to the window", "geometry.py", "window if stride is None", "(1,) * axes if stride is None"),
    ("'same' puts the odd row at the end", "geometry.py", "total // 2, total - total // 2", "total - total // 2, total // 2"),
    ("'same' rounds the size up", "geometry.py", "count = -(-n // s)", "count = max(1, n // s)"),
    ("'same' counts the gaps of a dilation", "geometry.py", "(count - 1) * s + extent(k, d) - n", "(count - 1) * s + k - n"),
    ("the extent counts the gaps", "geometry.py", "dilation * (window - 1) + 1", "dilation * window"),
    ("the textbook formula", "geometry.py", "else room // s) + 1", "else room // s)"),
    ("padding at the end makes room", "geometry.py", "room = n + before + after - ", "room = n + before - "),
    ("windows start in the padding", "geometry.py", "return output * self.stride - self.before", "return output * self.stride"),
    ("dilation spaces the taps", "geometry.py", "offset = tap * self.dilation", "offset = tap"),
    ("taps skip padding at the start", "geometry.py", "first = max(0, -(offset // self.stride))", "first = max(0, -offset // self.stride)"),
    ("taps skip padding at the end", "geometry.py", "(self.size - 1 - offset) // self.stride)", "(self.size - offset) // self.stride)"),
    ("covered skips by whole dilations", "geometry.py", "start + skipped * self.dilation, min", "max(start, low), min"),
    ("default axes of (N, H, W, C)", "pooling.py", "4: (1, 2), 5", "4: (2, 3), 5"),
    ("default axes of (N, D, H, W, C)", "pooling.py", "5: (1, 2, 3)}", "5: (2, 3, 4)}"),
    ("axes are heard", "pooling.py", "axes = _spatial(axes, x.ndim)", "_spatial(axes, x.ndim); axes = SPATIAL_AXES[x.ndim]"),
    # ceil_mode
    ("ceil_mode keeps the last window", "geometry.py", "-(-room // s) if ceil_mode", "room // s if ceil_mode"),
    ("no window starts in the end padding", "geometry.py", "min(count, (n - 1 + before) // s + 1)", "count"),
    ("it may start on the last element", "geometry.py", "(n - 1 + before) // s + 1)", "(n - 2 + before) // s + 1)"),
    ("overhang is never counted", "geometry.py", "min(stop, high)", "stop"),
    ("nor with count_include_pad", "geometry.py", "self.size + self.after) if padding", "self.size + self.after + self.window) if padding"),
    ("ceil_mode with 'same' is refused", "geometry.py", 'if ceil_mode and padding == "same":', "if False:"),
    # padding
    ("padding never wins a max of integers", "pooling.py", "np.iinfo(dtype).min if", "0 if"),
    ("padding never wins a max of floats", "pooling.py", "else -np.inf", "else 0"),
    ("padding never wins over -inf", "pooling.py", "else -np.inf", "else np.finfo(dtype).min"),
    ("padding never gives an index", "pooling.py", "(kept_where < 0) | (new > kept)", "(new > kept)"),
    ("padding is not counted unless asked", "pooling.py", "padding=count_include_pad), total", "padding=True), total"),
    ("count_include_pad is heard", "pooling.py", "padding=count_include_pad), total", "padding=False), total"),
    # ties, NaN, indices
    ("ties go to the first", "pooling.py", "(new > kept)", "(new >= kept)"),
    ("NaN wins a max", "pooling.py", "np.maximum, _lowest", "np.fmax, _lowest"),
    ("NaN wins an argmax", "pooling.py", " | (np.isnan(new) & ~np.isnan(kept))", ""),
    ("the first NaN gives the index", "pooling.py", " & ~np.isnan(kept)", ""),
    ("row-major order: the last axis goes first", "pooling.py", "zip(reversed(axes), reversed(placed)):\n        # A", "zip(axes, placed):\n        # A"),
    ("indices count the input, not the output", "pooling.py", "stride *= windows.size", "stride *= windows.count"),
    # dtypes and arrays
    ("max keeps the dtype", "pooling.py", "identity, x.dtype)", "identity, np.result_type(x.dtype, np.int16))"),
    ("argmax keeps the dtype", "pooling.py", "np.zeros(shape, x.dtype)", "np.zeros(shape, x.dtype.newbyteorder('='))"),
    ("indices are int64", "pooling.py", "np.full(shape, -1, np.int64)", "np.full(shape, -1, np.int32)"),
    ("integers average to float64", "pooling.py", "else np.dtype(np.float64)", "else np.dtype(np.float32)"),
    ("float16 comes back", "pooling.py", "return total.astype(dtype, copy=False)", "return total"),
    ("float16 is summed in float32", "pooling.py", "np.float32 if dtype == np.float16 else", "dtype if dtype == np.float16 else"),
    ("float32 is summed in float64", "pooling.py", "else np.promote_types(dtype, np.float64)", "else dtype"),
    ("inner windows end before the padding", "geometry.py", "min(last + 1, self.count)", "min(last + 2, self.count)"),
    ("inner windows begin after the padding", "geometry.py", "first = -(-self.before // self.stride)\n", "first = self.before // self.stride\n"),
    ("inf - inf is a NaN without a warning", "pooling.py", 'np.errstate(invalid="ignore")', "np.errstate()"),
    ("the input is never modified", "pooling.py", "total /= counts", "total /= counts; x.flags.writeable and x.fill(0)"),
    # refusals
    ("a window of padding only", "geometry.py", "if not along.covered(output):", "if False:"),
    ("a window that fits nowhere", "geometry.py", "if count < 1:", "if False:"),
    ("numbers below 1", "geometry.py", "if any(number < least for number in numbers):", "if False:"),
    ("negative padding", "geometry.py", "if any(n < 0 for pair in pairs for n in pair):", "if False:"),
    ("True is no number", "geometry.py", "if isinstance(one, bool):", "if False:"),
    ("2.0 is no integer", "geometry.py", "return operator.index(one)", "return int(one)"),
    ("one number per axis", "geometry.py", "if len(values) != axes:", "if False:"),
    ("one pair per axis", "geometry.py", "if len(pairs) != axes or not", "if not"),
    ("pairs are pairs", "geometry.py", " or not all(map(_is_pair, pairs))", ""),
    ("an unknown padding", "geometry.py", 'if padding in ("valid", "same"):', "if padding:"),
    ("booleans", "pooling.py", 'not in "iuf"', 'not in "iufb"'),
    ("complex numbers", "pooling.py", 'not in "iuf"', 'not in "iufc"'),
    ("objects", "pooling.py", 'not in "iuf"', 'not in "iufO"'),
    ("strings", "pooling.py", 'not in "iuf"', 'not in "iufU"'),
    ("empty input", "pooling.py", "if x.size == 0:", "if False:"),
    ("a list of arrays", "pooling.py", "if isinstance(x, (list, tuple)) and", "if False and"),
    ("a masked array", "pooling.py", "if isinstance(x, np.ma.MaskedArray):", "if False:"),
    ("ragged input", "pooling.py", "except ValueError:\n        raise ValueError(", "except KeyError:\n        raise ValueError("),
    ("a rank without default axes", "pooling.py", "if x.ndim not in SPATIAL_AXES:", "if False:"),
    ("axes that do not match", "pooling.py", "except ValueError:  # an axis", "except KeyError:  # an axis"),
    ("no axes", "pooling.py", "if not spatial:", "if False:"),
    # the definition: an oracle that errs is worse than none
    ("padding never wins", "naive.py", "continue  # padding never wins", "value = 0"),
    ("ties go to the first", "naive.py", "value > best[1]", "value >= best[1]"),
    ("NaN wins a max", "naive.py", " or (math.isnan(value) and not math.isnan(best[1]))", ""),
    ("the first NaN gives the index", "naive.py", " and not math.isnan(best[1])", ""),
    ("count_include_pad is heard", "naive.py", " if position is not None or count_include_pad]", " if position is not None]"),
    ("padding is not counted unless asked", "naive.py", " if position is not None or count_include_pad]", "]"),
    ("overhang is never counted", "naive.py", "continue  # overhang", "pass  # overhang"),
    ("no window starts in the end padding", "naive.py", "if not (ceil_mode and place >= n):", "if True:"),
    ("'same' puts the odd row at the end", "naive.py", "(missing // 2, missing - missing // 2)", "(missing - missing // 2, missing // 2)"),
    ("indices are flat in the plane", "naive.py", "flat = flat * n + p", "flat = flat + p"),
    ("dilation spaces the taps", "naive.py", "tap[i] * dilation[i]", "tap[i]"),
    ("the mean is rounded once", "naive.py", "return math.fsum(counted)", "return sum(counted)"),
]


def copy_of_the_project(folder):
    shutil.copytree(ROOT / "pooling_lib", folder / "pooling_lib", ignore=shutil.ignore_patterns("__pycache__", "book"))
    (folder / "tests").mkdir()
    for test in (ROOT / "tests").glob("*.py"):
        shutil.copy(test, folder / "tests")
    return folder


def run(folder, command):
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run([sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=600)


def first_failure(folder, tests, more=()):
    """The first test that fails in the copy, None if all pass."""
    imported = run(folder, ["-c", "import pooling_lib; print(pooling_lib.__file__)"]).stdout.strip()
    if not Path(imported).is_relative_to(folder):
        return f"NOT TESTED: {imported or 'nothing'} was imported instead of the copy"
    done = run(folder, ["-m", "pytest", *OPTIONS, *(f"tests/{test}" for test in tests), *more])
    if done.returncode == 0:
        return None
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    return failed[0].removeprefix("FAILED tests/").split(" - ")[0] if failed else f"NOT TESTED: {done.stdout[-300:]}{done.stderr[-300:]}"


def broken(mutation, more):
    """The first test that notices the mutation."""
    _, file, old, new = mutation
    with tempfile.TemporaryDirectory() as folder:
        path = copy_of_the_project(Path(folder).resolve()) / "pooling_lib" / file
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            return f"NOT TESTED: the old text occurs {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return first_failure(path.parent.parent, GUARDS[file], more)


def main(more):
    with tempfile.TemporaryDirectory() as folder:
        every = sorted({test for tests in GUARDS.values() for test in tests})
        failure = first_failure(copy_of_the_project(Path(folder).resolve()), every, more)
    if failure:
        sys.exit(f"the tests have to pass before anything is broken: {failure}")
    survivors = 0
    print("| rule | file | mutation | first caught by |\n| --- | --- | --- | --- |")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutation, caught in zip(MUTATIONS, pool.map(lambda mutation: broken(mutation, more), MUTATIONS)):
            survivors += caught is None or caught.startswith("NOT TESTED")
            rule, file, old, new = (text.replace("\n", "⏎").replace("|", "\\|") for text in mutation)
            print(f"| {rule} | {file} | `{old}` → `{new}` | {caught or '**SURVIVED**'} |", flush=True)
    print(f"\n{len(MUTATIONS)} mutations, {survivors} not caught")
    sys.exit(survivors > 0)


if __name__ == "__main__":
    main(sys.argv[1:])
