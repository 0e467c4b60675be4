"""What each symbol of a page means: the names that it declares, and the signs that are the field's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check.report import Report
from deltasift.inert import Definition, Named, Node, postorder
from deltasift.inert.functions import FUNCTIONS
from deltasift.inert.mathml import MathmlLayout, visible
from deltasift.play.signs import SHOWN, SIGNS
from deltasift.render.board import in_prose
from deltasift.render.given import given_lines
from deltasift.render.spoken import spoken

SYMBOL = re.compile(r' data-s="([^"]*)"')
QUANTITY = re.compile(r'<mi class="q"[^>]* data-s="([^"]*)"')


def definitions(report: Report, layout: MathmlLayout, printed: str) -> Iterator[str]:
    """Yield a list of the symbols, to which every symbol in a formula leads; `printed` is what stands before it."""
    entries: list[str] = []
    for d in report.page.domains:
        sentence = "; ".join(given_lines((d,), layout.math, _words))
        entries.append(_entry(d.name, layout.math(d.symbol), sentence, spoken(d.symbol, layout.notation)))
    named = quantities(report, layout)
    for name, e in named.items():
        meaning = layout.math(Definition(e, e.definition))
        entries.append(_entry(name, layout.math(e), meaning, spoken(e, layout.notation)))
    printed += "".join(entries)
    for name in dict.fromkeys(map(unescape, SYMBOL.findall(printed))):
        if name not in named and name not in {d.name for d in report.page.domains}:
            entries.append(_entry(name, *_sign(name, layout, name in _running(report)), name))
    yield f'<section class="given" id="symbols"><h2>Symbols</h2><dl>{"".join(entries)}</dl></section>'


def _sign(name: str, layout: MathmlLayout, runs: bool) -> tuple[str, str]:
    """Return how a sign of the field is shown and what it means; any other is a name that the page does not declare."""
    if name in SIGNS:
        return visible(SHOWN.get(name, name)), visible(SIGNS[name])
    if name in FUNCTIONS:
        return visible(name), visible(f"the function {name}, as SymPy defines it")
    if runs:
        return layout.math(Symbol(name)), "a name that runs through the range which stands at its sign"
    return layout.math(Symbol(name)), "a name of which the page declares nothing"


def quantities(report: Report, layout: MathmlLayout) -> dict[str, Named]:
    """Return each named quantity, wherever the page has one, by the symbol that leads to it."""
    parts = dict.fromkeys(part for e in _printed(report) for part in postorder(e) if isinstance(part, Named))
    found: dict[str, Named] = {}
    for part in parts:
        symbol = QUANTITY.search(layout.math(part))
        assert symbol is not None
        found.setdefault(unescape(symbol[1]), part)
    return found


def _printed(report: Report) -> Iterator[Basic]:
    """Yield what stands on the page as a formula."""
    page = report.page
    yield from (x.expr for x in report.lines)
    yield from (e for x in report.lines if x.before is not None for e in x.between())
    yield from (*page.claims, *page.assumptions, *(r.expr for r in report.refusals))
    yield from (p.condition for x in report.lines for s in x.substeps for p in s.proofs)


def _running(report: Report) -> frozenset[str]:
    """Return the names that something runs through."""
    nodes = (part for e in _printed(report) for part in postorder(e) if isinstance(part, Node))
    return frozenset(str(name) for part in nodes for name in part.bound_symbols)


def _entry(name: str, shown: str, meaning: str, said: str) -> str:
    return f'<div data-symbol="{visible(name)}" data-said="{visible(said)}"><dt>{shown}</dt><dd>{meaning}</dd></div>'


def _words(text: str) -> str:
    return visible(in_prose(text, ascii_only=False))
