"""The network boxes on a page: every way to use them, against what pooling_lib says."""

import re

import pytest
from browser import violations
from budget import besides, crossed
from feel import longest, thumb
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, swipe
from told_apart import difference, stands_out, under

from pooling_book.chapters.try09 import things_to_try
from pooling_book.study import famous
from pooling_book.widgets.network_boxes import NetworkBoxes
from pooling_book.widgets.network_boxes.boxes import BOXED_NETWORKS


class ShownBoxes(Shown):
    """The network boxes as the reader sees them."""

    def __init__(self, page, name="architecture"):
        super().__init__(page, name)
        self.boxes = self.host.locator("button.pool-architecture-box")
        self.pools = self.host.locator("button[data-kind=pool]")
        self.facts = self.host.locator(".pool-architecture-facts")
        self.why = self.host.locator(".pool-architecture-why")

    def names(self):
        """What stands in the strip, without the image and what is after the last map."""
        return self.host.locator(":is([data-kind=pool], [data-kind=layer]) .pool-architecture-name").all_inner_texts()

    def look(self, at):
        """Choose a box by its number; 0 is the image."""
        self.menu("Box").select_option(str(at - 1))

    def total(self, name, row=1):
        """A count of the table, in full: row 0 of the original, 1 now. The ratio, row 2, as it is shown."""
        names = self.host.locator(".pool-architecture-totals thead th").all_inner_texts()
        cell = self.host.locator(".pool-architecture-totals tbody tr").nth(row).locator("td").nth(names.index(name))
        return cell.inner_text() if row == 2 else cell.get_attribute("title")

    def drag(self, at, to):
        """Drag the box number `at` after the box number `to`; 0 is the image."""
        held, target = self.boxes.nth(at), self.boxes.nth(to)
        held.scroll_into_view_if_needed()
        (x, y), end = self.middle(held), target.bounding_box()
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(end["x"] + end["width"], end["y"] + end["height"] / 2, steps=6)
        self.page.mouse.up()

    def middle(self, locator):
        box = locator.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def bar(self, at, lane):
        """Height of a bar of a box in its lane, 0 to 1: of the map, and in the three lanes below it."""
        lane = self.boxes.nth(at).locator(".pool-architecture-lane").nth(lane)
        return lane.evaluate("(lane) => lane.firstChild.getBoundingClientRect().height / (lane.clientHeight || 1)")


@pytest.fixture
def show(show_each):
    """Open a page with one network."""
    return show_each(ShownBoxes, lambda network="VGG16", **more: NetworkBoxes(network, **more), height=1000)


def test_the_networks_open_with_the_librarys_totals(show):
    shown = show()
    for name, given in BOXED_NETWORKS.items():
        shown.menu("Network").select_option(name)
        cost = NetworkBoxes(name).cost
        assert shown.total("Params", 0) == shown.total("Params", 1) == f"{cost.parameters:,}"
        assert (shown.total("Work"), shown.total("Memory")) == (f"{cost.multiply_adds:,}", f"{cost.activations:,}")
        memory = cost.activations * 4
        expect(shown.host.locator(".pool-architecture-totals")).to_contain_text(
            f"{memory / 1e6:.2f} MB" if memory >= 1e6 else f"{memory / 1e3:.2f} kB"
        )
        assert shown.total("Params", 2) == "same"
        expect(shown.boxes).to_have_count(
            1 + len(given["items"]) + 2 + len(given["hidden"]) * (given["head"] == "flatten")
        )
        expect(shown.menu("Box").locator("option")).to_have_count(shown.boxes.count())
        expect(shown.sentence).to_contain_text("convolutions" if name != "MobileNet" else "27 convolutions, 0 pools")
    shown.menu("Network").select_option("ResNet-50")
    expect(shown.sentence).to_contain_text("ResNet-50: 53 convolutions, 1 pool, 25.64 million parameters")


def test_removing_a_pool_says_what_it_did(show):
    shown = show()
    shown.pools.nth(1).click()
    shown.button("Remove").click()
    expect(shown.sentence).to_have_text(
        "The max pool after conv 2-2 is gone: work × 3.08, parameters × 3.23, activations × 1.82, last map 14 × 14."
    )
    expect(shown.why).to_have_text(
        "conv 3-1 reads 112 × 112 places instead of 56 × 56, 4 times as many, and the size changes for 8 more after "
        "it. The first dense layer reads 100,352 numbers instead of 25,088."
    )
    items = [item for number, item in enumerate(BOXED_NETWORKS["VGG16"]["items"]) if number != 5]
    boxes = NetworkBoxes("VGG16", items)
    cost, field = (
        boxes.cost,
        famous.costs((224, 224, 3), famous.vgg16_body()[:5] + famous.vgg16_body()[6:])[-1].receptive_field[0],
    )
    assert (
        f"{cost.multiply_adds / 1e9:.2f}",
        f"{cost.parameters / 1e6:.2f}",
        f"{cost.activations * 4 / 1e6:.2f}",
        field.size,
    ) == ("47.69", "446.64", "109.62", 112)
    assert shown.total("Params") == f"{cost.parameters:,}" and shown.total("Params", 2) == "× 3.23"
    expect(shown.pools).to_have_count(4)
    assert shown.page.evaluate("document.activeElement.dataset.kind") == "pool"
    shown.button("Reset").click()
    expect(shown.pools).to_have_count(5)
    expect(shown.sentence).to_contain_text("13 convolutions, 5 pools")
    expect(shown.why).to_be_empty()


def test_a_mouse_drags_a_pool_to_another_gap(show):
    shown = show()
    before = shown.names()
    shown.drag(3, 1)  # the first pool, to before conv 1-2
    after = shown.names()
    assert after[:4] == ["conv 1-1", "max pool", "conv 1-2", "conv 2-1"] and sorted(after) == sorted(before)
    expect(shown.sentence).to_contain_text(
        "The max pool stands after conv 1-1 now, not after conv 1-2: work × 0.91, activations × 0.84."
    )
    expect(shown.why).to_have_text("conv 1-2 reads 112 × 112 places instead of 224 × 224, 1/4 as many.")
    expect(shown.menu("Box")).to_have_value("1")
    shown.drag(2, 18)  # and to the end of the row
    assert shown.names()[-2:] == ["max pool", "max pool"]
    held = shown.names()
    shown.page.mouse.move(*shown.middle(shown.boxes.nth(3)))  # a convolution does not move
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.middle(shown.boxes.nth(8)), steps=4)
    shown.page.mouse.up()
    assert shown.names() == held


def test_a_key_that_would_break_the_network_is_refused(show):
    shown = show("LeNet-5")
    before = shown.names()
    shown.pools.first.focus()
    shown.page.keyboard.press("Shift+ArrowLeft")  # 16, 12, 6, 2: too small for a window of 5
    expect(shown.host.get_by_role("alert")).to_have_text(
        "Refused. C5, box 5, would not fit: its window of 5 meets a map of 4 × 4. Make the image larger, or take "
        "out a pool before it."
    )
    assert shown.names() == before
    assert shown.page.evaluate("document.activeElement.dataset.kind") == "pool"


def test_the_same_refusal_is_said_again(show):
    shown = show("LeNet-5")
    heard = """() => {
      const alert = document.querySelector("#architecture [role=alert]");
      window.heard = [];
      new MutationObserver(() => window.heard.push(alert.textContent)).observe(alert, { childList: true });
    }"""
    shown.page.evaluate(heard)
    shown.pools.first.focus()
    for _ in range(2):
        shown.page.keyboard.press("Shift+ArrowLeft")
    first, second = shown.page.evaluate("window.heard")
    assert first.strip() == second.strip() != "" and first != second


def test_keys_keep_the_focus_on_the_pool_that_moved(show):
    shown = show(after='<p style="height:1500px">More.</p>')
    shown.pools.first.focus()
    home = shown.page.evaluate("scrollY")
    at = lambda: shown.page.evaluate("Number(document.activeElement.dataset.at)")
    for key, place in [("ArrowRight", 3), ("ArrowDown", 4), ("ArrowUp", 3), ("ArrowLeft", 2), ("Home", 0), ("End", 17)]:
        shown.page.keyboard.press(f"Shift+{key}")
        assert shown.names()[place] == "max pool"
        assert at() == place
    assert shown.page.evaluate("scrollY") == home
    shown.page.keyboard.press("Delete")
    expect(shown.pools).to_have_count(4)
    assert shown.page.evaluate("document.activeElement.dataset.kind") == "pool"


def test_arrow_keys_go_from_box_to_box_and_change_nothing(show):
    shown = show()
    before = shown.names()
    shown.pools.first.focus()
    for key, box in [("ArrowRight", "4 conv 2-1"), ("ArrowLeft", "3 max pool"), ("End", "22 dense"), ("Home", "image")]:
        shown.page.keyboard.press(key)
        expect(shown.menu("Box").locator("option:checked")).to_have_text(box)
        focused = shown.page.evaluate("document.activeElement.textContent")
        assert f"Box {box.split()[0]} of 22: {box.split(maxsplit=1)[-1]}" in focused or "The image" in focused
    for at in (0, 1, 20):  # Delete takes out pools only
        shown.boxes.nth(at).focus()
        shown.page.keyboard.press("Delete")
    assert shown.names() == before
    assert shown.host.locator("button.pool-architecture-box[tabindex='0']").count() == 1, "one stop for the Tab key"


def test_every_box_tells_what_comes_out_and_what_it_costs(show):
    shown = show()
    shown.boxes.nth(3).click()
    lines = shown.facts.locator("span")
    expect(lines).to_have_text(["112 × 112 × 64, sees 6", "0 params, 0 work", "802.82 k activations, 3.21 MB"])
    shown.boxes.nth(2).click()
    expect(lines.first).to_have_text("224 × 224 × 64, sees 5")
    expect(shown.host.get_by_text("This box stays as it is.")).to_be_visible()
    expect(shown.button("Remove")).to_be_hidden()
    shown.look(20)
    expect(lines).to_have_text(["4,096 numbers", "102.76 M params, 102.76 M work", "4,096 activations, 16.38 kB"])
    shown.look(0)
    expect(lines).to_have_text(["224 × 224 × 3"])
    expect(shown.host.get_by_role("slider")).to_be_visible()


def test_bars_are_as_high_as_what_they_stand_for(show):
    shown = show(motion="reduce")
    rows = famous.costs((224, 224, 3), NetworkBoxes("VGG16").layers)
    for lane, key in enumerate(("parameters", "multiply_adds", "activations"), 1):
        most = max(getattr(row, key) for row in rows)
        for at in (1, 2, 8, 18, 20):
            assert abs(shown.bar(at, lane) - max(getattr(rows[at - 1], key) / most, 0)) < 0.06, (at, key)
    sides = [shown.bar(at, 0) for at in (0, 3, 6, 10, 14, 18)]
    steps = [a - b for a, b in zip(sides, sides[1:])]
    assert min(steps) > 0.05 and max(steps) - min(steps) < 0.05, "each half is a step as high"


def test_a_pool_changes_its_kind_window_and_stride(show):
    shown = show()
    shown.pools.first.click()
    shown.menu("Kind").select_option("average")
    expect(shown.sentence).to_have_text(
        "The max pool of 2 × 2, stride 2 after conv 1-2 became an average pool of 2 × 2, stride 2: no count changes."
    )
    shown.menu("Kind").select_option("strided")
    expect(shown.sentence).to_contain_text("became a stride of 2: work × 0.91, activations × 0.787.")
    assert shown.boxes.nth(2).locator(".pool-unseen").inner_text().split("; ")[1] == "112 × 112 × 64, sees 5"
    expect(shown.menu("Window")).to_be_disabled()
    shown.menu("Kind").select_option("max")
    shown.menu("Window").select_option("3")
    shown.menu("Stride").select_option("3")
    said = "Box 3 of 22: max pool, 3 × 3, stride 3; 74 × 74 × 64, sees 7"
    assert shown.boxes.nth(3).locator(".pool-unseen").inner_text().startswith(said)


def test_what_does_not_fit_is_refused_with_the_layer_and_the_mend(show):
    shown = show("LeNet-5")
    shown.pools.first.click()
    expect(shown.menu("Stride")).to_be_disabled()
    shown.menu("Kind").select_option("max")
    before = shown.names()
    shown.menu("Stride").select_option("4")
    warning = shown.host.get_by_role("alert")
    expect(warning).to_have_text(
        "Refused. C5, box 5, would not fit: its window of 5 meets a map of 1 × 1. Make the image larger, or take "
        "out a pool before it."
    )
    assert shown.names() == before
    expect(shown.menu("Stride")).to_have_value("2")
    shown.menu("Kind").select_option("average")
    expect(warning).to_be_hidden()


@pytest.mark.parametrize(("network", "least"), [("VGG16", 32), ("LeNet-5", 32), ("AlexNet", 67)])
def test_the_slider_stops_at_the_least_image_that_fits(show, network, least):
    shown = show(network)
    NetworkBoxes(network, size=least)
    with pytest.raises(ValueError):
        NetworkBoxes(network, size=least - 1)
    shown.look(0)
    slider = shown.host.get_by_role("slider")
    slider.focus()
    for key in ("Home", "ArrowLeft"):
        shown.page.keyboard.press(key)
        expect(slider).to_have_value(str(least))
    expect(shown.host.get_by_role("alert")).to_be_hidden()


def test_where_there_is_no_pool_the_image_is_chosen(show):
    shown = show("ResNet-50")
    shown.button("Remove").click()
    expect(shown.menu("Box").locator("option:checked")).to_have_text("image")
    expect(shown.button("Remove")).to_be_hidden()
    shown.button("Add a pool").click()
    expect(shown.sentence).to_contain_text("A max pool of 2 × 2, stride 2 was added after the image: ")
    assert shown.names()[0] == "max pool"


def test_the_image_may_have_another_size(show):
    shown = show()
    shown.look(0)
    slider = shown.host.get_by_role("slider")
    slider.fill("256")
    expect(shown.sentence).to_contain_text("The image has 256 × 256 pixels instead of 224 × 224: work × 1.3")
    expect(shown.why).to_contain_text("conv 1-1 reads 256 × 256 places instead of 224 × 224, 1.31 times as many")
    expect(shown.why).to_contain_text("The first dense layer reads 32,768 numbers instead of 25,088")
    slider.focus()
    shown.page.keyboard.press("ArrowLeft")
    expect(shown.sentence).to_contain_text("The image has 255 × 255 pixels instead of 224 × 224:")
    shown.look(19)
    shown.menu("After the last map").select_option("global")
    expect(shown.sentence).to_contain_text(
        "A global average pool took the place of Flatten and of the hidden dense layers (4,096, 4,096 units): work"
    )
    assert shown.total("Params") == f"{NetworkBoxes('VGG16', size=255, head='global').cost.parameters:,}"
    shown.look(0)
    slider.fill("300")
    expect(shown.sentence).to_contain_text("300 × 300 pixels instead of 255 × 255: work")
    expect(shown.sentence).not_to_contain_text("parameters")


def test_a_network_of_ones_own(show):
    shown = show("one of your own")
    shown.look(1)
    shown.button("Add a convolution").click()
    assert shown.names()[:3] == ["conv 1", "conv 4", "max pool"]
    expect(shown.sentence).to_contain_text("conv 4 was added after conv 1: work")
    shown.menu("Filters").select_option("64")
    expect(shown.sentence).to_contain_text("conv 4 has 64 filters instead of 32: work")
    shown.button("Remove").click()
    assert "conv 4" not in shown.names()
    shown.look(0)
    shown.button("Add a pool").click()
    assert shown.names()[0] == "max pool"
    expect(shown.sentence).to_contain_text("A max pool of 2 × 2, stride 2 was added after the image: work × 0.2")
    expect(shown.why).to_contain_text("conv 1 reads 16 × 16 places instead of 32 × 32, 1/4 as many")
    expect(shown.button("← Earlier")).to_be_disabled()
    shown.button("Later →").click()
    assert shown.names()[:2] == ["conv 1", "max pool"]
    shown.look(8)  # a dense layer: what is added stands after the last map
    shown.button("Add a pool").click()
    assert shown.names()[-1] == "max pool"


def test_a_link_and_a_reload_bring_the_network_and_a_fresh_start_the_page_s_own(show):
    shown = show()
    shown.pools.nth(1).click()
    shown.button("Remove").click()
    shown.page.keyboard.press("Shift+ArrowLeft")
    names = shown.names()
    shown.page.goto(shown.host.get_by_role("link", name="Link to these settings").get_attribute("href"))
    opened = "VGG16: 13 convolutions, 4 pools, 446.64 million parameters, "
    expect(shown.sentence).to_contain_text(opened)
    assert shown.names() == names
    shown.button("Remove").click()
    shown.page.wait_for_function("Object.keys(localStorage).length === 1")
    shown.page.reload()
    expect(shown.sentence).to_contain_text("VGG16: 13 convolutions, 3 pools, ")
    shown.button("Reset").click()
    expect(shown.sentence).to_contain_text(opened)
    shown.button("Remove").click()
    shown.button("Start afresh").click()
    expect(shown.sentence).to_contain_text("VGG16: 13 convolutions, 5 pools, 138.36 million parameters, ")
    assert shown.page.evaluate("Object.keys(localStorage)") == []


def test_every_control_is_reached_by_keyboard_and_shows_its_focus(show):
    shown = show()
    found = []
    for _ in range(30):
        name, outline = shown.tab()
        if shown.page.evaluate("document.activeElement === document.body"):
            break
        found.append(name)
        assert outline >= 1, f"no visible focus on {name!r}"
    wanted = [
        "Box 3 of 22",
        "Network",
        "Box",
        "Kind",
        "Window",
        "Stride",
        "← Earlier",
        "Later →",
        "Remove",
        "Add a pool",
        "Explore it",
        "Reset",
        "Link to these settings",
        "Embed",
        "Start afresh",
    ]
    assert {name for name in wanted if not any(name in one for one in found)} == set(), found


PHONE = {"touch": True, "width": 360, "height": 578, "after": '<p style="height:1500px">More.</p>'}


def test_a_finger_chooses_a_box_and_carries_the_chosen_pool(show):
    shown = show("LeNet-5", head="global", **PHONE)
    shown.boxes.nth(4).scroll_into_view_if_needed()
    shown.page.touchscreen.tap(*shown.middle(shown.boxes.nth(4)))
    expect(shown.menu("Box")).to_have_value("3")
    home = shown.page.evaluate("scrollY")
    (x, y), end = shown.middle(shown.boxes.nth(4)), shown.boxes.nth(5).bounding_box()
    swipe(shown.page, (x, y), (end["x"] + end["width"], y))
    expect(shown.sentence).to_contain_text("stands after C5 now, not after C3")
    assert shown.page.evaluate("scrollY") == home, "the page scrolled while a finger dragged"
    swipe(shown.page, shown.middle(shown.boxes.nth(1)), shown.middle(shown.boxes.nth(3)))  # it looks along the boxes
    expect(shown.menu("Box")).to_have_value("2")
    assert shown.names() == ["C1", "trained", "C3", "C5", "trained"]


def test_a_thumb_that_goes_up_scrolls_the_page_from_the_chosen_pool_too(show):
    shown = show("VGG16", **PHONE)
    shown.boxes.nth(3).scroll_into_view_if_needed()
    before, home = shown.names(), shown.page.evaluate("scrollY")
    thumb(shown.page, shown.middle(shown.boxes.nth(3)))
    scrolled_beyond(shown.page, home + 50)
    assert shown.names() == before and shown.menu("Box").input_value() == "2"


@pytest.mark.parametrize("network", BOXED_NETWORKS)
def test_on_a_phone_nothing_is_wider_than_the_screen(show, network):
    shown = show(network, width=360, tasks=things_to_try)
    inside = """(host) => [...host.querySelectorAll(".pool-card *")].filter((one) => !one.closest(".pool-unseen")
      && one.getBoundingClientRect().right > host.getBoundingClientRect().right - 14).map((one) => one.outerHTML)"""
    for act in ("Reset", "Remove"):  # then the totals have longer numbers
        if shown.button(act).is_visible():  # MobileNet has no pool to remove
            shown.button(act).click()
        for width in (360, 320):
            shown.page.set_viewport_size({"width": width, "height": 740})
            assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
            assert shown.host.evaluate(inside) == []
    for control in shown.host.locator("button:visible, select:visible, input:visible").all():
        box = control.bounding_box()
        assert box["height"] >= 33.5 and box["x"] >= 0 and box["x"] + box["width"] <= 320


def test_names_numbers_and_lanes_are_not_cut_off_by_a_wide_font(show):
    for width in (789, 360):
        shown = show("VGG16", width=width)
        shown.page.add_style_tag(content='body { font-family: "DejaVu Sans" !important }')
        words = shown.host.locator(".pool-architecture-lanes span, .pool-architecture-totals :is(td, th)")
        cut = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"
        assert words.evaluate_all(cut) == []
        said = shown.host.locator(".pool-card *").filter(has_text=re.compile("."))
        sizes = """(all) => all.filter((one) => !one.children.length)
          .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
        assert min(said.evaluate_all(sizes)) >= 11


# ---- One screen ----


@pytest.mark.parametrize("width, room", [(688, 650), (328, 1060), *besides((757, 650))])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room):
    shown = show(tasks=things_to_try, touch=width < 400, width=width + 32, height=650)
    assert shown.host.bounding_box()["height"] <= room
    kept, _ = shown.kept()
    heights = list(shown.needed_by(things_to_try, lambda task: answer(shown, task["guess"], "3", boxes=(3,))))
    shown.button("Remove").click() if shown.button("Remove").is_visible() else None
    heights.append(shown.needed())
    assert max(heights) <= kept + 1, (kept, heights)


def answer(shown, what, number, boxes):
    """Guess anything."""
    if what in ("most", "refuses"):
        for box in boxes:
            shown.boxes.nth(box).click()
    elif what == "changed":
        shown.host.locator(".pool-options button").first.click()
    else:
        for field in shown.host.locator(".pool-typed").all():
            field.fill(number)


def test_on_a_phone_the_strip_is_in_sight_while_any_control_is_touched(show):
    shown = show(tasks=things_to_try, **PHONE)
    strip, table = (shown.host.locator(f".pool-architecture-{name}") for name in ("row", "totals"))
    assert shown.host.locator(".pool-stage").bounding_box()["height"] <= 345
    for control in shown.host.locator(".pool-side :is(button, input, select):visible").all():
        control.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        top, words, touched = (one.bounding_box() for one in (table, shown.sentence, control))
        assert top["y"] >= 0 and strip.is_visible(), control.inner_text()
        assert words["y"] + words["height"] <= touched["y"] + 1, control.inner_text()


def test_a_refusal_stays_in_sight_on_a_phone(show):
    shown = show("LeNet-5", **PHONE)
    shown.button("← Earlier").evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
    shown.button("← Earlier").click()
    alert = shown.host.get_by_role("alert").bounding_box()
    assert 0 <= alert["y"] and alert["y"] + alert["height"] <= 578


def test_no_task_of_its_own_is_long(show, browser):
    shown = show()
    change = lambda: [shown.button("Remove").click(), expect(shown.pools).to_have_count(4)]
    assert longest(browser, shown.page, shown.reload, change) < 50  # 200 ms on a processor four times slower


# ---- Told apart, and motion ----


@pytest.mark.parametrize("way", ["forced", "forced dark", "paper", "paper from dark"])
def test_bars_and_the_chosen_box_are_seen_in_forced_colours_and_on_paper(show, way):
    shown = show()
    bar = shown.boxes.nth(8).locator(".pool-architecture-lane i").nth(2)
    with under(shown.page, way):
        assert stands_out(bar) > 0.5
        hollow, full = (shown.boxes.nth(at).locator(".pool-architecture-lane i").first for at in (6, 5))
        assert difference(hollow, full) > 0.3, "a pool looks like a layer"
        if way.startswith("forced"):
            assert difference(shown.boxes.nth(3), shown.boxes.nth(6)) > 0.05, "the chosen box looks like the others"
            ground, chosen, other = (
                shown.host.locator(one).first.evaluate(f"(one) => getComputedStyle(one).{colour}")
                for one, colour in (
                    (".pool-card", "backgroundColor"),
                    (".pool-architecture-box[aria-pressed=true]", "borderTopColor"),
                    (".pool-architecture-box[aria-pressed=false]", "borderTopColor"),
                )
            )
            assert other == ground != chosen, "every box is framed, as if it were chosen"


def test_a_change_glides_down_the_boxes_and_not_for_who_wants_no_motion(show):
    moving = """(host) => { host.querySelectorAll(".pool-side button")[2].click();
      return host.getAnimations({ subtree: true }).map((one) => {
        const { delay, duration } = one.effect.getComputedTiming();
        return [Number(one.effect.target.closest("button").dataset.at), delay + duration];
      }); }"""
    shown = show(motion="no-preference")
    found = shown.host.evaluate(moving)
    assert shown.names().count("max pool") == 4
    assert len(found) > 10 and max(end for _, end in found) < 250
    ends = dict(found)
    assert ends[15] > ends[4], "the effect goes from the first box to the last"
    assert show(motion="reduce").host.evaluate(moving) == []


# ---- Things to try ----


def covered(shown):
    """Wait until nothing on the page gives a count away, to whoever listens neither."""
    expect(shown.facts).to_have_text("Covered until you have guessed.")
    said = shown.boxes.locator(".pool-unseen").all_inner_texts()
    assert not [words for words in said if ";" in words or "multiply-adds" in words]
    bars = shown.host.locator(".pool-architecture-lane:nth-child(n + 3) i")
    assert set(bars.evaluate_all("(bars) => bars.map((one) => one.style.height)")) == {"0%"}


def totals_covered(shown):
    covered(shown)
    cells = shown.host.locator(".pool-architecture-totals tbody tr:nth-child(n + 2) td")
    expect(cells).to_have_text(["?"] * 10)
    assert {cell.get_attribute("title") for cell in cells.all()} == {None}
    expect(shown.sentence).to_be_empty()


def test_ratios_are_typed_and_half_of_them_may_be_right(show):
    shown = show(tasks=things_to_try)
    shown.task(1).click()
    expect(shown.pools).to_have_count(4)
    totals_covered(shown)
    shown.uncover()
    expect(shown.said).to_have_text("work: Type a number first.")
    fields = shown.host.locator(".pool-typed")
    fields.nth(0).fill("3")
    fields.nth(1).fill("1")
    shown.page.keyboard.press("Enter")
    expect(shown.said).to_have_text(re.compile("^1 of 2 right. You said 3, 1; it is 3.08, 3.23. Only the first dense"))
    assert shown.total("Work", 2) == "× 3.08"
    shown.keeps("1 of 2 right")
    shown.page.reload()
    expect(shown.said).to_have_text(re.compile("^1 of 2 right."))
    expect(shown.task(1)).to_have_attribute("aria-label", "Task 1, seen")
    shown.button("Try again").click()
    totals_covered(shown)


def test_boxes_are_marked_by_mouse_and_judged_on_the_strip(show):
    shown = show(tasks=things_to_try)
    shown.task(2).click()
    covered(shown)
    before = shown.names()
    for box in (1, 20, 8, 8, 7):  # 8 is taken back
        shown.boxes.nth(box).click()
    shown.drag(3, 1)  # nothing is carried while boxes are marked
    marks = shown.host.locator(".pool-architecture-mark")
    expect(shown.host.locator(".pool-marked")).to_contain_text("Marked: (1) (20) (7)")
    shown.uncover()
    expect(shown.said).to_have_text(re.compile(r"^2 of 3 right\. Not: 7\. Missed: 2\. And six convolutions"))
    assert [marks.nth(box).inner_text() for box in (1, 20, 7, 2)] == ["✓", "✓", "✗", "○"]
    expect(shown.boxes.nth(2).locator(".pool-unseen")).to_contain_text("this one, not marked")
    assert shown.names() == before
    bar = shown.boxes.nth(20).locator(".pool-architecture-lane i").nth(1)
    expect(bar).to_have_attribute("style", re.compile("height: 100%"))


def test_a_box_is_marked_by_keys_and_the_refusal_is_not_given_away(show):
    shown = show(tasks=things_to_try)
    shown.task(6).focus()
    shown.page.keyboard.press("Enter")
    shown.button("← Earlier").click()
    expect(shown.host.get_by_role("alert")).to_have_text(re.compile("^Refused: a box would not fit."))
    shown.boxes.nth(2).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        shown.page.keyboard.press(key)
    expect(shown.host.locator(".pool-marked")).to_have_text("Marked: (5)")
    shown.button("Uncover").focus()
    shown.page.keyboard.press("Enter")
    expect(shown.said).to_have_text(re.compile("^✓ Right."))
    expect(shown.task(6)).to_have_attribute("aria-label", "Task 6, done")
    shown.look(2)
    shown.button("← Earlier").click()
    expect(shown.host.get_by_role("alert")).to_contain_text("C5, box 5, would not fit")


def test_boxes_are_marked_by_touch(show):
    shown = show(tasks=things_to_try, **PHONE)
    shown.task(2).tap()
    for box in (2, 1, 20):
        shown.boxes.nth(box).scroll_into_view_if_needed()
        shown.page.touchscreen.tap(*shown.middle(shown.boxes.nth(box)))
    shown.button("Uncover").tap()
    expect(shown.said).to_have_text(re.compile("^✓ Right."))


def test_what_changes_is_chosen_and_the_least_image_is_typed(show):
    shown = show(tasks=things_to_try)
    shown.task(3).click()
    totals_covered(shown)
    for name in ("work", "memory", "sees"):
        shown.button(name).click()
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^✓ Right: work, memory, sees."))
    shown.task(7).click()
    expect(shown.host.get_by_role("slider")).to_have_count(0)  # its end would tell
    shown.host.locator(".pool-typed").fill("28")
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^You said 28; it is 32."))
    expect(shown.host.get_by_role("slider")).to_have_attribute("min", "32")


def test_goals_are_reached_and_keep_their_ticks(show):
    shown = show(tasks=things_to_try)
    shown.task(8).click()
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 1")
    shown.look(19)
    shown.menu("After the last map").select_option("global")
    expect(shown.said).to_have_text(re.compile("^✓ Done. Now choose the image"))
    shown.task(9).click()
    shown.button("Remove").click()
    expect(shown.said).to_have_text(re.compile("^✓ Done."))
    shown.task(10).click()
    for at, to in ((4, 0), (6, 0), (4, 0)):
        shown.drag(at, to)
    expect(shown.said).to_have_text(re.compile("^✓ Done. All pools come first"))
    for n in (8, 9, 10):
        expect(shown.task(n)).to_have_attribute("aria-label", f"Task {n}, done")


# ---- A pool in the explorer ----


def test_a_pool_opens_in_the_explorer_with_its_settings_on_a_photo_that_is_called_one(show):
    shown = show("ResNet-50")
    opener = shown.button("Explore it")
    opener.focus()
    shown.page.keyboard.press("Enter")
    dialog = shown.page.get_by_role("dialog")
    expect(dialog).to_contain_text(
        "ResNet-50, box 2: max pool of 3 × 3, stride 2. The photo at 64 × 64 (this pool reads 112 × 112), not the "
        "network's own map: the book has no weights of it."
    )
    expect(dialog.locator(".pool-code")).to_have_text("max_pool(x, window=3, stride=2, padding=[(1, 1), (1, 1)])")
    expect(dialog.locator("figcaption").nth(1)).to_have_text("Output, 32 × 32")
    shown.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    shown.menu("Network").select_option("VGG16")
    shown.pools.last.click()
    opener.click()
    expect(dialog.locator("figcaption").first).to_have_text("Input, 14 × 14")
    expect(dialog).to_contain_text("VGG16, box 18")
    expect(dialog.locator("figcaption").nth(1)).to_have_text("Output, 7 × 7")


@pytest.mark.parametrize("scheme, over", crossed(["light", "dark"], ["http", "file"]))
def test_accessible_light_and_dark_from_a_server_and_from_a_disk(show, scheme, over):
    shown = show("ResNet-50", scheme=scheme, over=over, tasks=things_to_try)
    assert violations(shown.page) == []
    shown.pools.first.click()
    shown.button("Remove").click()
    assert violations(shown.page) == []
    shown.task(2).click()
    shown.boxes.nth(4).click()
    assert violations(shown.page) == []
    shown.uncover()
    expect(shown.said).not_to_be_empty()
    assert violations(shown.page) == []
