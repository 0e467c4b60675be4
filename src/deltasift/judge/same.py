"""The judge's one meaning of "the same line".

Two terms are one line when they differ in the order of + and *, in the placement of signs and of a/b, and in the order
of the arguments of a Kronecker delta, of = and of != alone. Numbers are not folded and products are not expanded.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from deltasift.judge.tree import NAME, ONE, UNORDERED, Term, make, number

_ITSELF = NAME  # what stands where a key is the term itself, lest the term hold itself for ever


def same(a: Term, b: Term) -> bool:
    """Tell whether two terms are one line."""
    return a is b or key(a) is key(b)


def key(term: Term) -> Term:
    """Return what all terms of one line have in common; it is a term, and no line."""
    todo = [term]
    while todo:
        t = todo[-1]
        if t.known_key is not None:
            todo.pop()
            continue
        waiting = [a for a in t.args if a.known_key is None]
        if waiting:
            todo += waiting
            continue
        found = _key(t, [_known(a) for a in t.args])
        t.known_key = _ITSELF if found is t else found
        todo.pop()
    return _known(term)


def _known(t: Term) -> Term:
    return t if t.known_key is _ITSELF else t.known_key  # type: ignore[return-value]


def _key(t: Term, keys: list[Term]) -> Term:
    """Return the key of a term from those of its arguments."""
    if t.head == "number":
        return _key_of_number(t.value)
    if t.head == "Neg":
        sign, factors = factors_of(keys[0])
        return product_of(-sign, factors)
    if t.head == "Div":
        return _key_of_quotient(*keys)
    if t.head == "Mul":
        sign = 1
        merged: list[Term] = []
        for k in keys:
            s, factors = factors_of(k)
            sign *= s
            merged += (ONE,) if k is ONE else factors  # 1*x is not x
        return product_of(sign, merged)
    if t.head == "Add":
        return sum_of([x for k in keys for x in terms_of(k)])
    return make(t.head, _ordered(keys) if t.head in UNORDERED else keys, t.value) if keys else t


def _ordered(keys: Sequence[Term]) -> list[Term]:
    return sorted(keys, key=lambda k: k.serial)


def factors_of(k: Term) -> tuple[int, tuple[Term, ...]]:
    """Return the sign and the factors of a key, of which 1 has none."""
    return (k.value, k.args) if k.head == "a product" else (1, () if k is ONE else (k,))


def terms_of(k: Term) -> tuple[Term, ...]:
    """Return the terms of a key."""
    return k.args if k.head == "a sum" else (k,)


def product_of(sign: int, factors: Sequence[Term]) -> Term:
    """Return the key of a product."""
    if len(factors) == 1 and factors[0] is ONE:
        factors = ()
    if sign == 1 and len(factors) < 2 and not any(f.head == "an inverse" for f in factors):
        return factors[0] if factors else ONE
    return make("a product", _ordered(factors), sign)


def sum_of(terms: Sequence[Term]) -> Term:
    """Return the key of a sum."""
    return make("a sum", _ordered(terms))


def _key_of_quotient(numerator: Term, denominator: Term) -> Term:
    sign, factors = factors_of(numerator)
    below, inner = factors_of(denominator)
    return product_of(sign * below, (*factors, make("an inverse", (product_of(1, inner),))))


def _key_of_number(value: Fraction) -> Term:
    if value < 0:
        sign, factors = factors_of(_key_of_number(-value))
        return product_of(-sign, factors)
    if value.denominator == 1:
        return number(value)
    return _key_of_quotient(number(value.numerator), number(value.denominator))
