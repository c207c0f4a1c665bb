"""The widgets' front ends: found by their folders, and joined into the one script and the one style sheet of a page.

A folder beside this file that holds a script of its own name is a kind of widget; `kit` is what they are made of. Each
file is an ES module that imports by relative path, as an editor or a browser reads it. A page from the disk cannot load
modules, and a notebook wants one text: so each file becomes a function that is called when its first importer needs it.
No two files can clash, whatever their private names are.
"""

import posixpath
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pooling_book import palette

FOLDER = Path(__file__).parent
SHOWN = FOLDER.parent / "show" / "pictures.css"  # still pictures stand on the same pages

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', flags=re.M)
# One name for each: a line that ends with a comma would go on to a second.
_EXPORT = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)(?!.*,$)", flags=re.M)


def kinds() -> list[str]:
    """The kinds of widget, in the order of the alphabet.

    >>> "explorer" in kinds(), "kit" in kinds()
    (True, False)
    """
    return sorted(path.name for path in FOLDER.iterdir() if (path / f"{path.name}.js").is_file())


@cache
def script(file: str) -> str:
    """Text of an ES module that stands alone: what a file exports, such as 'kit/core.js', with all that it imports.

    >>> "import {" in script("explorer/explorer.js")
    False
    """
    names = _EXPORT.findall(_text(file))
    named = f"export const {{ {', '.join(names)} }} = exported;\n" if names else ""
    default = "export default exported.default;\n" if "\nexport default " in _text(file) else ""
    return f'{_joined([file])}const exported = need("{file}");\n{named}{default}'


@cache
def styles(kind: str) -> str:
    """The style sheet of one kind of widget, with those of the kinds that it opens, and what all of them share."""
    used = {posixpath.dirname(file) for file in _parts([f"{kind}/{kind}.js"])}
    return (
        palette.style_sheet()
        + _text("kit/base.css")
        + "".join(_text(f"{one}/{one}.css") for one in sorted(used - {"kit"}))
    )


@cache
def page_styles() -> str:
    """The one style sheet of a built page: every widget's, and that of the still pictures."""
    files = [f"{kind}/{kind}.css" for kind in kinds()]
    shared = palette.style_sheet() + _text("kit/base.css") + SHOWN.read_text(encoding="utf-8")
    return shared + "".join(map(_text, files))


@cache
def page_script() -> str:
    """The one classic script of a built page: every widget's front end, and what brings them to life."""
    files = [*(f"{kind}/{kind}.js" for kind in kinds()), "kit/host.js", "kit/erase.js"]
    return _text("page.js").replace("/* PARTS */", _joined(files))


def _text(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")


def _joined(files: Iterable[str]) -> str:
    """The files and all that they import as functions by name, and `need(name)`, which returns what a file exports."""
    parts = "".join(f'"{file}": (need) => {{\n{text}}},\n' for file, text in _parts(files).items())
    need = "const need = (name) => (made[name] ??= parts[name](need));"
    return f"const parts = {{\n{parts}}};\nconst made = {{}};\n{need}\n"


def _parts(files: Iterable[str], above: tuple[str, ...] = ()) -> dict[str, str]:
    """The bodies of those functions, each once and after those that it needs."""
    parts: dict[str, str] = {}
    for file in files:
        if file in above:
            raise ValueError(
                f"{file} imports itself, by way of {' and '.join(above)}; move what both need to a third file"
            )
        text = _text(file)
        imported = [_beside(file, path) for _, path in _IMPORT.findall(text)]
        parts |= _parts(imported, (*above, file)) | {file: _body(file, text)}
    return parts


def _body(file: str, text: str) -> str:
    names = [*_EXPORT.findall(text), *(["default: exported"] if "\nexport default " in text else [])]
    text = _IMPORT.sub(
        lambda found: f'const {{{found[1].replace(" as ", ": ")}}} = need("{_beside(file, found[2])}");\n', text
    )
    text = re.sub(r"^export default ", "const exported = ", text, flags=re.M)
    text = _EXPORT.sub(lambda found: found[0].removeprefix("export "), text)
    if left := re.search(r"^(import|export)\b.*", text, flags=re.M):
        raise ValueError(
            f'{file} has the line {left[0]!r}; write `import {{ a, b }} from "./c.js";` and export declarations'
        )
    return f"{text}return {{ {', '.join(names)} }};\n"


def _beside(file: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
