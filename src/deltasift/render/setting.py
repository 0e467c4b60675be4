"""What a page is about, in sentences: let there be sizes, labels, distributions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.report import Report
from deltasift.domain import DefinedFunction, Density, Domain, Family, Index, Labels, Pmf, Reals, Size, Table
from deltasift.inert import free
from deltasift.render.defined import one_hot, orders, quantities, sources
from deltasift.render.pen import Pen

ALIKE = " if both order all values of the variable alike, so that they have the same minimisers."
OTHERWISE = " if one orders them the other way round: its maximisers are the minimisers of the other."
MEANT = {"same order": ALIKE, "opposite order": OTHERWISE}
NAMED = "The named quantities are those of "


class Setting:
    """The sentences of a page's setting, in one medium."""

    def __init__(self, report: Report, pen: Pen) -> None:
        self.report = report
        self.pen = pen
        self.domains = report.page.domains

    def sentences(self) -> list[str]:
        """Return what is given, what signs mean, and where the named quantities are defined, a sentence each."""
        return [*self._given(), *self._meant(), *self._named()]

    def definitions(self) -> list[Basic]:
        """Return what is defined, each once: the page's own tables and functions, then the named quantities."""
        found = [definition(d) for d in self.domains if isinstance(d, (Family, DefinedFunction))]
        return [*found, *quantities(self.report)]

    # --- sentences -------------------------------------------------------------------------------------------------

    def _given(self) -> Iterator[str]:
        pen = self.pen
        sizes = [d for d in self.domains if isinstance(d, Size)]
        if sizes:
            kind = "a positive integer" if len(sizes) == 1 else "positive integers"
            yield self._let(pen.names([d.symbol for d in sizes]), f" be {kind}.")
        ranges: dict[tuple[Basic, Basic], list[Basic]] = {}
        for index in loose_indices(self.report):
            ranges.setdefault((index.lo, index.hi), []).append(index.symbol)
        for ends, names in ranges.items():
            yield self._let(pen.members(names, ends, every=True), ".")
        for d in self.domains:
            if isinstance(d, Labels):
                yield self._let(self._labels(d))
        plain = [d.symbol for d in self.domains if isinstance(d, Reals) and _is_plain(d)]
        if plain:
            yield self._let(pen.names(plain), " be real.")
        for d in self.domains:
            if isinstance(d, Reals) and not _is_plain(d):
                yield self._let(self._real(d))
            elif isinstance(d, (Pmf, Density)):
                yield self._let(self._distribution(d))

    def _let(self, said: str, after: str = "") -> str:
        return f"{self.pen.words('Let ')}{said}{self.pen.words(after)}"

    def _labels(self, d: Labels) -> str:
        entries, rest = self._entries(d)
        one = "count" if d.counted else "label"
        kind = f" be {one}s" if d.over else f" be a {one}"
        return f"{self.pen.members(entries, (d.lo, d.hi))}{self.pen.words(kind)}{rest}{self.pen.words('.')}"

    def _real(self, d: Reals) -> str:
        bounds = [ex.Less(d.above, d.entry)] if d.above is not None else []
        bounds += [ex.Less(d.entry, d.below)] if d.below is not None else []
        if not bounds:
            entries, rest = self._entries(d)
            return f"{self.pen.members(entries, None)}{rest}{self.pen.words(' be real.')}"
        shown = self.pen.show(ex.And(*bounds) if len(bounds) > 1 else bounds[0])
        return f"{shown}{self._ranges(d.over)}{self.pen.words(' be real.' if not d.over else '.')}"

    def _distribution(self, d: Pmf | Density) -> str:
        if isinstance(d, Density):
            kind = "continuous " * d.continuous + "positive " * d.positive + "probability density"
            return f"{self.pen.show(d.symbol)}{self.pen.words(f' be a {kind}.')}"
        k = d.classes
        others = d.over[:-1]
        head = self.pen.show(d.entry if others else d.symbol)
        is_pmf = self.pen.words(" be a probability mass function " + ("in " if others else "on "))
        values = self.pen.members([k.symbol] if others else [], (k.lo, k.hi))
        low = self.pen.show(ex.Less(0, d.entry)) if d.positive else ""
        where = self.pen.words(" with ") + low if d.positive else ""
        each = self._ranges(others, " for each ") if others else ""
        return f"{head}{is_pmf}{values}{each}{where}{self.pen.words('.')}"

    def _meant(self) -> Iterator[str]:
        """Yield what one-hot entries and the signs of orders stand for."""
        pen = self.pen
        for e in one_hot(self.report, pen.notation):
            yield f"{pen.words('Write ')}{pen.show(e)}{pen.words(' for ')}{pen.brackets(e)}{pen.words('.')}"
        f, g, x = (pen.show(Symbol(name)) for name in "fgx")
        if pen.notation.apart:
            said = pen.words(" for the Dirac delta of ")
            yield f"{pen.words('Write ')}{pen.show(ex.Dirac(Symbol('x')))}{said}{x}{pen.words('.')}"
        for relation, _ in orders(self.report):
            yield f"{pen.words('Write ')}{f} {pen.sign(relation)} {g}{pen.words(MEANT[relation])}"

    def _named(self) -> Iterator[str]:
        cited = [self.pen.cite(key, place) for key, place in sources(self.report).items()]
        if cited:
            yield f"{self.pen.words(NAMED)}{self.pen.listed(cited)}{self.pen.words('.')}"

    # --- tables ----------------------------------------------------------------------------------------------------

    def _entries(self, d: Table) -> tuple[list[Basic], str]:
        """Return the first and the last entry of a table, or a typical one with the ranges of its indices."""
        if not d.over:
            return [d.symbol], ""
        if len(d.over) == 1:
            (i,) = d.over
            return [ex.Entry(d.symbol, i.lo), ex.Entry(d.symbol, i.hi)], ""
        return [d.entry], self._ranges(d.over)

    def _ranges(self, over: Sequence[Index], before: str = " for ") -> str:
        if not over:
            return ""
        shown = [self.pen.members([i.symbol], (i.lo, i.hi)) for i in over]
        return f"{self.pen.words(before)}{self.pen.listed(shown)}"


def definition(d: Family | DefinedFunction) -> Basic:
    """Return what a table or a function stands for, as a relation."""
    return ex.Definition(d.entry if isinstance(d, Family) else ex.Apply(d.symbol, d.variable.symbol), d.body)


def loose_indices(report: Report) -> list[Index]:
    """Return the indices of a page that stand for themselves somewhere in a claim or a line."""
    lines: list[Basic] = [*report.page.claims, *(x.expr for x in report.lines), *(r.expr for r in report.refusals)]
    loose = frozenset().union(*map(free, lines)) if lines else frozenset()
    return [d for d in report.page.domains if isinstance(d, Index) and d.symbol in loose]


def given_facts(domains: Sequence[Domain]) -> frozenset[Basic]:
    """Return the statements about a page's names that its setting makes."""
    low: list[Basic] = [ex.LessEqual(1, d.symbol) for d in domains if isinstance(d, Size)]
    low += [ex.Equality(ex.Sum(d.entry, d.classes), 1) for d in domains if isinstance(d, Pmf)]
    return frozenset([*low, *(f.statement for d in domains for f in d.facts())])


def _is_plain(d: Reals) -> bool:
    return not d.over and d.above is None and d.below is None
