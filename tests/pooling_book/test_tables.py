"""Tables of words: headers, what is escaped, and what is refused."""

import pytest

from pooling_book.show.tables import table


def test_columns_and_rows_have_their_headers_and_an_empty_one_is_none():
    shown = table(["", "cost"], [["max", "3"], ["none", "5"]], "Costs").html
    assert shown.count('<th scope="col"') == 1 and shown.count('<th scope="row"') == 2 and 'aria-label="Costs"' in shown


def test_words_are_escaped():
    shown = table(["a < b"], [["<b>"]], '"&"')
    assert "<b>" not in shown.html and "&lt;b&gt;" in shown.html and "&quot;&amp;&quot;" in shown.html
    assert repr(shown) == '<picture: "&": <b>>'


def test_a_row_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match=r"rows hold \['max'\], 1 texts for 2 columns"):
        table(["pool", "cost"], [["max"]], "Costs")
