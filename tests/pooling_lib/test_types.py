"""Types: every public name has them, mypy finds nothing wrong with them, and a caller is told what is."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Without naive.py: beginners read its loops, and a function there takes what its twin in pooling_lib takes
# (test_naive.py compares them). mypy checks what is written in it, too.
TYPED = sorted({path.stem for path in (ROOT / "pooling_lib").glob("*.py")} - {"__init__", "naive"})

CALLS = """
from typing import assert_type
import numpy as np
from pooling_lib import adaptive_max_pool, max_pool, pool, stochastic_pool

Both = tuple[np.ndarray, np.ndarray]
rng = np.random.default_rng(0)
assert_type(max_pool([1, 2], 2), np.ndarray)
assert_type(max_pool([1, 2], 2, return_indices=True), Both)
assert_type(adaptive_max_pool([1, 2], 2, return_indices=True), Both)
assert_type(stochastic_pool([1, 2], 2, rng=rng, return_indices=True), Both)
pool([1, 2], 2, reduce=np.median)
"""

MISTAKES = [
    "max_pool([1, 2], '2')",
    "max_pool([1, 2], 2, padding=1)",
    "max_pool([[1, 2]], 2, padding=[1, 1])",
    "max_pool([1, 2], 2, stride=1.5)",
    "max_pool([1, 2], 2, dilate=2)",
    "max_pool([1, 2], 2, 2, 'valid', 2)",
    "stochastic_pool([1, 2], 2, return_indices=True)",
    "pool([1, 2], 2, reduce='max')",
]


def mypy(*arguments):
    return subprocess.run([sys.executable, "-m", "mypy", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_mypy_finds_nothing():
    checked = mypy()
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("module", TYPED)
def test_every_public_function_and_method_is_typed(module):
    body = ast.parse((ROOT / "pooling_lib" / f"{module}.py").read_text(encoding="utf-8")).body
    body += [part for node in body if isinstance(node, ast.ClassDef) for part in node.body]
    public = [
        node for node in body if isinstance(node, ast.FunctionDef) and (node.name[0] != "_" or node.name == "__init__")
    ]
    assert public
    for function in public:
        takes = [node for node in ast.walk(function.args) if isinstance(node, ast.arg) and node.arg != "self"]
        untyped = [argument.arg for argument in takes if argument.annotation is None]
        assert function.returns and not untyped, (
            f"{module}.{function.name}: no type for {', '.join(untyped) or 'the result'}"
        )


def test_a_caller_learns_what_comes_back_and_what_is_wrong(tmp_path):
    calls = tmp_path / "calls.py"
    calls.write_text(CALLS + "\n".join(MISTAKES), encoding="utf-8")
    checked = mypy(calls)
    first = CALLS.count("\n") + 1
    wrong = {int(number) for number in re.findall(r"calls\.py:(\d+): error:", checked.stdout)}
    assert wrong == set(range(first, first + len(MISTAKES))), checked.stdout + checked.stderr
