"""The tokens on a page: every way to change them, and every answer, against what Python says."""

import pytest
from browser import violations
from budget import crossed
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, settled, swipe, time_of_a_redraw

from pooling_book.chapters.try12 import tokens_to_try
from pooling_book.show.pictures import two_decimals
from pooling_book.widgets.tokens import SET_POOLS, SETS, TokenBars, row, sentence, set_of

BAD = sentence("not bad", -3, -2)
NONE = {"max": "none, −∞", "first": "none", "last": "none", "top": "too few"}


class ShownTokens(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "tokens")
        self.detail = self.host.locator(".pool-detail")
        self.bars = self.host.locator(".pool-tokens-token")
        self.pads = self.host.locator(".pool-tokens-pad")
        self.answers = self.host.locator(".pool-tokens-answer")
        self.kept_words = self.host.locator(".pool-tokens-kept")

    def slider(self, name):
        return self.host.get_by_role("slider", name=name, exact=True)

    def says(self, python):
        """Wait until bars, padding and every answer are those of the Python widget."""
        names = [
            f"{word}, token {n + 1} of {len(python.tokens)}{'' if here else ', dropped'}"
            for n, (word, _, here) in enumerate(python.tokens)
        ]
        expect(self.bars).to_have_count(len(names))
        for n, (name, (_, number, _)) in enumerate(zip(names, python.tokens)):
            expect(self.bars.nth(n)).to_have_attribute("aria-label", name)
            expect(self.bars.nth(n)).to_have_attribute("aria-valuenow", str(number))
        expect(self.pads).to_have_count(python.pads)
        order = self.host.locator(".pool-tokens-cell").evaluate_all(
            "(all) => all.map((one) => one.matches('.pool-tokens-pad') ? 'pad' : 'token').join(' ')"
        )
        parts = [["token"] * len(names), ["pad"] * python.pads]
        assert order.split() == sum(parts if python.side == "right" else parts[::-1], [])
        others = [name for name in SET_POOLS if name in python.alike] if python.kept else None
        for name, line in zip(SET_POOLS, self.answers.all(), strict=True):
            expect(line.locator("b")).to_have_text(
                ("✗ " if name in python.wrong else "") + words(name, python.answers[name])
            )
            verdict = ""
            if others is not None:
                verdict = "same" if name in others else "differs"
            elif python.pads:
                verdict = "wrong" if name in python.wrong else "same"
            expect(line.locator(".pool-tokens-sign")).to_have_text(verdict)


def words(name, answer):
    numbers = answer if isinstance(answer, tuple) else (answer,)
    if any(abs(one) == float("inf") or one != one for one in numbers):
        return NONE.get(name, "none, 0 / 0")
    return (" ± " if name == "spread" else ", ").join(map(two_decimals, numbers))


@pytest.fixture
def show(show_each):
    # `query` is the page's there
    return show_each(ShownTokens, lambda weighs=1.0, **more: TokenBars(query=weighs, **more), height=1000)


def middle(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def unit(shown):
    """Pixels of one more."""
    return shown.host.locator(".pool-tokens-scale").first.bounding_box()["height"] / 12


def edited(python, **changes):
    """The widget with other settings, as an act has left them."""
    for key, value in changes.items():
        setattr(python, key, value)
    return python


# ---- Mouse and controls ----


@pytest.mark.parametrize(
    "settings",
    [
        dict(),
        dict(tokens=BAD, pads=3, masked=False),
        dict(tokens=BAD, pads=2, side="left", query=-2.5, kept=row(set_of(1, 1))),
        dict(tokens=[["a", 4, False], ["b", -6, False]]),
        dict(tokens=set_of(*range(-6, 6))),
    ],
)
def test_it_opens_as_python_made_it(show, settings):
    weighs = {"weighs": settings["query"]} if "query" in settings else {}
    rest = {key: value for key, value in settings.items() if key != "query"}
    show(**rest, **weighs).says(TokenBars(**settings))


def test_the_mouse_drags_a_bar_up_and_down_to_both_ends(show):
    shown = show(tokens=set_of(1, 3))
    x, y = middle(shown.bars.nth(1).locator(".pool-tokens-scale").bounding_box())
    one = unit(shown)
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    for by, wanted in ((2, 5), (-4, -1), (30, 6), (-30, -6), (0, 3)):
        shown.page.mouse.move(x + 2, y - by * one, steps=4)
        shown.says(TokenBars(set_of(1, wanted)))
    shown.page.mouse.up()
    shown.page.mouse.move(x, y - 2 * one)
    shown.says(TokenBars(set_of(1, 3)))


def test_the_mouse_drags_a_bar_sideways_to_another_place(show):
    shown = show(tokens=BAD + [["film", 5, True]], pads=1, masked=False)
    first, last = (middle(shown.bars.nth(n).bounding_box()) for n in (0, 2))
    shown.page.mouse.move(*first)
    shown.page.mouse.down()
    shown.page.mouse.move(first[0] + 8, first[1], steps=2)
    shown.page.mouse.move(*last, steps=6)
    moved = TokenBars([["bad", -2, True], ["film", 5, True], ["not", -3, True]], 1, masked=False)
    shown.says(moved)
    expect(shown.bars.nth(2)).to_be_focused()
    shown.page.mouse.move(last[0] + 300, last[1] - 60, steps=4)  # beyond the end, and upwards: it goes on sideways
    shown.says(moved)
    shown.page.mouse.move(*first, steps=6)
    shown.page.mouse.up()
    shown.says(TokenBars(BAD + [["film", 5, True]], 1, masked=False))


def test_buttons_act_on_the_chosen_token_and_say_which(show):
    shown, python = show(), TokenBars()
    shown.bars.nth(3).click()
    shown.button("Drop “not”").click()
    tokens = python.tokens
    shown.says(edited(python, tokens=[[word, number, n != 3] for n, (word, number, _) in enumerate(tokens)]))
    shown.button("Take back “not”").click()
    shown.says(edited(python, tokens=tokens))
    shown.button("Move “not” to the right").click()
    shown.says(edited(python, tokens=[*tokens[:3], tokens[4], tokens[3]]))
    shown.button("Move “not” to the right").click()  # it stands at the end
    shown.button("Move “not” to the left").click()
    shown.says(edited(python, tokens=tokens))
    shown.slider("Number").fill("2")
    shown.says(edited(python, tokens=[*tokens[:3], ["not", 2, True], tokens[4]]))
    shown.button("Add").click()
    shown.says(edited(python, tokens=[*tokens[:3], ["not", 2, True], ["a", 2, True], tokens[4]]))
    expect(shown.button("Drop “a”")).to_be_visible()
    for _ in range(6):
        shown.button("Add").click()
    expect(shown.button("Add")).to_be_disabled()
    expect(shown.slider("Padding")).to_have_attribute("max", "0")
    shown.button("Reset").click()
    shown.says(TokenBars())


def test_padding_its_side_the_mask_and_the_query(show):
    shown, python = show(tokens=BAD), TokenBars(BAD)
    shown.slider("Padding").fill("3")
    shown.says(edited(python, pads=3))
    expect(shown.sentence).to_have_text("3 PADs, left out: no answer is changed.")
    expect(shown.pads.first).to_have_attribute("aria-label", "PAD, left out")
    shown.host.get_by_label("The mask is used").uncheck()
    shown.says(edited(python, masked=False))
    expect(shown.sentence).to_have_text("3 PADs, read as 0: this changes all but sum and first.")
    expect(shown.pads.first).to_have_attribute("aria-label", "PAD, read as 0")
    shown.button("left").click()
    shown.says(edited(python, side="left"))
    shown.slider("Query").fill("-6")
    shown.says(edited(python, query=-3.0))
    weights = shown.host.locator(".pool-tokens-weight i").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height / one.parentElement.clientHeight)"
    )
    assert weights == pytest.approx([0, 0, 0, 0.952, 0.047], abs=0.06)  # pixels
    shown.slider("Query").fill("0")
    shown.says(edited(python, query=0.0))
    expect(shown.detail).to_contain_text("Attention weighs all alike")


def test_a_set_is_kept_beside_compared_swapped_and_let_go(show):
    shown, python = show(tokens=set_of(1, 2)), TokenBars(set_of(1, 2))
    expect(shown.button("Swap")).to_be_disabled()
    shown.button("Keep this row, to compare with").click()
    shown.says(edited(python, kept=row(set_of(1, 2))))
    expect(shown.kept_words).to_have_text("Kept: {1, 2}")
    expect(shown.host.locator(".pool-tokens-small i")).to_have_count(2)
    shown.bars.nth(1).click()
    shown.slider("Number").fill("4")
    shown.says(edited(python, tokens=set_of(1, 4)))
    shown.button("Swap").click()
    shown.says(edited(python, tokens=set_of(1, 2), kept=row(set_of(1, 4))))
    shown.button("Let go of the kept row").click()
    shown.says(edited(python, kept=None))
    expect(shown.kept_words).to_have_text("No row is kept to compare with.")


@pytest.mark.parametrize("name", SETS)
def test_a_ready_set_is_opened_by_its_name(show, name):
    shown = show(tokens=set_of(5), weighs=0.5)
    expect(shown.menu("Row")).to_have_value("your own")
    shown.menu("Row").select_option(name)
    shown.says(TokenBars(**SETS[name], query=0.5))
    expect(shown.menu("Row")).to_have_value(name)
    shown.slider("Number").fill("6")
    expect(shown.menu("Row")).to_have_value("your own")


def test_an_empty_set_has_words_for_what_has_no_answer(show):
    shown = show(tokens=set_of(4))
    shown.bars.first.focus()
    shown.page.keyboard.press("Delete")
    shown.says(TokenBars([["a", 4, False]]))
    expect(shown.sentence).to_have_text("The row is empty: its sum is 0, it has no largest, and a mean would be 0 / 0.")
    expect(shown.host.locator(".pool-tokens-lines")).to_be_hidden()
    expect(shown.button("Swap")).to_be_disabled()


def test_lines_stand_at_max_and_mean_and_glide_there_unless_motion_is_reduced(show):
    shown = show(tokens=set_of(0, 6), motion="reduce")
    for numbers in ((0, 6), (0, -6)):
        shown.bars.nth(1).focus()
        shown.page.keyboard.press("End" if numbers[1] > 0 else "Home")
        settled(shown.page)
        scale = shown.host.locator(".pool-tokens-scale").first.bounding_box()
        for name, value in (("max", max(numbers)), ("mean", sum(numbers) / 2)):
            line = shown.host.locator(f".pool-tokens-line.pool-tokens-{name}").bounding_box()
            wanted = scale["y"] + scale["height"] * (6 - value) / 12
            assert line["y"] + line["height"] / 2 == pytest.approx(wanted, abs=2), (numbers, name)


# ---- Keys, finger, screen reader ----


def test_keys_change_move_and_drop_and_stay_in_the_widget(show):
    shown, python = show(tokens=BAD + [["film", 5, True]]), TokenBars(BAD + [["film", 5, True]])
    shown.page.evaluate(
        "() => { window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key)); }"
    )
    shown.bars.first.focus()
    n, tokens = 0, [list(one) for one in python.tokens]
    for key, value in (("ArrowUp", -2), ("ArrowDown", -3), ("PageUp", 0), ("PageDown", -3), ("Home", -6), ("End", 6)):
        shown.page.keyboard.press(key)
        tokens[n] = [tokens[n][0], value, True]
        shown.says(edited(python, tokens=[*tokens]))
    shown.page.keyboard.press("ArrowRight")
    expect(shown.bars.nth(1)).to_be_focused()
    shown.page.keyboard.press("Delete")
    tokens[1] = ["bad", -2, False]
    shown.says(edited(python, tokens=[*tokens]))
    shown.page.keyboard.press("Backspace")
    tokens[1] = ["bad", -2, True]
    shown.says(edited(python, tokens=[*tokens]))
    shown.page.keyboard.press("Shift+ArrowRight")
    shown.says(edited(python, tokens=[tokens[0], tokens[2], tokens[1]]))
    expect(shown.bars.nth(2)).to_be_focused()
    shown.page.keyboard.press("Shift+ArrowRight")  # no further
    shown.page.keyboard.press("Shift+ArrowLeft")
    shown.says(edited(python, tokens=[*tokens]))
    expect(shown.bars.nth(1)).to_be_focused()
    heard = shown.page.evaluate("window.heard")
    assert [key for key in heard if key != "Shift"] == []
    expect(shown.sentence).to_have_attribute("aria-live", "polite")


def test_the_bars_are_one_stop_of_the_tab_key_and_every_control_shows_its_focus(show):
    shown = show(tasks=tokens_to_try, kept=row(BAD))
    shown.task(5).focus()
    stops = [shown.tab() for _ in range(13)]
    assert all(outline >= 1 for _, outline in stops), stops
    names = [name for name, _ in stops]
    assert names[:5] == [
        "the, token 1 of 5", "Drop “the”", "Move “the” to the left", "Move “the” to the right", "Add",
    ]  # fmt: skip
    assert names[5:12] == ["Let go of the kept row", "Swap", "Reset", "Number", "Query", "Padding", "left"]


def test_a_finger_moves_a_bar_sideways_or_after_a_rest_and_scrolls_the_page(show):
    shown = show(touch=True, width=360, height=640, after='<p style="height:1500px">Much more to read.</p>')
    python = TokenBars()
    tokens = python.tokens
    x, y = middle(shown.bars.nth(0).bounding_box())
    wide = shown.bars.nth(0).bounding_box()["width"]
    swipe(shown.page, (x, y), (x + 2 * wide, y + 4), steps=12)
    shown.says(edited(python, tokens=[tokens[1], tokens[2], tokens[0], *tokens[3:]]))
    x, y = middle(shown.bars.nth(4).bounding_box())
    swipe(shown.page, (x, y), (x, y + 3 * unit(shown)), rest=400)
    shown.says(edited(python, tokens=[*python.tokens[:4], ["good", 1, True]]))
    swipe(shown.page, (x, y), (x, y - 120))
    scrolled_beyond(shown.page, 40)
    shown.says(python)
    shown.bars.nth(3).tap()
    expect(shown.button("Drop “not”")).to_be_visible()
    for control in shown.host.locator("button:visible, select:visible").all():
        box = control.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 43.5, control.inner_text()


@pytest.mark.parametrize("control", ["Drop “a”", "Add", "Swap", "Number", "Padding", "The mask is used", "Query"])
def test_a_thumb_on_a_control_leaves_bars_answers_and_words_in_sight(show, control):
    shown = show(
        tokens=set_of(1, 2), pads=2, masked=False, kept=row(set_of(1, 1, 2, 2)), touch=True, width=360, height=640,
        before='<p style="height:600px">Before.</p>', after='<p style="height:900px">After.</p>',
    )  # fmt: skip
    one = shown.host.get_by_label(control, exact=True).or_(shown.button(control)).first
    one.evaluate("(control) => control.scrollIntoView({ block: 'end', behavior: 'instant' })")
    settled(shown.page)
    touched = one.bounding_box()
    for seen in (shown.bars.first, shown.answers.last, shown.sentence):
        box = seen.bounding_box()
        assert box["y"] >= -1 and box["y"] + box["height"] <= touched["y"] + 1, (control, box, touched)


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(show, scheme, width):
    tokens = [*set_of(1, -2, 3, 4, -5, 6), ["g", 2, False]]
    shown = show(scheme=scheme, width=width, tokens=tokens, pads=5, masked=False, kept=row(BAD), over="file")
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)


def test_bars_lines_and_marks_are_seen_in_forced_colours_and_on_paper(show):
    shown = show(tokens=BAD, pads=2, masked=False)
    for media in ({"forced_colors": "active"}, {"media": "print", "forced_colors": "null"}):
        shown.page.emulate_media(**media)
        for part in (".pool-tokens-bar", ".pool-tokens-weight i"):
            colour = shown.host.locator(part).first.evaluate("(one) => getComputedStyle(one).backgroundColor")
            ground = shown.host.locator(".pool-card").evaluate("(one) => getComputedStyle(one).backgroundColor")
            assert colour != ground and colour != "rgba(0, 0, 0, 0)", (media, part)
        expect(shown.answers.nth(1).locator("b")).to_have_text("✗ −1.25")


def test_it_is_redrawn_within_a_frame_while_it_is_dragged(show):
    shown = show(tokens=set_of(*range(-6, 4)), pads=2, masked=False, kept=row(set_of(1, 2)))
    x, y = middle(shown.bars.nth(4).bounding_box())

    def drag():
        shown.page.mouse.move(x, y)
        shown.page.mouse.down()
        shown.page.mouse.move(x, y - 60, steps=40)
        shown.page.mouse.move(x, y + 60, steps=40)
        shown.page.mouse.up()

    assert 0 < time_of_a_redraw(shown.page, drag, at_least=10) <= 8


# ---- Memory and links ----


def test_a_reload_keeps_the_set_until_the_reader_starts_afresh(show):
    shown = show(tokens=BAD)
    shown.bars.first.focus()
    shown.page.keyboard.press("End")
    shown.slider("Padding").fill("2")
    python = TokenBars([["not", 6, True], BAD[1]], pads=2)
    shown.says(python)
    shown.reload()
    shown.says(python)
    shown.button("Start afresh").click()
    shown.says(TokenBars(BAD))


def test_a_link_opens_the_set_it_was_taken_from_and_takes_nothing_unsound(show):
    shown = show(tokens=BAD)
    shown.button("Keep this row, to compare with").click()
    shown.slider("Padding").fill("4")
    shown.says(TokenBars(BAD, pads=4, kept=row(BAD)))
    link = shown.host.get_by_role("link", name="Link to these settings").get_attribute("href")
    shown.page.goto(link)
    shown.says(TokenBars(BAD, pads=4, kept=row(BAD)))
    shown.page.goto(f"{shown.page.home}/page.html?embed=tokens&pads=2&query=0.3&side=[]")
    shown.says(TokenBars(BAD, pads=2))


# ---- Things to try ----


@pytest.mark.parametrize("width, room", [(688, 650), (328, 1100)])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room):
    shown = show(tasks=tokens_to_try, task=0, touch=width < 400, width=width + 32, height=650)
    assert shown.host.bounding_box()["height"] <= room

    def guess(task):
        if task["guess"] == "answer":
            return shown.host.locator(".pool-typed").fill("-12345")
        shown.host.locator(".pool-options button").first.click()

    kept, _ = shown.kept()
    heights = list(shown.needed_by(tokens_to_try, guess))
    assert max(heights) <= kept, (kept, heights)


def test_a_guess_covers_every_answer_until_it_is_uncovered(show):
    shown = show(tasks=tokens_to_try, task=0)
    for line in shown.answers.all():
        expect(line.locator("b")).to_have_text("?")
    expect(shown.sentence).to_have_text("The answers are covered until you uncover your guess.")
    expect(shown.host.locator(".pool-tokens-lines")).to_be_hidden()
    assert "weight" not in shown.bars.first.get_attribute("aria-valuetext")
    shown.host.locator(".pool-typed").fill("1")
    shown.uncover()
    expect(shown.said).to_contain_text("✓ Right: 1.")
    shown.says(TokenBars(**tokens_to_try[0]["scene"]))


def test_a_guess_in_a_changed_scene_is_said_to_be_about_that(show):
    shown = show(tasks=tokens_to_try, task=0)
    shown.button("Add").click()
    shown.host.locator(".pool-typed").fill("1")
    shown.uncover()
    expect(shown.said).to_have_text("You said 1; it is 1.14. That is for the scene as you have changed it.")


def test_the_second_task_names_the_answers_that_padding_spoils(show):
    shown = show(tasks=tokens_to_try, task=1)
    for name in ("mean", "max", "last"):
        shown.button(name).click()
    shown.uncover()
    expect(shown.said).to_contain_text("✓ Right: mean, max, last.")


def test_a_reader_finds_two_sets_that_mean_then_max_then_sum_cannot_tell_apart(show):
    shown = show(tasks=tokens_to_try)
    shown.task(3).click()
    shown.bars.first.focus()
    shown.page.keyboard.press("ArrowUp")  # {2, 3}
    settled(shown.page)
    expect(shown.said).to_be_empty()
    shown.bars.nth(1).focus()
    shown.page.keyboard.press("ArrowDown")  # {2, 2}
    expect(shown.said).to_contain_text("✓ Done.")
    shown.task(4).click()
    shown.bars.first.focus()
    shown.page.keyboard.press("Delete")  # {3}
    expect(shown.said).to_contain_text("✓ Done.")
    shown.task(5).click()
    for n, presses in ((0, ["ArrowDown"]), (1, ["ArrowUp"])):  # {0, 3, 3}
        shown.bars.nth(n).focus()
        for key in presses:
            shown.page.keyboard.press(key)
    expect(shown.said).to_contain_text("✓ Done. {0, 3, 3}")
    expect(shown.sentence).to_contain_text("Cannot tell it from the kept row: sum, mean, max and last.")
