"""A report in, text out: pure functions that compute nothing."""

from deltasift.inert.notation import Notation
from deltasift.render.board import board
from deltasift.render.latex import latex
from deltasift.render.markdown import markdown
from deltasift.render.pdf import pdf
from deltasift.render.tex import document
from deltasift.render.text import text
from deltasift.render.typst.document import typst

__all__ = ["Notation", "board", "document", "latex", "markdown", "pdf", "text", "typst"]
