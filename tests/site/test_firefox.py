"""One run through every kind of widget in Firefox, as readers have it: alive, it answers, and nothing complains."""

import pytest
from feel import LANDED, NEAR_ONES_LIVE
from firefox import Controls, Firefox
from kinds import KINDS

ALIVE = "(id) => document.getElementById(id).dataset.alive === 'true'"
NEAR = "(id) => document.getElementById(id).scrollIntoView({ block: 'center', behavior: 'instant' })"
SETTINGS = "(id) => document.querySelector(`#${id} a[href*='widget=']`).search"


@pytest.fixture(scope="module")
def firefox():
    with Firefox() as running:
        yield running


def test_every_kind_lives_and_answers(firefox, server, widget_page, tmp_path):
    made = {kind: make() for kind, (make, _) in KINDS.items()}
    firefox.open(f"{server(tmp_path)}/{widget_page(*made.values())}")
    for kind, widget in made.items():
        firefox.evaluate(NEAR, widget.identity)
        firefox.wait_for(ALIVE, widget.identity)
        before = firefox.evaluate(SETTINGS, widget.identity)
        KINDS[kind][1](Controls(firefox, f"#{widget.identity}"))
        assert f"widget={widget.identity}&" in before, before
        firefox.wait_for(f"(id, before) => ({SETTINGS})(id) !== before", widget.identity, before)
    assert not firefox.complaints


def test_a_link_to_a_section_lands_there(firefox, server, site):
    firefox.open(f"{server(site)}/chapters/08_how_invariant.html#sources", width=1366, height=650)
    firefox.wait_for(NEAR_ONES_LIVE)
    off = firefox.evaluate(LANDED)
    assert abs(off) <= 8, f"the heading is {off} px from where the link leads"
    assert not firefox.complaints
