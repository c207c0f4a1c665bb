"""Every page of the built site: complete, quiet, and whole without a network."""

import functools
import gzip
import re
import shutil
import subprocess
import sys
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from browser import ROOT
from bs4 import BeautifulSoup
from pages import CHAPTERS, PAGES, settle
from playwright.sync_api import expect

SECTIONS = ["Concepts", "Formulas", "Code", "Pitfalls", "Exercises", "Sources"]
PRACTICE = re.compile(r"chapters/(15|16)_")  # these keep that order inside each of their entries

# Bytes, compressed: what the heaviest page of each kind had when this was written, and 30 % more.
CHAPTER_WEIGHT = 740_000
PAGE_WEIGHT = 450_000
IMAGE_WEIGHT = 110_000


@pytest.fixture(scope="session")
def parsed(site):
    """A page of the built site, parsed; each one once."""
    return functools.cache(lambda name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser"))


# ---- Alive ----


@pytest.mark.parametrize("name", PAGES)
def test_a_page_from_the_disk_lives_and_complains_of_nothing(open_page, site, name):
    settle(open_page(site, name, over="file"))


@functools.cache
def compressed(path):
    data = path.read_bytes()
    return min(len(data), len(gzip.compress(data)))  # a font or a photo is compressed already


FILE_NAME = re.compile(r"(^|/)[\w.-]+\.(png|jpe?g|svg|webp|gif|bmp)$", re.I)
PICTURES = """() => [...document.querySelectorAll("img, svg, canvas")]
  .filter((one) => !one.parentElement.closest("svg, canvas, [aria-hidden=true]") && one.ariaHidden !== "true")
  .map((one) => [(one.getAttribute("alt") ?? one.getAttribute("aria-label") ?? one.querySelector("title")?.textContent ?? "").trim(), one.outerHTML.slice(0, 120)])"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_http_lives_is_light_and_has_words_for_each_picture(open_page, site, name):
    page = open_page(site, name)
    settle(page)
    wordless = [
        f"{words!r}: {html}" for words, html in page.evaluate(PICTURES) if len(words) < 3 or FILE_NAME.search(words)
    ]
    assert not wordless, f"{name} has no words for\n" + "\n".join(wordless)
    files = {unquote(urlsplit(url).path).lstrip("/") for url in page.asked if url.startswith("http")}
    weights = {file: compressed(site / file) for file in files}
    heaviest = sorted(weights.items(), key=lambda item: -item[1])[:8]
    limit = CHAPTER_WEIGHT if name in CHAPTERS else PAGE_WEIGHT
    assert sum(weights.values()) < limit, (
        f"{sum(weights.values())} bytes, compressed, for {name}; the heaviest: {heaviest}"
    )


def test_photos_are_small_files(site, parsed):
    for name in PAGES:
        inline = re.findall(r"data:image/[a-z+]+", str(parsed(name)))
        assert not inline, f"{name} holds images as data addresses: {inline}"
    heavy = {
        path.name: path.stat().st_size for path in (site / "_images").iterdir() if path.stat().st_size > IMAGE_WEIGHT
    }
    assert not heavy, f"images over {IMAGE_WEIGHT} bytes: {heavy}"


def test_without_scripts_each_widget_still_shows_its_picture(open_page, site, parsed):
    for name in PAGES:
        if parsed(name).select(".pool-widget"):
            page = open_page(site, name, java_script_enabled=False)
            for fallback in page.locator(".pool-fallback").all():
                expect(fallback).to_be_visible()
                expect(fallback).not_to_be_empty()
            page.complaints[:] = [
                one for one in page.complaints if not one.endswith(" csp")
            ]  # the scripts it was forbidden


def test_the_explorer_on_the_landing_page_is_seen_without_scrolling(open_page, site):
    page = open_page(site, "index.html", width=1280, height=800)
    settle(page)
    for canvas in page.locator("#start canvas").all():
        expect(canvas).to_be_in_viewport(ratio=1)
    expect(page.locator("#start .pool-sentence")).to_be_in_viewport(ratio=1)


# ---- Links ----

ADDRESSES = {
    "a": "href",
    "link": "href",
    "area": "href",
    "form": "action",
    "img": "src",
    "script": "src",
    "source": "src",
    "iframe": "src",
    "audio": "src",
    "video": "src",
    "embed": "src",
    "object": "data",
}


def addresses(soup):
    for tag, key in ADDRESSES.items():
        for one in soup.find_all(tag, attrs={key: True}):
            yield one, one[key].strip()
    for one in soup.find_all(srcset=True):
        for part in one["srcset"].split(","):
            yield one, part.split()[0]


def leads_to(name, address):
    """The file of the site and the place in it that an address on a page means; None if it means another site."""
    parts = urlsplit(urljoin(f"http://this.site/{name}", address))
    return (unquote(parts.path).lstrip("/"), unquote(parts.fragment)) if parts.hostname == "this.site" else None


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_site_lead_somewhere(site, parsed, name):
    ours = [(address, *leads_to(name, address)) for _, address in addresses(parsed(name)) if leads_to(name, address)]
    assert len(ours) > 10, f"only {len(ours)} links within the site: {ours}"
    broken = []
    for address, target, fragment in ours:
        if not (site / target).is_file():
            broken.append(f"{address}: there is no {target}")
        elif fragment and target.endswith(".html"):
            where = parsed(target)
            if not where.find(id=fragment) and not where.find("a", attrs={"name": fragment}):
                broken.append(f"{address}: {target} holds no #{fragment}")
    assert not broken, f"{name}:\n" + "\n".join(broken)


@pytest.mark.parametrize("name", PAGES)
def test_other_places_are_named_only_in_links_that_a_reader_follows(parsed, name):
    soup = parsed(name)
    asked = [
        str(element)[:150]
        for element, address in addresses(soup)
        if element.name != "a" and re.match(r"(https?:)?//", address)
    ]
    asked += [
        str(style)[:150]
        for style in soup.find_all("style")
        if re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", style.text)
    ]
    assert not asked, f"{name} asks other places for\n" + "\n".join(asked)
    assert "mathjax" not in str(soup.head).lower() and not soup.select(
        "script[src*=mathjax i], script[type^='text/x-mathjax']"
    ), f"{name} loads MathJax"


def test_every_page_is_reached_from_the_landing_page(parsed):
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in PAGES:
            continue
        reached.add(name)
        waiting += [to[0] for link in parsed(name).find_all("a", href=True) if (to := leads_to(name, link["href"]))]
    assert reached == set(PAGES) - {"search.html"}, f"no link leads to {set(PAGES) - reached}"


# ---- Links that need the repository's address ----


def repository_links(html):
    """What the buttons for a repository lead to."""
    return [
        link["href"]
        for link in BeautifulSoup(html, "html.parser").find_all("a", href=True)
        if re.search(r"/issues/new|mybinder\.org|colab\.research|/(blob|tree|edit)/|example/pooling", link["href"])
    ]


def known_repository():
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"]


def test_without_a_repository_no_page_offers_one(site):
    if known_repository():
        pytest.skip("_config.yml names a repository")
    for name in PAGES:
        html = (site / name).read_text(encoding="utf-8")
        assert not repository_links(html), f"{name}: {repository_links(html)}"
        left = BeautifulSoup(html, "html.parser").select(
            ".dropdown-launch-buttons, .dropdown-source-buttons, .btn-source-repository-button"
        )
        assert not left, f"{name}: {left}"


def test_with_a_repository_a_chapter_can_be_launched_and_reported_on(tmp_path):
    if not CHAPTERS:
        pytest.skip("there is no chapter yet")
    url, chapter = "https://github.com/example/pooling", CHAPTERS[0].removesuffix(".html")
    for folder in ("site", "pooling_lib", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "chapters").mkdir()
    for name in ("_config.yml", "index.md", f"{chapter}.ipynb", "chapters/references.bib"):
        shutil.copy(ROOT / name, tmp_path / name)
    config = (tmp_path / "_config.yml").read_text(encoding="utf-8")
    config, count = re.subn(r"^(repository:\n  url: ).*$", rf'\1"{url}"', config, flags=re.M)
    assert count == 1, "_config.yml has no place for the repository's address"
    # One chapter is enough, and keeps the build short; links from it to the others are not asked for here.
    (tmp_path / "_config.yml").write_text(config.replace("      - autodoc2\n", ""), encoding="utf-8")
    (tmp_path / "_toc.yml").write_text(
        f"format: jb-book\nroot: index\nchapters:\n  - file: {chapter}\n", encoding="utf-8"
    )
    build = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "--builder", "html"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    built = tmp_path / "_build" / "html"
    assert (built / f"{chapter}.html").exists(), build.stdout[-2000:] + build.stderr[-2000:]
    links = repository_links((built / f"{chapter}.html").read_text(encoding="utf-8"))
    for wanted in (
        rf"{url}$",
        rf"{url}/issues/new",
        rf"https://mybinder\.org/v2/gh/example/pooling/main\?urlpath=.*{chapter}\.ipynb",
        rf"https://colab\.research\.google\.com/github/example/pooling/blob/main/{chapter}\.ipynb",
    ):
        assert any(re.match(wanted, link) for link in links), f"no link like {wanted} in {links}"
    assert any(link == url for link in repository_links((built / "index.html").read_text(encoding="utf-8")))


# ---- Search ----


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_search_finds_a_word_and_leads_to_it(open_page, site, over):
    page = open_page(site, "index.html", over=over)
    page.locator("button.search-button-field").first.click()
    page.keyboard.type("maximum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=maximum**")
    results = page.locator("#search-results li a")
    expect(results.first).to_be_visible()
    expect(page.locator("#search-results")).to_contain_text(re.compile(r"found [1-9][0-9]* page", re.I))
    results.first.click()
    page.wait_for_url(lambda url: "search.html" not in url)
    expect(page.locator("main")).to_contain_text(re.compile("maximum", re.I))


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_search_says_so_when_it_finds_nothing(open_page, site, over):
    page = open_page(site, "search.html?q=xylophone", over=over)
    expect(page.locator("#search-results")).to_contain_text("did not match any documents")


# ---- What a chapter holds ----


def words(element):
    return " ".join(element.get_text().replace("#", "").split())


def section(soup, title):
    return next(head.find_parent("section") for head in soup.select("article h2") if words(head).endswith(title))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_opens_with_what_the_reader_will_be_able_to_do(parsed, name):
    first = words(parsed(name).select_one("article h1 ~ p"))
    assert first.startswith("After this chapter"), first[:200]


@pytest.mark.parametrize("name", [name for name in CHAPTERS if not PRACTICE.match(name)])
def test_a_chapter_has_its_sections_in_order_and_a_widget_among_its_concepts(parsed, name):
    soup = parsed(name)
    heads = [re.sub(r"^[\d.]+ ", "", words(head)) for head in soup.select("article h2")]
    assert heads == SECTIONS, f"{name}: {heads}"
    assert section(soup, "Concepts").select(".pool-widget"), f"{name} has no widget in its Concepts"


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_one_quiz_a_playground_and_exercises_with_hints_and_solutions(parsed, name):
    soup = parsed(name)
    assert len(soup.select(".pool-widget[data-widget=quiz]")) == 1, (
        f"{name} has {len(soup.select('.pool-widget[data-widget=quiz]'))} quizzes"
    )
    notes = [note for note in soup.select("article .pool-note") if "Run this notebook to use it" in words(note)]
    assert len(notes) == 1, f"{name} has {len(notes)} playgrounds"
    exercises = [head for head in soup.select("article h3") if re.search(r"\bExercise \d+\.", words(head))]
    numbers = [int(re.search(r"\bExercise (\d+)\.", words(head))[1]) for head in exercises]
    assert 4 <= len(numbers) <= 6 and numbers == list(range(1, len(numbers) + 1)), f"{name} has the exercises {numbers}"
    for number, head in zip(numbers, exercises):
        folded = [words(one) for one in head.find_parent("section").select("summary")]
        assert any(one.startswith("Hint") for one in folded) and "Solution" in folded, (
            f"{name}, exercise {number} unfolds {folded}"
        )


def test_ids_are_there_once(parsed):
    # Twice the same, and a link or a label leads to the wrong one; axe looks at this only where a label refers to it.
    for name in PAGES:
        ids = [one["id"] for one in parsed(name).find_all(id=True)]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        assert not twice, f"{name}: {twice}"
