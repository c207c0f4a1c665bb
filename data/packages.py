"""Members of packages that rebuild.py reads: pinned, checked, and fetched once by their registries' own clients.

They are kept in `~/.cache/pooling-book/packages`, or where POOLING_DATA says. Nothing in them is imported or run.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple


class Package(NamedTuple):
    """A package's file, its SHA-256, and the words that fetch it into the folder where they run."""

    file: str
    sha256: str
    fetch: tuple[str, ...]


def _wheel(file, sha256):
    name, version = file.split("-")[:2]
    pip = (sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", f"{name}=={version}")
    return Package(file, sha256, pip)


PACKAGES = {
    "aeon": _wheel("aeon-1.6.0-py3-none-any.whl", "d05227086706f80111ac5fee8de4d5d3115bb3bcfd1c786c8629393055816409"),
    "nibabel": _wheel(
        "nibabel-5.4.2-py3-none-any.whl", "553482c5f1e1034fc312edf6fb7f32236c0056439845d1c29293b7e8c98d4854"
    ),
    "sentiment": Package(
        "sentiment-5.0.2.tgz",
        "89302eb03d2005d03b214fe65814bb48adb7d3c42c8ca80bdee6a3ecb7e4480f",
        ("npm", "pack", "--silent", "sentiment@5.0.2"),
    ),
}


def member(name: str, path: str) -> bytes:
    """Return one file of a package of `PACKAGES`. It is fetched if it is missing, and its checksum is checked."""
    package = PACKAGES[name]
    archive = _folder() / package.file
    if not archive.is_file():
        archive.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(package.fetch, cwd=archive.parent, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise OSError(f"{archive} has SHA-256 {found}, not {package.sha256}; delete it, and run this again")
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path)
    with tarfile.open(archive) as files:
        content = files.extractfile(path)
        assert content is not None, f"{path} is no file of {package.file}"
        return content.read()


def _folder():
    return Path(os.environ.get("POOLING_DATA", Path.home() / ".cache" / "pooling-book")) / "packages"
