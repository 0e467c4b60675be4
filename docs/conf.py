"""The site: Sphinx with furo. It is built by `make site`, from the copy of these pages that `docs/site.py` makes."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from docutils import nodes
from latex2mathml import converter

project = "deltasift"
author = "The deltasift authors"
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "numpydoc",
    "sphinx_copybutton",
    "deltasift.sphinx",
]
html_theme = "furo"
html_title = "deltasift"
html_copy_source = False
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
copybutton_prompt_text = r"\$ "
copybutton_prompt_is_regexp = True
html_math_renderer = "mathml"
highlight_language = "text"
default_role = "code"

NAMED = re.compile(r"<mi>[a-z]{2,}</mi>")  # a function, such as log
FORMULA = re.compile(r"\$(\\displaystyle [^$]+)\$")  # as a notebook writes it


def convert(tex: str, display: str = "inline") -> str:
    """Return a formula as MathML, with a space after the name of a function."""
    made: str = converter.convert(tex, display=display)
    return NAMED.sub(lambda m: f'{m[0]}<mspace width="0.17em"/>', made)


def _inline(translator: Any, node: Any) -> None:
    translator.body.append(convert(node.astext()))
    _skip()


def _block(translator: Any, node: Any) -> None:
    translator.body.append(f'<div class="math">{convert(node.astext(), display="block")}</div>')
    _skip()


def _skip() -> None:
    raise nodes.SkipNode


def _in_outputs(app: Any, document: nodes.document, name: str) -> None:
    """Set the formulas in what executed cells show."""
    for node in list(document.findall(nodes.raw)):
        text = FORMULA.sub(lambda m: convert(unescape(m[1])), node.astext())
        if node.get("format") == "html" and text != node.astext():
            node.replace_self(nodes.raw("", text, format="html"))


def setup(app: Any) -> None:
    """Set formulas as MathML, which needs no script and no network."""
    app.connect("doctree-resolved", _in_outputs)
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_block, None))
