"""Two lines compared in every model of the sizes that suffice, which decides them at all sizes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product

from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.all_sizes import AllSizes
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.finite import Models, Supports
from deltasift.check.fractions import Poly, Rat, TooLarge, Work
from deltasift.check.model import Model
from deltasift.check.sampling import size_choices
from deltasift.check.small.bound import Outside, SizeBound, sizes_that_suffice
from deltasift.check.world import Indices, World
from deltasift.domain import DefinedFunction, Domain, Family, Pmf, closure
from deltasift.inert import free, postorder
from deltasift.line.scope import Scope

MOST_MODELS = 1_500  # of one comparison
MOST_SIZE = 6
MOST_WORK = 250_000  # products of two terms for all lines of a page
TOO_MANY = "too many models"
UNSEEN = 2  # the largest size of what only parts that were replaced speak of
POLYNOMIAL = (ex.Add, ex.Mul, ex.Neg, ex.Sum, ex.Entry)


def all_sizes(before: Basic, after: Basic, scope: Scope) -> AllSizes:
    """Decide at all sizes whether two lines are equal.

    Parameters
    ----------
    before, after : Basic
    scope : Scope
        The domains; its assumptions are not used.
    """
    return Deciding(scope).decide(before, after)


class Deciding:
    """Decides lines of one page: first without the totals of pmfs, and if that fails with them.

    Attributes
    ----------
    work : int
        How many products of two terms that took.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = Scope(scope.domains)
        self.has_pmfs = any(isinstance(d, Pmf) for d in scope.domains.values())
        self.work = 0
        self._valued: dict[Hashable, bool] = {}  # a line is asked for as the one before and as the one after

    def decide(self, before: Basic, after: Basic) -> AllSizes:
        """Decide whether two lines are equal at all sizes."""
        if self.work > MOST_WORK:
            return AllSizes(why=TOO_MANY)
        start = Work.done
        try:
            return self._decide(before, after)
        finally:
            self.work += Work.done - start

    def _decide(self, before: Basic, after: Basic) -> AllSizes:
        first = self._decided(before, after, totals=False)
        if first.decided or not self.has_pmfs:
            return first
        second = self._decided(before, after, totals=True)
        return second if second.sizes else first

    def _decided(self, before: Basic, after: Basic, *, totals: bool) -> AllSizes:
        try:
            bound = sizes_that_suffice(before, after, self.scope, totals=totals)
        except Outside as why:
            return AllSizes(totals=totals, why=str(why))
        sizes = {str(s): n for s, n in sorted(bound.sizes.items(), key=lambda item: str(item[0]))}
        against = _differs(bound, self.scope)
        if against:
            return AllSizes(sizes, totals=totals, why=against)
        valued = (bound.valued or not sizes) and all(self._has_value(line, bound) for line in (before, after))
        if not sizes and not valued:  # the one model then says it already, where both have a value
            return AllSizes(totals=totals, why="no size occurs")
        return AllSizes(sizes, decided=True, valued=valued, totals=totals)

    def _has_value(self, line: Basic, bound: SizeBound) -> bool:
        key = line, tuple(sorted((str(s), n) for s, n in bound.sizes.items()))
        if key not in self._valued:
            self._valued[key] = _has_values(line, self.scope, bound)
        return self._valued[key]


def _differs(bound: SizeBound, scope: Scope) -> str:
    """Return where the lines are not found equal; empty where they are, in every model."""
    if max(bound.sizes.values(), default=1) > MOST_SIZE:
        return TOO_MANY
    lines = (bound.before, bound.after)
    here = _spoken_of(scope, bound, lines)
    models = _Sized(here, lines, bound.sizes, is_free=not bound.totals)
    start = Work.done
    for count, (world, support) in enumerate(models):
        if count >= MOST_MODELS or Work.done - start > MOST_WORK:
            return TOO_MANY
        model = (Model if bound.totals else _Free)(world, here, support, models.sampler.programs)
        try:  # what a model cannot evaluate is not decided
            if not model.identical(model.value(lines[0], {}), model.value(lines[1], {})):
                return "not identical in a model"
        except (NoValue, NotCovered, TooLarge) as why:
            return str(why)
    return models.left_out


def _has_values(line: Basic, scope: Scope, bound: SizeBound) -> bool:
    """Tell whether a line, as it is written, has a value in every model, whatever the pmfs are."""
    here = _spoken_of(scope, None, (line,))
    models = _Sized(here, (line,), bound.sizes, is_free=True)
    if not _is_polynomial(scope.unfold_all(line)):  # of a polynomial no part lacks a value where another is 0
        models.vanishing = {d.symbol for d in here.domains.values() if isinstance(d, Pmf)}
    start = Work.done
    for count, (world, support) in enumerate(models):
        if count >= MOST_MODELS or Work.done - start > MOST_WORK:
            return False
        model = _Free(world, here, support, models.sampler.programs)
        try:
            model.value(line, {})
        except (NoValue, NotCovered, TooLarge):
            return False
        if model.doubtful:
            return False
    return not models.left_out


def _spoken_of(scope: Scope, bound: SizeBound | None, lines: Sequence[Basic]) -> Scope:
    """Return a scope with the domains that two lines need, without assumptions."""
    every: dict[Basic, Domain] = {**scope.domains, **(bound.tables if bound is not None else {})}
    waiting = [s for line in lines for s in free(line)]
    found: dict[Basic, Domain] = {}
    while waiting:
        symbol = waiting.pop()
        domain = every.get(symbol)
        if domain is None or symbol in found:
            continue
        found[symbol] = domain
        waiting += domain.depends()
        if isinstance(domain, (Family, DefinedFunction)):
            waiting += [d.symbol for d in closure((domain,)).values()]
    return Scope(found)


class _Free(Model):
    """A model in which the entries of a pmf are any numbers, whose sum is not 1."""

    def entry(self, table: Basic, indices: Indices) -> Rat:
        domain = self.scope.domains.get(table)
        if not isinstance(domain, Pmf) or not _is_sized(domain):
            return super().entry(table, indices)
        row = self.support[table]
        if indices not in row:
            raise NoValue(f"{table}[{', '.join(map(str, indices))}] does not exist")
        return self.atom((table, indices), True) if row[indices] else self.zero

    def reduced(self, p: Poly) -> Poly:
        every = self.support
        self.support = {t: row for t, row in every.items() if not _is_sized(self.scope.domains[t])}
        try:
            return super().reduced(p)
        finally:
            self.support = every


def _is_sized(d: Domain) -> bool:
    """Tell whether the classes of a pmf grow with a size, so that its total does not survive being cut down."""
    return isinstance(d, Pmf) and not (d.classes.lo.is_Integer and d.classes.hi.is_Integer)


class _Sized(Models):
    """The models up to a size of each sort; without totals each pmf with any support, the empty one too."""

    def __init__(self, scope: Scope, lines: Sequence[Basic], sizes: Mapping[Basic, int], *, is_free: bool) -> None:
        super().__init__(scope, (), lines)
        self.largest = {s.symbol: sizes.get(s.symbol, UNSEEN) for s in self.sampler.sizes}
        self.is_free = is_free
        self.vanishing = {t for line in lines for t in _not_polynomial(scope.unfold_all(line))}

    def __iter__(self) -> Iterator[tuple[World, Supports]]:
        for sizes in size_choices(self.sampler, self.largest):
            try:
                base = self.unbound.draw(self.rng, sizes)
                if base is not None:
                    yield from self._of_size(base)
            except (NoValue, NotCovered) as why:
                self.left_out = str(why) or "a size has no models"

    def _supports(self, d: Pmf, base: World) -> Iterator[dict[Indices, bool]]:
        places = list(product(*self._ranges(base, d)))
        if not _is_sized(d):
            yield from super()._supports(d, base)
        elif not self.is_free or d.positive or d.symbol not in self.vanishing:
            yield dict.fromkeys(places, True)
        else:
            for bits in product((True, False), repeat=len(places)):
                yield dict(zip(places, bits, strict=True))


def _is_natural(e: ex.Node) -> bool:
    """Tell whether this is a power with a natural number for its exponent."""
    return isinstance(e, ex.Pow) and bool(e.args[1].is_Integer and e.args[1] >= 0)


def _is_polynomial(line: Basic) -> bool:
    """Tell whether a line is made of numbers and entries by sums and products alone."""
    return all(not isinstance(e, ex.Node) or isinstance(e, POLYNOMIAL) or _is_natural(e) for e in postorder(line))


def _not_polynomial(line: Basic) -> Iterator[Basic]:
    """Yield the tables that stand in a logarithm, a divisor or any other place where it matters whether they are 0."""
    for e in postorder(line):
        if not isinstance(e, ex.Node) or isinstance(e, (*POLYNOMIAL, ex.Integral)):
            continue
        parts = () if _is_natural(e) else e.args[1:] if isinstance(e, ex.Div) else e.args
        yield from (x.table for part in parts for x in postorder(part) if isinstance(x, ex.Entry))
