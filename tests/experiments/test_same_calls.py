"""The same call in Keras, PyTorch and JAX: what is recorded is what the table says, and what the libraries print."""

import importlib.util

import pytest
import same_calls
from calls_to_compare import CALLS, LIBRARIES

from pooling_book.show import same_call
from pooling_book.study.results import results

FOUND = results("same_calls")["calls"]
PACKAGES = {"Keras": "keras", "PyTorch": "torch", "JAX": "flax"}
HERE = [library for library in LIBRARIES if importlib.util.find_spec(PACKAGES[library])]
WIDEST, LONGEST, SHORTEST = 80, 12, 5

each_call = pytest.mark.parametrize("name", CALLS)


def test_all_that_stands_in_the_table_is_recorded():
    assert list(FOUND) == list(CALLS)
    for name, call in CALLS.items():
        assert (FOUND[name]["title"], FOUND[name]["note"]) == (call.title, call.note)
        assert {library: FOUND[name][library]["code"] for library in LIBRARIES} == call.snippets()


@each_call
def test_a_snippet_is_short_narrow_and_whole(name):
    for code in CALLS[name].snippets().values():
        lines = code.splitlines()
        assert SHORTEST <= len(lines) <= LONGEST and max(map(len, lines)) <= WIDEST, code
        assert "\nX\n" not in code and "\nx = np.float32(" in code and lines[0].startswith("import")
        names = [line.split()[-1] for line in lines if line.startswith(("import", "from"))]
        assert all(code.count(name) > 1 for name in names), code  # nothing is imported in vain


@each_call
def test_it_prints_what_pooling_lib_prints(name):
    for library in LIBRARIES:
        assert FOUND[name][library]["printed"] == same_calls.printed(CALLS[name].expected(library)), library


@each_call
@pytest.mark.parametrize("library", HERE)
def test_a_library_at_hand_prints_what_is_recorded(name, library):
    assert same_calls.printed(CALLS[name].snippets()[library]) == FOUND[name][library]["printed"]


def test_keras_is_at_hand_wherever_the_tests_run():
    assert "Keras" in HERE


@each_call
def test_all_is_shown(name):
    shown = same_call(name)
    for library in LIBRARIES:
        for part in FOUND[name][library].values():
            assert part in repr(shown)
        assert f">{library}</p>" in shown.html
    assert shown.html.count(" checked") == 1
    assert FOUND[name]["title"] in repr(shown)


def test_a_name_that_is_not_recorded_is_refused(refuses):
    refuses(ValueError, lambda: same_call("median_pool"), "name", "'median_pool'", "'max_pool'")
