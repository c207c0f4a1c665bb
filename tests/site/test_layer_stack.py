"""The stack calculator: its arithmetic on random stacks, and every way to use it on a page, against pooling_lib."""

import base64
import io
import re

import numpy as np
import pytest
from browser import violations
from budget import crossed, many
from javascript import js
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, settled, swipe, time_of_a_redraw

from pooling_book.chapters.try03 import things_to_try
from pooling_book.widgets.layer_stack import LayerStack
from pooling_book.widgets.photos import small_photos
from pooling_lib import sum_pool_backward
from pooling_lib.cost import Pool
from pooling_lib.cost import stack as stacked
from pooling_lib.geometry import windows

CASES = many(2000)
SIDE = 64


# ---- Arithmetic ----

CHAINS = """given.map(({ size, layers, share }) => {
  const rows = it.chain(size, layers), fitting = rows.filter((row) => row.placed);
  if (!fitting.length) return { rows };
  const output = Math.floor(share * fitting.at(-1).placed.count);
  return { rows, output, ways: [...it.ways(fitting, output)].sort(([a], [b]) => a - b) };
})"""


def random_stack(rng):
    padding = lambda: rng.choice(["valid", "same", 1, 2, 3], p=[0.3, 0.3, 0.2, 0.1, 0.1])
    layers = [
        {
            "kind": "pool",
            "window": int(rng.integers(1, 6)),
            "stride": int(rng.integers(1, 4)),
            "padding": int(p) if (p := padding()).isdigit() else str(p),
            "dilation": int(rng.choice([1, 1, 2, 3])),
        }
        for _ in range(rng.integers(1, 6))
    ]
    return {"size": int(rng.integers(1, 50)), "layers": layers, "share": float(rng.random())}


def placed(size, layer):
    pair = layer["padding"] if isinstance(layer["padding"], str) else (layer["padding"], layer["padding"])
    return windows(size, layer["window"], layer["stride"], pair, layer["dilation"])


def test_the_front_end_sizes_stacks_as_the_library_does():
    rng = np.random.default_rng(3)
    cases = [random_stack(rng) for _ in range(CASES)]
    fitted = failed = 0
    for case, found in zip(cases, js("layer_stack/state.js", CHAINS, cases), strict=True):
        said, size, settings, alongs = f"{case}\nin the front end: {found}", case["size"], [], []
        for number, (layer, row) in enumerate(zip(case["layers"], found["rows"], strict=True)):
            try:
                along = placed(size, layer)
            except ValueError as error:
                failed += 1
                assert row == {"error": str(error)}, f"layer {number}: pooling_lib says {error}\n{said}"
                assert found["rows"][number + 1 :] == [{"waits": number}] * (len(case["layers"]) - number - 1), said
                break
            settings.append(
                Pool("max", layer["window"], layer["stride"], [(along.before, along.after)], layer["dilation"])
            )
            alongs.append(along)
            field = stacked((case["size"], 1), settings)[-1].receptive_field[0]
            assert {key: row["placed"][key] for key in ("size", "count", "before", "after")} == {
                "size": size,
                "count": along.count,
                "before": along.before,
                "after": along.after,
            }, said
            assert row["field"] == {"size": field.size, "jump": field.jump, "start": field.start}, (
                f"layer {number}: pooling_lib says {field}\n{said}"
            )
            size = along.count
        if not alongs:
            continue
        fitted += 1
        # In how many ways a pixel reaches the output is what a sum, back through the stack, hands it.
        ways = np.eye(size)[found["output"]]
        for along in reversed(alongs):
            ways = sum_pool_backward(
                ways, (along.size,), along.window, along.stride, [(along.before, along.after)], dilation=along.dilation
            )
        assert found["ways"] == [[int(place), int(ways[place])] for place in np.flatnonzero(ways)], (
            f"pooling_lib gives {ways}\n{said}"
        )
    assert min(fitted, failed) > CASES / 10, f"the cases have become one-sided: {fitted} fitted, {failed} failed"


# ---- The page ----


class ShownStack(Shown):
    """A stack as the reader sees it: its words, its drawings and its controls."""

    def __init__(self, page, name="stack"):
        super().__init__(page, name)
        self.image, self.outputs = self.canvas(0), self.canvas(1)
        self.layers = self.host.get_by_role("button", name=re.compile(r"^Layer \d: "))
        self.chosen = self.host.get_by_role("group", name=re.compile(r"^Settings of layer \d$"))

    def choose(self, number):
        button = self.layers.nth(number - 1)
        if button.get_attribute("aria-pressed") == "false":
            button.click()

    def setting(self, key, number):
        """The menu of a layer's setting."""
        self.choose(number)
        return self.menu(f"{key}, layer {number}")

    def sizes(self, *each):
        """Wait until the layers' buttons say these."""
        expect(self.layers).to_have_count(len(each))
        expect(self.layers.locator("b")).to_have_text(list(each))

    def says(self, number, *words):
        """Choose a layer, and wait until these stand below its settings."""
        self.choose(number)
        for word in words:
            expect(self.chosen).to_contain_text(word)

    def drag(self, start, end):
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=6)
        self.page.mouse.up()

    def middle(self, canvas):
        box = canvas.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def point(self, canvas, row, column, low, high):
        """Where on the page a place of a drawing is that reaches from low to high along both axes."""
        return self.place(canvas, row - low, column - low, high - low, high - low)

    def at(self, i, j, layer=1):
        expect(self.sentence).to_have_text(re.compile(rf"^Output \({i}, {j}\) of layer {layer} sees "))


@pytest.fixture
def show(show_each):
    """Open a page with one stack."""
    flat = {"flat": np.full((SIDE, SIDE), 128, np.uint8)}
    return show_each(
        ShownStack, lambda layers=({"window": 4},), photos=flat, **more: LayerStack(list(layers), photos, **more)
    )


def pixels(locator):
    return np.asarray(Image.open(io.BytesIO(locator.screenshot())).convert("RGB")).astype(int)


def test_each_layer_shows_the_formula_with_its_numbers(show):
    shown = show(
        [{"window": 3, "stride": 2, "padding": 1, "dilation": 2}, {"window": 3, "stride": 2, "padding": "same"}]
    )
    shown.sizes("64 → 31", "31 → 16")
    shown.says(1, "⌊(64 + 1 + 1 − 2·(3 − 1) − 1) / 2⌋ + 1 = 31", "receptive field 1 + (3 − 1)·2·1 = 5, jump 1·2 = 2")
    shown.says(
        2, "⌈31 / 2⌉ = 16, with padding 1 before and 1 after", "receptive field 5 + (3 − 1)·1·2 = 9, jump 2·2 = 4"
    )
    shown.image.focus()
    shown.page.keyboard.press("Home")
    expect(shown.sentence).to_have_text(
        "Output (0, 0) of layer 2 sees 9 × 9 pixels, rows −3 to 5 and columns −3 to 5; 36 of the 81 lie on the image."
    )
    shown.says(
        2, "It reads 9 of the 36: rows 1, 3, 5 and columns 1, 3, 5. From the strongest tint 2 · 2 = 4 paths lead to it."
    )


def test_settings_change_sizes_and_a_layer_that_does_not_fit_says_why(show):
    shown = show([{}, {}, {}])
    shown.setting("window", 1).select_option("3")
    shown.sizes("64 → 31", "31 → 15", "15 → 7")
    shown.setting("stride", 2).select_option("4")
    shown.setting("padding", 3).select_option("2")
    shown.says(3, "padding=(2, 2) along spatial axis 0 leaves window 0")
    shown.at(5, 5, layer=2)  # about where it was
    shown.setting("dilation", 1).select_option("4")
    shown.setting("window", 1).select_option("11")
    shown.setting("window", 2).select_option("11")
    shown.setting("padding", 1).select_option("valid")
    shown.setting("stride", 1).select_option("4")
    shown.says(
        2,
        "window=11 fits nowhere along spatial axis 0: it spans 11 (dilation=1), "
        "the axis has 6 + padding (0, 0) = 6; use a smaller window or more padding",
    )
    shown.says(3, "It waits for layer 2")
    shown.sizes("64 → 6", "no fit", "waits")
    expect(shown.sentence).to_contain_text("of layer 1 sees")


def test_no_layer_fits_and_the_widget_survives(show):
    shown = show([{"window": 11}])
    shown.setting("dilation", 1).select_option("4")
    shown.setting("padding", 1).select_option("same")
    shown.at(2, 2)
    small = show([{"window": 8}], photos={"small": np.zeros((8, 8), np.uint8)})
    small.setting("window", 1).select_option("9")
    small.says(1, "window=9 fits nowhere")
    expect(small.sentence).to_have_text("No layer works with these settings, so there is no output to look at.")
    small.image.focus()
    small.page.keyboard.press("ArrowRight")
    small.page.mouse.click(*small.point(small.image, 2, 2, 0, 8))
    small.setting("window", 1).select_option("2")
    small.at(0, 0)


def test_layers_come_and_go(show):
    shown = show([{}])
    expect(shown.button("Remove layer 1")).to_be_disabled()
    for _ in range(5):
        shown.button("Add a layer").click()
    shown.sizes("64 → 32", "32 → 16", "16 → 8", "8 → 4", "4 → 2", "2 → 1")
    expect(shown.button("Add a layer")).to_be_disabled()
    expect(shown.layers.nth(5)).to_be_focused()
    expect(shown.layers.nth(5)).to_have_attribute("aria-pressed", "true")
    shown.says(6, "receptive field 32 + (2 − 1)·1·32 = 64")
    shown.setting("window", 2).select_option("1")
    shown.button("Remove layer 2").click()
    shown.sizes("64 → 32", "32 → 16", "16 → 8", "8 → 4", "4 → 2")
    expect(shown.layers.nth(1)).to_be_focused()
    expect(shown.layers.nth(1)).to_have_attribute("aria-pressed", "true")


def test_looking_at_another_layer_keeps_the_place(show):
    shown = show([{}, {}, {}])
    shown.image.focus()
    shown.page.keyboard.press("Home")
    shown.page.keyboard.press("ArrowRight")
    shown.at(0, 1, layer=3)
    shown.choose(1)
    expect(shown.sentence).to_contain_text(
        re.compile(r"of layer 1 sees 2 × 2 pixels, rows [24] to [35] and columns 1[02] to 1[13]")
    )
    shown.choose(3)
    shown.at(0, 1, layer=3)


def test_a_preset_fills_the_stack_and_reset_goes_back(show):
    shown = show([{"window": 4}])
    expect(shown.menu("Stack")).to_have_value("")
    for name, sizes in [
        ("overlap", ["64 → 31", "31 → 15", "15 → 7"]),
        ("LeNet-like", ["64 → 60", "60 → 30", "30 → 26", "26 → 13"]),
        ("dilated", ["64 → 64"] * 3),
    ]:
        shown.menu("Stack").select_option(name)
        shown.sizes(*sizes)
        expect(shown.menu("Stack")).to_have_value(name)
        own = shown.menu("Stack").locator("option").last
        expect(own).to_be_disabled()
        expect(own).to_have_attribute("hidden", "")
    shown.setting("kind", 1).select_option("pool")
    expect(shown.menu("Stack")).to_have_value("")
    expect(shown.menu("Stack").locator("option").last).to_be_enabled()
    shown.button("Reset").click()
    expect(shown.layers).to_have_count(1)
    shown.at(8, 8)


def test_dragging_the_frame_moves_it_from_output_to_output(show):
    shown = show([{"window": 4}])
    start, end = shown.point(shown.image, 34, 34, 0, SIDE), shown.point(shown.image, 11, 62, 0, SIDE)
    shown.page.mouse.move(*start)
    shown.page.mouse.down()
    shown.page.mouse.move(*end, steps=8)
    shown.at(2, 15)
    shown.page.mouse.move(end[0] + 500, end[1] - 500)
    shown.at(0, 15)
    shown.page.mouse.up()
    shown.page.mouse.move(*start)
    shown.at(0, 15)
    shown.page.mouse.click(*shown.point(shown.image, 30, 30, 0, SIDE))  # a press outside brings it there
    shown.at(7, 7)
    shown.page.mouse.click(*shown.point(shown.outputs, 3.5, 12.5, 0, 16))
    shown.at(3, 12)


def test_what_is_read_is_tinted_and_what_lies_in_gaps_is_not(show):
    shown = show([{"window": 3, "stride": 1, "dilation": 4}], motion="reduce")  # the frame is there at once
    shown.image.focus()
    for _ in range(2):
        shown.page.keyboard.press("Home")
    shown.page.mouse.move(0, 0)
    settled(shown.page)
    drawn = pixels(shown.image)
    edge, scale = int(shown.image.get_attribute("data-edge")), shown.cells(shown.image)[2] / SIDE
    colour = lambda row, column: tuple(drawn[round(edge + (row + 0.5) * scale), round(edge + (column + 0.5) * scale)])
    tinted = {
        (i, j) for i in range(1, 10) for j in range(1, 10) if np.ptp(colour(i, j)) > 40 and (i, j) not in [(9, 9)]
    }
    assert {(4, 4)} == {(i, j) for i, j in tinted if 1 < i < 7 and 1 < j < 7}, sorted(tinted)
    assert np.ptp(colour(30, 30)) < 5


def test_arrow_keys_move_the_frame_and_not_the_page(show):
    shown = show([{"window": 4}], after='<p style="height:1500px">More.</p>')
    for canvas in (shown.image, shown.outputs):
        canvas.focus()
        home = shown.page.evaluate("scrollY")
        for key, place in [
            ("Home", (0, 0)),
            ("ArrowUp", (0, 0)),
            ("ArrowDown", (1, 0)),
            ("ArrowRight", (1, 1)),
            ("ArrowLeft", (1, 0)),
            ("End", (15, 15)),
            ("ArrowRight", (15, 15)),
        ]:
            shown.page.keyboard.press(key)
            shown.at(*place)
        assert shown.page.evaluate("scrollY") == home, "the arrow keys scrolled the page too"


def test_every_control_is_reached_by_keyboard_and_shows_its_focus(show):
    shown = show([{}, {}])
    found = []
    for _ in range(24):
        name, outline = shown.tab()
        found.append(name)
        if shown.page.evaluate("document.activeElement === document.body"):
            break
        assert outline >= 1, f"no visible focus on {found[-1]!r}"
    names = [
        "Image:",
        "Outputs:",
        "Stack",
        "Layer 1: pool",
        "Layer 2: pool",
        "Add a layer",
        "Reset",
        "More",
        *[f"{key}, layer 2" for key in ("kind", "window", "stride", "padding", "dilation")],
        "Remove layer 2",
        "Link to these settings",
        "Embed",
        "Large",
        "Start afresh",
    ]
    assert {name for name in names if not any(name in one for one in found)} == set(), found


FILL = '<p style="height:1500px">More.</p>'


def test_a_finger_drags_the_frame_after_a_rest_or_sideways_and_a_tap_brings_it(show):
    shown = show([{"window": 4}], touch=True, width=360, height=700, after=FILL)
    start, end = shown.point(shown.image, 34, 34, 0, SIDE), shown.point(shown.image, 6, 50, 0, SIDE)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end, rest=500)
    shown.at(1, 12)
    swipe(shown.page, end, (start[0], end[1]))
    shown.at(1, 8)
    assert shown.page.evaluate("scrollY") == home, "the page scrolled while a finger dragged the frame"
    shown.page.touchscreen.tap(*shown.point(shown.image, 50, 22, 0, SIDE))
    shown.at(12, 5)


@pytest.mark.parametrize("place", [(34, 34), (50, 20)], ids=["on the frame", "beside it"])
def test_a_thumb_that_goes_up_scrolls_the_page(show, place):
    shown = show([{"window": 4}], touch=True, width=360, height=578, before="<p>More</p>" * 20, after=FILL)
    x, y = shown.point(shown.image, *place, 0, SIDE)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, (x, y), (x + 3, y - 110))
    scrolled_beyond(shown.page, home + 50)
    shown.at(8, 8)


def test_images_and_the_readers_photo(show):
    shown = show(photos=small_photos())
    before = pixels(shown.image)
    shown.host.get_by_text("More", exact=True).click()
    shown.menu("Image").select_option("cat")
    settled(shown.page)
    assert (pixels(shown.image) != before).mean() > 0.3
    file = io.BytesIO()
    Image.fromarray(np.full((30, 40, 3), (250, 10, 10), np.uint8)).save(file, "PNG")
    shown.host.locator("input[type=file]").set_input_files(
        {"name": "red.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    expect(shown.menu("Image")).to_have_value("photo")
    shown.host.locator("input[type=file]").set_input_files(
        {"name": "no.png", "mimeType": "image/png", "buffer": base64.b64decode("AAAA")}
    )
    expect(shown.host.get_by_role("alert").first).to_contain_text("“no.png” is not an image")
    shown.button("Reset").click()
    expect(shown.menu("Image")).to_have_value("camera")


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing_targets_are_large_and_a_phone_needs_no_sideways_scrolling(show, scheme, width):
    shown = show(
        [{"window": 3, "stride": 1, "padding": "same"}] * 6,
        scheme=scheme,
        width=width,
        photos=small_photos(),
        over="file",
    )
    shown.setting("window", 6).select_option("11")
    shown.setting("stride", 1).select_option("4")
    shown.setting("stride", 2).select_option("4")
    shown.setting("padding", 6).select_option("valid")
    shown.says(6, "fits nowhere")
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)
    small = shown.host.evaluate("""(host) => [...host.querySelectorAll("button, select")]
      .map((one) => [one.getBoundingClientRect(), one.textContent])
      .filter(([box]) => box.width && (box.width < 34 || box.height < 33.5)).map(([, text]) => text)""")
    assert not small, f"smaller than a mouse wants: {small}"
    cut = shown.layers.evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length")
    assert not cut


def test_it_is_redrawn_within_a_frame_while_the_frame_is_dragged(show):
    shown = show([{"window": 3, "stride": 1, "padding": "same"}] * 6, photos=small_photos())

    def drag():
        shown.page.mouse.move(*shown.point(shown.image, 32, 32, -6, 70))
        shown.page.mouse.down()
        for corner in [(60, 3), (60, 60), (3, 3), (32, 32)]:
            shown.page.mouse.move(*shown.point(shown.image, *corner, -6, 70), steps=30)
        shown.page.mouse.up()

    took = time_of_a_redraw(shown.page, drag)
    assert 0 < took <= 8, f"a redraw takes {took:.1f} milliseconds: half of a frame is for the browser"


# ---- Tasks ----


def tasked(show, n, **more):
    """The chapter's task n open."""
    shown = show(tasks=things_to_try, photos=small_photos(), **more)
    shown.button(f"Task {n + 1}").click()
    return shown


def said(shown):
    return shown.host.locator(".pool-task-said")


@pytest.mark.parametrize(("typed", "verdict"), [("7", "✓ Right: 7. 64, 31, 15, 7."), ("8", "You said 8; it is 7.")])
def test_a_size_is_guessed_while_sizes_sentences_and_formulas_are_covered(show, typed, verdict):
    shown = tasked(show, 3)
    shown.sizes("? → ?", "? → ?", "? → ?")
    expect(shown.sentence).to_be_empty()
    assert "receptive" not in shown.chosen.inner_text()
    captions = shown.host.locator(".pool-panels figcaption")
    expect(captions).to_have_text(["Image, 64 × 64", "Layer 3"])
    names = " ".join(one.get_attribute("aria-label") for one in shown.layers.all())
    assert " to " not in names
    before = pixels(shown.image)
    shown.drag(shown.middle(shown.image), shown.point(shown.image, 5, 5, -8, 72))  # there is no frame to be moved
    shown.page.mouse.click(*shown.middle(shown.outputs))
    shown.image.focus()
    shown.page.keyboard.press("Home")
    shown.image.blur()
    assert (pixels(shown.image) == before).all()
    shown.host.get_by_label("Your guess").fill(typed)
    shown.button("Uncover").click()
    expect(said(shown)).to_contain_text(verdict)
    shown.sizes("64 → 31", "31 → 15", "15 → 7")
    shown.at(3, 3, layer=3)
    shown.keeps(verdict)
    shown.page.reload()
    expect(said(shown)).to_contain_text(verdict)


SQUARES = [  # where it is drawn, and what is said of it
    ((0, 4), (6, 10), "✓ Right."),
    ((0, 4), (5, 9), "1 of 2 right. Not: (5, 9). Missed: (6, 10)."),
    ((1, 1), (7, 7), "0 of 2 right. Not: (1, 1), (7, 7). Missed: (0, 4), (6, 10)."),
]


@pytest.mark.parametrize("how, square", crossed(["mouse", "touch", "keys"], SQUARES))
def test_what_an_output_sees_is_marked_on_the_image(show, how, square):
    first, last, verdict = square
    touch = {"touch": True, "width": 360, "height": 740} if how == "touch" else {}
    shown = tasked(show, 4, **touch)
    expect(shown.sentence).to_be_empty()
    marked = shown.host.locator(".pool-marked")
    expect(marked).to_have_text("Nothing is marked yet.")
    at = lambda place: shown.point(shown.image, place[0] + 0.5, place[1] + 0.5, -8, 72)
    if how == "mouse":
        shown.drag(at(first), at(last))
    elif how == "touch":
        swipe(shown.page, at(first), at(last), rest=500)
    else:
        shown.image.focus()
        keys = ["ArrowDown"] * first[0] + ["ArrowRight"] * first[1]
        for key in [keys[0], *keys]:  # the first press puts a square of one pixel there
            shown.page.keyboard.press(key)
        size = last[0] - first[0]
        for key in ["ArrowDown", "ArrowRight"] * size:
            shown.page.keyboard.press(f"Shift+{key}")
    expect(marked).to_have_text(f"Marked: ({first[0]}, {first[1]}) ({last[0]}, {last[1]})")
    shown.button("Uncover").click()
    expect(said(shown)).to_contain_text(verdict)
    shown.at(0, 1, layer=2)
    expect(shown.sentence).to_contain_text("sees 7 × 7 pixels, rows 0 to 6 and columns 4 to 10.")


def test_a_marked_square_is_moved_by_its_inside_and_pulled_by_its_corner(show):
    shown = tasked(show, 4)
    at = lambda *place: shown.point(shown.image, *place, -8, 72)
    marked = shown.host.locator(".pool-marked")
    shown.drag(at(20.5, 20.5), at(39.5, 39.5))
    expect(marked).to_have_text("Marked: (20, 20) (39, 39)")
    shown.drag(at(25.5, 25.5), at(15.5, 30.5))
    expect(marked).to_have_text("Marked: (10, 25) (29, 44)")
    shown.drag(at(30, 45), at(20, 55))
    expect(marked).to_have_text("Marked: (10, 25) (19, 54)")
    shown.drag(at(50.5, 10.5), at(45.5, 5.5))  # beside it a new one begins
    expect(marked).to_have_text("Marked: (45, 5) (50, 10)")


def test_a_goal_is_reached_with_menus_and_buttons(show):
    shown = tasked(show, 6)
    count = shown.host.locator(".pool-task-count")
    expect(count).to_have_text("0 of 2")
    for number in (3, 4, 5, 6):
        shown.button("Add a layer").click()
        if number % 2:
            shown.setting("kind", number).select_option("convolution")
            shown.setting("window", number).select_option("3")
            shown.setting("stride", number).select_option("1")
            shown.setting("padding", number).select_option("same")
    shown.sizes("64 → 64", "64 → 32", "32 → 32", "32 → 16", "16 → 16", "16 → 8")
    expect(said(shown)).to_contain_text("✓ Done. The same two layers, three times.")
    expect(shown.button("Task 7, done")).to_be_visible()


def test_the_frame_glides_to_where_keys_send_it_and_not_where_motion_is_reduced(show):
    frames = """(key) => new Promise((done) => {
      const canvas = document.querySelector("canvas"), seen = new Set([canvas.toDataURL()]);
      canvas.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      const began = performance.now();
      const look = () => {
        seen.add(canvas.toDataURL());
        if (performance.now() - began < 400) requestAnimationFrame(look);
        else done(seen.size);
      };
      requestAnimationFrame(look);
    })"""
    for motion in ("no-preference", "reduce"):
        shown = show([{"window": 8}], motion=motion)
        count = shown.page.evaluate(frames, "Home")
        shown.at(0, 0)
        assert count <= 2 if motion == "reduce" else count > 2, f"{count} pictures with motion: {motion}"


def test_a_layer_that_is_chosen_shows_it_where_colours_are_forced(show):
    shown = show([{}, {}])
    shown.page.emulate_media(forced_colors="active")
    chosen, other = (pixels(shown.layers.nth(n)).mean(axis=2)[6:-6, 6:-6] for n in (1, 0))
    assert abs(np.median(chosen) - np.median(other)) > 60, "chosen and not, layers look alike"
    assert (abs(chosen - np.median(chosen)) > 60).mean() > 0.02, "the chosen layer's words are not to be seen"
