"""A page as LaTeX: lines aligned at their relations, reasons at the right."""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.check.report import Line, Report
from deltasift.domain import Family, Pmf
from deltasift.inert.layout import Piece
from deltasift.inert.notation import Notation
from deltasift.inert.printing import TextbookLatex, escape

SIGNS = {"": "", "=": "=", "same order": r"\sim", "opposite order": r"\not\sim"}
REASON_WIDTH = r"0.32\textwidth"
LONG = 150  # characters of LaTeX above which a line is set over the whole width


def notation_of(report: Report, notation: Notation | None = None) -> Notation:
    """Return the notation for a report: the settings, and which tables are pmfs."""
    names = frozenset(d.name for d in report.page.domains if isinstance(d, (Pmf, Family)))
    return (notation or Notation()).about(names)


def latex(report: Report, notation: Notation | None = None, **settings: str) -> str:
    """Return the proofs of a report as LaTeX, one `align` for each, lines numbered as on the page.

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
    chosen = replace(notation or Notation(), **settings)  # type: ignore[arg-type]
    printer = TextbookLatex(notation=notation_of(report, chosen)).layout
    proofs = []
    for i, _ in enumerate(report.page.proofs):
        lines = [x for x in report.lines if x.proof == i]
        rows = [_row(x, printer.piece(x.expr), first=k == 0) for k, x in enumerate(lines)]
        proofs.append("\\begin{align}\n" + " \\\\\n".join(rows) + "\n\\end{align}")
    return "\n".join(proofs) + "\n"


def _row(x: Line, piece: Piece, *, first: bool) -> str:
    tag = rf"\tag{{{x.number}}}"
    if first:
        return f"  & {piece.text} {tag}"
    reason = rf"\parbox{{{REASON_WIDTH}}}{{\raggedright\footnotesize {escape(x.reason)}}}" if x.reason else ""
    if len(piece.text) > LONG:
        return f"  {SIGNS[x.relation]}{{}}& {piece.text} \\notag \\\\\n  & && {reason} {tag}"
    return f"  {SIGNS[x.relation]}{{}}& {piece.text} && {reason} {tag}"


def inline(e: Basic, notation: Notation) -> str:
    """Return an expression as inline mathematics."""
    return f"${TextbookLatex(notation=notation).layout.text(e)}$"
