"""The stack calculator: its arithmetic on random stacks, and every way to use it on a page, against pooling_lib."""

import base64
import io
import re

import numpy as np
import pytest
from browser import violations
from budget import many
from javascript import js
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, swipe, time_of_a_redraw

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
        self.layers = self.host.get_by_role("group", name=re.compile(r"^Layer \d$"))

    def says(self, number, *words):
        for word in words:
            expect(self.layers.nth(number - 1)).to_contain_text(word)

    def point(self, canvas, row, column, low, high):
        """Where on the page a place of a drawing is that reaches from low to high along both axes."""
        return self.place(canvas, row - low, column - low, high - low, high - low)

    def at(self, i, j, layer=1):
        expect(self.sentence).to_have_text(re.compile(rf"^Output \({i}, {j}\) of layer {layer} sees "))


@pytest.fixture
def show(show_each):
    """Open a page with one stack."""
    flat = {"flat": np.full((SIDE, SIDE), 128, np.uint8)}
    return show_each(ShownStack, lambda layers=({"window": 4},), photos=flat: LayerStack(list(layers), photos))


def pixels(locator):
    return np.asarray(Image.open(io.BytesIO(locator.screenshot())).convert("RGB")).astype(int)


def test_each_layer_shows_the_formula_with_its_numbers(show):
    shown = show(
        [{"window": 3, "stride": 2, "padding": 1, "dilation": 2}, {"window": 3, "stride": 2, "padding": "same"}]
    )
    shown.says(
        1, "64 → 31", "⌊(64 + 1 + 1 − 2·(3 − 1) − 1) / 2⌋ + 1 = 31", "receptive field 1 + (3 − 1)·2·1 = 5, jump 1·2 = 2"
    )
    shown.says(
        2,
        "31 → 16",
        "⌈31 / 2⌉ = 16, with padding 1 before and 1 after",
        "receptive field 5 + (3 − 1)·1·2 = 9, jump 2·2 = 4",
    )
    shown.image.focus()
    shown.page.keyboard.press("Home")
    expect(shown.sentence).to_have_text(
        "Output (0, 0) of layer 2 sees rows −3 to 5 and columns −3 to 5: 9 × 9 pixels. 3 of its rows and "
        "3 of its columns lie outside the image; 36 of its 81 pixels are there. "
        "Of the 36 pixels inside it reads 9: rows 1, 3, 5 and columns 1, 3, 5. "
        "From the most strongly tinted pixel 2 · 2 = 4 paths lead to it."
    )


def test_settings_change_sizes_and_a_layer_that_does_not_fit_says_why(show):
    shown = show([{}, {}, {}])
    shown.menu("window, layer 1").select_option("3")
    shown.says(1, "64 → 31")
    shown.says(3, "15 → 7")
    shown.menu("stride, layer 2").select_option("4")
    shown.menu("padding, layer 3").select_option("2")
    shown.says(3, "padding=(2, 2) along spatial axis 0 leaves window 0")
    shown.at(5, 5, layer=2)  # about where it was
    shown.menu("dilation, layer 1").select_option("4")
    shown.menu("window, layer 1").select_option("11")
    shown.menu("window, layer 2").select_option("11")
    shown.menu("padding, layer 1").select_option("valid")
    shown.menu("stride, layer 1").select_option("4")
    shown.says(
        2,
        "window=11 fits nowhere along spatial axis 0: it spans 11 (dilation=1), "
        "the axis has 6 + padding (0, 0) = 6; use a smaller window or more padding",
    )
    shown.says(3, "waits for layer 2")
    expect(shown.sentence).to_contain_text("of layer 1 sees")


def test_no_layer_fits_and_the_widget_survives(show):
    shown = show([{"window": 11}])
    shown.menu("dilation, layer 1").select_option("4")
    shown.menu("padding, layer 1").select_option("same")
    shown.at(2, 2)
    small = show([{"window": 8}], photos={"small": np.zeros((8, 8), np.uint8)})
    small.menu("window, layer 1").select_option("9")
    small.says(1, "window=9 fits nowhere")
    expect(small.sentence).to_have_text("No layer works with these settings, so there is no output to look at.")
    small.image.focus()
    small.page.keyboard.press("ArrowRight")
    small.page.mouse.click(*small.point(small.image, 2, 2, 0, 8))
    small.menu("window, layer 1").select_option("2")
    small.at(0, 0)


def test_layers_come_and_go(show):
    shown = show([{}])
    expect(shown.button("Remove layer 1")).to_be_disabled()
    for _ in range(5):
        shown.button("Add a layer").click()
    expect(shown.layers).to_have_count(6)
    expect(shown.button("Add a layer")).to_be_disabled()
    expect(shown.menu("kind, layer 6")).to_be_focused()
    shown.says(6, "2 → 1", "receptive field 32 + (2 − 1)·1·32 = 64")
    expect(shown.host.get_by_role("radio", name="Look at layer 6")).to_be_checked()
    shown.menu("window, layer 2").select_option("1")
    shown.button("Remove layer 2").click()
    expect(shown.layers).to_have_count(5)
    shown.says(5, "4 → 2")
    expect(shown.menu("kind, layer 2")).to_be_focused()


def test_looking_at_another_layer_keeps_the_place(show):
    shown = show([{}, {}, {}])
    shown.image.focus()
    shown.page.keyboard.press("Home")
    shown.page.keyboard.press("ArrowRight")
    shown.at(0, 1, layer=3)
    shown.host.get_by_role("radio", name="Look at layer 1").check()
    expect(shown.sentence).to_contain_text(
        re.compile(r"of layer 1 sees rows [24] to [35] and columns 1[02] to 1[13]: 2 × 2 pixels")
    )
    shown.host.get_by_role("radio", name="Look at layer 3").check()
    shown.at(0, 1, layer=3)


def test_a_preset_fills_the_stack_and_reset_goes_back(show):
    shown = show([{"window": 4}])
    expect(shown.menu("Stack")).to_have_value("")
    for name, sizes in [
        ("overlap: three pools, window 3, stride 2", ["64 → 31", "31 → 15", "15 → 7"]),
        ("LeNet-like: convolution 5, pool 2, twice", ["64 → 60", "60 → 30", "30 → 26", "26 → 13"]),
        ("dilated: convolutions 3, dilation 1, 2, 4", ["64 → 64"] * 3),
    ]:
        shown.menu("Stack").select_option(name)
        expect(shown.layers).to_have_count(len(sizes))
        for number, size in enumerate(sizes, 1):
            shown.says(number, size)
        expect(shown.menu("Stack")).to_have_value(name)
    shown.menu("kind, layer 1").select_option("pool")
    expect(shown.menu("Stack")).to_have_value("")
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
    shown = show([{"window": 3, "stride": 1, "dilation": 4}])
    shown.image.focus()
    for _ in range(2):
        shown.page.keyboard.press("Home")
    shown.page.mouse.move(0, 0)
    shown.page.wait_for_function(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )
    drawn = pixels(shown.image)
    scale = drawn.shape[0] / SIDE
    colour = lambda row, column: tuple(drawn[round((row + 0.5) * scale), round((column + 0.5) * scale)])
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
        "Image",
        "Use my photo",
        "Look at layer 2",
        *[f"{key}, layer 1" for key in ("kind", "window", "stride", "padding", "dilation")],
        "Remove layer 1",
    ]
    names += [
        *[f"{key}, layer 2" for key in ("kind", "window", "stride", "padding", "dilation")],
        "Remove layer 2",
        "Add a layer",
        "Link to these settings",
        "Embed",
        "Start afresh",
    ]
    assert {name for name in names if not any(name in one for one in found)} == set(), found


def test_a_finger_drags_the_frame_beside_it_the_page_scrolls_and_a_tap_brings_it(show):
    shown = show([{"window": 4}], touch=True, width=360, height=700, after='<p style="height:1500px">More.</p>')
    start, end = shown.point(shown.image, 34, 34, 0, SIDE), shown.point(shown.image, 6, 50, 0, SIDE)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end)
    shown.at(1, 12)
    assert shown.page.evaluate("scrollY") == home, "the page scrolled while a finger dragged the frame"
    beside = shown.point(shown.image, 50, 20, 0, SIDE)
    swipe(shown.page, beside, (beside[0], beside[1] - 150))
    shown.page.wait_for_function("(home) => scrollY > home + 50", arg=home)
    shown.at(1, 12)
    shown.page.touchscreen.tap(*shown.point(shown.image, 50, 22, 0, SIDE))
    shown.at(12, 5)


def test_images_and_the_readers_photo(show):
    shown = show(photos=small_photos())
    before = pixels(shown.image)
    shown.menu("Image").select_option("cat")
    shown.page.wait_for_function(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_targets_are_large_and_a_phone_needs_no_sideways_scrolling(show, scheme, width):
    shown = show(
        [{"window": 3, "stride": 1, "padding": "same"}] * 6,
        scheme=scheme,
        width=width,
        photos=small_photos(),
        over="file",
    )
    shown.menu("window, layer 6").select_option("11")
    shown.menu("stride, layer 1").select_option("4")
    shown.menu("stride, layer 2").select_option("4")
    shown.menu("padding, layer 6").select_option("valid")
    shown.says(6, "fits nowhere")
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)
    small = shown.host.evaluate("""(host) => [...host.querySelectorAll("button, select, label:has(input[type=radio])")]
      .map((one) => [one.getBoundingClientRect(), one.textContent])
      .filter(([box]) => box.width && (box.width < 44 || box.height < 43.5)).map(([, text]) => text)""")
    assert not small, f"smaller than a finger: {small}"


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
