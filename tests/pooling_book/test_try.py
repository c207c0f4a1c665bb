"""What the widgets of every notebook ask their readers to try: each task opens, has an answer, and is not done yet."""

import json
import re
from pathlib import Path

import pytest
from javascript import js

from pooling_book.widgets.page import FOLDER

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
WIDGET = re.compile(
    r'<div class="pool-widget" id="([^"]+)" data-widget="(\w+)"[^>]*><script type="application/json">(.*?)</script>'
)

#: Of each task: which settings of its scene are refused, and what is amiss with its truth or its goal.
TRY = """await (async () => {
  const widget = (await import(given.entry)).default, { guesses = {}, goals = {}, facts } = await import(given.tasks);
  const isNumber = (one) => typeof one === "number" && !Number.isNaN(one);
  const all = (list, holds) => Array.isArray(list) && list.length > 0 && list.every(holds);
  const SOUND = {
    number: isNumber,
    numbers: (truth, { names }) => all(truth, isNumber) && truth.length === names.length,
    choice: (truth, { options }) => options.includes(truth),
    choices: (truth, { options }) => truth.every((one) => options.includes(one)),
    places: (truth) => all(truth, (one) => typeof one === "string"),
    curve: (truth) => all(truth, isNumber),
  };
  const word = (value) => JSON.stringify(value) ?? "nothing";
  return given.state.tasks.map(({ scene, guess, goal, given: asked }) => {
    const now = it.joined({ settings: widget.settings }, given.state, scene), found = [];
    for (const key of Object.keys(scene))
      if (word(now[key]) !== word(scene[key])) found.push(`its scene's ${key} is refused`);
    if (guess) {
      const { form, truth, names, options } = guesses[guess], known = facts(now);
      const more = { names, options: options?.(known, asked) }, answer = truth(known, asked);
      if (!SOUND[form](answer, more)) found.push(`its answer is ${word(answer)}`);
    }
    if (goal) {
      const { met, of } = goals[goal](facts(now), asked);
      if (!(met >= 0 && met < of)) found.push(`its goal is reached from the start: ${met} of ${of}`);
    }
    return found;
  });
})()"""


def widgets(notebook):
    """Id, kind and state of every widget that a notebook shows."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    for output in [one for cell in cells for one in cell.get("outputs", [])]:
        for identity, kind, state in WIDGET.findall("".join(output.get("data", {}).get("text/html", ""))):
            yield identity, kind, json.loads(state)


def tried(kind, state):
    """What is amiss with each task of a widget."""
    entry, tasks = ((FOLDER / kind / f"{name}.js").as_uri() for name in (kind, "tasks"))
    return js("kit/settings.js", TRY, {"entry": entry, "tasks": tasks, "state": state})


@pytest.mark.parametrize("notebook", CHAPTERS, ids=lambda path: path.stem[:2])
def test_each_task_of_a_notebook_can_be_opened_and_answered_and_is_not_done_yet(notebook):
    found = [
        f"{identity}, task {n}: {amiss}"
        for identity, kind, state in widgets(notebook)
        if state.get("tasks")
        for n, what in enumerate(tried(kind, state), 1)
        for amiss in what
    ]
    assert not found, "\n".join(found)


def test_a_task_that_cannot_be_tried_would_be_found():
    from pooling_book.widgets.explorer import Explorer
    from pooling_book.widgets.things_to_try import goal, guess

    explorer = Explorer(
        tasks=[
            guess("?", "size", {"window": (0, 2), "source": "camera"}),
            guess("?", "output", {"window": (9, 9)}, at=(0, 0)),
            goal("!", "size", {"stride": (2, 2)}, rows=3, columns=3),
            goal("!", "size", {"stride": (1, 1)}, rows=3, columns=3),
        ]
    )
    assert tried("explorer", explorer.state()) == [
        ["its scene's window is refused", "its scene's source is refused"],
        ["its answer is null"],
        ["its goal is reached from the start: 2 of 2"],
        [],
    ]
