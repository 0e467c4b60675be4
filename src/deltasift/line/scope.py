"""What a name means where the matcher stands: the domains of the page and the binders around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import DefinedFunction, Density, Domain, Family, Pmf, Reals
from deltasift.inert import free, kinds, mentions, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.bridge import to_sympy
from deltasift.inert.functions import known_of, named
from deltasift.inert.substitution import fresh
from deltasift.line.binders import Binders
from deltasift.line.linear import combination

KEEP_INTEGERS = named(integer="of integers")
WITH_DEFINITION = frozenset((ex.Named, ex.Expectation, ex.Func))  # heads behind which something stands without a domain
INTEGER_FUNCTIONS = named(integer="always")

NEAR = 4  # binders that tell scopes apart


@dataclass(frozen=True)
class Range:
    """A binder that is open: its name, its range, and whether the name is an integer."""

    name: Symbol
    lo: Basic
    hi: Basic
    integer: bool

    @property
    def known(self) -> tuple[Basic, Basic]:
        """The ends between which the name is known to lie: none for an integral whose ends may be in reversed order."""
        return (self.lo, self.hi) if self.integer or _in_order(self.lo, self.hi) else (S.NegativeInfinity, S.Infinity)

    def without(self, name: Symbol) -> Range:
        """Return the range without an end that speaks of `name`."""
        lo = S.NegativeInfinity if mentions(self.lo, name) else self.lo
        hi = S.Infinity if mentions(self.hi, name) else self.hi
        return self if lo is self.lo and hi is self.hi else Range(self.name, lo, hi, self.integer)


def _length(lo: Basic, hi: Basic) -> Basic:
    """Return the distance of two ends that are numbers, such as 0 and 2*pi; of others one whose sign is unknown."""
    if not (lo.is_number and hi.is_number):
        return S.NaN
    first, last = (to_sympy(end) if isinstance(end, ex.Node) else end for end in (lo, hi))
    return last - first


def _in_order(lo: Basic, hi: Basic) -> bool:
    """Tell whether two ends are in order by their form: numbers, infinite ones, or apart by what is not negative."""
    if lo is S.NegativeInfinity or hi is S.Infinity:
        return True
    if lo.is_number and hi.is_number:
        return bool(_length(lo, hi).is_nonnegative)
    apart = combination([(1, hi), (-1, lo)])
    if apart.constant < 0:
        return False
    return all(c > 0 and isinstance(a, Symbol) and a.is_nonnegative for a, c in apart.coefficients.items())


@dataclass(frozen=True)
class Scope:
    """Domains by symbol, open binders from the outermost in, and statements taken as true.

    Attributes
    ----------
    domains : mapping
    ranges : tuple of Range
    assumed : tuple of Basic
        Facts and assumptions beside those of the domains.
    integers : frozenset of Symbol
        Names, of numbers or of tables with integer entries, that are integers without a domain saying so.
    distributions : frozenset of Symbol
        Defined families that are used as a pmf, which the page proves.
    """

    domains: Mapping[Symbol, Domain] = field(default_factory=dict)
    ranges: tuple[Range, ...] = ()
    assumed: tuple[Basic, ...] = ()
    integers: frozenset[Basic] = frozenset()
    distributions: frozenset[Basic] = frozenset()
    _bound: Binders[Range] | None = field(default=None, init=False, repr=False, compare=False)
    _spoken_of: frozenset[Basic] | None = field(default=None, init=False, repr=False, compare=False)
    _names: frozenset[Basic] | None = field(default=None, init=False, repr=False, compare=False)
    _defining: frozenset[Basic] | None = field(default=None, init=False, repr=False, compare=False)
    _hash: int | None = field(default=None, init=False, repr=False, compare=False)
    _inside: dict[Any, Scope] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        known = self._hash
        if known is None:
            inner = self.ranges[-NEAR:]  # those further out are many where sums are nested deeply
            known = hash((tuple(self.domains), len(self.ranges), inner, self.assumed, self.integers))
            object.__setattr__(self, "_hash", known)
        return known

    @property
    def bound(self) -> Binders[Range]:
        """The range of each bound name."""
        known = self._bound
        if known is None:
            known = Binders({r.name: r for r in self.ranges})
            object.__setattr__(self, "_bound", known)
        return known

    @property
    def names(self) -> frozenset[Basic]:
        """The bound names."""
        known = self._names
        if known is None:
            known = frozenset(self.bound)
            object.__setattr__(self, "_names", known)
        return known

    @property
    def mentioned(self) -> frozenset[Basic]:
        """The names that a new binder of the same name would hide: of ranges, in their ends, in what is assumed."""
        return self._in_statements | self.names

    def mentions(self, name: Basic) -> bool:
        """Tell whether a new binder of this name would hide another thing: one of those that are `mentioned`."""
        return name in self.bound or name in self._in_statements

    @property
    def _in_statements(self) -> frozenset[Basic]:
        """The names in the ends of ranges and in what is assumed."""
        known = self._spoken_of
        if known is None:
            ends = (free(end) for r in self.ranges for end in (r.lo, r.hi))
            known = frozenset().union(*ends, *map(free, self.assumed))
            object.__setattr__(self, "_spoken_of", known)
        return known

    def enter(self, binder: ex.Node) -> Scope:
        """Return the scope inside a binder."""
        if isinstance(binder, ex.Derivative):
            return self._around(binder.varied)
        if not binder.binds:
            return self
        if isinstance(binder, ex.Expectation):
            return self._expected(binder)
        if isinstance(binder, (ex.At, ex.Continuous)):  # near the point; nothing else is known of the name
            return self.within(binder.args[1], S.NegativeInfinity, S.Infinity, integer=False)
        name, lo, hi = binder.args[1:4]
        if isinstance(binder, ex.Integral) and _length(lo, hi).is_negative:
            lo, hi = hi, lo  # the variable runs between the two
        return self.within(name, lo, hi, integer=not isinstance(binder, ex.Integral))

    def _expected(self, e: ex.Expectation) -> Scope:
        """Return the scope inside of an expectation, whose name runs where the sum or the integral behind it runs."""
        whole = e.definition
        if isinstance(whole, (ex.Sum, ex.Integral)) and whole.var == e.var:
            return self.enter(whole)
        return self.within(e.var, S.NegativeInfinity, S.Infinity, integer=False)

    def within(self, name: Symbol, lo: Basic, hi: Basic, *, integer: bool) -> Scope:
        """Return the scope inside of a range of `name`.

        What was known of another thing of that name, an outer one, is forgotten: it would be read as being about this.
        """
        key = (name, lo, hi, integer)
        found = self._inside.get(key)
        if found is None:
            found = self._inside[key] = self._within(Range(name, lo, hi, integer).without(name))
        return found

    def _around(self, varied: Symbol) -> Scope:
        """Return what holds also where what is differentiated by is a little different: nothing that pins it down.

        An index is pinned to integers, a name of which an order says that it may be equal to another one to one side of
        that; what is strictly between others has room.
        """
        found = self._inside.get(varied)
        if found is None:
            assumed = tuple(s for s in self.assumed if varied not in free(s) or isinstance(s, ex.Less))
            domains = {s: d for s, d in self.domains.items() if not _pins(d, varied)}
            ranges = tuple(_with_room(r, varied) for r in self.ranges)
            found = self._inside[varied] = self
            if (assumed, domains, ranges) != (self.assumed, self.domains, self.ranges):
                integers, distributions = self.integers - {varied}, self.distributions - {varied}
                found = self._inside[varied] = Scope(domains, ranges, assumed, integers, distributions)
        return found

    def _within(self, own: Range) -> Scope:
        name = own.name
        if self.mentions(name):
            ranges = tuple(r.without(name) for r in self.ranges if r.name != name)
            assumed = tuple(s for s in self.assumed if name not in free(s))
            return Scope(self.domains, (*ranges, own), assumed, self.integers, self.distributions)
        inner: Scope = object.__new__(Scope)  # as this one, but for a range, which is all that need be looked at
        inner.__dict__.update(
            self.__dict__,
            ranges=(*self.ranges, own),
            _bound=self.bound.grown(name, own),
            _spoken_of=_union(self._in_statements, free(own.lo), free(own.hi)),
            _names=None,
            _hash=None,
            _inside={},
        )
        return inner

    def assuming(self, *statements: Basic) -> Scope:
        """Return the same scope with more statements taken as true."""
        return Scope(self.domains, self.ranges, (*self.assumed, *statements), self.integers, self.distributions)

    def domain(self, symbol: Basic) -> Domain | None:
        """Return the domain of a name, None where it has none or a binder hides it."""
        if symbol in self.bound:
            return None
        return self.domains.get(symbol) if isinstance(symbol, Symbol) else None

    def is_integer(self, expr: Basic) -> bool:
        """Tell whether an expression is known to have integer values, by its form or because that is given."""
        if self._has_integers(expr):
            return True
        return any(_says_integer(s, expr) for s in self.assumed)

    def _has_integers(self, expr: Basic) -> bool:
        if not isinstance(expr, ex.Node):
            if not isinstance(expr, Symbol):
                return bool(expr.is_Integer)
            own = self.bound.get(expr)
            if own is not None:
                return own.integer
            return self._declares_integers(expr)
        if isinstance(expr, ex.Entry):
            return expr.table not in self.bound and self._declares_integers(expr.table)
        if isinstance(expr, (ex.Delta, ex.Iverson)):
            return True
        if isinstance(expr, (ex.Add, ex.Mul, ex.Neg)):
            return all(self.is_integer(a) for a in expr.args)
        if isinstance(expr, ex.Pow):
            return self.is_integer(expr.args[0]) and bool(expr.args[1].is_Integer and expr.args[1] >= 0)
        if isinstance(expr, ex.Fold):
            return INFINITE.isdisjoint(expr.args[2:]) and self.enter(expr).is_integer(expr.body)
        if isinstance(expr, ex.Piecewise):
            return all(self.is_integer(value) for value, _ in expr.cases)
        if isinstance(expr, ex.Func):
            kept = expr.name in KEEP_INTEGERS and all(self.is_integer(a) for a in expr.arguments)
            return kept or expr.name in INTEGER_FUNCTIONS
        if isinstance(expr, ex.Named):
            return self.is_integer(expr.definition)
        return False

    def _declares_integers(self, name: Symbol) -> bool:
        """Tell whether a name that no binder hides is an integer, or a table of integers, by what the page says."""
        domain = self.domains.get(name)
        if name in self.integers:
            return True
        if isinstance(domain, Family):  # what its body mentions is the page's, and not of the binders here
            page = Scope(self.domains, integers=self.integers)
            for i in domain.over:
                page = page.within(i.symbol, i.lo, i.hi, integer=True)
            return page.is_integer(domain.body)
        return domain.integer if domain is not None else bool(name.is_integer)

    def is_probability(self, expr: Basic) -> bool:
        """Tell whether an expression is an entry of a pmf, declared or defined."""
        if not isinstance(expr, ex.Entry) or expr.table in self.bound:
            return False
        return isinstance(self.domains.get(expr.table), Pmf) or expr.table in self.distributions

    def smoothness(self, function: Symbol, order: Basic) -> ex.Derivative | None:
        """Return the derivative of a function, of this order or a higher one, that is assumed to be continuous."""
        for s in self.assumed:
            if isinstance(s, ex.Continuous) and isinstance(s.args[0], ex.Derivative) and s.args[1] == s.args[2]:
                known, _, highest = s.args[0].args
                same = isinstance(known, ex.Apply) and known.function == function
                if same and order.is_Integer and highest.is_Integer and order <= highest:
                    return s.args[0]
        return None

    def unfold(self, expr: Basic) -> Basic | None:
        """Return what stands behind a named quantity or a defined entry, None where nothing does."""
        if isinstance(expr, (ex.Named, ex.Expectation)):
            return expr.definition
        if isinstance(expr, ex.Entry):
            domain = self.domain(expr.table)
            return domain.unfold(expr.indices) if isinstance(domain, Family) and self._sees(domain) else None
        if isinstance(expr, ex.Apply):
            domain = self.domain(expr.function)
            return domain.unfold(expr.arguments) if isinstance(domain, DefinedFunction) and self._sees(domain) else None
        if isinstance(expr, Symbol):
            domain = self.domain(expr)
            return domain.body if isinstance(domain, Family) and not domain.over and self._sees(domain) else None
        if isinstance(expr, ex.Func):
            return known_of(expr.name).defined(expr.arguments)
        return None

    def _sees(self, domain: Family | DefinedFunction) -> bool:
        """Tell whether what a definition mentions means here what it means on the page: no binder captures it."""
        return not self.ranges or self.bound.isdisjoint(_spoken_of(domain))

    @property
    def defining(self) -> frozenset[Basic]:
        """The names of which definitions speak, in the end through others: no binder may hide them."""
        known = self._defining
        if known is None:
            defined = [d for d in self.domains.values() if isinstance(d, (Family, DefinedFunction))]
            known = frozenset().union(*map(_spoken_of, defined))
            object.__setattr__(self, "_defining", known)
        return known

    def depends(self, expr: Basic, name: Basic) -> bool:
        """Tell whether an expression depends on a name, by itself or through what its names are defined by.

        A definition speaks of the names of the page, so that nothing defined depends on what a binder binds.
        """
        if name in self.bound:
            return name in free(expr)
        found: set[Basic] = set()
        waiting = [s for s in free(expr) if s not in self.bound]
        while waiting:
            s = waiting.pop()
            if s not in found:
                found.add(s)
                domain = self.domains.get(s) if isinstance(s, Symbol) else None
                if isinstance(domain, (Family, DefinedFunction)):
                    waiting.extend(_spoken_of(domain))
        return name in found

    def unfold_all(self, expr: Basic) -> Basic:
        """Return an expression with every definition unfolded; a binder that would capture a name is renamed."""
        if not self.domains and WITH_DEFINITION.isdisjoint(kinds(expr)):
            return expr
        if any(self.unfold(e) is not None for e in postorder(expr)):
            return _unfold_all(self, expr)
        return expr


def _says_integer(statement: Basic, expr: Basic) -> bool:
    """Tell whether a statement says that an expression, or that the quotient that it is, is an integer."""
    if isinstance(statement, ex.IsInteger):
        return bool(statement.args[0] == expr)
    return isinstance(statement, ex.Divides) and isinstance(expr, ex.Div) and statement.args == expr.args[::-1]


def _pins(domain: Domain, varied: Symbol) -> bool:
    """Tell whether a domain says of a name that it is an integer, or in an order that is not strict."""
    if isinstance(domain, (Family, DefinedFunction, Density, Reals)):
        return False  # the bounds of a real are strict
    return domain.symbol == varied or varied in domain.depends()


def _with_room(r: Range, varied: Symbol) -> Range:
    """Return what is known of an open binder where a name is a little different."""
    if not r.integer:
        return r  # an end of the interval is one point of many
    return Range(r.name, S.NegativeInfinity, S.Infinity, False) if r.name == varied else r.without(varied)


def _spoken_of(domain: Family | DefinedFunction) -> frozenset[Basic]:
    """Return the names that a definition mentions and does not bind."""
    own = {i.symbol for i in domain.over} if isinstance(domain, Family) else {domain.variable.symbol}
    return free(domain.body) - own


def _union(names: frozenset[Basic], *others: frozenset[Basic]) -> frozenset[Basic]:
    """Return the union of sets of names: the first, which many scopes share, where it has all of them."""
    return names if all(map(names.issuperset, others)) else names.union(*others)


def _unfold_all(scope: Scope, expr: Basic) -> Basic:
    body = scope.unfold(expr)
    if body is not None:
        return scope.unfold_all(body)
    if not isinstance(expr, ex.Node):
        return expr
    if expr.binds and expr.args[1] in scope.defining:
        new = fresh(expr.args[1], free(expr.args[0]) | scope.defining | scope.mentioned | frozenset(scope.domains))
        body, old, *others = expr.args
        expr = expr.rebuild((substitute(body, {old: new}), new, *others))
    inside = scope.enter(expr)
    args = tuple(
        a
        if (expr.binds and i == 1) or (i == 0 and isinstance(expr, (ex.Entry, ex.Apply)))
        else (inside if expr.binds and i == 0 else scope).unfold_all(a)
        for i, a in enumerate(expr.args)
    )
    return expr if all(x is y for x, y in zip(args, expr.args, strict=True)) else expr.rebuild(args)
