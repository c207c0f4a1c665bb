"""How sphinx-autodoc2, which reads the library without importing it, writes the library reference."""

from autodoc2.render.myst_ import MystRenderer
from docutils.parsers import rst
from sphinx.ext.napoleon import Config, NumpyDocstring


class Renderer(MystRenderer):
    """One heading for a module, then its docstring, then its public names in the source's order."""

    def render_package(self, item):
        name = item["full_name"]
        yield from (f"## `{name}`", "", f"```{{py:module}} {name}", "```", "")
        yield from (
            f"```{{autodoc2-docstring}} {name}",
            f":parser: {self.get_doc_parser(name)}",
            ":allowtitles:",
            "```",
            "",
        )
        for child in self.get_children(item):
            if child["type"] not in ("package", "module"):
                yield from self.render_item(child["full_name"])


class Parser(rst.Parser):
    """Reads a docstring in NumPy style."""

    def parse(self, inputstring, document):
        # A type such as "array of floats" is prose, not a reference
        config = Config(
            napoleon_use_param=False,
            napoleon_use_rtype=False,
            napoleon_custom_sections=[("Attributes", "params_style")],
        )
        self.inliner = rst.states.Inliner()
        self.inliner.dispatch = {**self.inliner.dispatch, "|": bar}
        super().parse(str(NumpyDocstring(inputstring, config)), document)


def bar(inliner, match, lineno):
    """Leave the bars of |x| as they are: in reStructuredText they enclose a name to fill in."""
    end = match.end("start")
    return match.string[:end], [], match.string[end:], []
