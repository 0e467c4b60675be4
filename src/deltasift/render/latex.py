"""A page as LaTeX: lines aligned at their relations, reasons at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.check.report import Line, Report
from deltasift.domain import Family, Pmf
from deltasift.domain.base import Show, Word
from deltasift.inert.notation import Notation
from deltasift.inert.pieces import plain
from deltasift.inert.printing import TextbookLatex, escape
from deltasift.render.breadth import breadth
from deltasift.render.breaking import rows
from deltasift.render.counterexample import latex_table, problems
from deltasift.render.defined import defined_lines, mixes_deltas, models
from deltasift.render.reasons import reason
from deltasift.said import set_words

SIGNS = {
    "": "",
    "=": "=",
    "<=": r"\le",
    "<": "<",
    ">=": r"\ge",
    ">": ">",
    "same order": r"\sim",
    "opposite order": r"\rightleftarrows",
}
LETTERS = 72  # of a formula that the text is broad
ROW = 62.0  # of a line that is broken into rows
ITEM = 64.0  # of a formula in a list
SHORT = 90  # letters of a reason that stands on one line
BROAD = 0.6  # share of the text above which reasons stand below their lines


def notation_of(report: Report, notation: Notation | None = None) -> Notation:
    """Return the notation for a report: the settings, and which tables are pmfs."""
    names = frozenset(d.name for d in report.page.domains if isinstance(d, (Pmf, Family)))
    return (notation or Notation()).about(names, models(report), both=mixes_deltas(report))


def latex(report: Report, notation: Notation | None = None, **settings: str) -> str:
    """Return the proofs of a report as LaTeX, one `align` for each, lines numbered as on the page.

    What is wrong stands above, with the counterexamples, and so does what names stand for and what the page assumes.

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
    where = [rf"\[{line}\]" for line in defined(report, chosen, show, lambda words: rf"\text{{{escape(words)}}}")]
    return "\n".join([*wrong(report, show), *where, *assumed, aligned(report, chosen)]) + "\n"


def defined(report: Report, notation: Notation, show: Show, word: Word, math: Callable[[str], str] = str) -> list[str]:
    """Return what names and signs stand for, in LaTeX, a line each; `math` sets what is mathematics."""
    brackets = TextbookLatex(notation=replace(notation, delta="iverson")).layout.text
    signs = {relation: math(sign) for relation, sign in SIGNS.items()}
    return defined_lines(report, notation, show, lambda e: math(brackets(e)), word, signs)


def aligned(report: Report, notation: Notation, cited: Callable[[Line], str] = lambda x: "") -> str:
    """Return the lines of the proofs alone, one `align` for each proof; `cited` gives the references of a reason."""
    printer = TextbookLatex(notation=notation).layout
    proofs = []
    for i, _ in enumerate(report.page.proofs):
        lines = [x for x in report.lines if x.proof == i]
        texts = [printer.marked(x.expr) for x in lines]
        share = max(breadth(plain(t), BROAD * LETTERS) for t in texts) / LETTERS
        pairs = enumerate(zip(lines, texts, strict=True))
        words = [_reason(x, notation) + cited(x) for x in lines]
        rows = [_row(x, t, share, words[k]) for k, (x, t) in pairs]
        proofs.append("\\begin{align}\n" + " \\\\\n".join(rows) + "\n\\end{align}")
    return "\n".join(proofs)


def wrong(report: Report, show: Callable[[Basic], str]) -> Iterator[str]:
    """Yield why the page is not proved, a paragraph a problem, and the counterexamples as tables."""
    for p in problems(report):
        yield rf"\par\noindent \textbf{{Not proved:}} {_sentence(set_words(p.words, lambda e: f'${show(e)}$', escape))}"
        if p.counterexample is not None:
            yield f"\\[\n{latex_table(p.counterexample, p.line, show)}\n\\]"


def _sentence(words: str) -> str:
    return words if words.endswith(":") else f"{words}."


def _reason(x: Line, notation: Notation) -> str:
    """Return the reason of a line as text with mathematics in it."""
    if not x.relation:
        return ""
    show = TextbookLatex(notation=notation).layout.text
    return reason(x, lambda e: f"${show(e)}$", escape) + (r" \textbf{Not proved.}" if x.problems else "")


def _row(x: Line, marked: str, share: float, words: str) -> str:
    """Return a line with its reason: at the right or, where the proof is too broad for that, below."""
    first = not x.relation
    tag = rf"\tag{{{x.number}}}"
    sign = r"\phantom{{}={}}" if first else SIGNS[x.relation]
    broad = share > BROAD
    *before, (level, text) = rows(marked, ROW) if broad else [(0, plain(marked))]
    above = [rf"  &{indent(k, sign)} {part} \notag \\" for k, part in before]
    line = "\n".join([*above, rf"  &{indent(level, sign)} {text}"])
    if first or not x.reason:
        return f"{line} {tag}"
    if broad:
        small = rf"\footnotesize {words}"
        shown = rf"\text{{{small}}}" if len(words) < SHORT else rf"\parbox{{0.8\textwidth}}{{\raggedright{small}}}"
        return rf"{line} {tag} \\" + "\n" + rf"  &\qquad {shown} \notag"
    width = min(0.4, 0.86 - share)
    return rf"{line} && \parbox{{{width:.2f}\textwidth}}{{\raggedright\footnotesize {words}}} {tag}"


def indent(level: int, sign: str) -> str:
    """Return what a row starts with: the relation or, where a line goes on, a space that grows with the parentheses."""
    return r"\qquad" + r"\quad" * (level - 1) if level else sign


def in_rows(e: Basic, notation: Notation, most: float) -> list[tuple[int, str]]:
    """Return an expression in rows no broader than `most` letters where it can be broken, each with its level."""
    return rows(TextbookLatex(notation=notation).layout.marked(e), most)


def inline(e: Basic, notation: Notation) -> str:
    """Return an expression as mathematics in a line of text, with sums and fractions in full size."""
    parts = in_rows(e, notation, ITEM)
    if len(parts) == 1:
        return rf"$\displaystyle {parts[0][1]}$"
    shown = " \\\\\n    ".join(f"&{indent(level, '')} {part}" for level, part in parts)
    return "$\\begin{aligned}[t]\n    " + shown + "\n  \\end{aligned}$"
