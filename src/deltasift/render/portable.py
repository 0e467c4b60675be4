r"""LaTeX that every reader of mathematics on the web knows: MathJax 3 and 4, KaTeX, and a notebook turned into a PDF.

They know neither `\parbox`, `align` inside of another formula, `\tag` in `aligned`, nor the escapes of text. So a proof
is one `aligned`, its reasons are `\text`, its numbers a column, and a character with a meaning of its own stands
outside of `\text`, where all know how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from unicodedata import category

from deltasift.check.report import Line, Report
from deltasift.inert.notation import Notation
from deltasift.inert.printing import ESCAPES, TextbookLatex
from deltasift.render.counterexample import latex_table, problems
from deltasift.render.latex import SIGNS, defined, in_rows, indent, notation_of
from deltasift.render.reasons import reason
from deltasift.said import set_words

OUTSIDE = {
    "\\": r"\backslash ",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\sim ",
    "^": r"\wedge ",
}
ESCAPED = {escaped: c for c, escaped in ESCAPES.items()}
ESCAPE = "|".join(map(re.escape, ESCAPED)) + r"|\\ensuremath\{(?P<greek>\\[A-Za-z]+)\}"
GROUP = re.compile(rf"\\text\{{((?:[^{{}}\\]|{ESCAPE.replace('?P<greek>', '?:')})*)\}}")
LETTERS = 56  # of a row of a formula; a notebook is narrower than a page


def words(text: str) -> str:
    r"""Return plain text: `\text` for most of it, and outside of it what has a meaning of its own there."""
    runs = groupby(text, lambda c: None if c in OUTSIDE or category(c) == "Sm" else "text")
    return "".join(
        rf"\text{{{''.join(run)}}}" if kind else "".join(OUTSIDE.get(c, c) for c in run) for kind, run in runs
    )


def portable(tex: str) -> str:
    r"""Return LaTeX of ours without the escapes that only LaTeX itself knows inside of `\text`."""
    plain = tex.replace(r"\boldsymbol", r"\mathbf")  # which MathJax 3 knows by an extension alone
    return GROUP.sub(lambda group: _split(group[1]) if "\\" in group[1] else group[0], plain)


def _split(inside: str) -> str:
    """Return the inside of a text, its escapes outside of it."""
    found, at = [], 0
    for match in re.finditer(ESCAPE, inside):
        found += [words(inside[at : match.start()]), match["greek"] or OUTSIDE[ESCAPED[match[0]]]]
        at = match.end()
    return "".join([*found, words(inside[at:])])


def proofs(report: Report, notation: Notation | None = None) -> str:
    """Return the proofs of a report as displayed mathematics; what is wrong comes first, with the counterexamples."""
    chosen = notation_of(report, notation)
    show = TextbookLatex(notation=chosen).layout.text
    blocks = [*_wrong(report, chosen), *map(portable, defined(report, chosen, show, words))]
    for i, _ in enumerate(report.page.proofs):
        rows = [row for x in report.lines if x.proof == i for row in _line(x, chosen)]
        blocks.append("\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}")
    blocks += [f"{words('Assumed: ')}{portable(show(a.statement))}{words(f' ({a.where})')}" for a in report.ledger]
    return "\n".join(f"$$\n{block}\n$$" for block in blocks)


def _wrong(report: Report, notation: Notation) -> Iterator[str]:
    show = TextbookLatex(notation=notation).layout.text
    for p in problems(report):
        yield words("Not proved: ") + set_words(p.words, lambda e: portable(show(e)), words)
        if p.counterexample is not None:
            yield portable(latex_table(p.counterexample, p.line, show))


def _line(x: Line, notation: Notation) -> Iterator[str]:
    """Yield the rows of a line: the formula, and in the last of them its reason and its number."""
    sign = SIGNS[x.relation] or r"\phantom{{}={}}"
    *before, (level, last) = in_rows(x.expr, notation, LETTERS)
    for n, part in before:
        yield rf"&{indent(n, sign)} {portable(part)}"
    show = TextbookLatex(notation=notation).layout.text
    why = reason(x, lambda e: portable(show(e)), words) if x.relation else ""
    why += words(" Not proved.") if x.problems else ""
    yield rf"&{indent(level, sign)} {portable(last)} &&{why} &&\text{{({x.number})}}"
