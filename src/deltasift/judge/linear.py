"""Sums of rational multiples of products: how the judge compares values, and adds up orders.

A term is read as a polynomial in atoms, an atom being what arithmetic does not take apart. `1/x` is an atom beside `x`,
and the two do not cancel: nothing here depends on whether something has a value. A function whose arguments are equal
as polynomials has equal values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple, TypeAlias

from deltasift.judge.context import World
from deltasift.judge.functions import UNREAL
from deltasift.judge.meaning import may_be_unreal, names_of_complex
from deltasift.judge.statement import OF_EXISTENCE
from deltasift.judge.term import ONE, ZERO, Term, key, leaves, make, number, occurs
from deltasift.judge.tree import folded

Monomial: TypeAlias = tuple[tuple[int, int], ...]  # numbers of atoms with their powers, in order
Rational: TypeAlias = Fraction | int
Polynomial: TypeAlias = Mapping[Monomial, Rational]
IsWhole: TypeAlias = Callable[[Term], bool]
UNORDERED = frozenset(("Delta", "Equality", "Unequal", "And", "Or"))
MOST = 400  # monomials of one polynomial
HIGHEST = 8  # power that is multiplied out
CONSTANT: Monomial = ()


class TooLargeError(Exception):
    """A polynomial has too many terms to be looked at."""


class LinearFact(NamedTuple):
    """`0 <= value`, strictly where `strict`, or `0 = value`."""

    value: Polynomial
    strict: bool = False
    equal: bool = False


class Polynomials:
    """Reads terms as polynomials; those of one instance are comparable with each other only."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self.atoms: list[Term] = []
        self._memo: dict[Term, Polynomial] = {}
        self._unreal: set[int] = set()

    def of(self, term: Term) -> Polynomial:
        """Return a term as a polynomial in atoms, its parts before the whole."""
        return folded(term, self._memo, self._value, lambda t: t.head not in OF_EXISTENCE)

    def _value(self, t: Term) -> Polynomial:
        if t.head in OF_EXISTENCE:  # of an expression as it is written
            return {((self._number((t.head, key(t)), t), 1),): 1}
        return self._of(t, [self._memo[a] for a in t.args])

    def equal(self, a: Term, b: Term) -> bool:
        """Tell whether two terms are one polynomial, or two statements differ in such terms alone."""
        return a is b or self.of(a) == self.of(b)

    def difference(self, a: Term, b: Term) -> Polynomial:
        return added([(1, self.of(a)), (-1, self.of(b))])

    def is_whole(self, p: Polynomial, is_whole: IsWhole) -> bool:
        """Tell whether all atoms of a polynomial are integers."""
        return all(is_whole(self.atoms[atom]) for m in p for atom, _ in m)

    def is_real(self, p: Polynomial, world: World) -> bool:
        """Tell whether neither an infinite end nor a complex number is among the atoms of a polynomial."""
        atoms = {atom for m in p for atom, _ in m}
        hidden = names_of_complex(world)
        return atoms.isdisjoint(self._unreal) and not any(
            hidden and leaf.head == "free" and leaf.value in hidden for a in atoms for leaf, _ in leaves(self.atoms[a])
        )

    def linear_in(self, p: Polynomial, name: Term) -> tuple[Polynomial, Polynomial] | None:
        """Return the slope and the rest of a polynomial that is linear in a name, None where it is not."""
        own = next(iter(self.of(name)))
        slope: dict[Monomial, Rational] = {}
        rest: dict[Monomial, Rational] = {}
        for m, c in p.items():
            others = tuple(power for power in m if (power,) != own)
            if any(occurs(name, self.atoms[atom]) for atom, _ in others):
                return None
            (rest if len(others) == len(m) else slope)[others] = c
        return slope, rest

    def written(self, p: Polynomial) -> Term:
        """Return a polynomial as a term."""
        terms = []
        for m, c in sorted(p.items()):
            powers = [self.atoms[a] if n == 1 else make("Pow", (self.atoms[a], number(n))) for a, n in m]
            factors = powers if c == 1 and powers else [number(c), *powers]
            terms.append(factors[0] if len(factors) == 1 else make("Mul", factors))
        return terms[0] if len(terms) == 1 else make("Add", terms) if terms else ZERO

    def _of(self, t: Term, args: list[Polynomial]) -> Polynomial:
        try:
            if t.head == "number":
                return {CONSTANT: _short(t.value)} if t.value else {}
            if t.head == "Add":
                return added([(1, a) for a in args])
            if t.head == "Neg":
                return added([(-1, args[0])])
            if t.head == "Mul":
                return multiplied(args)
            if t.head == "Div":
                return multiplied([args[0], self._inverse(args[1], t.args[1])])
            if t.head == "Pow" and t.args[1].head == "number" and t.args[1].value in range(HIGHEST + 1):
                return multiplied([args[0]] * int(t.args[1].value))
        except TooLargeError:
            pass
        return self._atom(t, args)

    def _inverse(self, p: Polynomial, term: Term) -> Polynomial:
        """Return one over a polynomial: that of a product is the product of those of its factors."""
        if len(p) != 1:
            inverse = self._number(("inverse", frozen(p)), _over(term))
            if self._is_complex(p):
                self._unreal.add(inverse)
            return {((inverse, 1),): 1}
        ((monomial, by),) = p.items()
        powers = []
        for atom, power in monomial:
            inverse = self._number(("inverse", atom), _over(self.atoms[atom]))
            if atom in self._unreal:
                self._unreal.add(inverse)
            powers.append((inverse, power))
        return {tuple(sorted(powers)): _short(Fraction(1) / by)}

    def _atom(self, t: Term, args: list[Polynomial]) -> Polynomial:
        parts: Any = [frozen(a) for a in args]
        if t.head in UNORDERED or (t.head == "Func" and t.args[0].value in ("Max", "Min")):
            parts = frozenset((p, parts.count(p)) for p in parts)
        else:
            parts = tuple(parts)
        number = self._number((t.head, t.value, parts), t)
        is_unreal = t.head == "infinity" or t.value == "i" or (t.head == "free" and may_be_unreal(t.value))
        is_unreal = is_unreal or (t.head == "Func" and t.args[0].value in UNREAL)
        if is_unreal or any(self._is_complex(a) for a in args):
            self._unreal.add(number)
        return {((number, 1),): 1}

    def _is_complex(self, p: Polynomial) -> bool:
        return any(atom in self._unreal and self.atoms[atom].head != "infinity" for m in p for atom, _ in m)

    def _number(self, form: Any, term: Term) -> int:
        found = self._numbers.get(form)
        if found is None:
            found = self._numbers[form] = len(self.atoms)
            self.atoms.append(term)
        return found


def _over(below: Term) -> Term:
    return make("Div", (ONE, below))


def _short(value: Fraction) -> Rational:
    return value.numerator if value.denominator == 1 else value


def frozen(p: Polynomial) -> frozenset[tuple[Monomial, Rational]]:
    return frozenset(p.items())


def added(parts: Iterable[tuple[Rational, Polynomial]]) -> Polynomial:
    """Return a sum of polynomials, each times a number."""
    total: dict[Monomial, Rational] = {}
    for by, p in parts:
        for m, c in p.items():
            total[m] = total.get(m, 0) + by * c
    if len(total) > MOST:
        raise TooLargeError
    return {m: c for m, c in total.items() if c}


def multiplied(parts: Iterable[Polynomial]) -> Polynomial:
    """Return a product of polynomials, multiplied out."""
    product: Polynomial = {CONSTANT: 1}
    for p in parts:
        if len(product) * len(p) > MOST:
            raise TooLargeError
        new: dict[Monomial, Rational] = {}
        for m, c in product.items():
            for n, d in p.items():
                both = _times(m, n)
                new[both] = new.get(both, 0) + c * d
        product = {m: c for m, c in new.items() if c}
    return product


def _times(m: Monomial, n: Monomial) -> Monomial:
    if not m or not n:
        return m or n
    powers = dict(m)
    for atom, power in n:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted(powers.items()))


def tightened(bound: LinearFact) -> LinearFact:
    """Return an order of integers with coefficients that have no common divisor, its constant rounded.

    `0 < 2*n - 1` says `0 <= n - 1`.
    """
    slopes = {m: c for m, c in bound.value.items() if m}
    if bound.equal or not slopes:
        return bound
    common = Fraction(gcd(*(c.numerator for c in slopes.values())), lcm(*(c.denominator for c in slopes.values())))
    constant = bound.value.get(CONSTANT, 0) / common
    whole = constant.__floor__() - (bound.strict and constant.denominator == 1)
    value = {m: _short(c / common) for m, c in slopes.items()}
    return LinearFact({**value, CONSTANT: whole} if whole else value)


def contradict(bounds: Iterable[tuple[Fraction, LinearFact]]) -> bool:
    """Tell whether orders, each times a number, add up to `0 <= c` with a negative c, or to `0 < 0`."""
    kept = [(by, b) for by, b in bounds if by]
    if any(by < 0 and not b.equal for by, b in kept):
        return False
    total = added([(by, b.value) for by, b in kept])
    constant = total.get(CONSTANT, 0)
    strict = any(b.strict and not b.equal for _, b in kept)
    return total.keys() <= {CONSTANT} and (constant < 0 or (strict and constant == 0))
