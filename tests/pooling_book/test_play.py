"""The playground and the errors shown on purpose."""

import pytest

from pooling_book.show.errors import expected_error
from pooling_book.show.pictures import Picture
from pooling_book.show.play import play


def show(rule="mean", window=2):
    return Picture(f"<p>{rule} {9 // window}</p>", "a rule")


def test_controls_begin_at_the_functions_defaults_and_redraw():
    playground = play(show, rule=["max", "mean"], window=(0, 5))
    rule, window, view = playground.children
    assert view.value.endswith("<p>mean 4</p>")
    rule.value, window.value = "max", 3
    assert view.value.endswith("<p>max 3</p>")


def test_an_error_of_the_readers_function_is_shown_and_survived():
    playground = play(show, rule=["max", "mean"], window=(0, 5))
    _, window, view = playground.children
    window.value = 0
    assert "ZeroDivisionError" in view.value
    window.value = 1
    assert view.value.endswith("<p>mean 9</p>")


def test_without_a_kernel_the_picture_stands_under_a_note():
    bundle = play(show, rule=["max", "mean"], window=(0, 5))._repr_mimebundle_()
    shown = bundle["text/html"]
    assert "Here: rule mean, window 2. In the running notebook, controls for rule and window" in shown
    assert "<p>mean 4</p>" in shown
    assert bundle["text/plain"] == "<playground: rule and window>"


def test_what_makes_no_control_is_refused():
    with pytest.raises(ValueError, match="window=<object.*makes no control; give"):
        play(show, window=object())


def test_a_control_for_no_argument_is_refused():
    with pytest.raises(ValueError, match="windo=.* fits no argument .* takes rule, window"):
        play(show, windo=(1, 2))


def test_explain_says_the_error_in_our_words(capsys):
    with expected_error(IndexError, "there is no third row"):
        [][3]
    assert capsys.readouterr().out == "IndexError. In our words: there is no third row.\n"


def test_explain_fails_when_nothing_is_wrong_or_something_else_is():
    with pytest.raises(AssertionError, match="no IndexError was raised"):
        with expected_error(IndexError, "there is no third row"):
            pass
    with pytest.raises(KeyError):
        with expected_error(IndexError, "there is no third row"):
            {}["key"]
