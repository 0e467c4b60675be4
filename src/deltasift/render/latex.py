"""A page as LaTeX: lines aligned at their relations, reasons at the right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf

from sympy.core.basic import Basic

from deltasift.check.report import Line, Report
from deltasift.domain import Family, Pmf
from deltasift.inert.layout import Piece
from deltasift.inert.notation import Notation
from deltasift.inert.printing import TextbookLatex, escape
from deltasift.render.counterexample import counterexamples, latex_table

SIGNS = {"": "", "=": "=", "same order": r"\sim", "opposite order": r"\not\sim"}
LETTERS = 72  # of a formula that the text is broad
BROAD = 0.6  # share of the text above which reasons stand below their lines
WIDTHS = {
    " ": 0.3,
    r"\log": 3.0,
    r"\exp": 3.0,
    r"\sum": 2.5,
    r"\prod": 2.5,
    r"\left": 0.2,
    r"\right": 0.2,
    "_": 0.0,
    "^": 0.0,
}
TOKEN = re.compile(r"\\frac\{|[_^]\{|\\[A-Za-z]+|.", re.DOTALL)
WIDTHS |= {r"\mathrm": 0.0, r"\hat": 0.0, r"\overline": 0.0, r"\,": 0.2}


def notation_of(report: Report, notation: Notation | None = None) -> Notation:
    """Return the notation for a report: the settings, and which tables are pmfs."""
    names = frozenset(d.name for d in report.page.domains if isinstance(d, (Pmf, Family)))
    return (notation or Notation()).about(names)


def latex(report: Report, notation: Notation | None = None, **settings: str) -> str:
    """Return the proofs of a report as LaTeX, one `align` for each, lines numbered as on the page.

    What the page assumes stands below, and so does what is wrong, with the counterexamples.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    **settings : str
        Single settings of the notation, such as `delta="iverson"`.

    Returns
    -------
    str
        A fragment that needs amsmath, amssymb and, for the reasons, nothing else.
    """
    chosen = notation_of(report, replace(notation or Notation(), **settings))  # type: ignore[arg-type]
    show = TextbookLatex(notation=chosen).layout.text
    assumed = [rf"\[\text{{Assumed: }} {show(a.statement)} \text{{ ({escape(a.where)})}}\]" for a in report.ledger]
    return "\n".join([aligned(report, chosen), *assumed, *wrong(report, show)]) + "\n"


def aligned(report: Report, notation: Notation) -> str:
    """Return the lines of the proofs alone, one `align` for each proof."""
    printer = TextbookLatex(notation=notation).layout
    proofs = []
    for i, _ in enumerate(report.page.proofs):
        lines = [x for x in report.lines if x.proof == i]
        pieces = [printer.piece(x.expr) for x in lines]
        share = max(breadth(p.text, BROAD * LETTERS) for p in pieces) / LETTERS
        rows = [_row(x, p, share, first=k == 0) for k, (x, p) in enumerate(zip(lines, pieces, strict=True))]
        proofs.append("\\begin{align}\n" + " \\\\\n".join(rows) + "\n\\end{align}")
    return "\n".join(proofs)


def wrong(report: Report, show: Callable[[Basic], str]) -> Iterator[str]:
    """Yield what is wrong, a paragraph a problem, and the counterexamples as tables."""
    for p in report.problems:
        yield rf"\par\noindent Wrong: {escape(p)}."
    for number, c in counterexamples(report):
        yield f"\\[\n{latex_table(c, number, show)}\n\\]"


def _row(x: Line, piece: Piece, share: float, *, first: bool) -> str:
    """Return a line with its reason: at the right or, where the proof is too broad for that, below."""
    tag = rf"\tag{{{x.number}}}"
    if first:
        return rf"  &\phantom{{{{}}={{}}}} {piece.text} {tag}"
    line = rf"  &{SIGNS[x.relation]} {piece.text}"
    if not x.reason:
        return f"{line} {tag}"
    if share > BROAD:
        return rf"{line} {tag} \\" + "\n" + rf"  &\qquad \text{{\footnotesize {escape(x.reason)}}} \notag"
    width = min(0.4, 0.86 - share)
    return rf"{line} && \parbox{{{width:.2f}\textwidth}}{{\raggedright\footnotesize {escape(x.reason)}}} {tag}"


def breadth(text: str, enough: float = inf) -> float:
    """Estimate how broad a formula is, in letters: of a fraction the broader part counts, indices count half.

    Where it is broader than `enough`, how much broader it is may be left out.
    """
    total = 0.0
    opened: list[tuple[str, float, float]] = []  # what each open brace belongs to, and what stood before it
    above: float | None = None  # the numerator, while its denominator is about to be opened
    for match in TOKEN.finditer(text):
        token = match[0]
        if total > enough and not opened:
            break
        if token == "}":
            if not opened:
                break
            kind, before, numerator = opened.pop()
            if kind == r"\frac{":
                above, total = total, before
            elif kind == "{":
                total = before + max(total, numerator)
            else:
                total = before + total / 2
        elif token == "{" and above is not None:
            opened.append((token, total, above))
            above, total = None, 0.0
        elif token.endswith("{"):
            opened.append((token, total, 0.0))
            total = 0.0
        else:
            total += WIDTHS.get(token, 1.0)
    return total


def inline(e: Basic, notation: Notation) -> str:
    """Return an expression as mathematics in a line of text, with sums and fractions in full size."""
    return rf"$\displaystyle {TextbookLatex(notation=notation).layout.text(e)}$"
