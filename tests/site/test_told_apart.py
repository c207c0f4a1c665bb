"""The tool that compares elements in forced colours and on paper sees what vanishes there, and what was kept."""

import pytest
from told_apart import WAYS, difference, stands_out, under

BARS = """<style>
  #grounds i { display: block; width: 90px; height: 16px; margin: 9px; background: #3366cc; }
  #grounds .kept { forced-color-adjust: none; print-color-adjust: exact; }
  button { width: 90px; height: 40px; border: 1px solid; background: #fff; }
  [aria-pressed=true] { background: #3366cc; color: #fff; }
  .kept [aria-pressed=true] { forced-color-adjust: none; print-color-adjust: exact; }
</style><div id="grounds"><i class="lost"></i><i class="kept"></i></div>
<p class="lost"><button aria-pressed="true">Max</button> <button>Max</button></p>
<p class="kept"><button aria-pressed="true">Max</button> <button>Max</button></p>"""


@pytest.mark.parametrize("way", WAYS)
def test_what_vanishes_is_seen_to_vanish(open_page, widget_page, tmp_path, way):
    page = open_page(tmp_path, widget_page(BARS))
    lost, kept = (page.locator(f"#grounds .{one}") for one in ("lost", "kept"))
    assert stands_out(lost) > 0.9 and stands_out(kept) > 0.9
    with under(page, way):
        assert stands_out(lost) < 0.1 and stands_out(kept) > 0.9
        lost, kept = (page.locator(f"p.{one} button") for one in ("lost", "kept"))
        assert difference(lost.nth(0), lost.nth(1)) < 0.2  # letters of another colour
        assert difference(kept.nth(0), kept.nth(1)) > 0.5
    assert stands_out(page.locator("#grounds .lost")) > 0.9
