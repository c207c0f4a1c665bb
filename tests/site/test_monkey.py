"""A monkey plays with each kind of widget: nothing breaks, nothing shows what it should not, and Reset resets."""

import budget
import pytest
from feel import SETTINGS, wake
from kinds import KINDS
from monkey import let_loose

ACTS = 80  # two to three seconds
LONG = 800


@pytest.mark.parametrize("kind", KINDS)
def test_a_monkey_breaks_nothing(open_page, widget_page, tmp_path, kind):
    page = open_page(tmp_path, widget_page(KINDS[kind][0]()))
    wake(page)
    host = page.locator(".pool-widget")
    own = host.evaluate(SETTINGS)
    found = let_loose(host, seed=7, acts=LONG if budget.THOROUGH else ACTS)
    assert not found["wrong"], "\n".join(found["wrong"])
    assert found["changes"] > 3, f"only {found['changes']} acts changed a setting: is this monkey awake?"
    host.get_by_role("button", name="Reset", exact=True).click()
    after = host.evaluate(SETTINGS)
    assert after == own, (
        f"Reset leaves {[(key, own.get(key), after[key]) for key in after if after[key] != own.get(key)]}"
    )
