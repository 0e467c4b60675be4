"""A page as a fragment for a text of one's own: plain amsmath, labels with a prefix, rows that fit a narrow column.

The lines are numbered with the text around them, and the sentence after them gives the reasons by these numbers; or
they have no numbers, and letters above the relations stand for them. No command is defined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy.core.basic import Basic

from deltasift.check.report import Report
from deltasift.inert.notation import Notation
from deltasift.inert.pieces import BEFORE_FACTOR, plain
from deltasift.inert.printing import TextbookLatex
from deltasift.render.bibliography import entry, keys_of
from deltasift.render.breadth import breadth
from deltasift.render.breaking import rows
from deltasift.render.latex import SIGNS, indent
from deltasift.render.setting import Setting
from deltasift.render.tex import parts
from deltasift.render.tex.pen import TexPen, in_sentence
from deltasift.render.theorems import Row, Theorem, left_over, theorems
from deltasift.render.wording import needed_before, why

COLUMN = 28.0  # letters of a row of a formula in one of two columns
LEFT = 9.0  # of a left side that stands beside its first row
SIGN = 3.0  # of a relation
PACKAGES = """% Packages: amsmath, amssymb, amsthm, graphicx. The labels begin with {prefix}
% It fits one and two columns; what it cites:
"""
SMALLER = r"\resizebox{\ifdim\width>%(room)s\linewidth %(room)s\linewidth\else\width\fi}{!}{$\displaystyle %(row)s$}"
WHOLE = 0.78  # of a column, for a row without a left side; the rest is for its relation and its number
NARROWER = 1.35  # times too broad, up to which a row is made smaller and not broken


class FragmentPen(TexPen):
    """LaTeX for the text of somebody else; without numbers a line is called by the letter above its relation."""

    def __init__(self, notation: Notation, prefix: str, *, numbers: bool) -> None:
        super().__init__(notation, prefix, COLUMN)
        self.numbers = numbers

    def line(self, number: int | str) -> str:
        return super().line(number) if self.numbers else f"({letter(int(number))})"

    def show(self, e: Basic) -> str:
        marked = TextbookLatex(notation=self.notation).layout.marked(e)
        return in_sentence(plain(marked.replace(BEFORE_FACTOR, r"\allowbreak")))

    def rows(self, e: Basic, most: float = COLUMN, left: float = 0.0) -> list[str]:
        """Return a formula in rows beside a left side, those a little too broad or in one piece made smaller."""
        found = []
        room = f"{WHOLE * (1 - left / COLUMN):.2f}".lstrip("0")
        for level, part in rows(TextbookLatex(notation=self.notation).layout.marked(e), NARROWER * most):
            fitting = part if breadth(part) <= most else SMALLER % {"room": room, "row": part}
            found.append(f"{indent(level, '')} {fitting}".strip())
        return found


def letter(n: int) -> str:
    """Return a letter for a number from 1: a, ..., z, aa, ab, ..."""
    found = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        found = chr(ord("a") + rest) + found
    return found


def fragment(report: Report, pen: FragmentPen) -> Iterator[str]:
    """Yield what to know of the fragment, setting, claims and proofs."""
    yield PACKAGES.format(prefix=pen.prefix) + "".join(
        f"% {key}: {', '.join(entry(key))}.\n" for key in keys_of(report)
    )
    yield r"\begingroup\allowdisplaybreaks\sloppy"
    yield from parts.not_proved(report, pen)
    found = Setting(report, pen)
    yield r"\noindent " + " ".join(found.sentences())
    definitions = found.definitions()
    if definitions:
        yield "Write\n" + _displayed(pen, definitions)
    for t in theorems(report):
        yield from _theorem(t, pen, is_proved=report.is_proved)
    for claim in left_over(report):
        yield r"\par\smallskip\noindent\textbf{Claim (not proved).}" + "\n" + _displayed(pen, [claim])
    yield "\\par\\endgroup\n"


def _theorem(t: Theorem, pen: FragmentPen, *, is_proved: bool) -> Iterator[str]:
    claim = "Claim" if is_proved else "Claim (not proved)"
    assumed = pen.listed([pen.show(a.statement) for a in t.assumed]) if t.assumed else ""
    yield rf"\par\smallskip\noindent\textbf{{{claim}.}}" + (f" It is assumed that {assumed}. Then" if assumed else "")
    if t.claim is not None:
        yield _displayed(pen, [t.claim])
    yield r"\begin{proof}" if is_proved else r"\noindent\textbf{Lines.}"
    yield from filter(None, [needed_before(t, pen), _lines(t, pen), _reasons(t, pen)])
    if is_proved:
        yield r"\end{proof}"


def _displayed(pen: FragmentPen, formulas: Sequence[Basic]) -> str:
    inner = [" \\\\\n".join(f"  &{row}" for row in pen.rows(e)) for e in formulas]
    return "\\begin{align*}\n" + " \\\\\n".join(inner) + "\n\\end{align*}"


def _lines(t: Theorem, pen: FragmentPen) -> str:
    left = pen.rows(t.start.expr)
    broad = breadth(left[0])
    beside = len(left) == 1 and broad <= LEFT
    off = " \\notag" if pen.numbers else ""
    shown = [] if beside else [f"  &{row}{off}" for row in left]
    for n, r in enumerate(t.rows):
        taken = broad if beside else 1.0
        first, *others = pen.rows(r.line.expr, COLUMN - SIGN - taken, taken)
        start = f"{left[0]} &" if beside and n == 0 else "&" if beside else r"&\quad "
        found = [f"  {start}{_sign(r, pen)} {first}", *(rf"  &\quad {row}" for row in others)]
        label = rf" \label{{{pen.prefix}{r.line.number}}}" if pen.numbers else ""
        shown += [*(f"{row}{off}" for row in found[:-1]), found[-1] + label]
    environment = "align" if pen.numbers else "align*"
    return f"\\begin{{{environment}}}\n" + " \\\\\n".join(shown) + f"\n\\end{{{environment}}}"


def _sign(r: Row, pen: FragmentPen) -> str:
    sign = SIGNS[r.line.relation]
    return sign if pen.numbers else rf"\overset{{\text{{({letter(r.line.number)})}}}}{{{sign}}}"


def _reasons(t: Theorem, pen: FragmentPen) -> str:
    """Return the reasons in sentences, one for all lines that have the same."""
    same: dict[str, list[int]] = {}
    for r in t.rows:
        same.setdefault(why(r, pen), []).append(r.line.number)
    return "\n".join(f"{pen.listed(list(map(pen.line, n)))}: {said}" for said, n in same.items() if said)
