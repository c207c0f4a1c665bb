"""How a page's one script is made of many files: names cannot clash, and what cannot be joined is refused."""

import pytest
from javascript import js

from pooling_book.widgets import page


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Front-end files of the test's own, in the place of the book's."""
    monkeypatch.setattr(page, "FOLDER", tmp_path)
    page.script.cache_clear()

    def write(**texts):
        for name, text in texts.items():
            folder = tmp_path / name
            folder.mkdir()
            (folder / f"{name}.js").write_text(text, encoding="utf-8")

    yield write
    page.script.cache_clear()


def evaluated(tmp_path, script, expression):
    (tmp_path / "joined.mjs").write_text(script, encoding="utf-8")
    return js("joined.mjs", expression)


@pytest.fixture(autouse=True)
def of_the_test(monkeypatch, tmp_path):
    """Node reads the joined script from the test's folder."""
    monkeypatch.setattr("javascript.FOLDER", tmp_path)


A = """const word = "a";
const said = () => word;
export const a = () => said();
export default { name: "first" };
"""
B = """import { a } from "../a/a.js";
const word = "b";
function said() {
  return word + a();
}
let times = 0;
export const b = () => said() + ++times;
export class Thing {}
"""


def test_two_files_with_equal_private_names_do_not_clash(files, tmp_path):
    files(a=A, b=B)
    assert evaluated(tmp_path, page.script("b/b.js"), "[it.b(), typeof it.Thing]") == ["ba1", "function"]


def test_a_name_can_be_another_here(files, tmp_path):
    files(a=A, b='import { a as first } from "../a/a.js";\nconst a = "b";\nexport const b = a + first();\n')
    assert evaluated(tmp_path, page.script("b/b.js"), "it.b") == "ba"


def test_a_file_that_two_import_is_run_once(files, tmp_path):
    count = "globalThis.runs = (globalThis.runs ?? 0) + 1;\n"
    files(
        a=count + A,
        b=B,
        c='import { a } from "../a/a.js";\nimport { b } from "../b/b.js";\nexport const c = a() + b();\n',
    )
    assert evaluated(tmp_path, page.script("c/c.js"), "[it.c, globalThis.runs]") == ["aba1", 1]


def test_the_default_export_stays_the_default(files, tmp_path):
    files(a=A)
    assert evaluated(tmp_path, page.script("a/a.js"), "it.default") == {"name": "first"}


@pytest.mark.parametrize(
    "line",
    [
        'import * as a from "../a/a.js";',
        'import a from "../a/a.js";',
        'import "../a/a.js";',
        'export { a } from "../a/a.js";',
        "export { word };",
        "export const { length } = word;",
    ],
)
def test_what_cannot_be_joined_is_refused_with_its_line(files, refuses, line):
    files(a=A, b=f'const word = "b";\n{line}\n')
    refuses(ValueError, lambda: page.script("b/b.js"), "b/b.js", line, 'write `import { a, b } from "./c.js";`')


def test_a_declaration_that_exports_two_names_is_refused(files, refuses):
    files(b="export const one = 1,\n  two = 2;\n")
    refuses(ValueError, lambda: page.script("b/b.js"), "b/b.js", "export const one = 1,", "write")


def test_files_that_import_each_other_are_refused(files, refuses):
    files(a='import { b } from "../b/b.js";\nexport const a = 1;\n', b=B)
    refuses(ValueError, lambda: page.script("a/a.js"), "a/a.js", "b/b.js", "move what both need to a third file")


def test_the_book_s_own_files_are_joined_each_once():
    text = page.page_script()
    for file in ("kit/core.js", "kit/host.js", *(f"{kind}/{kind}.js" for kind in page.kinds())):
        assert text.count(f'"{file}": (need) =>') == 1, file
