"""What each symbol of a page means: the names that it declares, and the signs that are the field's."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.check.report import Report
from deltasift.inert import Definition, Named, postorder
from deltasift.inert.mathml import MathmlLayout, visible
from deltasift.render.board import in_prose
from deltasift.render.given import given_lines
from deltasift.render.spoken import spoken

SIGNS = {
    "delta": "the Kronecker delta: 1 where its two indices are equal, 0 elsewhere",
    "dirac": "the Dirac delta: a unit mass at the point where its argument is 0",
    "sum": "the sum of the terms for every value of the index, from the lower end to the upper",
    "product": "the product of the terms for every value of the index, from the lower end to the upper",
    "log": "the natural logarithm",
    "ln": "the natural logarithm",
    "exp": "the exponential function",
    "sigma": "the logistic function, 1 / (1 + exp(-z))",
}
SHOWN = {"delta": "δ", "dirac": "δ", "sum": "∑", "product": "∏", "sigma": "σ"}


def definitions(report: Report, layout: MathmlLayout, printed: str) -> Iterator[str]:
    """Yield a list of the symbols, to which every symbol in a formula leads; `printed` is what stands before it."""
    entries: list[str] = []
    for d in report.page.domains:
        sentence = "; ".join(given_lines((d,), layout.math, _words))
        entries.append(_entry(d.name, layout.math(d.symbol), sentence, spoken(d.symbol, layout.notation)))
    for head, e in _quantities(report).items():
        entries.append(
            _entry(head, layout.math(e), layout.math(Definition(e, e.definition)), spoken(e, layout.notation))
        )
    printed += "".join(entries)
    for sign, meaning in SIGNS.items():
        if f'data-s="{sign}"' in printed and sign not in {d.name for d in report.page.domains}:
            entries.append(_entry(sign, visible(SHOWN.get(sign, sign)), visible(meaning), sign))
    yield f'<section class="given" id="symbols"><h2>Symbols</h2><dl>{"".join(entries)}</dl></section>'


def _quantities(report: Report) -> dict[str, Named]:
    """Return the first of each named quantity, wherever the page has one."""
    page = report.page
    exprs = [x.expr for x in report.lines] + [*page.claims, *page.assumptions, *(r.expr for r in report.refusals)]
    exprs += [p.condition for x in report.lines for s in x.substeps for p in s.proofs]
    heads: dict[str, Named] = {}
    for e in exprs:
        for part in postorder(e):
            if isinstance(part, Named):
                heads.setdefault(part.head, part)
    return heads


def _entry(name: str, shown: str, meaning: str, said: str) -> str:
    return f'<div data-symbol="{visible(name)}" data-said="{visible(said)}"><dt>{shown}</dt><dd>{meaning}</dd></div>'


def _words(text: str) -> str:
    return visible(in_prose(text, ascii_only=False))
