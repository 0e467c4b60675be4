"""Products multiplied out, like terms collected: a sum of monomials in what is no sum, product or power."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Rational, S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.derive.forms import Part, joined, sum_of
from deltasift.inert import Add, Div, Mul, Neg, Pow
from deltasift.line.same import Canon

MOST_TERMS = 64
HIGHEST = 8  # exponent up to which a sum is multiplied out

Monomial = tuple[tuple[int, int], ...]  # atoms, by number, with their exponents
Polynomial = dict[Monomial, Rational]
ONE: Monomial = ()


class _Large(Exception):
    """A product has too many terms."""


def expanded(e: Basic, order: Callable[[Basic], str]) -> Basic | None:
    """Return an expression multiplied out, its terms in an order; None where there are too many."""
    ring = _Ring()
    try:
        found = ring.polynomial(e)
    except _Large:
        return None
    terms = [ring.term(m, c, order) for m, c in found.items() if c != 0]
    return sum_of(sorted(terms, key=order))


class _Ring:
    def __init__(self) -> None:
        self.canon = Canon()
        self.atoms: dict[int, Basic] = {}

    def polynomial(self, e: Basic) -> Polynomial:
        if isinstance(e, Rational):
            return {ONE: e}
        if isinstance(e, Neg):
            return {m: -c for m, c in self.polynomial(e.args[0]).items()}
        if isinstance(e, Add):
            total: Polynomial = {}
            for a in e.args:
                for m, c in self.polynomial(a).items():
                    total[m] = total.get(m, S.Zero) + c
            return total
        if isinstance(e, Mul):
            product: Polynomial = {ONE: S.One}
            for a in e.args:
                product = _times(product, self.polynomial(a))
            return product
        if isinstance(e, Div):
            return _times(self.polynomial(e.args[0]), self._power(e.args[1], -1))
        if isinstance(e, Pow) and isinstance(e.args[1], Integer):
            return self._power(e.args[0], int(e.args[1]))
        return {((self._atom(e), 1),): S.One}

    def _power(self, base: Basic, n: int) -> Polynomial:
        inside = self.polynomial(base)
        if len(inside) == 1:
            [(m, c)] = inside.items()
            if c != 0:
                return {tuple((a, k * n) for a, k in m): c**n} if n else {ONE: S.One}
        if 0 < n <= HIGHEST:
            product: Polynomial = {ONE: S.One}
            for _ in range(n):
                product = _times(product, inside)
            return product
        return {((self._atom(base), n),): S.One}

    def _atom(self, e: Basic) -> int:
        key = self.canon.key(e)
        self.atoms.setdefault(key, e)
        return key

    def term(self, m: Monomial, c: Rational, order: Callable[[Basic], str]) -> Basic:
        size = abs(c)
        parts: list[Part] = [(Integer(size.p), False)] if size.p != 1 else []
        factors = sorted(((self.atoms[a], k) for a, k in m if k), key=lambda x: order(x[0]))
        for below in (False, True):
            parts += [(_raised(a, abs(k)), below) for a, k in factors if (k < 0) is below]
        if size.q != 1:
            parts.append((Integer(size.q), True))
        return joined(-1 if c < 0 else 1, parts)


def _raised(e: Basic, n: int) -> Basic:
    return e if n == 1 else Pow.make((e, Integer(n)))


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) * len(b) > MOST_TERMS:
        raise _Large
    product: Polynomial = {}
    for m, c in a.items():
        for n, d in b.items():
            powers = dict(m)
            for atom, k in n:
                powers[atom] = powers.get(atom, 0) + k
            key = tuple(sorted((atom, k) for atom, k in powers.items() if k))
            product[key] = product.get(key, S.Zero) + c * d
    return product


def has_sum_inside(e: Basic) -> bool:
    """Tell whether a sum of terms is a factor, or the base of a power."""
    if isinstance(e, (Mul, Neg)):
        return any(isinstance(a, Add) or has_sum_inside(a) for a in e.args)
    if isinstance(e, Div):
        return isinstance(e.args[0], Add) or has_sum_inside(e.args[0])
    if isinstance(e, Pow):
        return isinstance(e.args[0], Add) and isinstance(e.args[1], Integer) and 1 < e.args[1] <= HIGHEST
    return False
