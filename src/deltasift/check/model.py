"""The value of an expression in a finite model: a rational function of what the model leaves open.

The atoms are entries that are not fixed, and logarithms and exponentials of them. Logarithms of products of what is
positive there are split.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from fractions import Fraction

from flint import fmpq
from sympy.core.basic import Basic

from deltasift.check.bounded import Bounds, bounds_of, in_positives
from deltasift.check.evaluate import Evaluator, NotCovered, NoValue
from deltasift.check.fractions import (
    ONE,
    Atoms,
    Monomial,
    Poly,
    Rat,
    Rational,
    add_to,
    bounded,
    factorise,
    fraction,
    negative,
    normal,
    poly_add,
    poly_multiply,
    quotient,
    rat,
    rat_add,
    rat_multiply,
    reduced_fraction,
)
from deltasift.check.machine import Frame, Run
from deltasift.check.program import Programs
from deltasift.check.unity import in_basis, order_and_power
from deltasift.check.world import Indices, World
from deltasift.domain import Density, Pmf, Reals
from deltasift.inert.functions import ROOT, known_of
from deltasift.line.scope import Scope

UNIT = fmpq(1)
OFTEN = 16  # terms after which the size of a sum is looked at


class Model(Evaluator[Rat]):
    """Evaluates in a model: `world` has what is fixed, `support` the entries of pmfs that are not 0.

    Attributes
    ----------
    doubtful : bool
        Whether a divisor that may be 0, a logarithm or a root of what may not be positive, or a function that may have
        no value there, was taken as an atom that has one: then an identity holds where both sides have a value, and
        points must tell whether they do.
    """

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
        self.bounds: dict[int, Bounds] = {}
        self.doubtful = False
        self._logs: dict[tuple[Monomial, int, int], Rat] = {}
        self._roots: dict[int, int] = {}  # the atoms that are first roots of unity, with their orders

    def atom(self, name: Hashable, positive: bool) -> Rat:
        number = self.atoms[name]
        if positive:
            self.positive.add(number)
        return Rat({((number, 1),): UNIT})

    def _real(self, name: Hashable, domain: Reals) -> Rat:
        bounds = bounds_of(domain)
        if bounds is not None:
            self.bounds[self.atoms[name]] = bounds
        return self.atom(name, _is_positive(domain))

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
        if b.number is None and not self.reduced(b.top):
            raise NoValue("a division by 0")
        self._trust(self.is_nonnegative(b) or self.is_nonnegative(rat_multiply(self.minus, b)))
        return quotient(poly_multiply(a.top, b.bottom), poly_multiply(a.bottom, b.top))

    def _trust(self, sure: bool) -> None:
        """Note whether what was just taken has a value for sure."""
        self.doubtful = self.doubtful or not sure

    def as_fraction(self, a: Rat) -> Fraction | None:
        return None if a.number is None else fraction(a.number)

    def number(self, symbol: Basic) -> Rat:
        domain = self.scope.domains.get(symbol)
        if isinstance(domain, Reals):
            return self._real(("number", symbol), domain)
        return self.exact(self.world.numbers[symbol])

    def entry(self, table: Basic, indices: Indices) -> Rat:
        domain = self.scope.domains.get(table)
        if isinstance(domain, Pmf):
            row = self.support[table]
            if indices not in row:
                raise NoValue(f"{table}[{', '.join(map(str, indices))}] does not exist")
            if not row[indices]:
                return self.zero
            alone = sum(used for i, used in row.items() if i[:-1] == indices[:-1]) == 1
            return self.one if alone else self.atom((table, indices), True)
        if isinstance(domain, Reals):
            if indices not in self.world.tables[table]:
                raise NoValue(f"{table}[{', '.join(map(str, indices))}] does not exist")
            return self._real((table, indices), domain)
        return super().entry(table, indices)

    def applied(self, name: Basic, args: list[Rat]) -> Rat:
        domain = self.scope.domains.get(name)
        return self.atom(("value", name, *map(_key, args)), isinstance(domain, Density) and domain.positive)

    def density(self, name: Basic, x: Rat) -> Rat:
        return self.applied(name, [x])

    def function(self, name: str, args: list[Rat]) -> Rat:
        if name == ROOT:
            return Rat(self._in_basis(*order_and_power([self.as_fraction(a) for a in args])))
        known = known_of(name)
        above = known.continuous == "above 0" and all(a.top and self.is_nonnegative(a) for a in args)
        self._trust(known.is_total or above)
        return self.atom((name, *(_key(a) for a in args)), False)

    def _in_basis(self, order: int, power: int) -> Poly:
        """Return a root of unity in powers of the first one of its order."""
        first = self.atoms[ROOT, order]
        self._roots[first] = order
        return {((first, k),) if k else (): fmpq(c) for k, c in enumerate(in_basis(order, power)) if c}

    def _without_high_powers(self, p: Poly) -> Poly:
        """Return a polynomial with each power of a first root of unity in the basis."""
        if not self._roots:
            return p
        result: Poly = {}
        for m, c in p.items():
            term: Poly = {tuple(pair for pair in m if pair[0] not in self._roots): c}
            for a, k in m:
                if a in self._roots:
                    term = poly_multiply(term, self._in_basis(self._roots[a], k))
            add_to(result, term)
        return result

    # --- transcendental functions ----------------------------------------------------------------------------------

    def log(self, a: Rat) -> Rat:
        value = a.number
        if value is not None and value <= 0:
            raise NoValue(f"log({value})")
        self._trust(self.is_nonnegative(a))
        if a.bottom is ONE:
            return self._log_poly(a.top)
        return rat_add(self._log_poly(a.top), rat_multiply(self.minus, self._log_poly(a.bottom)))

    def _log_poly(self, p: Poly) -> Rat:
        if len(p) > 1:
            return self._split_log(p)
        [(m, c)] = p.items()
        key = (m, int(c.p), int(c.q))
        found = self._logs.get(key)
        if found is None:
            found = self._logs[key] = self._split_log(p)
        return found

    def _split_log(self, p: Poly) -> Rat:
        content, common, rest = normal(p)
        if any(atom not in self.positive for atom, _ in common) or (content < 0 and len(rest) == 1):
            return self.atom(("log", tuple(sorted(p.items()))), False)
        total: Poly = {}
        size = abs(content)
        for number, sign in ((int(size.p), 1), (int(size.q), -1)):
            for prime, k in factorise(number).items():
                add_to(total, self._multiple_of_log(prime, sign * k))
        for atom, k in common:
            add_to(total, self._multiple_of_log(self.atoms.names[atom], k))
        if len(rest) > 1:
            add_to(total, self._multiple_of_log(rest if content > 0 else tuple((m, -c) for m, c in rest), 1))
        return Rat(total)

    def _multiple_of_log(self, name: Hashable, times: int) -> Poly:
        return {((self.atoms["log", name], 1),): fmpq(times)}

    def exp(self, a: Rat) -> Rat:
        """Return the exponential as a product, one factor a term of the exponent."""
        above, below = reduced_fraction(a)
        result = self.one
        for term in above.items():
            # each by itself in its lowest terms: s*log(x) over s is log(x)
            top, bottom = reduced_fraction(Rat(dict([term]), below)) if len(below) == 1 else (dict([term]), below)
            [(m, c)] = top.items()
            factor = self._undo_log(m, c) if bottom == ONE else None
            if factor is None:
                size = self.atom(("exp", m, abs(c), tuple(sorted(bottom.items()))), True)
                factor = size if c > 0 else quotient(size.bottom, size.top)
            result = rat_multiply(result, factor)
        return result

    def _undo_log(self, m: Monomial, c: Rational) -> Rat | None:
        if len(m) != 1 or m[0][1] != 1 or c.q != 1 or abs(c) > 32:
            return None
        name = self.atoms.names[m[0][0]]
        if not isinstance(name, tuple) or name[0] != "log":
            return None
        inside = name[1]
        if isinstance(inside, int):
            value = rat(inside)
        elif isinstance(inside, tuple) and inside and isinstance(inside[0], tuple):
            value = Rat(dict(inside))
        else:
            value = self.atom(inside, True)
        return self.power(value, rat(int(c.p)))

    def is_nonnegative(self, a: Rat) -> bool:
        """Tell whether a value is a sum of products of what is positive in the model, with the bounds of the reals."""
        return all(self._has_sign(p, 1) for p in (a.top, a.bottom)) or (
            bool(self.bounds) and all(self._has_sign(p, -1) for p in (a.top, a.bottom))
        )

    def _has_sign(self, p: Poly, sign: int) -> bool:
        if self._is_positive(p, sign, self.positive):
            return True
        plain = in_positives(p, self.bounds) if self.bounds else None
        return plain is not None and self._is_positive(plain, sign, self.positive | self.bounds.keys())

    @staticmethod
    def _is_positive(p: Poly, sign: int, positive: Set[int]) -> bool:
        return all(c * sign > 0 and all(x in positive for x, _ in m) for m, c in p.items())

    def power(self, a: Rat, b: Rat) -> Rat:
        exponent = b.number
        if exponent is None or exponent.q != 1 or abs(exponent) > 32:
            if a.number == 0:
                raise NotCovered("a power of 0")
            self._trust(self.is_nonnegative(a))
            return self.atom(("power", _key(a), _key(b)), True)
        times = int(exponent.p)
        bounded(a, abs(times))
        result = self.one
        for _ in range(abs(times)):
            result = rat_multiply(result, a)
        return result if times >= 0 else self.divide(self.one, result)

    def bounded(self, a: Rat) -> Rat:
        return bounded(a)

    def summed(self, term: Run, frame: Frame, slot: int, values: range) -> Rat:
        total: Poly = {}
        rest = self.zero
        for i, frame[slot] in enumerate(values):
            value = term(self, frame)
            if value.bottom is ONE:
                add_to(total, value.top)
            else:
                rest = rat_add(rest, value)
            if i % OFTEN == OFTEN - 1:
                bounded(Rat(total)), bounded(rest)
        return bounded(rat_add(rest, Rat(total)))

    # --- identity --------------------------------------------------------------------------------------------------

    def reduced(self, p: Poly) -> Poly:
        """Eliminate the constraint of each pmf row: its last entry is 1 minus the others; and powers of roots of 1."""
        result = self._without_high_powers(p)
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
        if not any(atom == last for m in p for atom, _ in m):
            return p
        others: Poly = {(): UNIT, **{((self.atoms[table, i], 1),): -UNIT for i in entries[:-1]}}
        result: Poly = {}
        for m, c in p.items():
            k = next((power for atom, power in m if atom == last), 0)
            term: Poly = {tuple(pair for pair in m if pair[0] != last): c}
            for _ in range(k):
                term = poly_multiply(term, others)
            add_to(result, term)
        return result

    def identical(self, a: Rat, b: Rat) -> bool:
        """Tell whether two values are equal as rational functions of the atoms."""
        if a.bottom == b.bottom:
            left, right = a.top, b.top
        else:
            left, right = poly_multiply(a.top, b.bottom), poly_multiply(b.top, a.bottom)
        difference = poly_add(left, negative(right))
        return not difference or not self.reduced(difference)

    def at_most(self, a: Rat, b: Rat) -> bool:
        """Tell whether what is left of b - a is a sum of products of what is positive in the model."""
        difference = rat_add(b, rat_multiply(self.minus, a))
        reduced = quotient(self.reduced(difference.top), self.reduced(difference.bottom))
        return self.is_nonnegative(difference) or self.is_nonnegative(reduced)


def _is_positive(domain: Reals) -> bool:
    return domain.above is not None and bool(domain.above.is_nonnegative)


def _key(a: Rat) -> Hashable:
    return tuple(sorted(a.top.items())), tuple(sorted(a.bottom.items()))
