"""The wheel: what it holds, what it needs, and that an editable install of one checkout leaves another one alone."""

import ast
import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

BESIDE = ("numpy", "PIL", "anywidget")

LOADED = """
import pkgutil
import sys

import pooling_lib

for module in pkgutil.iter_modules(pooling_lib.__path__):
    if module.name not in ("keras_layers", "sklearn_transformer", "compiled"):
        __import__(f"pooling_lib.{module.name}")
print(sorted({name.split(".")[0] for name in sys.modules if name[0] != "_"} - sys.stdlib_module_names))
import numpy
print(pooling_lib.max_pool(numpy.array([[3, 1, 4, 1], [5, 9, 2, 6]]), window=2).tolist())
"""
FOLDERS = """
import pooling_lib
from pooling_book.study import data, results

assert data.photo("cat").shape == (256, 256, 3) and results.results("what_shifts_change")["about"]
print([module.__file__ for module in (pooling_lib, data)], [str(data._FOLDER), str(results._FOLDER)])
"""


def built(target, folder):
    """The wheel of this checkout, unpacked: that is all an installation does, the packages being pure Python."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder / "built"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = (folder / "built").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def editable(tmp_path_factory):
    return built("wheel:editable", tmp_path_factory.mktemp("editable"))


@pytest.fixture
def run(tmp_path):
    """Run Python code where only these folders are installed, and these packages of the tests' environment."""

    def run(code, *installed, packages=("numpy",), path=()):
        lent = tmp_path / "lent"
        lent.mkdir()
        for package in packages:
            folder = Path(importlib.util.find_spec(package).origin).parent
            beside = folder.parent.glob("*.libs")  # libraries that a package has brought
            for source in (folder, *beside):
                if not (lent / source.name).exists():
                    (lent / source.name).symlink_to(source)
        start = (
            f"import site\nfor folder in {[str(folder) for folder in (*installed, lent)]}: site.addsitedir(folder)\n"
        )
        paths = {"PYTHONPATH": ":".join(map(str, path))} if path else {}
        command = [sys.executable, "-S", "-B", "-c", start + code]
        done = subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


def test_the_library_needs_numpy_alone(wheel, run):
    assert run(LOADED, wheel) == ["['numpy', 'pooling_lib']", "[[9, 6]]"]


def test_the_wheel_brings_what_chapters_read(wheel, run):
    [files] = run(FOLDERS, wheel, packages=BESIDE)
    assert files.count(str(wheel)) == 4 and "pooling_book/data'" in files and "pooling_book/results'" in files


def test_the_wheel_holds_two_packages_and_each_module_of_theirs(wheel):
    assert {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")} == {
        "pooling_lib",
        "pooling_book",
    }
    for package in ("pooling_lib", "pooling_book"):
        ours = {
            path.relative_to(ROOT) for path in (ROOT / package).rglob("*.*") if path.suffix in (".py", ".js", ".css")
        }
        assert not [path for path in ours if not (wheel / path).is_file()]


@pytest.mark.parametrize(
    "module, packages, extra",
    [
        ("pooling_lib.keras_layers", ["numpy"], "tensorflow"),
        ("pooling_lib.sklearn_transformer", ["numpy"], "book"),
        ("pooling_book.chapters.chapter01", ["numpy"], "book"),
        ("pooling_book.study.data", ["numpy", "PIL"], "book"),
    ],
)
def test_an_import_without_its_extra_names_it(wheel, run, module, packages, extra):
    code = f"try:\n    import {module}\nexcept ModuleNotFoundError as error:\n    print(error)\n"
    [message] = run(code, wheel, packages=packages)
    assert (
        message.startswith(f"{module if extra == 'tensorflow' else module.split('.')[0]}")
        and "needs" in message
        and message.endswith(f"run: pip install 'pooling-lib[{extra}]'")
    )


def test_an_editable_install_is_the_checkout_and_maps_no_folder(editable, run):
    assert [path.suffix for path in editable.iterdir() if not path.name.endswith(".dist-info")] == [".pth"]
    [files] = run(FOLDERS, editable, packages=BESIDE)
    assert ast.literal_eval(files.split("] ")[1]) == [str(ROOT / "data"), str(ROOT / "experiments" / "results")]


def test_two_checkouts_and_one_editable_install(editable, run, tmp_path):
    other = tmp_path / "other"
    for folder in ("pooling_lib", "pooling_book", "data", "experiments/results"):
        shutil.copytree(ROOT / folder, other / folder, ignore=shutil.ignore_patterns("__pycache__"))
    [files] = run(FOLDERS, editable, packages=BESIDE, path=[other])
    assert files.count(f"'{other}/") == 4 and str(ROOT) not in files
