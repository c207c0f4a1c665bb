"""The same pool in every library: each one's call and answer, as an experiment recorded them."""

import html
from collections.abc import Mapping, Sequence

import traitlets

from pooling_book.show import pictures
from pooling_book.study.results import results
from pooling_book.widgets.base import one_of
from pooling_book.widgets.things_to_try import TaskWidget

#: What can be asked, with the words that a reader sees; None is left to the library.
CHOICES: dict[str, dict] = {
    "kind": {"max": "maximum", "avg": "average"},
    "size": {6: "6 × 6", 5: "5 × 5"},
    "window": {2: "2 × 2", 3: "3 × 3"},
    "stride": {2: "2", None: "not said"},
    "padding": {"valid": "none", "same": "same", 1: "1 on each side"},
    "ceil": {False: "down", True: "up (ceil mode)"},
    "divisor": {None: "not said", "real": "real elements", "whole": "whole window"},
}

#: A plain pool, with which a widget begins unless it is told otherwise.
PLAIN = {"kind": "max", "size": 6, "window": 2, "stride": 2, "padding": "valid", "ceil": False, "divisor": None}


def asked(**changes) -> dict:
    """The scene of a task: a plain pool but for these changes, and pooling_lib's answer in full.

    >>> asked(window=3)["setting"]["window"]
    3
    """
    return {
        "setting": PLAIN | {one_of("changes", key, CHOICES): value for key, value in changes.items()},
        "library": "pooling_lib",
    }


class Libraries(TaskWidget):
    """Thirteen libraries asked for one pool: who answers alike, who otherwise and why, who refuses.

    Nothing is computed here or in the browser: calls, outputs and reasons are those that
    experiments/every_library.py has recorded.

    Parameters
    ----------
    kind : 'max' or 'avg'
    size : 6 or 5
        Rows and columns of the input.
    window : 2 or 3
    stride : 2 or None
        None leaves the stride to the library.
    padding : 'valid', 'same' or 1
    ceil : bool
        Whether the size is rounded up.
    divisor : None, 'real' or 'whole'
        Of a mean with padding: what it divides by. None leaves that to the library.
    library : str
        The one whose call and answer are seen in full.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If these settings were not recorded.

    Examples
    --------
    >>> libraries = Libraries("avg", padding=1, window=3)
    >>> libraries.differ
    ['NumPy', 'PyTorch', 'JAX', 'Flax', 'SciPy ndimage', 'SciPy signal', 'OpenCV']
    >>> libraries.refuse
    ['TensorFlow', 'Keras', 'scikit-image']
    >>> libraries.answer("PyTorch")["call"]
    'F.avg_pool2d(x, 3, 2, padding=1)'
    """

    guesses = ("agree", "answers", "differ", "refuse")
    goals = ("alike", "answers")

    inputs = traitlets.Dict().tag(sync=True)
    before = traitlets.Dict().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    texts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    cases = traitlets.List(traitlets.Unicode()).tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)
    library = traitlets.Unicode("pooling_lib").tag(sync=True)

    def __init__(
        self,
        kind: str = "max",
        size: int = 6,
        window: int = 2,
        stride: int | None = 2,
        padding: str | int = "valid",
        ceil: bool = False,
        divisor: str | None = None,
        library: str = "pooling_lib",
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "libraries",
    ):
        said = (kind, size, window, stride, padding, ceil, divisor)
        given = dict(zip(PLAIN, said, strict=True))
        for key, value in given.items():
            one_of(key, value, CHOICES[key])
        found = results("every_library")
        names = list(found["cases"][0]["answers"])
        texts, cases = _packed(found["cases"], names)
        if not any(all(case[key] == value for key, value in given.items()) for case in found["cases"]):
            settings = ", ".join(f"{key}={value!r}" for key, value in given.items())
            raise ValueError(f"{settings} were not asked together; leave ceil, stride or divisor at its default")
        self._cases = found["cases"]
        choices = {key: [[value, words] for value, words in values.items()] for key, values in CHOICES.items()}
        super().__init__(
            identity,
            inputs=found["inputs"],
            before=found["before"],
            choices=choices,
            names=names,
            texts=texts,
            cases=cases,
            setting=given,
            library=one_of("library", library, names),
            tasks=tasks,
            task=task,
        )

    @property
    def case(self) -> dict:
        """The recorded case that is shown."""
        return next(case for case in self._cases if all(case[key] == value for key, value in self.setting.items()))

    def answer(self, library: str) -> dict:
        """A library's `call`, its `output` or `error`, and `why` if that is not pooling_lib's answer."""
        return self.case["answers"][one_of("library", library, self.names)]

    def program(self, library: str) -> str:
        """A whole program that asks a library for its answer and prints that, as `experiments/every_library.py` ran it.

        >>> print(Libraries().program("Flax"))
        import numpy as np
        from flax import nnx
        <BLANKLINE>
        grid = [
            [-15, -1, -13, 15, 11, 7],
            [-18, -2, 4, 14, -11, 10],
            [-12, 6, 1, 13, 17, 3],
            [-17, 8, 5, -4, -3, 16],
            [-7, 0, 2, 12, -9, -16],
            [-10, 9, -6, -14, -5, -8],
        ]
        x = np.float32(grid)[None, :, :, None]
        <BLANKLINE>
        print(nnx.max_pool(x, (2, 2), strides=(2, 2)))
        """
        rows = "".join(f"    {row},\n" for row in self.inputs[str(self.setting["size"])])
        before = self.before[library].replace("\n\nx = ", f"\n\ngrid = [\n{rows}]\nx = ")
        return f"{before}\n\nprint({self.answer(library)['call']})"

    @property
    def agree(self) -> list[str]:
        """The libraries that give pooling_lib's numbers, pooling_lib left out."""
        return [name for name, one in self.case["answers"].items() if "why" not in one][1:]

    @property
    def differ(self) -> list[str]:
        """The libraries that give other numbers."""
        return [name for name, one in self.case["answers"].items() if "why" in one and "output" in one]

    @property
    def refuse(self) -> list[str]:
        """The libraries that raise an error."""
        return [name for name, one in self.case["answers"].items() if "error" in one]

    def fallback(self) -> str:
        """The input, pooling_lib's output and every library's call: what is seen where no script runs."""
        ours = self.answer("pooling_lib")["output"]
        grids = pictures.grids(self.inputs[str(self.setting["size"])], ours, captions=["Input", "pooling_lib's output"])
        lines = [
            f"<li>{html.escape(name)}: <code>{html.escape(one['call'])}</code>{_said(one)}</li>"
            for name, one in self.case["answers"].items()
        ]
        return f"{grids.html}<ul class='pool-libraries-said'>{''.join(lines)}</ul>"


def _said(answer: Mapping) -> str:
    if "why" not in answer:
        return ""
    verdict = f"refuses with {answer['error']}" if "error" in answer else "gives other numbers"
    return html.escape(f" {verdict}: {answer['why'].replace('*', '').replace('`', '')}")


def _packed(cases: list, names: list[str]) -> tuple[list[str], list[str]]:
    """Every text once, and each case as one short line, which names texts by their place.

    A line is ``settings | outputs | answers``, with / between its parts. A setting is its place among `CHOICES`. An
    output is its rows with ; between them, the first is pooling_lib's. An answer is its call, then, if it is not
    pooling_lib's, the place of its output or nothing, why, and the error if there is one, with : between them.

    >>> answers = {"a": {"call": "f(x)", "output": [[1]]}, "b": {"call": "g(x)", "error": "E", "why": "No."}}
    >>> setting = {"kind": "avg", "size": 6, "window": 3, "stride": 2, "padding": 1, "ceil": False, "divisor": None}
    >>> _packed([setting | {"answers": answers}], ["a", "b"])
    (['f(x)', 'g(x)', 'No.', 'E'], ['1010200|1|0/1::2:3'])
    """
    places: dict[str, int] = {}
    packed = []

    def place(text: str) -> int:
        return places.setdefault(text, len(places))

    for case in cases:
        outputs, answers = [case["answers"][names[0]]["output"]], []
        for one in (case["answers"][name] for name in names):
            parts: list[int | str] = [place(one["call"])]
            if "why" in one:
                if "output" in one and one["output"] not in outputs:
                    outputs.append(one["output"])
                parts += [outputs.index(one["output"]) if "output" in one else "", place(one["why"])]
            answers.append(":".join(map(str, parts + ([place(one["error"])] if "error" in one else []))))
        settings = "".join(str(list(values).index(case[key])) for key, values in CHOICES.items())
        grids = "/".join(";".join(" ".join(map(str, row)) for row in output) for output in outputs)
        packed.append(f"{settings}|{grids}|{'/'.join(answers)}")
    return list(places), packed
