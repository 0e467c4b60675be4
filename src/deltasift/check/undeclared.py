"""Names that nobody declared, as values: what their use and SymPy's assumptions say of them, and no more.

Nothing is proved from this: the range of an integer is only where points are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sympy import Integer, Rational, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.constants import beside_constants
from deltasift.check.everywhere import Differentiable, Everywhere
from deltasift.domain import Domain, Index, Reals, Size
from deltasift.inert import free, postorder, substitute
from deltasift.line.scope import Scope
from deltasift.parse.use import Use, typed

LEAST, MOST = -2, 4  # of an integer of which nothing more is known
NEAREST = Rational(1, 4)  # to 0, of the entries of a table that is positive or negative
FURTHEST = 12  # how large it becomes where there are integers beside which it is looked at

Pair = tuple[Basic, Basic, str, Basic | None]


def _itself(e: Basic) -> Basic:
    return e


@dataclass(frozen=True)
class Asked:
    """Lines whose names all have domains as far as their use tells.

    Attributes
    ----------
    lines : sequence of (before, after, relation, varying)
    scope : Scope
    assumptions : tuple of statements
    guessed : tuple of Domain
        Those of the names that nobody declared.
    """

    lines: Sequence[Pair]
    scope: Scope
    assumptions: Sequence[Basic]
    guessed: tuple[Domain, ...] = ()
    renamed: Callable[[Basic], Basic] = _itself

    @property
    def ranges(self) -> str:
        """Where the undeclared integers were looked at, in words."""
        found: dict[tuple[Basic, Basic], list[str]] = {}
        for d in self.guessed:
            if isinstance(d, Index):
                found.setdefault((d.lo, d.hi), []).append(d.name)
        return ", ".join(f"{', '.join(names)} in {lo}..{hi}" for (lo, hi), names in found.items())


def with_values(lines: Sequence[Pair], scope: Scope, assumptions: Sequence[Basic]) -> Asked:
    """Return lines with domains for the names that nobody declared.

    A name stays without one where two different symbols have it, or where it is used in two ways.
    """
    expressions = [*dict.fromkeys(e for line in lines for e in line[:2]), *assumptions]
    unfolded = [scope.unfold_all(e) for e in expressions]
    uses = _uses(unfolded, scope)
    infinite = any(_is_infinite(part) for e in unfolded if isinstance(e, ex.Node) for part in postorder(e))
    most = max([MOST, *(c for c in beside_constants(e for line in lines for e in line[:2]) if c <= FURTHEST)])
    names: dict[Basic, Basic] = {}
    domains: dict[Symbol, Domain] = {}
    more: list[Basic] = []
    for symbol, use in sorted(uses.items(), key=lambda item: str(item[0])):
        found = _domain(symbol, use, infinite, most)
        if found is None or sum(s.name == symbol.name for s in (*uses, *scope.domains)) > 1:
            continue
        domain, facts = found
        if isinstance(domain, Index):
            domain = _within(domain, symbol, assumptions)
        elif isinstance(domain, Everywhere):
            domain = _between(domain, symbol, assumptions)
        names[symbol] = domain.symbol
        domains[domain.symbol] = domain
        more += facts
    if not domains:
        return Asked(lines, scope, assumptions)
    renamed = _Renamed({a: b for a, b in names.items() if a != b})
    for d in [d for d in domains.values() if isinstance(d, Everywhere) and d.depends()]:
        domains[d.symbol] = replace(d, lo=d.lo and renamed(d.lo), hi=d.hi and renamed(d.hi))
    return Asked(
        [(renamed(a), renamed(b), how, None if v is None else renamed(v)) for a, b, how, v in lines],
        replace(scope, domains={**scope.domains, **domains}),
        (*(renamed(a) for a in assumptions), *more),
        tuple(domains.values()),
        renamed,
    )


class _Renamed:
    """Puts the plain symbols of names in the place of others; one line stays one object."""

    def __init__(self, names: dict[Basic, Basic]) -> None:
        self._names = names
        self._made: dict[int, Basic] = {}

    def __call__(self, e: Basic) -> Basic:
        if id(e) not in self._made:
            known = isinstance(e, ex.Node) and not free(e).isdisjoint(self._names)
            self._made[id(e)] = substitute(e, self._names) if known else self._names.get(e, e)
        return self._made[id(e)]


def _uses(expressions: Iterable[Basic], scope: Scope) -> dict[Symbol, Use]:
    """Return how the undeclared names of some expressions are used."""
    found: dict[Symbol, Use] = {}
    for e in expressions:
        names = {s for s in free(e) if isinstance(s, Symbol) and s not in scope.domains}
        for symbol, use in typed(e, {}, {})[1].items() if names else ():
            if symbol not in names:
                continue
            known = found.setdefault(symbol, Use())
            known.integer = known.integer or use.integer
            known.plain = known.plain or use.plain
            known.function = known.function or use.function
            known.table = use.table if known.table in (0, use.table) else -1 if use.table else known.table
    return found


def _is_infinite(e: Basic) -> bool:
    """Tell whether a sum, product or integral goes on without end."""
    return isinstance(e, (ex.Sum, ex.Product, ex.Integral)) and any(
        end in (S.Infinity, S.NegativeInfinity) for end in e.args[2:4]
    )


def _domain(symbol: Symbol, use: Use, infinite: bool, most: int) -> tuple[Domain, tuple[Basic, ...]] | None:
    """Return what the use of a name and its assumptions say of it.

    `infinite` is whether there are series, and `most` how large an integer becomes.
    """
    name = symbol.name
    if use.table < 0 or use.function < 0 or ((use.table or use.function) and use.plain) or (use.table and use.function):
        return None
    if use.function:
        return Differentiable(name, use.function, infinite), ()
    if use.table:
        return _table(symbol, whole=bool(use.integer), infinite=infinite), ()
    said = symbol.assumptions0
    if (symbol == Symbol(name) and use.integer) or said == _assumptions("integer"):
        return Index(name, Integer(LEAST), Integer(most)), ()
    if said == _assumptions("integer", "nonnegative"):
        return Index(name, S.Zero, Integer(most)), ()
    found = by_assumptions(symbol)
    return found if found is None or not use.integer or isinstance(found[0], Size) else None


def _table(symbol: Symbol, *, whole: bool, infinite: bool) -> Everywhere:
    """Return a table whose entries are as SymPy's assumptions say, those that are not 0 away from it."""
    whole = whole or bool(symbol.is_integer)
    least = S.Zero if not symbol.is_nonzero else S.One if whole else NEAREST
    lo = least if symbol.is_nonnegative else None
    hi = -least if symbol.is_nonpositive else None
    return Everywhere(symbol.name, (), whole, lo, hi, infinite and lo is None and hi is None)


def by_assumptions(symbol: Symbol) -> tuple[Domain, tuple[Basic, ...]] | None:
    """Return the domain that says of a name what its symbol says, no more and no less; None where there is none.

    Of a symbol without assumptions nothing is known but that it is a number, and numbers are real here.
    """
    name, said = symbol.name, symbol.assumptions0
    if said == _assumptions("integer", "positive"):
        return Size(name), ()
    if said == _assumptions("positive"):
        return Reals(name, (), S.Zero, None), ()
    if said == _assumptions("negative"):
        return Reals(name, (), None, S.Zero), ()
    if said == _assumptions("nonnegative"):
        return Reals(name, ()), (ex.LessEqual.make((S.Zero, Symbol(name))),)
    if said == _assumptions("real", "nonzero"):
        return Reals(name, ()), (ex.Unequal.make((Symbol(name), S.Zero)),)
    if said == _assumptions("real") or symbol == Symbol(name):
        return Reals(name, ()), ()
    return None


def _conjuncts(assumptions: Iterable[Basic]) -> Iterator[Basic]:
    """Yield the parts of statements that are all to hold."""
    for a in assumptions:
        if isinstance(a, ex.And):
            yield from _conjuncts(a.args)
        else:
            yield a


def _between(d: Everywhere, symbol: Symbol, assumptions: Iterable[Basic]) -> Everywhere:
    """Return a table with the ends between which all of its entries are assumed to lie."""
    lo, hi = d.lo, d.hi
    for a in _conjuncts(assumptions):
        names = set()
        while isinstance(a, ex.ForAll) and a.args[2:4] == (S.NegativeInfinity, S.Infinity):
            names.add(a.args[1])
            a = a.args[0]
        if not isinstance(a, (ex.Less, ex.LessEqual)) or not names:
            continue
        step = S.One if d.whole and isinstance(a, ex.Less) else S.Zero
        for this, other, is_lower in ((a.args[1], a.args[0], True), (a.args[0], a.args[1], False)):
            if (
                isinstance(this, ex.Entry)
                and this.table == symbol
                and set(this.indices) == names
                and not names & free(other)
            ):
                end = other if step == 0 else ex.Add(other, step) if is_lower else ex.Add(other, ex.Neg(step))
                lo, hi = (end, hi) if is_lower else (lo, end)
    return d if lo is None and hi is None else replace(d, lo=lo, hi=hi, finite=False)


def _within(d: Index, symbol: Symbol, assumptions: Iterable[Basic]) -> Index:
    """Return an index with a range within what is assumed of it: from 10 on where `10 <= K`."""
    ends: tuple[list[int], list[int]] = ([], [])
    for a in _conjuncts(assumptions):
        if isinstance(a, (ex.Less, ex.LessEqual)):
            strict = int(isinstance(a, ex.Less))
            for end, (name, number), step in zip(ends, (a.args[::-1], a.args), (strict, -strict), strict=True):
                if name == symbol and isinstance(number, Integer):
                    end.append(int(number) + step)
    lo, hi = max([int(d.lo), *ends[0]]), min([int(d.hi), *ends[1]])
    if lo > hi:  # all of it lies further out
        width = MOST - LEAST
        lo = max(ends[0]) if ends[0] else hi - width
        hi = min([lo + width, *ends[1]])
    return replace(d, lo=Integer(lo), hi=Integer(hi)) if lo <= hi else d


@cache
def _assumptions(*names: str) -> dict[str, bool]:
    return dict(Symbol("x", **dict.fromkeys(names, True)).assumptions0)
