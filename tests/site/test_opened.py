"""Any pool of the networks that read a pushed digit opens in the explorer, on its own maps."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from shown import Shown
from weights import halved

from pooling_book.study.pretrained import Trained, trained
from pooling_book.widgets.pushed_digit import PushedDigit


@pytest.fixture
def show(show_each):
    return show_each(
        lambda page: Shown(page, "network"), lambda **settings: PushedDigit(trained(), **settings), height=1000
    )


def before_second_pool(kind, widget):
    """The maps that come to the second pool, computed in Python: (14, 14, 16)."""
    network = trained()[kind]
    first = Trained(kind, halved(network.weights))
    x = first.maps(widget.x[None] / 255)[0]
    kernel, bias = first.weights[2:4]
    padded = np.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    return np.maximum(np.einsum("nijcab,abco->nijo", windows, kernel) + bias, 0)[0]


def table(dialog, number):
    rows = dialog.locator("figure").nth(number).locator("tr:has(th[scope=row])")
    return np.array([[float(text) for text in row.locator("td").all_inner_texts()] for row in rows.all()])


def test_a_pool_opens_on_its_own_map_and_another_channel_follows(show):
    shown = show(digit=4, pushed=(2, -1))
    opener = shown.host.get_by_role("button", name=re.compile("^average: 16 feature maps"))
    opener.focus()
    shown.page.keyboard.press("Enter")
    dialog = shown.page.get_by_role("dialog")
    wanted = before_second_pool("average", PushedDigit(trained(), digit=4, pushed=(2, -1)))
    expect(dialog.locator("figcaption").first).to_have_text("Input, 14 × 14")
    np.testing.assert_allclose(table(dialog, 0), wanted[:, :, 0], atol=0.006)
    expect(dialog.get_by_role("button", name="Average")).to_have_attribute("aria-pressed", "true")
    dialog.get_by_label("Channel").select_option("5")
    expect(dialog.locator("figcaption").first).to_have_text("Input, 14 × 14")
    pooled = wanted[:, :, 5].reshape(7, 2, 7, 2).mean(axis=(1, 3))
    shown.page.wait_for_function(
        "(value) => [...document.querySelectorAll('dialog figure')[1].querySelectorAll('td')].some("
        "(cell) => Math.abs(Number(cell.textContent) - value) < 0.011)",
        arg=float(pooled.max()),
    )
    np.testing.assert_allclose(table(dialog, 0), wanted[:, :, 5], atol=0.006)
    np.testing.assert_allclose(table(dialog, 1), pooled, atol=0.011)
    dialog.get_by_role("button", name="Maximum").click()
    dialog.get_by_role("button", name="Reset").click()  # back to the pool, on the channel that is shown
    expect(dialog.get_by_role("button", name="Average")).to_have_attribute("aria-pressed", "true")
    np.testing.assert_allclose(table(dialog, 0), wanted[:, :, 5], atol=0.006)
    shown.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_press_on_one_map_opens_that_channel(show):
    shown = show(digit=4)
    canvas = shown.host.get_by_role("button", name=re.compile("^max: 8 feature maps")).locator("canvas")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.6, "y": box["height"] * 0.75})  # the third of the second row
    dialog = shown.page.get_by_role("dialog")
    expect(dialog.get_by_label("Channel")).to_have_value("6")
    expect(dialog.locator("figcaption").nth(1)).to_have_text("Output, 14 × 14")
    dialog.get_by_role("button", name="✕ Close").click()
    expect(dialog).to_have_count(0)


def test_of_a_max_blur_pool_it_is_said_that_a_blur_follows(show):
    shown = show()
    shown.host.get_by_role("button", name=re.compile("^max-blur: 8 feature maps")).click()
    dialog = shown.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Here is its first step, the maximum; a blur with a stride of 2 follows.")
    expect(dialog.locator("figcaption").nth(1)).to_have_text("Output, 28 × 28")
