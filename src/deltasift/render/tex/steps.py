"""The rows of a proof in LaTeX: the left side in the first of them, reasons that say what they use and cite it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deltasift.check.report import Line
from deltasift.render.bibliography import split
from deltasift.render.latex import SIGNS
from deltasift.render.pen import Pen
from deltasift.render.reasons import reason
from deltasift.render.tex.pen import TexPen
from deltasift.render.theorems import PAGE, Row, Theorem, open_conditions, references_of

LETTERS = 66.0  # of a formula that the text is broad
IS_PMF = "distribution"  # what a named quantity asks of its operands
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


def why(r: Row, pen: Pen) -> str:
    """Return the reason of a line, with what it needs and what it refers to."""
    x = r.line
    said = reason(x, pen.show, pen.words)
    if r.needs:
        said = f"{_open(said, pen)}{pen.words(', as ')}{pen.listed(list(map(pen.show, r.needs)))}{pen.words('.')}"
    cited = [pen.cite(*split(ref)) for ref in references_of(x) if split(ref)[0]]
    pages = [pen.page(ref.removeprefix(PAGE)) for ref in references_of(x) if ref.startswith(PAGE)]
    said += "".join(f"{pen.fixed_space}{c}" for c in [*cited, *filter(None, pages)])
    for p in open_conditions(x):
        said += f" {pen.words('Not proved: ')}{pen.show(p.condition)}{pen.words('.')}"
    return f"{said} {pen.strong('Not proved.')}" if x.problems else said


def _open(said: str, pen: Pen) -> str:
    """Return a sentence without its end."""
    return said.removesuffix(pen.words("."))


def needed_before(theorem: Theorem, pen: Pen) -> str:
    """Return the conditions that stand before the rows, in a sentence; nothing where there are none."""
    parts = []
    for line, conditions in theorem.before:
        where = "" if line is theorem.start else f"{pen.words(' in ')}{pen.line(line.number)}"
        kind = "".join(
            f"{pen.words(s.reason.rstrip('.'))}{pen.words(': ')}" for s in line.substeps[:1] if s.rule == IS_PMF
        )
        parts.append(f"{kind}{pen.listed(list(map(pen.show, conditions)))}{where}")
    return f"{pen.words('Here ')}{pen.words('; ').join(parts)}{pen.words('.')}" if parts else ""


def cited_lines(lines: Sequence[Line]) -> list[str]:
    """Return what the reasons of lines refer to, each once."""
    return list(dict.fromkeys(ref for x in lines for ref in references_of(x)))
