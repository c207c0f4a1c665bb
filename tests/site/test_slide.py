"""The sliding picture on a page: its arithmetic, and every way to push it, against what Python says."""

import base64
import io
import re

import numpy as np
import pytest
from browser import violations
from budget import crossed
from javascript import js
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, swipe, time_of_a_redraw

from pooling_book.widgets.slide import OPERATIONS, Slide, pooled
from pooling_book.widgets.things_to_try import goal, guess
from pooling_lib import blur_pool, max_blur_pool

LABELS = {
    "max": "maximum",
    "avg": "average",
    "subsample": "subsample",
    "blur": "blur (binomial)",
    "max_blur": "maximum, then blur",
}


class ShownSlide(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "slide")
        self.detail = self.host.locator(".pool-detail")
        self.input, self.output, self.curve = self.canvas(0), self.canvas(1), self.host.locator(".pool-slide-curve")

    def slider(self, name):
        return self.host.get_by_role("slider", name=name, exact=True)

    def says(self, python):
        """Wait until the sentence and the slider agree with the Python widget."""
        expect(self.slider("Shift")).to_have_value(str(python.shift))
        change, count = python.change, python.y[:, python.moved :].size
        if not python.shift:
            expect(self.sentence).to_have_text("Not shifted.")
            return expect(self.detail).to_contain_text(f"{python.y.shape[0]} × {python.y.shape[1]} outputs")
        moved = f", moved back by {python.moved}" if python.moved else ""
        start = f"Shifted by {python.shift}{moved}: "
        expect(self.sentence).to_contain_text(start)
        expect(self.detail).to_contain_text(f"{python.shift} = {python.moved} · {python.stride} + {python.rest}.")
        said, seen = self.sentence.inner_text().removeprefix(start), self.detail.inner_text()
        if python.rest:
            share = float(re.fullmatch(r"([\d.]+) % of the outputs have changed\.", said)[1])
            assert abs(share - 100 * change["changed"]) <= 0.5 + 1e-9, (said, change)
        else:
            assert said == "the same numbers." and f"All {count} outputs that have a partner are equal" in seen
        mean, still = map(float, re.search(r"moved back ([\d.]+), left where they stand ([\d.]+)", seen).groups())
        assert abs(mean - change["moved"]) <= 0.05 + 1e-9 and abs(still - change["still"]) <= 0.05 + 1e-9, seen


@pytest.fixture
def show(show_each):
    return show_each(ShownSlide, Slide, height=1000)


# ---- The arithmetic ----

SHIFTED = """given.cases.map(({ shift, ...settings }) => {
  const { y, back, still } = it.pooledShifts({ images: given.images, photo: null, ...settings })[shift];
  return { shape: [y.rows, y.columns], values: Array.from(y.values), changed: back.changed, moved: back.mean, still };
})"""

BLURRED = """given.map(({ operation, plane, window, stride, padding, blur }) => {
  const one = { rows: plane.length, columns: plane[0].length, values: Float64Array.from(plane.flat()) };
  const y = operation === "blur" ? it.blurPool(one, window, stride, padding)
    : it.maxBlurPool(one, window, stride, padding, blur);
  return { shape: [y.rows, y.columns], values: Array.from(y.values) };
})"""


def test_the_browser_slides_and_pools_as_python_does():
    rng = np.random.default_rng(8)
    titles = list(Slide().images)
    cases = [
        {
            "source": str(rng.choice(titles)),
            "operation": str(rng.choice(OPERATIONS)),
            "window": int(rng.integers(1, 9)),
            "stride": int(rng.integers(1, 9)),
            "shift": int(rng.integers(0, 17)),
        }
        for _ in range(150)
    ]
    shown = js("slide/state.js", SHIFTED, {"images": Slide().images, "cases": cases})
    for case, found in zip(cases, shown, strict=True):
        python = Slide(**case)
        assert tuple(found["shape"]) == python.y.shape, case
        np.testing.assert_allclose(found["values"], python.y.ravel(), rtol=1e-12)
        for key, value in python.change.items():
            assert found[key] == pytest.approx(value, rel=1e-9, abs=1e-12), (case, key)


def test_the_browser_blurs_as_the_library_does():
    rng = np.random.default_rng(9)
    cases = []
    while len(cases) < 300:
        plane = rng.normal(size=rng.integers(1, 12, 2)).round(3)
        window, stride, blur = (int(n) for n in rng.integers(1, 6, 3))
        padding = str(rng.choice(["valid", "same"]))
        operation = str(rng.choice(["blur", "max_blur"]))
        if padding == "valid" and min(plane.shape) < (window if operation == "blur" else window + blur - 1):
            continue
        cases.append(
            {
                "operation": operation,
                "plane": plane.tolist(),
                "window": window,
                "stride": stride,
                "padding": padding,
                "blur": blur,
            }
        )
    for case, found in zip(cases, js("kit/blur.js", BLURRED, cases), strict=True):
        x, rest = np.array(case["plane"]), (case["window"], case["stride"], case["padding"])
        wanted = blur_pool(x, *rest) if case["operation"] == "blur" else max_blur_pool(x, *rest, blur=case["blur"])
        assert tuple(found["shape"]) == wanted.shape, case
        np.testing.assert_allclose(found["values"], wanted.ravel(), rtol=1e-10, atol=1e-12, err_msg=str(case))


# ---- Mouse and controls ----


def test_it_opens_as_python_made_it(show):
    for settings in (
        dict(),
        dict(operation="avg", window=3, stride=3, shift=4, source="grass"),
        dict(shift=16, stride=8, window=8),
    ):
        show(**settings).says(Slide(**settings))


def test_the_mouse_drags_the_picture_and_stops_at_the_ends(show):
    shown = show()
    cell = shown.cells(shown.input)[2] / 48
    x, y = shown.place(shown.input, 24, 24, 48, 48)
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    for wanted in (1, 2, 7):
        shown.page.mouse.move(x + wanted * cell, y, steps=5)
        shown.says(Slide(shift=wanted))
    shown.page.mouse.move(x + 40 * cell, y + 20, steps=5)
    shown.says(Slide(shift=16))
    shown.page.mouse.move(x - 20 * cell, y, steps=5)
    shown.says(Slide())
    shown.page.mouse.up()
    shown.page.mouse.move(x + 9 * cell, y)
    shown.says(Slide())


def test_the_controls_set_the_pool_and_a_new_pool_begins_a_new_curve(show):
    shown = show()
    for _ in range(3):
        shown.button("One pixel on").click()
    shown.says(Slide(shift=3))
    expect(shown.curve).to_have_attribute("aria-label", re.compile(r"0: 0, 1: [\d.]+, 2: 0, 3: [\d.]+$"))
    shown.slider("Stride").fill("3")
    shown.says(Slide(stride=3, shift=3))
    expect(shown.curve).to_have_attribute("aria-label", re.compile(r": 0: 0, 3: 0$"))
    shown.slider("Window").fill("4")
    shown.says(Slide(window=4, stride=3, shift=3))
    shown.slider("Shift").fill("10")
    for operation in OPERATIONS:
        shown.menu("Pool").select_option(label=LABELS[operation])
        shown.says(Slide(operation=operation, window=4, stride=3, shift=10))
        expect(shown.slider("Window")).to_be_visible(visible=operation != "subsample")
    shown.menu("Picture").select_option("grass")
    shown.button("One pixel back").click()
    shown.says(Slide(operation="max_blur", window=4, stride=3, shift=9, source="grass"))
    shown.button("Reset").click()
    shown.says(Slide())


def test_play_visits_every_shift_and_pauses(show):
    shown = show(shift=11)
    # A busy machine may look too late: the page itself notes what is said.
    shown.sentence.evaluate("""(sentence) => {
      window.said = [];
      const note = () => window.said.push(sentence.textContent);
      new MutationObserver(note).observe(sentence, { childList: true, subtree: true });
    }""")
    shown.button("▶ Play").click()
    expect(shown.sentence).to_have_attribute("aria-live", "off")
    expect(shown.button("❚❚ Pause")).to_be_visible()
    shown.button("❚❚ Pause").click()
    expect(shown.button("▶ Play")).to_be_visible()
    at = shown.slider("Shift").input_value()
    shown.page.wait_for_timeout(900)
    assert shown.slider("Shift").input_value() == at
    shown.button("▶ Play").click()
    expect(shown.button("❚❚ Pause")).to_be_visible()
    expect(shown.button("▶ Play")).to_be_visible(timeout=20_000)  # it stops at the last shift by itself
    shown.says(Slide(shift=16))
    expect(shown.sentence).to_have_attribute("aria-live", "polite")
    said = shown.page.evaluate("window.said")
    assert [re.match(r"Shifted by (\d+)", text)[1] for text in said] == ["12", "13", "14", "15", "16"], said


def test_pause_and_the_end_say_where_it_has_stopped(show):
    shown = show(shift=14)
    status = shown.host.locator(".pool-stage [role=status]")
    shown.button("▶ Play").click()
    shown.button("❚❚ Pause").click()
    at = shown.slider("Shift").input_value()
    expect(status).to_have_text(re.compile(rf"^Stopped at shift {at}\. (Shifted|Not shifted)"))
    shown.button("One pixel back").click()
    expect(status).to_have_text("")
    shown.button("▶ Play").click()
    expect(status).to_have_text("")
    expect(status).to_have_text(re.compile(r"^Stopped at shift 16\. Shifted by 16"), timeout=20_000)


def test_the_picture_glides_a_step_on_and_not_for_who_wants_less_motion(show):
    def drawn(motion):
        shown = show(motion=motion)
        # What each frame shows.
        shown.input.evaluate("""(canvas) => {
          window.pictures = new Set([canvas.toDataURL()]);
          const look = () => { window.pictures.add(canvas.toDataURL()); requestAnimationFrame(look); };
          requestAnimationFrame(look);
        }""")
        shown.button("One pixel on").click()
        shown.says(Slide(shift=1))
        shown.page.wait_for_timeout(500)
        return shown, shown.page.evaluate("window.pictures.size")

    shown, pictures = drawn("reduce")
    assert pictures == 2
    expect(shown.button("▶ Play")).to_be_visible()
    assert drawn("no-preference")[1] > 2


# ---- Things to try ----

CURVE = guess(
    "Draw it.", "curve", {"source": "grass", "stride": 3, "shift": 1, "visited": [0, 1]}, known=[0, 1], within=6
)
SHARE = guess("How many, in per cent?", "changed", {"source": "camera", "stride": 2, "shift": 1}, "Most.", within=10)
STEADY = goal("Make it steady.", "steady", {"source": "brick", "stride": 2}, "So it is.", most=20)


@pytest.fixture
def asked(show):
    """The widget with things to try, one of them open."""

    def open_(*tasks, **page):
        shown = show(tasks=list(tasks), task=0, **page)
        shown.said = shown.host.locator(".pool-task-said")
        return shown

    return open_


def spot(shown, shift, height, top=40):
    """Where on the page a point of the curve is."""
    shown.curve.scroll_into_view_if_needed()
    box = shown.curve.bounding_box()
    left, above, right, below = 44, 10, 12, 36
    return (
        box["x"] + left + shift / 16 * (box["width"] - left - right),
        box["y"] + box["height"] - below - height / top * (box["height"] - above - below),
    )


def truth():
    return [Slide(source="grass", stride=3, shift=shift).change["moved"] for shift in range(2, 17)]


def draw(shown, heights, first=2):
    for n, height in enumerate(heights):
        shown.page.mouse.move(*spot(shown, first + n, height))
        if not n:
            shown.page.mouse.down()
    shown.page.mouse.up()


def covered(shown):
    """Nothing tells the answer: no sentence, no curve, no change, in words or pixels."""
    expect(shown.sentence).to_have_text("The change and its curves are covered until you uncover your guess.")
    expect(shown.curve).not_to_have_attribute("aria-label", re.compile(r"\b([2-9]|1\d): "))  # 0 and 1 may be given
    expect(shown.canvas(3)).to_have_attribute("aria-label", "Change from shift 0, covered")


def test_a_curve_is_drawn_with_the_mouse_and_is_right_all_along(asked):
    shown = asked(CURVE)
    covered(shown)
    shown.button("Uncover").click()
    expect(shown.said).to_have_text("Draw your guess on the picture first.")
    draw(shown, truth())
    covered(shown)
    shown.button("Uncover").click()
    expect(shown.said).to_have_text("✓ Right, all along.")
    # Both curves, at every shift.
    label = re.compile(r"^Mean change against shift, moved back: 0: 0, 1: 13\.1, .*16: [\d.]+$")
    expect(shown.curve).to_have_attribute("aria-label", label)
    expect(shown.curve).to_have_attribute("role", "img")
    shown.says(Slide(source="grass", stride=3, shift=1))
    expect(shown.button("Task 1, done")).to_have_attribute("aria-pressed", "true")


def test_a_curve_that_is_half_right_says_how_many_points_are_near_and_a_reload_keeps_it(asked):
    shown = asked(CURVE)
    wanted = truth()
    draw(shown, [height if n < 7 else 40 for n, height in enumerate(wanted)])
    shown.page.wait_for_function("Object.keys(localStorage).length === 1")
    shown.page.reload()
    expect(shown.host.locator(".pool-marked")).to_have_text("Drawn: change it as you like.")
    shown.button("Uncover").click()
    expect(shown.said).to_have_text("7 of 15 points are near: see the picture.")
    expect(shown.button("Task 1, seen")).to_be_visible()
    shown.button("Try again").click()
    covered(shown)
    expect(shown.host.locator(".pool-marked")).to_have_text("Draw it on the picture.")


def test_a_curve_that_jumps_is_joined_by_a_line_and_a_wrong_one_has_no_point_near(asked):
    shown = asked(CURVE)
    shown.page.mouse.move(*spot(shown, 2, 40))
    shown.page.mouse.down()
    shown.page.mouse.move(*spot(shown, 16, 38))
    shown.page.mouse.up()
    shown.button("Uncover").click()
    expect(shown.said).to_have_text("0 of 15 points are near: see the picture.")


def test_a_curve_is_drawn_with_keys_and_heard(asked):
    shown = asked(CURVE)
    status = shown.host.locator(".pool-stage [role=status]")
    while not shown.tab()[0].startswith("Mean change against shift, yours to draw, from 0 to 40 grey levels. Given: "):
        pass
    expect(status).to_have_text("Shift 2, the first: nothing drawn")
    now = 0
    for n, height in enumerate(truth()):
        if n:
            shown.page.keyboard.press("ArrowRight")
        # A press is a 25th of 40; a point that is not drawn yet begins where the one before it is.
        presses = round((height - now) / 1.6)
        for _ in range(max(1, abs(presses))):
            shown.page.keyboard.press("ArrowUp" if presses > 0 else "ArrowDown")
        now = min(40, max(0, now + 1.6 * (presses or -1)))
    expect(status).to_have_text(re.compile(r"^Shift 16, the last: [\d.]+ grey levels$"))
    shown.page.keyboard.press("Home")
    expect(status).to_have_text(re.compile(r"^Shift 2, the first: [\d.]+ grey levels$"))
    shown.button("Uncover").press("Enter")
    expect(shown.said).to_have_text("✓ Right, all along.")


def test_each_key_on_the_curve_is_heard_once(asked):
    shown = asked(CURVE)
    while not shown.tab()[0].startswith("Mean change against shift, yours to draw"):
        pass
    expect(shown.host.locator(".pool-stage [role=status]")).to_have_text("Shift 2, the first: nothing drawn")
    # What comes into the parts that are read out.
    shown.host.evaluate("""(host) => {
      window.said = [];
      const live = (node) => node.parentElement?.closest("[aria-live=polite], [role=status]");
      new MutationObserver((all) => {
        const added = all.flatMap(({ addedNodes }) => [...addedNodes]);
        said.push(...added.filter(live).map(({ textContent }) => textContent));
      }).observe(host, { childList: true, subtree: true });
    }""")
    heard = [
        "the first: nothing drawn",
        "the first: nothing drawn",
        "the first: 1.6",
        "the first: 3.2",
        "the first: 3.2",
    ]
    for count, key in enumerate(["ArrowLeft", "Home", "ArrowUp", "ArrowUp", "ArrowLeft"], 1):
        shown.page.keyboard.press(key)
        shown.page.wait_for_function("(count) => said.length === count", arg=count)
    shown.page.wait_for_timeout(200)
    said = shown.page.evaluate("said")
    assert [text.removeprefix("Shift 2, ").removesuffix(" grey levels") for text in said] == heard
    expect(shown.host.locator(".pool-marked")).to_have_text("Drawn: change it as you like.")


def test_a_finger_draws_sideways_and_scrolls_up_and_down(asked):
    shown = asked(CURVE, touch=True, width=360, height=640, after='<p style="height:1500px">Much more to read.</p>')
    start = spot(shown, 9, 20)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, (start[0], start[1] - 120))
    scrolled_beyond(shown.page, home + 40)
    shown.button("Uncover").scroll_into_view_if_needed()
    shown.button("Uncover").tap()
    expect(shown.said).to_have_text("Draw your guess on the picture first.")
    swipe(shown.page, spot(shown, 2, 20), spot(shown, 16, 20), steps=14)
    shown.button("Uncover").tap()
    expect(shown.said).to_have_text(re.compile(r"of 15 points are near"))


@pytest.mark.parametrize("guess, said", [("60", "✓ Right: 58.9. Most."), ("20", "You said 20; it is 58.9. Most.")])
def test_a_share_is_typed(asked, guess, said):
    shown = asked(SHARE)
    covered(shown)
    shown.host.get_by_label("Your guess").fill(guess)
    shown.page.keyboard.press("Enter")
    exact = 100 * Slide(source="camera", shift=1).change["changed"]
    expect(shown.said).to_have_text(said.replace("58.9", f"{exact:.2f}".rstrip("0").rstrip(".")))
    shown.says(Slide(source="camera", shift=1))


def test_a_goal_counts_and_is_met(asked):
    shown = asked(STEADY)
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 1")
    shown.menu("Pool").select_option(label=LABELS["avg"])
    shown.slider("Window").fill("8")
    shown.slider("Stride").fill("8")
    expect(shown.said).to_have_text("✓ Done. So it is.")
    shown.button("Reset").click()
    expect(shown.button("Task 1, done")).to_be_visible()


def test_the_readers_photo_slides(show):
    shown = show(shift=1)
    file = io.BytesIO()
    Image.fromarray(np.full((40, 40, 3), 90, np.uint8)).save(file, "PNG")
    shown.host.locator("input[type=file]").set_input_files(
        {"name": "grey.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    expect(shown.menu("Picture")).to_have_value("photo")
    expect(shown.sentence).to_contain_text("0 % of the outputs have changed")
    shown.host.locator("input[type=file]").set_input_files(
        {"name": "no.png", "mimeType": "image/png", "buffer": base64.b64decode("AAAA")}
    )
    expect(shown.host.get_by_role("alert")).to_contain_text("“no.png” is not an image")


# ---- Finger, keyboard, screen reader ----


def test_a_finger_pushes_the_picture_sideways_and_scrolls_the_page_up_and_down(show):
    shown = show(touch=True, width=360, height=740, after='<p style="height:1500px">Much more to read.</p>')
    cell = shown.cells(shown.input)[2] / 48
    x, y = shown.place(shown.input, 24, 20, 48, 48)
    swipe(shown.page, (x, y), (x + 10 * cell, y), steps=14)
    expect(shown.slider("Shift")).not_to_have_value("0")
    before = shown.slider("Shift").input_value()
    x, y = shown.place(shown.input, 44, 20, 48, 48)
    swipe(shown.page, (x, y), (x, y - 120))
    scrolled_beyond(shown.page, 40)
    assert shown.slider("Shift").input_value() == before
    for control in shown.host.locator("button:visible, select:visible").all():
        box = control.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 43.5, control.inner_text()


def test_keys_shift_the_picture_and_stay_in_the_widget(show):
    shown = show()
    shown.page.evaluate(
        "() => { window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key)); }"
    )
    shown.input.focus()
    for key, wanted in [
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("End", 16),
        ("ArrowRight", 16),
        ("ArrowLeft", 15),
        ("Home", 0),
        ("ArrowLeft", 0),
    ]:
        shown.page.keyboard.press(key)
        shown.says(Slide(shift=wanted))
    assert shown.page.evaluate("window.heard") == []
    names = [shown.tab() for _ in range(9)]
    assert all(outline >= 1 for _, outline in names), names
    expect(shown.sentence).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(show, scheme, width):
    shown = show(scheme=scheme, width=width, operation="max_blur", shift=5, over="file")
    shown.says(Slide(operation="max_blur", shift=5))
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)


def test_it_is_redrawn_within_a_frame_while_it_is_dragged(show):
    shown = show(operation="max_blur", window=3)
    cell = shown.cells(shown.input)[2] / 48
    x, y = shown.place(shown.input, 24, 10, 48, 48)

    def drag():
        shown.page.mouse.move(x, y)
        shown.page.mouse.down()
        shown.page.mouse.move(x + 16 * cell, y, steps=60)
        shown.page.mouse.move(x, y, steps=60)
        shown.page.mouse.up()

    assert 0 < time_of_a_redraw(shown.page, drag, at_least=10) <= 8


def test_a_reload_keeps_the_shift_the_pool_and_the_curve_until_the_reader_starts_afresh(show):
    shown = show(operation="avg")
    shown.button("One pixel on").click()
    shown.button("One pixel on").click()
    shown.slider("Stride").fill("3")
    shown.button("One pixel on").click()
    python = Slide(operation="avg", stride=3, shift=3)
    shown.says(python)
    points = re.compile(r"moved back: 0: 0, 2: [\d.]+, 3: 0$")
    expect(shown.curve).to_have_attribute("aria-label", points)
    shown.page.reload()
    shown.says(python)
    expect(shown.curve).to_have_attribute("aria-label", points)
    shown.button("Start afresh").click()
    shown.says(Slide(operation="avg"))
    shown.page.reload()
    shown.says(Slide(operation="avg"))


def test_a_link_opens_the_pool_it_was_taken_from_and_takes_nothing_unsound(show):
    shown = show()
    shown.slider("Shift").fill("9")
    shown.menu("Pool").select_option(label=LABELS["blur"])
    shown.says(Slide(operation="blur", shift=9))
    link = shown.host.get_by_role("link", name="Link to these settings").get_attribute("href")
    shown.page.goto(link)
    shown.says(Slide(operation="blur", shift=9))
    shown.page.goto(f"{shown.page.home}/page.html?embed=slide&shift=4&window=99&visited=[1,77]")
    shown.says(Slide(shift=4))
    expect(shown.page.locator("main").first).to_be_hidden()  # the page around it
    expect(shown.host).to_be_visible()


def test_pooled_has_the_shapes_of_the_library():
    assert pooled(np.zeros((48, 48)), "max_blur", 2, 2).shape == (23, 23)
