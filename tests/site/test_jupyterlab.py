"""With a kernel: what the reader does to a widget in JupyterLab is what Python sees, and the other way round."""

import os
import re
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest
from browser import PATIENCE
from kinds import IN_A_NOTEBOOK
from nbformat import v4, write
from playwright.sync_api import expect

from pooling_book.widgets.explorer import Explorer
from pooling_book.widgets.page import kinds

CELLS = [
    """from pooling_book.widgets.explorer import Explorer

explorer = Explorer(window=2, stride=1)
explorer""",
    'print("seen:", explorer.selected, explorer.operation, explorer.window, explorer.y.tolist())',
    'explorer.operation = "max"; explorer.window = [5, 5]; explorer.selected = [1, 0]; print("changed")',
    """from pooling_book.widgets.quiz import Quiz, question, right, wrong

quiz = Quiz("quiz-lab", [
    question(
        "Is a maximum larger than a mean?",
        right("Never smaller", "No element is above it."), wrong("Always", "They may be equal."),
    ),
    question("How many weights?", wrong("Four", "There is nothing to learn."), right("None", "A rule.")),
    question(
        "How many outputs?",
        wrong("As many as inputs", "Only with a stride of 1."), right("Fewer", "With a stride of 2."),
    ),
])
quiz""",
    'print("answers:", quiz.answers)',
    """from pooling_book.show import grids, lines
from pooling_lib.geometry import windows
import numpy as np

grids(np.array([[9, -2], [0, 4]]), captions=["x"], marked=[[(0, 0)]])""",
    'lines(windows(4, 2, padding=(0, 1)), captions=["pairs"])',
]
#: What a cell of a table looks like: its background, its frame and its border.
LOOK = """(cells) => cells.map((cell) => {
  const style = getComputedStyle(cell);
  return [style.backgroundColor, style.outlineStyle, style.borderStyle];
})"""


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """Folder of the notebooks that JupyterLab finds."""
    return tmp_path_factory.mktemp("lab") / "work"


@pytest.fixture(scope="module")
def lab(work):
    """Address of a JupyterLab whose settings, kernels and files stay in one folder, beside `work`."""
    folder = work.parent
    work.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = {
        name: str(folder / name.lower())
        for name in (
            "HOME",
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "IPYTHONDIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
        )
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={work}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = open(folder / "lab.log", "w")
    server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **homes}, cwd=work)
    try:
        address, end = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE / 1000
        while True:
            try:
                urlopen(f"{address}/api", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < end, (
                    f"JupyterLab does not start:\n{(folder / 'lab.log').read_text()}"
                )
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()  # it ends its kernels first
        try:
            server.wait(PATIENCE / 1000)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


class Notebook:
    """A notebook open in JupyterLab."""

    def __init__(self, page, lab):
        self.page = page
        self.cells = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell")
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        page.wait_for_function(
            """async (lab) => (await (await fetch(`${lab}/api/kernels`)).json())
              .some((kernel) => kernel.execution_state === "idle" && kernel.connections)""",
            arg=lab,
        )

    def run(self, number):
        """Run one cell, and wait for its own result."""
        cell = self.cells.nth(number)
        prompt = cell.locator(".jp-InputPrompt")
        cell.locator(".cm-content").click()
        expect(cell.locator(".cm-editor")).to_have_class(re.compile("cm-focused"))
        for _ in range(3):  # while JupyterLab still ties the notebook to its kernel, the keys are lost
            self.page.keyboard.press("Control+Enter")
            try:
                expect(prompt).not_to_have_text(re.compile(r"^\[ \]:$"), timeout=5_000)
                break
            except AssertionError:
                pass
        expect(prompt).to_have_text(re.compile(r"^\[[0-9]+\]:$"))

    def printed(self, number):
        self.run(number)
        output = self.cells.nth(number).locator(".jp-OutputArea-output pre")
        expect(output).not_to_be_empty()
        return output.inner_text().strip()

    def active(self):
        """The place of the cell that JupyterLab's keys go to."""
        return self.page.locator(".jp-Cell.jp-mod-active").evaluate(
            "(cell) => Array.from(cell.parentElement.children).indexOf(cell)"
        )


@pytest.fixture
def notebook(lab, browser, work, request):
    """Open a notebook of these cells in JupyterLab; no script on its page may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    context.set_default_timeout(PATIENCE)
    errors = []

    def open_(*cells):
        small = v4.new_notebook(cells=[v4.new_code_cell(text) for text in cells])
        small.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        write(small, work / f"{request.node.name}.ipynb")
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{lab}/lab/tree/{request.node.name}.ipynb?reset")  # without what the test before had open
        opened = Notebook(page, lab)
        expect(opened.cells).to_have_count(len(cells))
        return opened

    yield open_
    context.close()
    assert not errors, errors


def pictures_bring_their_rules(notebook):
    """Before any widget has brought a style sheet."""
    notebook.run(5)
    cells = notebook.cells.nth(5).locator(".pool-grid td")
    expect(cells).to_have_text(["9", "−2", "0", "4"])
    shades, frames, borders = zip(*cells.evaluate_all(LOOK))
    assert len(set(shades)) == 4 and "rgba(0, 0, 0, 0)" not in shades, shades
    assert frames == ("solid", "none", "none", "none") and set(borders) == {"solid"}, (frames, borders)
    notebook.run(6)
    cells = notebook.cells.nth(6).locator(".pool-line tbody td")
    expect(cells).to_have_text([*"●●", "", "", "", "", "", *"●●", ""])
    shades, _, borders = zip(*cells.evaluate_all(LOOK))
    assert len(set(shades)) == 3 and borders.count("dashed") == 2, (shades, borders)


def test_python_sees_what_the_reader_does_and_the_page_what_python_does(notebook):
    notebook = notebook(*CELLS)
    pictures_bring_their_rules(notebook)
    notebook.run(0)
    explorer = notebook.cells.nth(0).locator(".pool-explorer")
    sentence = explorer.locator(".pool-sentence")
    expect(sentence).to_have_text(re.compile(r"^Output \(0, 0\)"))

    box = explorer.locator("canvas").first.bounding_box()
    cell = (box["width"] - 2) / 6
    notebook.page.mouse.move(box["x"] + cell, box["y"] + cell)
    notebook.page.mouse.down()
    notebook.page.mouse.move(box["x"] + 3 * cell, box["y"] + 2 * cell, steps=4)
    notebook.page.mouse.up()
    expect(sentence).to_have_text(re.compile(r"^Output \(1, 2\)"))
    explorer.get_by_role("button", name="Average").click()
    expect(sentence).to_contain_text("/ 4 =")

    explorer.locator("canvas").nth(1).focus()
    before = notebook.active()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "ArrowLeft", "b", "d", "d"):
        notebook.page.keyboard.press(key)
    explorer.get_by_role("slider").first.focus()
    notebook.page.keyboard.press("ArrowUp")
    expect(explorer.locator(".pool-code code")).to_have_text("avg_pool(x, window=3, stride=1)")
    assert notebook.active() == before, "keys in the explorer moved JupyterLab's cell"
    expect(notebook.cells).to_have_count(
        len(CELLS)
    )  # "b" adds a cell and "d d" takes one away, if JupyterLab hears them

    y = Explorer(operation="avg", window=3, stride=1).y
    said = notebook.printed(1)
    assert said == f"seen: [3, 1] avg [3, 3] {y.tolist()}", said

    # A window that leaves fewer outputs hides the reader's choice, but Python keeps it.
    explorer.get_by_role("slider").first.fill("6")
    expect(sentence).to_have_text(re.compile(r"^Output \(0, 0\)"))
    assert notebook.printed(1).startswith("seen: [3, 1] avg [6, 6] "), notebook.cells.nth(1).inner_text()

    assert notebook.printed(2) == "changed"
    expect(sentence).to_have_text(re.compile(r"^Output \(1, 0\): max\("))
    expect(explorer.locator(".pool-code code")).to_have_text("max_pool(x, window=5, stride=1)")

    notebook.run(3)
    quiz = notebook.cells.nth(3).locator(".pool-quiz")
    quiz.get_by_text("Always").click()
    expect(quiz.get_by_text("They may be equal.")).to_be_visible()
    quiz.get_by_text("Never smaller").click()
    expect(quiz.get_by_text("No element is above it.")).to_be_visible()
    assert notebook.printed(4) == "answers: [[1, 0], [], []]", notebook.cells.nth(4).inner_text()


def test_every_other_widget_lives_and_keeps_its_keys_to_itself(notebook):
    # On a built page only an output is covered, and words are written below an open question.
    assert {*IN_A_NOTEBOOK, "explorer", "quiz", "exercise", "open_exercise", "covered"} == set(kinds())
    notebook = notebook(*(cell for make, ask, _, _ in IN_A_NOTEBOOK.values() for cell in (make, ask)))
    count = 2 * len(IN_A_NOTEBOOK)
    for place, (name, (_, _, do, wanted)) in enumerate(IN_A_NOTEBOOK.items()):
        notebook.run(2 * place)
        host = notebook.cells.nth(2 * place).locator(".pool-card")
        expect(host).to_be_visible()
        before = notebook.active()
        do(host, notebook.page)
        drawn = host.locator("canvas, .pool-libraries-one, [data-kind=pool]")
        (drawn if drawn.count() else host.locator("input, select, button")).first.focus()
        for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp", "b", "d", "d"):
            notebook.page.keyboard.press(key)
        assert notebook.active() == before, f"keys in {name} moved JupyterLab's cell"
        expect(notebook.cells).to_have_count(count)
        said = notebook.printed(2 * place + 1)
        assert said == wanted, f"{name}: {said}"
