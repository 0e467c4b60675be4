"""The rows of a proof in LaTeX: the left side in the first of them, reasons that say what they use and cite it."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.render.latex import SIGNS
from deltasift.render.tex.pen import TexPen
from deltasift.render.theorems import Row, Theorem
from deltasift.render.wording import why

LETTERS = 66.0  # of a formula that the text is broad
ROW = 58.0  # of a row after a left side, which TeX makes smaller where it does not fit


def steps(theorem: Theorem, pen: TexPen, *, is_proved: bool) -> Iterator[str]:
    """Yield the rows of a proof."""
    yield rf"\begin{{steps}}{{{bare(pen.whole(theorem.start.expr, LETTERS))}}}"
    last = len(theorem.rows) - 1
    for n, r in enumerate(theorem.rows):
        if n == last and n > 0:
            yield r"\nopagebreak"
        yield row(r, pen, r"\ \qedsymbol" if is_proved and n == last else "")
        if n == 0 and last > 0:
            yield r"\nopagebreak"
    yield r"\end{steps}"


def bare(tex: str) -> str:
    """Return mathematics that is set in full size anyway."""
    return tex.removeprefix(r"\displaystyle ")


def row(r: Row, pen: TexPen, after: str = "") -> str:
    """Return one row."""
    x = r.line
    label = f"{pen.prefix}{x.number}"
    formula = bare(pen.whole(x.expr, ROW))
    return rf"\step{{{SIGNS[x.relation]}}}{{{formula}}}{{{why(r, pen)}}}{{{x.number}}}{{{label}}}{{{after}}}"
