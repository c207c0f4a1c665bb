"""What the chapters use besides `pooling_lib`: widgets, exercises, pictures, studies.

Nothing about pooling itself lives here.
"""

from importlib.util import find_spec

if find_spec("anywidget") is None:
    raise ModuleNotFoundError(
        "pooling_book needs anywidget and more; run: pip install 'pooling-lib[book]'", name="anywidget"
    )
