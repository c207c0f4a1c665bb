"""Citations: each names a work of the bibliography by its authors and year, and leads to it on the site."""

import re

import notebooks
import pytest
from browser import ROOT
from bs4 import BeautifulSoup
from pooling_site.citations import LINK
from pybtex.database import parse_file

WORKS = parse_file(ROOT / "chapters" / "references.bib").entries
FILES = sorted([*(ROOT / "chapters").glob("*.ipynb"), *(ROOT / "appendix").glob("*.ipynb")])


def links(path):
    texts = [cell.source for cell in notebooks.read(path)[0].cells if cell.cell_type == "markdown"]
    roles = [role for text in texts for role in re.findall(r"\{[\w:-]+\}`[^`]*`", text)]
    assert not roles, "JupyterLab would show a role as it is written: make it a link"
    return [link for text in texts for link in LINK.finditer(text)]


def plain(name):
    return name.replace("{", "").replace("}", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_citation_names_authors_and_year_of_what_it_cites(path):
    for link in links(path):
        label = re.match(r"\[(.*?)\]\(", link[0])[1]
        cited = [WORKS[key] for key in link[2].split(",")]
        named = label.strip("()").split("; ") if link[1] else [label]
        assert len(named) == len(cited), label
        for name, work in zip(named, cited):
            authors = [plain(" ".join(person.prelast_names + person.last_names)) for person in work.persons["author"]]
            several = {1: authors[0], 2: " and ".join(authors)}.get(len(authors), f"{authors[0]} et al.")
            year = work.fields["year"]
            assert name == (f"{several}, {year}" if link[1] else f"{several} ({year})")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_on_the_site_it_leads_to_its_work(path, site):
    page = BeautifulSoup((site / path.parent.name / f"{path.stem}.html").read_text(encoding="utf-8"), "html.parser")
    listed = BeautifulSoup((site / "appendix" / "bibliography.html").read_text(encoding="utf-8"), "html.parser")
    leads = {a["href"].split("#")[1] for a in page.select("article a[href*='bibliography.html#id']")}
    assert len(leads) == len({key for link in links(path) for key in link[2].split(",")})
    assert all(listed.find(id=one) for one in leads)
    assert "cite:" not in page.get_text()
