"""Every page of the built site, parsed: complete, whole without a network, and each chapter with its parts."""

import functools
import re
import shutil
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from browser import ROOT
from bs4 import BeautifulSoup
from form import ONE_PAGE, SECTIONS
from pages import CHAPTERS, PAGES
from sample_chapter import build

PRACTICE = re.compile(r"chapters/(15|16)_")  # these keep that order inside each of their entries


def parse(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def parsed(site):
    """A page of the built site, parsed; each one once."""
    return functools.cache(lambda name: parse(site / name))


@pytest.fixture(scope="session")
def places(parsed):
    """What a link to a page of the site can mean on it; each page looked through once."""

    def found(name):
        soup = parsed(name)
        return {one["id"] for one in soup.find_all(id=True)} | {
            one["name"] for one in soup.find_all("a", {"name": True})
        }

    return functools.cache(found)


# ---- Pictures ----

IMAGE_WEIGHT = 110_000  # bytes: what the heaviest had when this was written, and 30 % more


def test_photos_are_small_files(site):
    for name in PAGES:
        inline = re.findall(r"data:image/[a-z+]+", (site / name).read_text(encoding="utf-8"))
        assert not inline, f"{name} holds images as data addresses: {inline}"
    heavy = {
        path.name: path.stat().st_size for path in (site / "_images").iterdir() if path.stat().st_size > IMAGE_WEIGHT
    }
    assert not heavy, f"images over {IMAGE_WEIGHT} bytes: {heavy}"


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
def test_links_within_the_site_lead_somewhere(site, parsed, places, name):
    ours = [(address, *leads_to(name, address)) for _, address in addresses(parsed(name)) if leads_to(name, address)]
    assert len(ours) > 10, f"only {len(ours)} links within the site: {ours}"
    broken = []
    for address, target, fragment in ours:
        if not (site / target).is_file():
            broken.append(f"{address}: there is no {target}")
        elif fragment and target.endswith(".html"):
            if fragment not in places(target):
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


def repository_links(soup):
    """What the buttons for a repository lead to."""
    return [
        link["href"]
        for link in soup.find_all("a", href=True)
        if re.search(r"/issues/new|mybinder\.org|colab\.research|/(blob|tree|edit)/|example/pooling", link["href"])
    ]


def known_repository():
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"]


def test_without_a_repository_no_page_offers_one(parsed):
    if known_repository():
        pytest.skip("_config.yml names a repository")
    for name in PAGES:
        assert not repository_links(parsed(name)), f"{name}: {repository_links(parsed(name))}"
        left = parsed(name).select(".dropdown-launch-buttons, .dropdown-source-buttons, .btn-source-repository-button")
        assert not left, f"{name}: {left}"


def test_with_a_repository_a_chapter_can_be_launched_and_reported_on(tmp_path):
    if not CHAPTERS:
        pytest.skip("there is no chapter yet")
    url, chapter = "https://github.com/example/pooling", CHAPTERS[0].removesuffix(".html")
    for name in ("index.md", f"{chapter}.ipynb", "chapters/references.bib"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    # One chapter is enough, and keeps the build short; links from it to the others are not asked for here.
    built = build(tmp_path, chapter, url)
    links = repository_links(parse(built / f"{chapter}.html"))
    for wanted in (
        rf"{url}$",
        rf"{url}/issues/new",
        rf"https://mybinder\.org/v2/gh/example/pooling/main\?urlpath=.*{chapter}\.ipynb",
        rf"https://colab\.research\.google\.com/github/example/pooling/blob/main/{chapter}\.ipynb",
    ):
        assert any(re.match(wanted, link) for link in links), f"no link like {wanted} in {links}"
    assert any(link == url for link in repository_links(parse(built / "index.html")))


# ---- What a chapter holds ----


def words(element):
    return " ".join(element.get_text().replace("#", "").split())


def section(soup, title):
    return next(head.find_parent("section") for head in soup.select("article h2") if words(head).endswith(title))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_opens_with_what_the_reader_will_be_able_to_do(parsed, name):
    article = parsed(name).article
    first = words(article.select_one(".opening-box") or article.select_one("h1 ~ p"))
    assert first.startswith("After this chapter"), first[:200]


@pytest.mark.parametrize("name", [name for name in CHAPTERS if not PRACTICE.match(name)])
def test_a_chapter_has_its_sections_in_order_and_a_widget_among_its_concepts(parsed, name):
    soup = parsed(name)
    heads = [re.sub(r"^[\d.]+ ", "", words(head)) for head in soup.select("article h2")]
    assert [head for head in heads if head != ONE_PAGE] == [head for head in SECTIONS if head != ONE_PAGE], heads
    assert section(soup, "Concepts").select(".pool-widget"), f"{name} has no widget in its Concepts"


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_one_quiz_a_playground_and_exercises_with_hints_and_solutions(parsed, name):
    soup = parsed(name)
    assert len(soup.select(".pool-widget[data-widget=quiz]")) == 1, (
        f"{name} has {len(soup.select('.pool-widget[data-widget=quiz]'))} quizzes"
    )
    notes = [
        note for note in soup.select("article .pool-note") if "In the running notebook, controls for" in words(note)
    ]
    assert len(notes) == 1, f"{name} has {len(notes)} playgrounds"
    exercises = [head for head in soup.select("article h3") if re.search(r"\bExercise \d+\.", words(head))]
    numbers = [int(re.search(r"\bExercise (\d+)\.", words(head))[1]) for head in exercises]
    assert 4 <= len(numbers) <= 8 and numbers == list(range(1, len(numbers) + 1)), f"{name} has the exercises {numbers}"
    for number, head in zip(numbers, exercises):
        section_ = head.find_parent("section")
        folded = [words(one) for one in section_.select("summary")]
        is_open = section_.select("[data-widget=open_exercise]")
        hinted = any(one.startswith("Hint") for one in folded) and "Solution" in folded
        assert "Model answer" in folded if is_open else hinted, f"{name}, exercise {number} unfolds {folded}"


def test_ids_are_there_once(parsed):
    # Twice the same, and a link or a label leads to the wrong one; axe looks at this only where a label refers to it.
    for name in PAGES:
        ids = [one["id"] for one in parsed(name).find_all(id=True)]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        assert not twice, f"{name}: {twice}"
