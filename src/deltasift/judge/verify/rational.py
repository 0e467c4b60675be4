"""Identity of rational functions, wherever both have a value: numbers, + and *, divisors, whole powers.

What arithmetic does not look into is an atom: a name, an entry, a logarithm, a sum. A root is one whose power is what
is under it, and `exp(a + b)` is `exp(a)*exp(b)`. Numerators are multiplied by the other denominator and compared; no
common divisor is taken out, and nothing is simplified.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt

from deltasift.errors import DeltasiftError
from deltasift.judge.term import ZERO, Term, key, make, number
from deltasift.judge.tree import folded

Monomial = tuple[tuple[Term, Fraction], ...]  # atoms with their exponents, in the order of their serial numbers
Polynomial = Mapping[Monomial, Fraction]
Quotient = tuple[Polynomial, Polynomial]
UNIT: Polynomial = {(): Fraction(1)}
LONGEST = 3000  # terms of a polynomial
HIGHEST = 64  # a power that is multiplied out
ARITHMETIC = frozenset(("Add", "Mul", "Neg", "Div", "Pow", "Exp"))


class TooLongError(DeltasiftError):
    """An identity that would take too long to decide."""


def equal(a: Term, b: Term) -> bool:
    """Tell whether two terms are one rational function of their atoms; what is too long or divides by 0 is not."""
    try:
        (m, n), (p, q) = rational(a), rational(b)
        return not plus(times(m, q), times(p, n), -1)
    except (TooLongError, ZeroDivisionError):
        return False


def rational(term: Term) -> Quotient:
    """Return numerator and denominator of a term, parts before the whole."""
    memo: dict[Term, Quotient] = {}
    return folded(term, memo, lambda t: _of_head(t, memo), lambda t: t.head in ARITHMETIC)


def _of_head(t: Term, known: Mapping[Term, Quotient]) -> Quotient:
    if t.head == "number":
        return ({(): t.value} if t.value else {}), UNIT
    if any(a.head == "infinity" for a in t.args):
        raise TooLongError("an infinite end is no number")
    parts = [known[a] for a in t.args if a in known]
    if t.head == "Add":
        return _without_common(*_total(parts))
    if t.head == "Neg":
        return scaled(parts[0][0], -1), parts[0][1]
    if t.head in ("Mul", "Div"):
        above, below = UNIT, UNIT
        for i, (n, d) in enumerate(parts):
            if t.head == "Div" and i == 1:
                n, d = d, n
            above, below = times(above, n), times(below, d)
        if not below:
            raise ZeroDivisionError
        return _without_common(above, below)
    if t.head == "Pow" and (exponent := constant(parts[1])) is not None:
        return _power(*parts[0], exponent)
    if t.head == "Exp":
        return _exponential(t, *parts[0])
    return atom(key(t)), UNIT


def _total(parts: list[Quotient]) -> Quotient:
    above: Polynomial = {}
    below = UNIT
    for n, d in parts:
        above, below = (plus(above, n), d) if d == below else (plus(times(above, d), times(n, below)), times(below, d))
    return above, below


def _without_common(n: Polynomial, d: Polynomial) -> Quotient:
    """Return a quotient without the atoms that are factors of every term above and below."""
    if not n or (len(d) == 1 and () in d):
        return n, d
    every = [dict(m) for m in (*n, *d)]
    common = {a: min(m.get(a, Fraction(0)) for m in every) for a in every[0]}
    common = {a: e for a, e in common.items() if e > 0}
    if not common:
        return n, d
    above, below = ({_over(m, common): c for m, c in p.items()} for p in (n, d))
    return above, below


def _over(m: Monomial, common: Mapping[Term, Fraction]) -> Monomial:
    return tuple((a, left) for a, e in m if (left := e - common.get(a, Fraction(0))))


def _power(n: Polynomial, d: Polynomial, by: Fraction) -> Quotient:
    if by < 0:
        n, d, by = d, n, -by
        if not d:
            raise ZeroDivisionError
    if by.denominator == 1:
        return power(n, int(by)), power(d, int(by))
    above, below = (_root(p, by.denominator) for p in (n, d))
    (a, b), (c, e) = (tuple(power(x, by.numerator) for x in side) for side in (above, below))
    return times(a, e), times(b, c)


def _root(p: Polynomial, q: int) -> Quotient:
    """Return a root of a polynomial; of a product with its factors that are positive apart."""
    if not p or p == UNIT:
        return p, UNIT
    if len(p) > 1 or next(iter(p.values())) < 0:
        return _root_of(written(p), q), UNIT
    [(monomial, c)] = p.items()
    found = _root_of_number(c, q)
    others = tuple((a, e) for a, e in monomial if a.head not in ("constant", "Exp"))
    for a, e in monomial:
        if a.head == "Exp":
            found = times(found, {((a, e / q),): Fraction(1)})
        elif a.head == "constant":
            found = times(found, power(_root_of(a, q), int(e)))
    return (times(found, _root_of(written({others: Fraction(1)}), q)) if others else found), UNIT


def _root_of(base: Term, q: int) -> Polynomial:
    return atom(make("Pow", (base, number(Fraction(1, q)))))


def _root_of_number(c: Fraction, q: int) -> Polynomial:
    """Return a root of a positive number, of a square root what is a square apart."""
    if q != 2:
        return UNIT if c == 1 else _root_of(number(c), q)
    outside, inside = _square(c.numerator * c.denominator)
    return scaled(UNIT if inside == 1 else _root_of(number(inside), q), outside / c.denominator)


def _square(n: int) -> tuple[Fraction, int]:
    """Return (a, b) with `n = a**2*b`, as far as small divisors show it."""
    if isqrt(n) ** 2 == n:
        return Fraction(isqrt(n)), 1
    a = 1
    for p in range(2, 100):
        while n % (p * p) == 0:
            a, n = a * p, n // (p * p)
    return Fraction(a), n


def _exponential(t: Term, n: Polynomial, d: Polynomial) -> Quotient:
    """Return the product of the exponentials of the terms of an exponent whose divisor is a number."""
    if set(d) != {()}:
        return atom(key(t)), UNIT
    above: dict[Term, Fraction] = {}
    below: dict[Term, Fraction] = {}
    for m, c in n.items():
        by = c / d[()]
        (above if by > 0 else below)[make("Exp", (written({m: Fraction(1)}),))] = abs(by)
    return {_ordered(above): Fraction(1)}, {_ordered(below): Fraction(1)}


def constant(q: Quotient) -> Fraction | None:
    """Return the number that a quotient is, None if it is none."""
    n, d = q
    if not n:
        return Fraction(0)
    by = n[next(iter(n))] / d.get(next(iter(n)), Fraction(1))
    return by if set(n) == set(d) and all(c == by * d[m] for m, c in n.items()) else None


# --- polynomials ---------------------------------------------------------------------------------------------------


def atom(a: Term) -> Polynomial:
    return {((a, Fraction(1)),): Fraction(1)}


def _ordered(exponents: Mapping[Term, Fraction]) -> Monomial:
    return tuple(sorted(((a, e) for a, e in exponents.items() if e), key=lambda part: part[0].serial))


def plus(p: Polynomial, q: Polynomial, by: int = 1) -> Polynomial:
    out = dict(p)
    for m, c in q.items():
        out[m] = out.get(m, Fraction(0)) + by * c
    return {m: c for m, c in out.items() if c}


def scaled(p: Polynomial, by: Fraction | int) -> Polynomial:
    return {m: c * by for m, c in p.items()} if by else {}


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    if len(p) * len(q) > LONGEST:
        raise TooLongError("a product of many terms")
    out: Polynomial = {}
    plain: dict[Monomial, Fraction] = {}
    for m, c in p.items():
        for n, d in q.items():
            exponents = dict(m)
            for a, e in n:
                exponents[a] = exponents.get(a, Fraction(0)) + e
            whole = [a for a, e in exponents.items() if _is_root(a) and e * a.args[1].value >= 1]
            if not whole:
                mono = _ordered(exponents)
                plain[mono] = plain.get(mono, Fraction(0)) + c * d
                continue
            part: Polynomial = {(): c * d}
            for a in whole:
                times_over, exponents[a] = divmod(exponents[a], 1 / a.args[1].value)
                part = times(part, power(rational(a.args[0])[0], int(times_over)))
            out = plus(out, times(part, {_ordered(exponents): Fraction(1)}))
    return plus({m: c for m, c in plain.items() if c}, out)


def _is_root(a: Term) -> bool:
    return a.head == "Pow" and a.args[1].head == "number" and a.args[1].value.numerator == 1


def power(p: Polynomial, n: int) -> Polynomial:
    if n > HIGHEST:
        raise TooLongError("a high power")
    out = UNIT
    for _ in range(n):
        out = times(out, p)
    return out


def written(p: Polynomial) -> Term:
    """Return a polynomial as a term, equal ones as one term."""
    terms = []
    for m, c in sorted(p.items(), key=lambda item: [(a.serial, e) for a, e in item[0]]):
        parts = [a if e == 1 else make("Pow", (a, number(e))) for a, e in m]
        parts = [number(c), *parts] if c != 1 or not parts else parts
        terms.append(make("Mul", parts) if len(parts) > 1 else parts[0])
    return terms[0] if len(terms) == 1 else make("Add", terms) if terms else ZERO


def atoms(p: Polynomial) -> tuple[Term, ...]:
    """Return the atoms of a polynomial."""
    return tuple(dict.fromkeys(a for m in p for a, _ in m))
