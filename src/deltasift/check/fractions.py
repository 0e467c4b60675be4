"""Rational functions in atoms, for the finite models: exact, small, and made on the fly."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any, NamedTuple

from flint import fmpq

Monomial = tuple[tuple[int, int], ...]  # (atom, exponent), by atom; an exponent is positive
Rational = Any  # flint.fmpq
Poly = dict[Monomial, Rational]  # never changed once it is made
MOST_TERMS = 20_000
MOST_BITS = 20_000  # of a coefficient
ONE: Poly = {(): fmpq(1)}


class Work:
    """How many products of two terms were made: what models take, the same on every machine."""

    done = 0


class TooLarge(Exception):
    """A polynomial of a model has more terms than are followed."""


def poly_add(a: Poly, b: Poly) -> Poly:
    """Return a + b."""
    if not a:
        return b
    result = dict(a)
    add_to(result, b)
    return result


def add_to(total: Poly, b: Poly) -> None:
    """Add b to a polynomial that is being made."""
    for m, c in b.items():
        known = total.get(m)
        if known is None:
            total[m] = c
            continue
        c = known + c
        if c:
            total[m] = c
        else:
            del total[m]


def poly_multiply(a: Poly, b: Poly) -> Poly:
    """Return a * b."""
    if len(a) * len(b) > MOST_TERMS:
        raise TooLarge(f"a polynomial of more than {MOST_TERMS} terms")
    if a is ONE:
        return b
    if b is ONE:
        return a
    Work.done += len(a) * len(b)
    if len(a) == 1:  # no two products are of the same monomial
        [(m, c)] = a.items()
        return {_join(m, n): c * d for n, d in b.items()}
    if len(b) == 1:
        [(n, d)] = b.items()
        return {_join(m, n): c * d for m, c in a.items()}
    result: Poly = {}
    for m, c in a.items():
        add_to(result, {_join(m, n): c * d for n, d in b.items()})
    return result


def _join(m: Monomial, n: Monomial) -> Monomial:
    if not m:
        return n
    if not n:
        return m
    if m[-1][0] < n[0][0]:
        return m + n
    if n[-1][0] < m[0][0]:
        return n + m
    powers = dict(m)
    for atom, k in n:
        powers[atom] = powers.get(atom, 0) + k
    return tuple(sorted(powers.items()))


def negative(p: Poly) -> Poly:
    """Return -p."""
    return {m: -c for m, c in p.items()}


def fraction(c: Rational) -> Fraction:
    """Return a coefficient as a fraction of Python."""
    return Fraction(int(c.p), int(c.q))


def coefficients(p: Poly) -> dict[Monomial, Fraction]:
    """Return a polynomial with fractions of Python."""
    return {m: fraction(c) for m, c in p.items()}


class Rat(NamedTuple):
    """A quotient of polynomials; the denominator is never the zero polynomial, and `ONE` where it is a number."""

    top: Poly
    bottom: Poly = ONE

    @property
    def number(self) -> Rational | None:
        """The value where it is a number."""
        if not self.top:
            return fmpq(0)
        return self.top.get(()) if len(self.top) == 1 and self.bottom is ONE else None


def rat(value: Fraction | int) -> Rat:
    """Return a number as a rational function."""
    return Rat({(): fmpq(value.numerator, value.denominator)} if value else {})


def quotient(top: Poly, bottom: Poly) -> Rat:
    """Return a quotient, a number in the denominator being divided by."""
    if bottom is ONE:
        return Rat(top)
    number = bottom.get(()) if len(bottom) == 1 else None
    if number is None:
        return Rat(top, bottom)
    return Rat({m: c / number for m, c in top.items()})


def rat_add(a: Rat, b: Rat) -> Rat:
    """Return a + b."""
    if a.bottom is b.bottom or a.bottom == b.bottom:
        return Rat(poly_add(a.top, b.top), a.bottom)
    top = poly_add(poly_multiply(a.top, b.bottom), poly_multiply(b.top, a.bottom))
    return quotient(top, poly_multiply(a.bottom, b.bottom))


def rat_multiply(a: Rat, b: Rat) -> Rat:
    """Return a * b."""
    if a.bottom is ONE and b.bottom is ONE:
        return Rat(poly_multiply(a.top, b.top))
    return quotient(poly_multiply(a.top, b.top), poly_multiply(a.bottom, b.bottom))


def normal(p: Poly) -> tuple[Rational, Monomial, tuple[tuple[Monomial, Rational], ...]]:
    """Split a polynomial into content, monomial and primitive rest, whose leading coefficient is positive."""
    if len(p) == 1:
        [(m, c)] = p.items()
        return c, m, (((), fmpq(1)),)
    content = abs(reduce(fmpq.gcd, p.values()))
    atoms = set.intersection(*({a for a, _ in m} for m in p)) if p else set()
    common = tuple(sorted((a, min(dict(m)[a] for m in p)) for a in atoms))
    rest: Poly = {}
    for m, c in p.items():
        powers = dict(m)
        for a, k in common:
            powers[a] -= k
        rest[tuple(sorted((a, k) for a, k in powers.items() if k))] = c / content
    lead = rest[max(rest)]
    if lead < 0:
        content = -content
        rest = negative(rest)
    return content, common, tuple(sorted(rest.items()))


def reduced_fraction(a: Rat) -> tuple[Poly, Poly]:
    """Return numerator and denominator without common monomials and with a denominator of content one."""
    if not a.top:
        return {}, ONE
    content, below, _ = normal(a.bottom)
    _, above, _ = normal(a.top)
    common = {x: min(k, dict(above).get(x, 0)) for x, k in below}

    def divided(p: Poly, by: Rational) -> Poly:
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
            if c.height_bits() * times > MOST_BITS:
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
