"""The book's Sphinx extension: one module for each thing that a built page needs besides its notebook."""

import hashlib
from pathlib import Path

from . import citations, code, covers, fonts, frontend, images, lean, mathml, sections, switches, tabs, theme

SITE = Path(__file__).resolve().parents[1]


def setup(app):
    # Sphinx builds all pages anew when this value changes: what makes a page is not only its source.
    app.add_config_value("pooling_site_digest", makers_digest(), "env", str)
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(SITE / "static")))
    app.add_css_file("book.css")
    app.connect("build-finished", forget_failures)
    for part in (citations, covers, sections, mathml, frontend, images, theme, switches, tabs, code, lean, fonts):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def makers_digest():
    folders = (SITE, SITE.parent / "pooling_book")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".css", ".js"})
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def forget_failures(app, exception):
    # Sphinx warns about a page only when it reads it: from a kept cache, a second build would pass without a word.
    if app._warncount:
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
