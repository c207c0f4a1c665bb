"""The widgets' front-end files on the built pages, and the directive that puts the window explorer on one."""

import hashlib
import importlib
import re
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

FOLDER = "_widgets"  # not _static: Jupyter Book would add every script there to every page


def setup(app):
    app.add_directive("explorer", ExplorerDirective)
    app.connect("html-page-context", link_files)
    app.connect("build-finished", write_files)


def front_end():
    """Return name and text of each front-end file, made from the modules as they are now."""
    from pooling_book.widgets.page import page_script, page_styles

    return {"pooling.js": page_script(), "pooling.css": page_styles()}


def explorer_html(options):
    from pooling_book.widgets.explorer import Explorer
    from pooling_book.widgets.photos import small_photos

    tasks = things_to_try(options["tasks"]) if "tasks" in options else []
    return Explorer(images=small_photos(), **options | {"tasks": tasks}).html()


def things_to_try(name):
    """What a module of the chapters has under a name, such as 'try01.first_things'."""
    module, _, what = name.rpartition(".")
    return getattr(importlib.import_module(f"pooling_book.chapters.{module}"), what)


class ExplorerDirective(SphinxDirective):
    """The window explorer with the book's photos. Its options are those of `Explorer`, their values YAML.

    Its tasks are named: `try01.first_things` is a list of a module of the chapters.
    """

    option_spec = dict.fromkeys(
        ("identity", "source", "operation", "window", "stride", "padding", "dilation", "tasks"), yaml.safe_load
    )

    def run(self):
        return [nodes.raw("", explorer_html(self.options), format="html")]


def link_files(app, pagename, templatename, context, doctree):
    def address(name):
        return f"{context['pathto'](f'{FOLDER}/{name}', 1)}?v={versions[name]}"

    versions = {name: hashlib.sha256(text.encode()).hexdigest()[:8] for name, text in front_end().items()}
    links = f'<link rel="stylesheet" href="{address("pooling.css")}">'
    if has_widget(context.get("body", "")):
        links += f'<script defer src="{address("pooling.js")}"></script>'
    context["metatags"] = context.get("metatags", "") + links


def has_widget(body):
    return re.search(r'class="(?:[^"]* )?pool-widget[ "]', body) is not None


def write_files(app, exception):
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(exist_ok=True)
    for name, text in front_end().items():
        (folder / name).write_text(text, encoding="utf-8")
