"""The library alone: what it imports, and what it offers."""

import subprocess
import sys

import pooling_lib


def test_the_library_needs_numpy_and_nothing_else():
    code = "import sys; before = set(sys.modules); import pooling_lib; print({name.split('.')[0] for name in set(sys.modules) - before})"
    loaded = eval(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert {name for name in loaded if name not in sys.stdlib_module_names} == {"pooling_lib", "numpy"}


def test_every_public_name_has_a_docstring():
    assert all(getattr(pooling_lib, name).__doc__ for name in pooling_lib.__all__)
