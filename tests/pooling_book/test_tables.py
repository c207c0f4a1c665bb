"""Tables: headers, what is escaped, what is refused; the marks of windows on a line."""

import re

import pytest

from pooling_book.show.tables import lines, table, times_read
from pooling_lib.geometry import windows


def test_columns_and_rows_have_their_headers_and_an_empty_one_is_none():
    shown = table(["", "cost"], [["max", "3"], ["none", "5"]], "Costs").html
    assert shown.count('<th scope="col"') == 1 and shown.count('<th scope="row"') == 2
    assert "<caption>Costs</caption>" in shown


def test_words_are_escaped():
    shown = table(["a < b"], [["<b>"]], '"&"')
    assert "<b>" not in shown.html and "&lt;b&gt;" in shown.html and "&quot;&amp;&quot;" in shown.html
    assert shown.alt == '"&": <b>'


def test_columns_of_numbers_stand_to_the_right_with_the_books_minus_and_words_to_the_left():
    shown = table(["pool", "change", "verdict"], [["max", "-0.02 ± 0.01**", "x-1"], ["mean", 1500, "none"]], "Changes")
    assert repr(shown).splitlines() == [
        "Changes",
        "pool          change  verdict",
        "max   −0.02 ± 0.01**  x-1",
        "mean           1,500  none",
    ]
    assert shown.html.count('class="pool-number"') == 3
    assert "−0.02 ±\N{NO-BREAK SPACE}0.01**" in shown.html, "a phone may break a number from its sign"


def test_only_a_table_that_is_wide_on_a_phone_takes_the_keyboard_s_focus():
    assert "tabindex" not in table(["pool", "cost"], [["max", "3"]], "Costs").html
    assert 'aria-label="Costs"' in table(["w" * 35, "cost"], [["m" * 15, "n" * 15]], "Costs").html


def test_a_row_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match=r"rows hold \['max'\], 1 texts for 2 columns"):
        table(["pool", "cost"], [["max"]], "Costs")


def rows(placed):
    """The marks of each window as one text, a place for each position."""
    html = lines(placed, captions=["here"]).html
    found = re.findall(r"<tr><th[^>]*>window \d+</th>(.*?)</tr>", html)
    return ["".join(cell or "." for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)) for row in found]


def test_a_dot_is_read_a_ring_is_padding_a_cross_hangs_over():
    assert rows(windows(5, 2)) == ["●●...", "..●●."]
    assert rows(windows(4, 3, 2, (1, 0))) == ["○●●..", "..●●●"]
    assert rows(windows(6, 3, 2, ceil_mode=True)) == ["●●●....", "..●●●..", "....●●×"]
    assert rows(windows(5, 2, 1, (1, 1), dilation=3)) == ["○..●...", ".●..●..", "..●..●.", "...●..○"]


def test_times_read_are_counted_one_by_one():
    for placed in [
        windows(11, 3, 2),
        windows(11, 2, 3),
        windows(7, 3, 1, "same", 2),
        windows(6, 3, 2, (1, 1), ceil_mode=True),
    ]:
        counted = [sum(p in placed.covered(i) for i in range(placed.count)) for p in range(placed.size)]
        assert times_read(placed) == counted


def test_the_words_say_starts_and_what_nobody_reads():
    picture = lines(windows(3, 2, 1, (1, 0)), windows(8, 1, 4), captions=["a", "b"])
    assert picture.alt == (
        "a: 3 windows on 3 elements, which start at -1, 0, 1; "
        "b: 2 windows on 8 elements, which start at 0, 4; 6 elements are read by none"
    )


def test_a_caption_for_each_line():
    with pytest.raises(ValueError, match="1 lines and 0 captions"):
        lines(windows(3, 2), captions=[])
