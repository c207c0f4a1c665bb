"""The palette: no colour stands elsewhere, text can be read on what it stands on, and the roles reach a page."""

import json
import re
from pathlib import Path

import pytest

from pooling_book import palette
from pooling_book.palette import MODES, ROLES, rgb, style_sheet

ROOT = Path(palette.__file__).parents[1]
COLOUR = re.compile(r"(?<![&\w])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\b(?:rgba?|hsla?|hwb|oklch)\(")
# Files whose colours are no choice of the book's, and which these are.
ALLOWED = {
    "pooling_book/palette.py": None,
    # a pixel's own grey
    "pooling_book/widgets/kit/colors.js": r"`rgb\(\$\{",
}


def sources():
    for path in sorted((ROOT / "pooling_book").rglob("*")):
        if path.suffix in (".py", ".js", ".css"):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], 1):
            if cell["cell_type"] == "code":
                yield f"{path.name}, cell {number}", "".join(cell["source"])


def colours(text):
    return [line.strip() for line in text.splitlines() if COLOUR.search(line)]


def test_a_colour_would_be_found():
    typed = ["a { color: #fff; }", 'x = "#2f7de1"', "rgba(1, 2, 3, .5)", "rgb(0 0 0)", "#12345678"]
    assert colours("\n".join(typed)) == typed
    assert not colours('&#8722; url(#clip) href="#section" # 123 palette.rgb_of(x)\nissue #7')


def test_no_colour_is_typed_outside_the_palette():
    found = []
    for name, text in sources():
        if name in ALLOWED:
            continue
        found += [f"{name}: {line}" for line in colours(text.replace("palette.rgb(", ""))]
    assert not found, "\n".join(found)


def test_what_is_allowed_is_there_and_nothing_else_beside_it():
    for name, pattern in ALLOWED.items():
        lines = colours((ROOT / name).read_text(encoding="utf-8"))
        assert lines and (pattern is None or all(re.search(pattern, line) for line in lines)), (name, lines)


def test_each_role_that_a_sheet_names_is_one_and_each_that_is_one_is_named_somewhere():
    text = "".join(text for name, text in sources() if name not in ALLOWED)
    named = set(re.findall(r"var\(--pool-([a-z0-9-]+)\)", text))
    assert named <= set(ROLES), named - set(ROLES)
    # boards and notebooks name them without the prefix; a drawing's series are C0 to C3
    unused = [role for role in ROLES if role not in named and f'"{role}"' not in text and "series" not in role]
    assert not unused, unused


# Contrast, by the formula of WCAG 2.


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def channels(role, mode):
    return tuple(bytes.fromhex(getattr(ROLES[role], mode)[1:7]))


def mixed(role, share, mode):
    """A role at a share on the surface, as `color-mix` with transparent shows it."""
    return tuple(share * a + (1 - share) * b for a, b in zip(channels(role, mode), channels("surface", mode)))


def shares(sheet):
    """The largest share of each role that show/pictures.css mixes in behind text."""
    found = {}
    for role, mix in re.findall(r"color-mix\(in srgb, var\(--pool-([\w-]+)\) ([^;]*), transparent\)", sheet):
        plain = re.fullmatch(r"([\d.]+)%", mix)
        grown = re.fullmatch(r"calc\((?:([\d.]+)% \+ )?([\d.]+) \* var\(--shade\)\)", mix)
        assert plain or grown, mix
        share = float(plain[1]) / 100 if plain else float(grown[1] or 0) / 100 + float(grown[2])
        found[role] = max(share, found.get(role, 0))
    return found


def test_contrast_is_that_of_the_standard():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "text, below",
    [(text, below) for text in ("text", "muted", "accent", "window", "good", "bad") for below in ("surface", "raised")]
    + [("on-accent", "accent"), ("on-light", "positive"), ("on-dark", "negative")],
)
def test_text_can_be_read(text, below, mode):
    assert contrast(channels(text, mode), channels(below, mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_numbers_can_be_read_on_their_shades(mode):
    sheet = (ROOT / "pooling_book" / "show" / "pictures.css").read_text(encoding="utf-8")
    behind = shares(sheet)
    assert set(behind) == {"shade", "shade-positive", "shade-negative", "border", "window"}
    for role, share in behind.items():
        assert contrast(channels("text", mode), mixed(role, share, mode)) >= 4.5, (role, share)


@pytest.mark.parametrize("mode", MODES)
def test_lines_marks_and_frames_stand_out_from_the_page(mode):
    for role in ("border", "accent", "window", "series-1", "series-2", "series-3", "series-4"):
        assert contrast(channels(role, mode), channels("surface", mode)) >= 3, role


@pytest.mark.parametrize("mode", MODES)
def test_the_signs_differ_in_grey_too(mode):
    sheet = (ROOT / "pooling_book" / "show" / "pictures.css").read_text(encoding="utf-8")
    behind = shares(sheet)
    plus, minus = (luminance(mixed(role, behind[role], mode)) for role in ("shade-positive", "shade-negative"))
    assert plus > 1.5 * minus


# The style sheet


def test_a_drawing_can_tell_its_colours_apart():
    drawn = [role.light for name, role in ROLES.items() if name in ("text", "border") or name.startswith("series")]
    assert len(drawn) == len(set(drawn)) == 6


def test_roles_are_written_as_a_page_needs_them():
    for name, role in ROLES.items():
        assert re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", role.light), name
        assert re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", role.dark), name
        assert f"--pool-{name}: " in style_sheet()
    assert "--pool-text: var(--pst-color-text-base, var(--jp-ui-font-color1, #1f2328));" in style_sheet()


def test_the_sheet_stands_once_at_the_head_of_every_sheet():
    from pooling_book.widgets.page import kinds, page_styles, styles

    for sheet in (page_styles(), *map(styles, kinds())):
        assert sheet.startswith(style_sheet()) and sheet.count(style_sheet()) == 1


def test_pixels_take_the_colour_for_light():
    assert rgb("positive") == (255, 200, 61) and rgb("shadow") == (0, 0, 0)
