"""A directive for Sphinx that puts a checked derivation into a document, with its player in HTML.

Add `"deltasift.sphinx"` to `extensions`, and write `.. derivation:: NAME`, where NAME is a page of the catalogue or the
path of a page of your own, relative to the document. A page that is wrong is shown as not proved, with a warning.

`deltasift_judge` names the folder, in what is built, with the checker for browsers (`docs/judge.py` makes one): with it
a learner's own lines of a page of the catalogue are judged in the browser.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from importlib import metadata
from logging import WARNING, getLogger
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from deltasift.book.webpage import article
from deltasift.check import Report, check
from deltasift.errors import DeltasiftError
from deltasift.inert.notation import Notation
from deltasift.pages import file_of, load
from deltasift.play import play
from deltasift.render import text
from deltasift.render.formats import WRITERS, Choice

FOLDER = "_derivations"  # of the players, in what is built
GO = "Go through it step by step, on numbers of your own"
STATIC = Path(__file__).parent / "static"
log = logging.getLogger(__name__)


class Player(nodes.General, nodes.Element):  # type: ignore[misc]  # docutils has no types
    """Where the player of a page stands in HTML; nothing elsewhere."""


class DerivationDirective(SphinxDirective):
    """A derivation: setting, theorems, proofs and what was checked.

    Options: `notation`, as on the command line; `no-player`.
    """

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"notation": directives.unchanged, "no-player": directives.flag}

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name.endswith(".py"):
            name = self.env.relfn2path(name)[1]
        try:
            notation = Notation.parse(self.options.get("notation", ""))
            self.env.note_dependency(str(file_of(name)))
            report = check(load(name))
        except DeltasiftError as error:
            raise self.error(str(error)) from None
        if not report.is_proved:
            log.warning("%s is not proved", report.page.name, location=self.get_location())
        found: list[nodes.Node] = [
            nodes.raw("", f'<div class="deltasift">{_html(report, notation)}</div>', format="html"),
            nodes.raw("", WRITERS["document"](report, Choice(notation, "fragment", numbers=False)), format="latex"),
            nodes.raw("", text(report, notation=notation), format="text"),
        ]
        if "no-player" not in self.options:
            found.append(self._player(name, report, notation))
        return found

    def _player(self, name: str, report: Report, notation: Notation) -> Player:
        """Write the player beside the doctrees, from where it goes to what is built."""
        told = sha256(f"{name} {self.options.get('notation', '')}".encode()).hexdigest()[:8]
        file = Path(self.env.doctreedir) / FOLDER / f"{report.page.name}-{told}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        judge = self.config.deltasift_judge if not name.endswith(".py") else ""
        made = play(report, notation, judge=f"../{judge.strip('/')}/" if judge else "")
        file.write_text(made, encoding="utf-8")
        return Player("", file=file.name, title=report.page.heading)


def _html(report: Report, notation: Notation) -> str:
    """Return the article without its title: the document has one of its own."""
    return article(report, notation, frozenset()).partition("</h1>")[2]


def _visit(translator: Any, node: Player) -> None:
    builder = translator.builder
    here = builder.get_target_uri(builder.current_docname)
    address = translator.attval(relative_uri(here, f"{FOLDER}/{node['file']}"))
    title = translator.attval(f"{node['title']} Step by step")
    translator.body.append(
        f'<div class="deltasift-player"><p><a href="{address}">{GO}</a></p>'
        f'<iframe src="{address}" title="{title}" loading="lazy"></iframe></div>'
    )
    raise nodes.SkipNode


def _skip(translator: Any, node: Player) -> None:
    raise nodes.SkipNode


def _copy(app: Sphinx, error: Exception | None) -> None:
    made = Path(app.doctreedir) / FOLDER
    if error is None and app.builder.format == "html" and made.is_dir():
        shutil.copytree(made, Path(app.outdir) / FOLDER, dirs_exist_ok=True)


def _static(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STATIC))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    getLogger("fontTools").setLevel(WARNING)  # which tells each table of a font that it leaves out
    app.add_config_value("deltasift_judge", "", "env", [str])
    app.add_node(Player, html=(_visit, None), latex=(_skip, None), text=(_skip, None), man=(_skip, None))
    app.add_directive("derivation", DerivationDirective)
    app.add_css_file("deltasift.css")
    app.connect("builder-inited", _static)
    app.connect("build-finished", _copy)
    return {"version": metadata.version("deltasift"), "parallel_read_safe": True, "parallel_write_safe": True}
