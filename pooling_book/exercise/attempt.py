"""Running a reader's function safely: whatever it does, we come back and can say what happened."""

import contextlib
import copy
import ctypes
import dis
import inspect
import io
import threading
import traceback
import warnings
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pooling_book.exercise.values import same

#: Seconds that a reader's function may take for all cases together.
LIMIT = 5.0


class TimeUp(BaseException):
    """Ends a function that takes too long. Not an Exception, so that few handlers catch it."""


class Call(NamedTuple):
    """One call of the reader's function: what came back or was raised, and whether it changed an argument."""

    function: Callable
    arguments: tuple
    value: object = None
    error: BaseException | None = None
    changed: bool = False

    def raised(self) -> str:
        """The type and message of what was raised, and the reader's line that it came from."""
        try:
            message = " ".join(str(self.error).split())[:200]
        except BaseException:  # a message of the reader's own making
            message = ""
        text = f"`{type(self.error).__name__}`" + (f" ({message})" if message else "")
        file = self.function.__code__.co_filename if inspect.isfunction(self.function) else None
        trace = None if self.error is None else self.error.__traceback__
        lines = [frame for frame in traceback.extract_tb(trace) if frame.filename == file]
        return f"{text} in line {lines[-1].lineno}, `{lines[-1].line}`," if lines else text


class _Printed(io.StringIO):
    """Takes what a function prints, and keeps the beginning of it."""

    most = 1000

    def write(self, text: str) -> int:
        super().write(text[: self.most + 1 - self.tell()])
        return len(text)

    def beginning(self) -> str:
        text = self.getvalue()
        return text if len(text) <= self.most else text[: self.most] + "…"


def run(function: Callable, cases: Sequence[tuple]) -> tuple[list[Call], str]:
    """Call a reader's function on a copy of every case, up to the first that raises.

    The calls happen in a thread of their own, which is left behind if it cannot be ended: a loop
    around `except: pass` would swallow every attempt to end it in the main thread.

    Returns
    -------
    calls : list of Call
        If time runs out, the last one has the error `TimeUp`.
    printed : str
        The beginning of what was printed.

    >>> run(abs, [(-3,)])
    ([Call(function=<built-in function abs>, arguments=(-3,), value=3, error=None, changed=False)], '')
    """
    calls: list[Call] = []

    def work():
        with contextlib.suppress(TimeUp):
            for case in cases:
                arguments = copy.deepcopy(case)
                try:
                    value = function(*arguments)
                    if issubclass(
                        type(value), np.ndarray
                    ):  # without a class of its own, whose comparison may do anything
                        value = np.array(value)
                except (
                    BaseException
                ) as error:  # SystemExit and KeyboardInterrupt too: they must not end the reader's notebook
                    calls.append(Call(function, case, error=error))
                    break
                calls.append(Call(function, case, value, changed=not all(map(same, case, arguments))))

    worker = threading.Thread(target=work, daemon=True)
    printed = _Printed()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        worker.start()
        try:
            worker.join(LIMIT)
            late, done = worker.is_alive(), list(calls)
        finally:  # the reader's Ctrl-C ends it, too
            _end(worker)
    if late and len(done) < len(cases):
        done.append(Call(function, cases[len(done)], error=TimeUp()))
    return done, printed.beginning()


def _end(worker: threading.Thread) -> None:
    """Raise `TimeUp` in a thread, again and again for half a second, since the first may be swallowed there."""
    for _ in range(50):
        if worker.ident is None or not worker.is_alive():
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident), ctypes.py_object(TimeUp))
        worker.join(0.01)


def is_stub(function: Callable) -> bool:
    """Whether a function has no body yet: it does nothing but return a constant.

    >>> def later(x): ...
    >>> is_stub(later), is_stub(abs)
    (True, False)
    """
    nothing = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
    return inspect.isfunction(function) and {step.opname for step in dis.get_instructions(function)} <= nothing
