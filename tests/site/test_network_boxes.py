"""The network boxes on a page: every way to use them, against what pooling_lib says."""

import pytest
from browser import violations
from playwright.sync_api import expect
from shown import Shown, swipe

from pooling_book.study import famous
from pooling_book.widgets.network_boxes import NetworkBoxes
from pooling_book.widgets.network_boxes.boxes import BOXED_NETWORKS


class ShownBoxes(Shown):
    """The network boxes as the reader sees them."""

    def __init__(self, page, name="architecture"):
        super().__init__(page, name)
        self.boxes = self.host.locator(".pool-architecture-row > li")
        self.pools = self.host.locator("button[data-pool]")

    def names(self):
        """What stands in the row, without the image and the head."""
        return self.host.locator(".pool-architecture-row > li:not([data-head]) strong").all_inner_texts()[1:]

    def total(self, name, row=1):
        """A count of the table, in full: row 0 as published, 1 now. The ratio, row 2, as it is shown."""
        names = self.host.locator(".pool-architecture-totals thead th").all_inner_texts()
        cell = self.host.locator(".pool-architecture-totals tbody tr").nth(row).locator("td").nth(names.index(name))
        return cell.inner_text() if row == 2 else cell.get_attribute("title")

    def drag(self, at, to):
        """Drag the box number `at` behind the box number `to`; 0 is the image."""
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
        expect(shown.sentence).to_contain_text("convolutions" if name != "MobileNet" else "27 convolutions, 0 pools")
    shown.menu("Network").select_option("ResNet-50")
    expect(shown.sentence).to_contain_text("ResNet-50: 53 convolutions, 1 pool, 25.64 million parameters")


def test_removing_a_pool_says_what_it_did(show):
    shown = show()
    shown.pools.nth(1).click()
    shown.button("Remove").click()
    expect(shown.sentence).to_have_text(
        "The max pool of 2 × 2, stride 2 behind conv 2-2 is gone. conv 3-1 reads 112 × 112 places instead of 56 × "
        "56, 4 times as many, and the size changes for 8 more behind it. "
        "Multiply-adds: 15.47 billion become 47.69 billion (× 3.08). Parameters: 138.36 million become 446.64 "
        "million (× 3.23): the first dense layer reads 100,352 numbers instead of 25,088. "
        "Activations: 60.35 MB become 109.62 MB. The last map has 14 × 14 places instead of 7 × 7. One of its "
        "places sees 112 pixels across instead of 212."
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
    assert shown.page.evaluate("document.activeElement.dataset.pool") == "true"
    shown.button("Reset").click()
    expect(shown.pools).to_have_count(5)
    expect(shown.sentence).to_contain_text("Change something")


def test_a_mouse_drags_a_pool_to_another_gap(show):
    shown = show()
    before = shown.names()
    shown.drag(3, 1)  # the first pool, to before conv 1-2
    after = shown.names()
    assert after[:4] == ["conv 1-1", "max pool", "conv 1-2", "conv 2-1"] and sorted(after) == sorted(before)
    expect(shown.sentence).to_contain_text(
        "stands behind conv 1-1 now, not behind conv 1-2. conv 1-2 reads 112 × 112 places instead of 224 × 224, "
        "1/4 as many."
    )
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
    shown.page.keyboard.press("ArrowLeft")  # 16, 12, 8, 4: too small for a window of 5
    expect(shown.host.get_by_role("alert")).to_have_text(
        "Refused. C5, box 5, would not fit: its window of 5 meets a map of 4 × 4. Make the image larger, or take "
        "out a pool before it."
    )
    assert shown.names() == before
    assert shown.page.evaluate("document.activeElement.dataset.pool") == "true"


def test_keys_keep_the_focus_on_the_pool_that_moved(show):
    shown = show(after='<p style="height:1500px">More.</p>')
    shown.pools.first.focus()
    home = shown.page.evaluate("scrollY")
    for key, place in [("ArrowRight", 3), ("ArrowDown", 4), ("ArrowUp", 3), ("ArrowLeft", 2), ("Home", 0), ("End", 17)]:
        shown.page.keyboard.press(key)
        assert shown.names()[place] == "max pool"
        assert shown.page.evaluate("Number(document.activeElement.dataset.at)") == place
    assert shown.page.evaluate("scrollY") == home
    shown.page.keyboard.press("Delete")
    expect(shown.pools).to_have_count(4)
    assert shown.page.evaluate("document.activeElement.dataset.pool") == "true"


def test_a_pool_changes_its_kind_window_and_stride(show):
    shown = show()
    shown.pools.first.click()
    shown.menu("Kind").select_option("average")
    expect(shown.sentence).to_have_text(
        "The max pool of 2 × 2, stride 2 behind conv 1-2 became an average pool of 2 × 2, stride 2. Multiply-adds "
        "stay. Parameters stay. Activations stay."
    )
    shown.menu("Kind").select_option("strided")
    expect(shown.sentence).to_contain_text("became a stride of 2. Multiply-adds: 15.47 billion become 14.08 billion")
    assert shown.boxes.nth(2).inner_text().splitlines()[2] == "112 × 112 × 64"
    expect(shown.menu("Window")).to_be_disabled()
    shown.menu("Kind").select_option("max")
    shown.menu("Window").select_option("3")
    shown.menu("Stride").select_option("3")
    assert shown.boxes.nth(3).inner_text().splitlines()[:3] == ["max pool", "3 × 3, stride 3", "74 × 74 × 64"]


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
    slider = shown.host.get_by_role("slider")
    slider.focus()
    for key in ("Home", "ArrowLeft"):
        shown.page.keyboard.press(key)
        expect(slider).to_have_value(str(least))
    expect(shown.host.get_by_role("alert")).to_be_hidden()


def test_a_refusal_and_the_totals_stay_in_sight_on_a_phone(show):
    shown = show("VGG16", width=360, height=740)
    shown.pools.last.scroll_into_view_if_needed()
    table = shown.host.locator(".pool-architecture-totals")
    assert 0 <= table.bounding_box()["y"] < 200
    shown = show("LeNet-5", width=360, height=740)
    shown.pools.first.focus()
    shown.page.keyboard.press("ArrowLeft")
    assert 0 <= shown.host.get_by_role("alert").bounding_box()["y"] < 740


def test_where_there_is_no_pool_the_page_says_so(show):
    shown = show("ResNet-50")
    shown.button("Remove").click()
    expect(shown.host.get_by_role("group", name="The chosen box")).to_have_text(
        "There is no pool to choose. You can add one below the row.", use_inner_text=True
    )
    expect(shown.button("Remove")).to_be_hidden()


def test_the_image_may_have_another_size(show):
    shown = show()
    slider = shown.host.get_by_role("slider")
    slider.fill("256")
    expect(shown.sentence).to_contain_text(
        "The image has 256 × 256 pixels instead of 224 × 224. conv 1-1 reads 256 × 256 places instead of 224 × "
        "224, 1.31 times as many"
    )
    expect(shown.sentence).to_contain_text("the first dense layer reads 32,768 numbers instead of 25,088")
    slider.focus()
    shown.page.keyboard.press("ArrowLeft")
    expect(shown.sentence).to_contain_text("The image has 255 × 255 pixels instead of 224 × 224.")
    shown.menu("Behind the last map").select_option("global")
    expect(shown.sentence).to_contain_text(
        "A global average pool took the place of Flatten and of the hidden dense layers (4,096, 4,096 units). "
        "Multiply-adds:"
    )
    assert shown.total("Params") == f"{NetworkBoxes('VGG16', size=255, head='global').cost.parameters:,}"
    slider.fill("300")
    expect(shown.sentence).to_contain_text("Parameters stay.")


def test_a_network_of_ones_own(show):
    shown = show("one of your own")
    shown.menu("Behind").select_option(label="box 1, conv 1")
    shown.button("Add a convolution").click()
    assert shown.names()[:3] == ["conv 1", "conv 4", "max pool"]
    expect(shown.sentence).to_contain_text("conv 4 was added behind conv 1.")
    shown.menu("Filters").select_option("64")
    expect(shown.sentence).to_contain_text("conv 4 has 64 filters instead of 32.")
    shown.button("Remove").click()
    assert "conv 4" not in shown.names()
    shown.menu("Behind").select_option(label="the image")
    shown.button("Add a max pool").click()
    assert shown.names()[0] == "max pool"
    expect(shown.sentence).to_contain_text(
        "A max pool of 2 × 2, stride 2 was added behind the image. conv 1 reads 16 × 16 places instead of 32 × 32, "
        "1/4 as many"
    )
    expect(shown.button("← Earlier")).to_be_disabled()
    shown.button("Later →").click()
    assert shown.names()[:2] == ["conv 1", "max pool"]


def test_a_link_and_a_reload_bring_the_network_and_a_fresh_start_the_page_s_own(show):
    shown = show()
    shown.pools.nth(1).click()
    shown.button("Remove").click()
    shown.page.keyboard.press("ArrowLeft")
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
        "Network",
        "Image: 224 × 224",
        "Behind the last map",
        "Reset",
        "max pool",
        "Kind",
        "Window",
        "Stride",
        "← Earlier",
        "Later →",
        "Remove",
        "Behind",
        "Add a max pool",
        "Link to these settings",
        "Embed",
        "Start afresh",
    ]
    assert {name for name in wanted if not any(name in one for one in found)} == set(), found


def test_a_finger_drags_a_pool_and_beside_it_the_page_scrolls(show):
    shown = show("LeNet-5", touch=True, width=360, height=740, after='<p style="height:1500px">More.</p>')
    shown.menu("Behind the last map").select_option("global")
    shown.pools.nth(1).scroll_into_view_if_needed()
    held, target = shown.boxes.nth(4), shown.boxes.nth(5)
    x, y = shown.middle(held)
    below = target.bounding_box()
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, (x, y), (x, below["y"] + below["height"] - 4))
    expect(shown.sentence).to_contain_text("stands behind C5 now, not behind C3")
    assert shown.page.evaluate("scrollY") == home, "the page scrolled while a finger dragged"
    beside = shown.middle(shown.boxes.nth(3))
    swipe(shown.page, beside, (beside[0], beside[1] - 150))
    shown.page.wait_for_function("(home) => scrollY > home + 50", arg=home)
    assert shown.names() == ["C1", "trained pool", "C3", "C5", "trained pool"]


@pytest.mark.parametrize("network", BOXED_NETWORKS)
def test_on_a_phone_nothing_is_wider_than_the_screen(show, network):
    shown = show(network, width=360)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 360
    for control in shown.host.locator("button:visible, select:visible, input:visible").all():
        box = control.bounding_box()
        assert box["height"] >= 43.5 and box["x"] >= 0 and box["x"] + box["width"] <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("over", ["http", "file"])
def test_accessible_light_and_dark_from_a_server_and_from_a_disk(show, scheme, over):
    shown = show("ResNet-50", scheme=scheme, over=over)
    assert violations(shown.page) == []
    shown.pools.first.click()
    shown.button("Remove").click()
    assert violations(shown.page) == []
