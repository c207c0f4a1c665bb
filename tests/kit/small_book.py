"""A small book, in a folder: a library of a few modules, data, results, a chapter's questions. Nothing real is read."""

from pathlib import Path
from typing import NamedTuple

FILES = {
    "pooling_lib/__init__.py": '"""A library."""\n\nfrom pooling_lib.pooling import pool\n\n__all__ = ["pool"]\n',
    "pooling_lib/geometry.py": "size = 2\n",
    "pooling_lib/pooling.py": '''"""The pools."""

from functools import cache

from . import geometry
from .kernels import fast

LARGEST = 9  # elements
KINDS = {"max": max}


@cache
def looked_up(kind):
    return KINDS[kind]


def pool(x, window=2, *, kind="max"):
    """Pool x."""
    # in windows
    return looked_up(kind)(x[:window])


def unpool(y):
    return [y] * geometry.size if fast else []


class Pool:
    """A pool."""

    window = 2

    def __call__(self, x):
        """Pool x."""
        return pool(x, self.window)
''',
    "pooling_lib/kernels.py": "fast = True\n",
    "pooling_lib/unused.py": "",
    "pooling_book/__init__.py": "",
    "pooling_book/study/__init__.py": "",
    "pooling_book/study/data.py": "from pooling_lib import geometry\n",
    "pooling_book/study/results.py": "",
    "pooling_book/figures.py": "import pooling_book.study.data\nfrom .study.data import geometry\n",
    "pooling_book/chapters/__init__.py": "",
    "pooling_book/chapters/chapter01.py": "# a comment\nquiz = 'old'\n",
    "data/SHA256SUMS": "0123  digits.npz\n",
    "experiments/results/long.json": "{}\n",
    "chapters/.keep": "",
}


class BookFile(NamedTuple):
    """A file of a small book."""

    name: str

    def path(self, root: Path) -> Path:
        return root / self.name

    def edit(self, root: Path, old: str, new: str):
        """Replace a text that is there."""
        text = self.path(root).read_text()
        assert old in text, f"{self.name} has no {old!r}"
        self.path(root).write_text(text.replace(old, new))


CHAPTER = BookFile("pooling_book/chapters/chapter01.py")


def small_book(root: Path) -> Path:
    """Write the book into a folder."""
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root
