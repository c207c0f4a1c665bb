"""Every page of the built site can be read by everyone: what axe says, and a phone's width. Slow, so in a file of its own for a worker of its own."""

import pytest
from browser import violations
from pages import PAGES, settle


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_and_dark_and_a_phone_needs_no_sideways_scrolling(open_page, site, name):
    page = open_page(site, name, motion="reduce")
    settle(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            "(scheme) => document.documentElement.dataset.theme === scheme && document.getAnimations().every((one) => one.playState !== 'running')",
            arg=scheme,
        )
        # In the dark only colours differ.
        found = violations(page, **({"runOnly": ["color-contrast"]} if scheme == "dark" else {}))
        assert not found, f"{name}, {scheme}:\n" + "\n".join(found)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = """() => [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 8).map((one) => one.outerHTML.slice(0, 100))"""
    try:
        page.wait_for_function("() => innerWidth === 360 && document.documentElement.scrollWidth <= 360")
    except Exception:
        pytest.fail(
            f"{name} is {page.evaluate('document.documentElement.scrollWidth')} pixels wide on a screen of 360; beyond it reach {page.evaluate(wide)}"
        )
