"""The built site, for the tests that open its pages."""

import pytest
from browser import ROOT


@pytest.fixture(scope="session")
def site():
    """Folder of the built site."""
    folder = ROOT / "_build" / "html"
    assert (folder / "index.html").exists(), "_build/html holds no site: run `make book` first"
    return folder
