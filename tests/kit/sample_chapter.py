"""A chapter in the form that chapters have, and the site of it alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
from browser import ROOT
from nbformat import v4

FILLING = "The window slides, the maximum stays, and the map becomes smaller by a known rule. "
TEXT = """# A sample

Which of four numbers is the largest?

> **After this chapter you can**
> - find a maximum;
> - find a mean;
> - tell the two apart.
>
> **It builds on** Python and school arithmetic.
>
> **Time:** about 5 minutes for the core, 10 for the whole. What is called *Further* may be skipped.

## Concepts

### A window

**Predict:** which of 1, 2, 3 and 4 is the largest?

%%code covered: print(max(1, 2, 3, 4))

A link to [what comes later](#a-longer-way) and to [a part of it](#its-end).

### Further: A longer way

Only here stands the word *hippopotamus*.

{fillings}

{fillings}

%%code: long = 3

#### Its end

It ends.

## Formulas

The size is $m = (n - k) / s + 1$.

### Further: another $k$

It takes its time.

## Code

%%code: short = 2

%%code tabs: same_call("max_pool")

## Pitfalls

None.

## The chapter on one page

**A pool** slides a window and reduces it. {filling}

| A pool | |
| --- | --- |
| takes | a map |

$$m = \\left\\lfloor \\frac{n + 2p - k}{s} \\right\\rfloor + 1$$

{fillings}

%%code drawn: grid

## Exercises

### Exercise 1

Do it.

%%code: my_answer = ...

## Sources

None.
"""
METADATA = {
    "covered": {"guess": {"form": "number", "answer": 4}, "jupyter": {"outputs_hidden": True}},
    "drawn": {"tags": ["hide-input"], "jupyter": {"source_hidden": True}},
}


def sample_chapter(old="", new=""):
    """The chapter as a notebook; a text in it may be replaced by another."""
    assert old in TEXT, f"the sample has no {old!r}"
    text = TEXT.replace(old, new) if old else TEXT
    text = text.replace("{fillings}", "\n\n".join([FILLING * 4] * 3)).replace("{filling}", FILLING * 2)
    cells = []
    for part in text.split("\n\n"):
        if part.startswith("%%code"):
            head, source = part.removeprefix("%%code").split(": ", 1)
            cells.append(code(source.rstrip("\n"), head.strip(), len(cells)))
        elif cells and cells[-1].cell_type == "markdown":
            cells[-1].source += f"\n\n{part}"
        else:
            cells.append(v4.new_markdown_cell(part, id=f"cell-{len(cells)}"))
    return v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})


def code(source, kind, place):
    from pooling_book.show import grids, same_call

    outputs = [v4.new_output("stream", name="stdout", text="4\n")] if kind == "covered" else []
    if kind == "drawn":
        picture = grids(np.arange(16).reshape(4, 4), np.array([[5, 7], [13, 15]]), captions=["input", "output"])
        outputs = [v4.new_output("display_data", data={"text/html": picture.html, "text/plain": "a picture"})]
    if kind == "tabs":
        data = {"text/html": same_call("max_pool").html, "text/plain": "tabs"}
        outputs = [v4.new_output("execute_result", data=data, execution_count=1)]
    metadata = METADATA.get(kind, {})
    return v4.new_code_cell(source, outputs=outputs, metadata=metadata, execution_count=1, id=f"cell-{place}")


def sample_site(folder: Path) -> Path:
    """Build the site of the sample alone; what the book's configuration says of it holds here, too."""
    chapters = folder / "chapters"
    chapters.mkdir(parents=True)
    nbformat.write(sample_chapter(), chapters / "sample.ipynb")
    shutil.copy(ROOT / "chapters" / "references.bib", chapters)
    (folder / "index.md").write_text("# A book\n\nWithout code.\n", encoding="utf-8")
    return build(folder, "chapters/sample")


def build(folder, chapter, url=""):
    """Build the site of a folder that holds one chapter; for the links of a repository, at its address."""
    shutil.copytree(ROOT / "site", folder / "site", ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    at = "repository:\n  url: "
    assert config.count(f'{at}""') == 1, "_config.yml has no place for the repository's address"
    config = config.replace(f'{at}""', f'{at}"{url}"').replace("      - autodoc2\n", "")
    (folder / "_config.yml").write_text(config, encoding="utf-8")
    toc = f"format: jb-book\nroot: index\nchapters:\n  - file: {chapter}\n"
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "--builder", "html"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    built = folder / "_build" / "html"
    assert (built / f"{chapter}.html").exists(), done.stdout[-2000:] + done.stderr[-2000:]
    return built
