"""Rational functions in atoms, for the finite models: exact, small, and made on the fly."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

Monomial = tuple[tuple[int, int], ...]  # (atom, exponent), by atom
Poly = dict[Monomial, Fraction]
MOST_TERMS = 20_000
MOST_BITS = 20_000  # of a coefficient


class TooLarge(Exception):
    """A polynomial of a model has more terms than are followed."""


def poly_add(a: Poly, b: Poly) -> Poly:
    """Return a + b."""
    result = dict(a)
    for m, c in b.items():
        total = result.get(m, Fraction(0)) + c
        if total:
            result[m] = total
        else:
            result.pop(m, None)
    return result


def poly_multiply(a: Poly, b: Poly) -> Poly:
    """Return a * b."""
    if len(a) * len(b) > MOST_TERMS:
        raise TooLarge(f"a polynomial of more than {MOST_TERMS} terms")
    result: Poly = {}
    for m, c in a.items():
        for n, d in b.items():
            key = _join(m, n)
            total = result.get(key, Fraction(0)) + c * d
            if total:
                result[key] = total
            else:
                result.pop(key, None)
    return result


def _join(m: Monomial, n: Monomial) -> Monomial:
    if not m:
        return n
    if not n:
        return m
    powers = dict(m)
    for atom, k in n:
        powers[atom] = powers.get(atom, 0) + k
    return tuple(sorted((a, k) for a, k in powers.items() if k))


def constant(value: Fraction) -> Poly:
    """Return a constant polynomial."""
    return {(): value} if value else {}


ONE: Poly = {(): Fraction(1)}


@dataclass(frozen=True)
class Rat:
    """A quotient of polynomials; the denominator is never the zero polynomial."""

    top: Mapping[Monomial, Fraction]
    bottom: Mapping[Monomial, Fraction]

    @property
    def number(self) -> Fraction | None:
        """The value where it is a number."""
        if not self.top:
            return Fraction(0)
        if set(self.top) == {()} and set(self.bottom) == {()}:
            return self.top[()] / self.bottom[()]
        return None


def rat(value: Fraction) -> Rat:
    """Return a number as a rational function."""
    return Rat(constant(value), ONE)


def rat_add(a: Rat, b: Rat) -> Rat:
    """Return a + b."""
    if a.bottom == b.bottom:
        return Rat(poly_add(dict(a.top), dict(b.top)), a.bottom)
    top = poly_add(poly_multiply(dict(a.top), dict(b.bottom)), poly_multiply(dict(b.top), dict(a.bottom)))
    return Rat(top, poly_multiply(dict(a.bottom), dict(b.bottom)))


def rat_multiply(a: Rat, b: Rat) -> Rat:
    """Return a * b."""
    return Rat(poly_multiply(dict(a.top), dict(b.top)), poly_multiply(dict(a.bottom), dict(b.bottom)))


def normal(
    p: Mapping[Monomial, Fraction],
) -> tuple[Fraction, Monomial, tuple[tuple[Monomial, Fraction], ...]]:
    """Split a polynomial into content, monomial and primitive rest, whose leading coefficient is positive."""
    numerators = [abs(c.numerator) for c in p.values()]
    denominators = [c.denominator for c in p.values()]
    content = Fraction(gcd(*numerators), lcm(*denominators))
    atoms = set.intersection(*({a for a, _ in m} for m in p)) if p else set()
    common = tuple(sorted((a, min(dict(m)[a] for m in p)) for a in atoms))
    rest: dict[Monomial, Fraction] = {}
    for m, c in p.items():
        powers = dict(m)
        for a, k in common:
            powers[a] -= k
        rest[tuple(sorted((a, k) for a, k in powers.items() if k))] = c / content
    lead = rest[max(rest)]
    if lead < 0:
        content = -content
        rest = {m: -c for m, c in rest.items()}
    return content, common, tuple(sorted(rest.items()))


def reduced_fraction(a: Rat) -> tuple[Poly, Poly]:
    """Return numerator and denominator without common monomials and with a denominator of content one."""
    if not a.top:
        return {}, ONE
    content, below, _ = normal(a.bottom)
    _, above, _ = normal(a.top)
    common = {x: min(k, dict(above).get(x, 0)) for x, k in below}

    def divided(p: Mapping[Monomial, Fraction], by: Fraction) -> Poly:
        return {
            tuple(sorted((x, k - common.get(x, 0)) for x, k in m if k - common.get(x, 0))): c / by for m, c in p.items()
        }

    return divided(a.top, content), divided(a.bottom, content)


def bounded(a: Rat, times: int = 1) -> Rat:
    """Return a quotient whose coefficients, taken to the power `times`, are of a length that is followed.

    Raises
    ------
    TooLarge
    """
    for p in (a.top, a.bottom):
        for c in p.values():
            if max(c.numerator.bit_length(), c.denominator.bit_length()) * times > MOST_BITS:
                raise TooLarge(f"a number of more than {MOST_BITS} bits")
    return a


@lru_cache(10_000)
def factorise(n: int) -> Mapping[int, int]:
    """Return the primes of a positive integer with their exponents.

    What is left of a number of 64 bits over 10**6, and of a longer one over 10**4, stays whole.
    """
    found: dict[int, int] = {}
    largest = 10**6 if n.bit_length() <= 64 else 10**4
    p = 2
    while p * p <= n and p < largest:
        while n % p == 0:
            found[p] = found.get(p, 0) + 1
            n //= p
        p += 1
    if n > 1:
        found[n] = found.get(n, 0) + 1
    return found


class Atoms:
    """Numbers the atoms of a model."""

    def __init__(self) -> None:
        self._ids: dict[Hashable, int] = {}
        self.names: list[Hashable] = []

    def __getitem__(self, name: Hashable) -> int:
        if name not in self._ids:
            self._ids[name] = len(self.names)
            self.names.append(name)
        return self._ids[name]
