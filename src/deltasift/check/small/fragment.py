"""A line as a sum of local terms, and what is no such thing in it replaced by tables.

A local value depends on entries, labels, equality and order of its index terms, and on scalars. What is outside of
that (a logarithm of a sum, a product over a range, `x[n + 1]`) becomes an entry of a fresh table over the index terms
that it depends on, equal parts of the same one: if the new line holds for every table, so does the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanAtom

import deltasift.inert as ex
from deltasift.check.small.counts import LOCAL, Counts, Factor, touching
from deltasift.check.small.positive import Signs
from deltasift.check.small.sorts import REAL, Names, Outside, Range, Sort, Sorts
from deltasift.domain import Index, Labels, Pmf, Reals, Size
from deltasift.inert import free, postorder
from deltasift.line.scope import Scope

Read = tuple[Basic, Counts]  # the expression with tables for what is outside, and what its terms touch
MOST_FACTORS = 8  # of a power that is multiplied out
COMPARISONS = (ex.Equality, ex.Unequal, ex.Less, ex.LessEqual)


class Fragment:
    """Reads the lines of one step.

    Parameters
    ----------
    scope : Scope
    totals : bool
        Whether the totals of pmfs are used: then an entry of one is a factor to be counted, and a function of one is
        replaced by a table.

    Attributes
    ----------
    tables : dict from a name to the table of reals that stands for what is outside
    divisors : dict from a divisor that is a whole sum to its counts
    valued : bool
        Whether all whole sums in divisors, logarithms and the like have a value there at every size, by their form.
    """

    def __init__(self, scope: Scope, *, totals: bool) -> None:
        self.scope = scope
        self.totals = totals
        self.sorts = Sorts(scope.domains)
        self.signs = Signs(scope, self.sorts)
        self.tables: dict[Symbol, Reals] = {}
        self.divisors: dict[Basic, Counts] = {}
        self.valued = True
        self._known: dict[Any, Symbol] = {}

    def line(self, e: Basic) -> Read:
        """Read a whole line, its definitions unfolded.

        Raises
        ------
        Outside
            If a part is outside of the fragment and cannot be replaced, with what it is.
        """
        return self._read(self.scope.unfold_all(e), {})

    def _read(self, e: Basic, names: Names) -> Read:
        """Read a part, or replace it."""
        try:
            return self._inside(e, names)
        except Outside as why:
            return self._replaced(e, names, why)

    # --- what is inside --------------------------------------------------------------------------------------------

    def _inside(self, e: Basic, names: Names) -> Read:
        if not isinstance(e, ex.Node):
            return e, self._leaf(e, names)
        if self.totals and self._hides_a_pmf(e):
            split = self.signs.split_log(e, names)
            if split is None:
                raise Outside("a function of a pmf")
            return self._inside(split, names)
        for heads, read in self._READERS:
            if isinstance(e, heads):
                return read(self, e, names)
        raise Outside(type(e).__name__)

    def _leaf(self, e: Basic, names: Names) -> Counts:
        if e.is_Rational or (e.is_number and e.is_finite):
            return LOCAL
        domain = self.scope.domains.get(e)
        if e in names or isinstance(domain, Index):
            return LOCAL if names.get(e) is REAL else self._rank(e, names)
        if isinstance(domain, Size):
            return touching(e)
        if isinstance(domain, Reals) and not domain.over:
            return LOCAL
        raise Outside(f"a name {e}")

    def _rank(self, e: Basic, names: Names) -> Counts:
        """Count an index term that is used as a number: it is as many as come up to it."""
        own = self.sorts.element(e, names)
        return touching(own.size) if isinstance(own, Sort) else LOCAL

    def _entry(self, e: ex.Node, names: Names) -> Read:
        domain = self.scope.domains.get(e.args[0])
        if isinstance(domain, Labels):
            return e, self._rank(e, names)
        if not isinstance(domain, (Reals, Pmf)):
            raise Outside(f"an entry {e}")
        over = self.sorts.indices(e, domain.ranges, names)
        if self.totals and isinstance(domain, Pmf) and isinstance(over[-1], Sort):
            return e, touching(Factor(over[-1].size, e.args[-1]))
        return e, LOCAL

    def _delta(self, e: ex.Node, names: Names) -> Read:
        self.sorts.compare(e.args[0], e.args[1], names)
        return e, LOCAL

    def _bracket(self, e: ex.Node, names: Names) -> Read:
        self._statement(e.args[0], names)
        return e, LOCAL

    def _statement(self, s: Basic, names: Names) -> None:
        if isinstance(s, COMPARISONS):
            self.sorts.compare(s.args[0], s.args[1], names)
        elif isinstance(s, (ex.And, ex.Or, ex.Not)):
            for a in s.args:
                self._statement(a, names)
        elif not isinstance(s, BooleanAtom):
            raise Outside(f"a statement {s}")

    def _sum_of_terms(self, e: ex.Node, names: Names) -> Read:
        parts = [self._read(a, names) for a in e.args]
        counts = parts[0][1]
        for _, c in parts[1:]:
            counts = counts + c
        return e.rebuild(tuple(p for p, _ in parts)), counts

    def _product(self, e: ex.Node, names: Names) -> Read:
        parts = [self._factor(e, a, names) for a in e.args]
        counts = LOCAL
        for _, c in parts:
            counts = counts * c
        return e.rebuild(tuple(p for p, _ in parts)), counts

    def _factor(self, product: ex.Node, e: Basic, names: Names) -> Read:
        """Read a factor; the logarithm of what is a factor too, or of a part of it, needs no value where that is 0."""
        share = e.args[0] if isinstance(e, ex.Log) else None
        if isinstance(share, ex.Div) and self.signs.is_positive(share.args[1], names):
            share = share.args[0] if share.args[0] in product.args else share
        if not isinstance(e, ex.Log) or share not in product.args or not self.signs.is_nonnegative(share, names):
            return self._read(e, names)
        known = self.valued and self.signs.has_a_value(e.args[0], names)
        found = self._read(e, names)
        self.valued = known
        return found

    def _quotient(self, e: ex.Node, names: Names) -> Read:
        top, counts = self._read(e.args[0], names)
        below, by = self._read(e.args[1], names)
        if by.is_local:
            return ex.Div(top, below), counts
        self.valued = self.valued and self.signs.is_positive(e.args[1], names)
        if not free(e.args[1]).isdisjoint(names) or len(by.terms) > 1 or any(by.terms.keys()):
            inverse, _ = self._replaced(ex.Div(1, e.args[1]), names, Outside("a quotient"))
            return ex.Mul(top, inverse), counts
        self.divisors[below] = by
        return ex.Div(top, below), counts.over(below)

    def _power(self, e: ex.Node, names: Names) -> Read:
        exponent = e.args[1]
        if exponent.is_Integer and exponent < 0:
            return self._quotient(ex.Div(1, ex.Pow(e.args[0], -exponent)), names)
        base, counts = self._read(e.args[0], names)
        if exponent.is_Integer and exponent <= MOST_FACTORS:
            raised = LOCAL
            for _ in range(int(exponent)):
                raised = raised * counts
            return ex.Pow(base, exponent), raised
        power, others = self._read(exponent, names)
        if not (counts.is_local and others.is_local):
            raise Outside("a power of a sum")
        return ex.Pow(base, power), LOCAL

    def _logarithm(self, e: ex.Node, names: Names) -> Read:
        split = self.signs.split_log(e, names)
        if split is not None:
            return self._inside(split, names)
        return self._function(e, names)

    def _function(self, e: ex.Node, names: Names) -> Read:
        """Read a function of local values, which is local whatever it is."""
        first = 0 if isinstance(e, (ex.Log, ex.Exp)) else 1
        parts = [self._inside(a, names) for a in e.args[first:]]
        if not all(counts.is_local for _, counts in parts):
            raise Outside("a function of a sum")
        return e.rebuild((*e.args[:first], *(p for p, _ in parts))), LOCAL

    def _mass(self, e: ex.Node, names: Names) -> Read:
        argument, counts = self._inside(e.args[0], names)
        if not counts.is_local:
            raise Outside("a point mass at a sum")
        return e.rebuild((argument, *e.args[1:])), LOCAL

    def _binder(self, e: ex.Node, names: Names) -> Read:
        body, name, lo, hi = e.args
        own = self.sorts.range_of(lo, hi, names)
        inner, counts = self._read(body, {**names, name: own})
        if isinstance(e, ex.Product):
            if isinstance(own, Sort) or not counts.is_local:
                raise Outside("a product over a range")
        elif isinstance(own, Sort):
            counts = counts.summed(own.size, name)
        return e.rebuild((inner, name, lo, hi)), counts

    def _integral(self, e: ex.Node, names: Names) -> Read:
        body, name, *ends = e.args
        for end in ends:
            if end not in (S.Infinity, S.NegativeInfinity) and not self._inside(end, names)[1].is_local:
                raise Outside("an integral to a sum")
        inner, counts = self._read(body, {**names, name: REAL})
        return e.rebuild((inner, name, *ends)), counts

    def _cases(self, e: ex.Node, names: Names) -> Read:
        assert isinstance(e, ex.Piecewise)
        pairs, every = [], []
        for value, statement in e.cases:
            self._statement(statement, names)
            part, counts = self._read(value, names)
            pairs.append((part, statement))
            every.append(counts)
        total = every[0]
        for counts in every[1:]:
            total = total + counts
        return ex.Piecewise(*pairs), total

    _READERS: tuple[tuple[type | tuple[type, ...], Callable[[Fragment, Any, Names], Read]], ...] = (
        (ex.Entry, _entry),
        (ex.Delta, _delta),
        (ex.Iverson, _bracket),
        ((ex.Add, ex.Neg), _sum_of_terms),
        (ex.Mul, _product),
        (ex.Div, _quotient),
        (ex.Pow, _power),
        (ex.Log, _logarithm),
        ((ex.Exp, ex.Func, ex.Apply), _function),
        (ex.Dirac, _mass),
        ((ex.Sum, ex.Product), _binder),
        (ex.Integral, _integral),
        (ex.Piecewise, _cases),
    )

    def _hides_a_pmf(self, e: ex.Node) -> bool:
        """Tell whether a head is no polynomial of the entries of a pmf that it mentions."""
        if isinstance(e, (ex.Log, ex.Exp, ex.Func, ex.Dirac, ex.Iverson, ex.Apply)):
            return self._has_a_pmf(e)
        if isinstance(e, ex.Div):
            return False  # the divisor is a sum, or replaced
        return isinstance(e, ex.Pow) and not (e.args[1].is_Integer and e.args[1] >= 0) and self._has_a_pmf(e)

    def _has_a_pmf(self, e: Basic) -> bool:
        return any(isinstance(x, ex.Entry) and isinstance(self.scope.domains.get(x.table), Pmf) for x in postorder(e))

    # --- what is outside -------------------------------------------------------------------------------------------

    def _replaced(self, e: Basic, names: Names, why: Outside) -> Read:
        """Return an entry of a table in place of a part, over the index terms that it depends on."""
        terms: dict[Basic, Range] = {}
        form = self._form(e, names, {}, terms)
        covered = frozenset().union(*map(free, terms))
        if not (free(e) & set(names)) <= covered:
            raise why
        self.valued = self.valued and (self._is_local(e, names) or self.signs.has_a_value(e, names))
        name = self._known.get(form)
        if name is None:
            name = self._known[form] = Symbol(f"part {len(self._known) + 1}")
            ends = enumerate(own.ends for own in terms.values())
            over = tuple(Index(f"place {i}", lo, hi) for i, (lo, hi) in ends)
            self.tables[name] = Reals(name.name, over)
        return (ex.Entry(name, *terms) if terms else name), LOCAL

    def _is_local(self, e: Basic, names: Names) -> bool:
        """Tell whether a part is replaced for the sake of a total only, so that models show whether it has a value."""
        if not self.totals:
            return False
        try:
            return Fragment(self.scope, totals=False)._inside(e, names)[1].is_local
        except Outside:
            return False

    def _form(self, e: Basic, names: Names, inner: dict[Basic, int], terms: dict[Basic, Range]) -> Any:
        """Return what two parts have in common that are one function of their index terms, which are collected."""
        if e in inner:
            return "bound", inner[e]
        if not e.is_number and isinstance(e, (Symbol, ex.Entry)) and free(e).isdisjoint(inner):
            try:
                own = self.sorts.element(e, names)
            except Outside:
                pass
            else:
                terms.setdefault(e, own)
                return "at", list(terms).index(e), own
        if not isinstance(e, ex.Node):
            return e
        if not e.binds:
            return (type(e), *self._forms(e.args, names, inner, terms))
        body, name, *rest = e.args
        outside = self._forms(rest, names, inner, terms)
        level = 1 + max(inner.values(), default=0)
        return type(e), self._form(body, names, {**inner, name: level}, terms), *outside

    def _forms(
        self, parts: Iterable[Basic], names: Names, inner: dict[Basic, int], terms: dict[Basic, Range]
    ) -> tuple[Any, ...]:
        return tuple(self._form(a, names, inner, terms) for a in parts)
