"""The value of an expression in a finite model: a rational function of what the model leaves open.

The atoms are entries that are not fixed, and logarithms and exponentials of them. Logarithms of products of what is
positive there are split.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction

from sympy.core.basic import Basic

from deltasift.check.evaluate import Evaluator, NotCovered, NoValue
from deltasift.check.fractions import (
    ONE,
    Atoms,
    Monomial,
    Poly,
    Rat,
    bounded,
    constant,
    factorise,
    normal,
    poly_add,
    poly_multiply,
    rat,
    rat_add,
    rat_multiply,
    reduced_fraction,
)
from deltasift.check.program import Programs
from deltasift.check.world import Indices, World
from deltasift.domain import Pmf, Real
from deltasift.match.scope import Scope


class Model(Evaluator[Rat]):
    """Evaluates in a model: `world` has what is fixed, `support` the entries of pmfs that are not 0."""

    def __init__(
        self,
        world: World,
        scope: Scope,
        support: Mapping[Basic, Mapping[Indices, bool]],
        programs: Programs | None = None,
    ) -> None:
        super().__init__(world, scope, programs)
        self.support = support
        self.atoms = Atoms()
        self.positive: set[int] = set()

    def atom(self, name: Hashable, positive: bool) -> Rat:
        number = self.atoms[name]
        if positive:
            self.positive.add(number)
        return Rat({((number, 1),): Fraction(1)}, ONE)

    def exact(self, value: Fraction) -> Rat:
        return rat(value)

    def constant(self, name: Basic) -> Rat:
        return self.atom(("constant", str(name)), True)

    def add(self, a: Rat, b: Rat) -> Rat:
        return rat_add(a, b)

    def multiply(self, a: Rat, b: Rat) -> Rat:
        return rat_multiply(a, b)

    def divide(self, a: Rat, b: Rat) -> Rat:
        if not b.top:
            raise NoValue("a division by 0")
        if not self.reduced(b.top):
            raise NoValue("a division by 0")
        return rat_multiply(a, Rat(b.bottom, b.top))

    def as_fraction(self, a: Rat) -> Fraction | None:
        return a.number

    def number(self, symbol: Basic) -> Rat:
        domain = self.scope.domains.get(symbol)
        if isinstance(domain, Real):
            return self.atom(("number", symbol), _is_positive(domain))
        return self.exact(self.world.numbers[symbol])

    def entry(self, table: Basic, indices: Indices) -> Rat:
        domain = self.scope.domains.get(table)
        if isinstance(domain, Pmf):
            row = self.support[table]
            if indices not in row:
                raise NoValue(f"{table}[{', '.join(map(str, indices))}] does not exist")
            if not row[indices]:
                return self.exact(Fraction(0))
            alone = sum(used for i, used in row.items() if i[:-1] == indices[:-1]) == 1
            return self.exact(Fraction(1)) if alone else self.atom((table, indices), True)
        if isinstance(domain, Real):
            if indices not in self.world.tables[table]:
                raise NoValue(f"{table}[{', '.join(map(str, indices))}] does not exist")
            return self.atom((table, indices), _is_positive(domain))
        return super().entry(table, indices)

    def density(self, name: Basic, x: Rat) -> Rat:
        return self.atom(("value", name, _key(x)), name in self.world.functions)

    def function(self, name: str, args: list[Rat]) -> Rat:
        return self.atom((name, *(_key(a) for a in args)), False)

    # --- transcendental functions ----------------------------------------------------------------------------------

    def log(self, a: Rat) -> Rat:
        value = a.number
        if value is not None and value <= 0:
            raise NoValue(f"log({value})")
        return rat_add(self._log_poly(a.top), rat_multiply(rat(Fraction(-1)), self._log_poly(a.bottom)))

    def _log_poly(self, p: Mapping[Monomial, Fraction]) -> Rat:
        content, common, rest = normal(p)
        if any(atom not in self.positive for atom, _ in common) or (content < 0 and len(rest) == 1):
            return self.atom(("log", tuple(sorted(p.items()))), False)
        total = rat(Fraction(0))
        for number, sign in ((abs(content).numerator, 1), (abs(content).denominator, -1)):
            for prime, k in factorise(number).items():
                total = rat_add(total, rat_multiply(rat(Fraction(sign * k)), self.atom(("log", prime), False)))
        for atom, k in common:
            log = self.atom(("log", self.atoms.names[atom]), False)
            total = rat_add(total, rat_multiply(rat(Fraction(k)), log))
        if len(rest) > 1:
            signed = rest if content > 0 else tuple((m, -c) for m, c in rest)
            total = rat_add(total, self.atom(("log", signed), False))
        return total

    def exp(self, a: Rat) -> Rat:
        """Return the exponential as a product, one factor a term of the exponent."""
        top, bottom = reduced_fraction(a)
        result = rat(Fraction(1))
        for m, c in top.items():
            factor = self._undo_log(m, c) if bottom == ONE else None
            if factor is None:
                size = self.atom(("exp", m, abs(c), tuple(sorted(bottom.items()))), True)
                factor = size if c > 0 else Rat(size.bottom, size.top)
            result = rat_multiply(result, factor)
        return result

    def _undo_log(self, m: Monomial, c: Fraction) -> Rat | None:
        if len(m) != 1 or m[0][1] != 1 or c.denominator != 1 or abs(c) > 32:
            return None
        name = self.atoms.names[m[0][0]]
        if not isinstance(name, tuple) or name[0] != "log":
            return None
        inside = name[1]
        if isinstance(inside, int):
            value = rat(Fraction(inside))
        elif isinstance(inside, tuple) and inside and isinstance(inside[0], tuple):
            value = Rat(dict(inside), ONE)
        else:
            value = self.atom(inside, True)
        return self.power(value, rat(Fraction(c)))

    def is_nonnegative(self, a: Rat) -> bool:
        """Tell whether a value is a sum of products of what is positive in the model."""
        return all(c > 0 and all(x in self.positive for x, _ in m) for p in (a.top, a.bottom) for m, c in p.items())

    def power(self, a: Rat, b: Rat) -> Rat:
        exponent = b.number
        if exponent is None or exponent.denominator != 1 or abs(exponent) > 32:
            if a.number == 0:
                raise NotCovered("a power of 0")
            return self.atom(("power", _key(a), _key(b)), True)
        bounded(a, abs(int(exponent)))
        result = rat(Fraction(1))
        for _ in range(abs(int(exponent))):
            result = rat_multiply(result, a)
        return result if exponent >= 0 else self.divide(rat(Fraction(1)), result)

    def bounded(self, a: Rat) -> Rat:
        return bounded(a)

    # --- identity --------------------------------------------------------------------------------------------------

    def reduced(self, p: Mapping[Monomial, Fraction]) -> Poly:
        """Eliminate the constraint of each pmf row: its last entry is 1 minus the others."""
        result = dict(p)
        for table, row in self.support.items():
            by_row: dict[Indices, list[Indices]] = {}
            for indices, used in row.items():
                if used:
                    by_row.setdefault(indices[:-1], []).append(indices)
            for entries in by_row.values():
                if len(entries) > 1:
                    result = self._eliminate(result, table, entries)
        return result

    def _eliminate(self, p: Poly, table: Basic, entries: list[Indices]) -> Poly:
        last = self.atoms[table, entries[-1]]
        others: Poly = constant(Fraction(1))
        for i in entries[:-1]:
            others = poly_add(others, {((self.atoms[table, i], 1),): Fraction(-1)})
        result: Poly = {}
        for m, c in p.items():
            powers = dict(m)
            k = powers.pop(last, 0)
            term: Poly = {tuple(sorted(powers.items())): c}
            for _ in range(k):
                term = poly_multiply(term, others)
            result = poly_add(result, term)
        return result

    def identical(self, a: Rat, b: Rat) -> bool:
        """Tell whether two values are equal as rational functions of the atoms."""
        left, right = poly_multiply(dict(a.top), dict(b.bottom)), poly_multiply(dict(b.top), dict(a.bottom))
        difference = poly_add(left, {m: -c for m, c in right.items()})
        return not difference or not self.reduced(difference)

    def at_most(self, a: Rat, b: Rat) -> bool:
        """Tell whether what is left of b - a is a sum of products of what is positive in the model."""
        difference = rat_add(b, rat_multiply(rat(Fraction(-1)), a))
        reduced = Rat(self.reduced(difference.top), self.reduced(difference.bottom))
        return self.is_nonnegative(difference) or self.is_nonnegative(reduced)


def _is_positive(domain: Real) -> bool:
    return domain.above is not None and bool(domain.above.is_nonnegative)


def _key(a: Rat) -> Hashable:
    return tuple(sorted(a.top.items())), tuple(sorted(a.bottom.items()))
