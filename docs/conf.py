"""The site: Sphinx with furo. It is built by `make site`, from the copy of these pages that `docs/site.py` makes."""

from __future__ import annotations

from typing import Any

from latex2mathml.converter import convert

project = "deltasift"
author = "The deltasift authors"
extensions = [
    "myst_parser",
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
autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
copybutton_prompt_text = r"\$ "
copybutton_prompt_is_regexp = True
html_math_renderer = "mathml"
highlight_language = "text"
default_role = "code"


def _inline(translator: Any, node: Any) -> None:
    translator.body.append(convert(node.astext()))
    _skip()


def _block(translator: Any, node: Any) -> None:
    translator.body.append(f'<div class="math">{convert(node.astext(), display="block")}</div>')
    _skip()


def _skip() -> None:
    from docutils.nodes import SkipNode

    raise SkipNode


def setup(app: Any) -> None:
    """Set formulas as MathML, which needs no script and no network."""
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_block, None))
