"""A Dirac delta of a function is one at each of its zeros, divided by the slope there.

Each zero is put in, and its slope is taken anew; that there are no others is the matter of `others`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from deltasift.judge.statement import conjuncts
from deltasift.judge.tree import INFINITY, MINUS_INFINITY, ONE, TRUE, ZERO, Term, bound, make, number, shift
from deltasift.judge.verify.masses import order_of
from deltasift.judge.verify.others import magnitudes, no_others, sign_of_factor, wave_of, with_root
from deltasift.judge.verify.parts import (
    alike,
    factors,
    joined,
    minus,
    normal,
    occurs_in,
    over,
    plus,
    replaced,
    terms,
    times,
    value_of,
)
from deltasift.judge.verify.polynomials import coefficients
from deltasift.judge.verify.question import Goal, Question, require
from deltasift.judge.verify.rational import equal
from deltasift.judge.verify.signs import sign_of
from deltasift.judge.verify.slope import negative, slope, total

PI = make("constant", (), "pi")


@dataclass(frozen=True)
class Mass:
    """A term: what a bracket in it says, the zero, which derivative of a delta, and the other factors."""

    guard: tuple[Term, ...]
    zero: Term
    order: int
    weight: Term


def dirac_roots(q: Question) -> Iterator[Goal]:
    """The masses are at the zeros, with their weights, and there are no other zeros."""
    require(q.before.head == "Dirac", "this is no delta")
    g, n = q.before.args[0], order_of(q.before)
    x = next((bound(i) for i in range(len(q.binders)) if q.is_real(i) and occurs_in(bound(i), g)), None)
    require(x is not None, "it is no function of a variable of an integral")
    assert x is not None
    binder = q.binders[-1 - x.value]
    lo, hi = (shift(e, x.value + 1) for e in binder.args[2:])
    if q.after.head == "Sum":
        _check_every_period(q, g, n, x)
        return
    masses = [_mass(t, x) for t in terms(q.after)]
    guards = {m.guard for m in masses}
    require(len(guards) <= 1, "the zeros are there in different cases")
    guard = next(iter(guards), ())
    at = list(dict.fromkeys(m.zero for m in masses))
    for z in at:
        require(not occurs_in(x, z), "a zero depends on the variable")
        yield from _is_zero(g, x, z, guard)
        yield from _has_weights(g, n, x, z, [m for m in masses if m.zero is z])
    yield from _are_apart(g, x, at, guard)
    yield from no_others(g, x, at, guard, lo, hi)


def _are_apart(g: Term, x: Term, at: list[Term], guard: tuple[Term, ...]) -> Iterator[Goal]:
    """Yield that no zero is there twice, written in two ways, which would count for another one.

    Of a polynomial that is the product of its linear factors nothing is asked.
    """
    pairs = list(combinations(at, 2))
    require(not any(equal(y, z) for y, z in pairs), "a zero is there twice")
    close = [pair for pair in pairs if not sign_of(minus(*pair))]
    if close and not _is_product(g, x, at):
        yield from (Goal(make("Unequal", pair), guard) for pair in close)


def _is_product(g: Term, x: Term, at: list[Term]) -> bool:
    each = coefficients(g, x)
    return each is not None and equal(g, times(each[-1], *(minus(x, z) for z in at)))


def _mass(t: Term, x: Term) -> Mass:
    sign, parts = factors(t)
    found = [e for e, below in parts if e.head == "Dirac" and not below]
    require(len(found) == 1, "a term is no delta")
    said = [s for e, below in parts if e.head == "Iverson" and not below for s in conjuncts(e.args[0])]
    rest = [p for p in parts if p[0] is not found[0] and (p[0].head != "Iverson" or p[1])]
    zero = _point(found[0].args[0], x)
    return Mass(tuple(s for s in said if s is not TRUE), zero, order_of(found[0]), joined(sign, rest))


def _point(h: Term, x: Term) -> Term:
    """Return where `x - r` is 0."""
    require(equal(slope(h, x) or ZERO, ONE), "a delta is not at a point")
    at_zero = replaced(h, x, ZERO)
    assert at_zero is not None
    return normal(negative(at_zero))


def _at(t: Term, x: Term, z: Term) -> Term:
    value = replaced(t, x, z)
    require(value is not None, "a derivative is taken by the variable")
    assert value is not None
    return value


def _is_zero(g: Term, x: Term, z: Term, guard: tuple[Term, ...]) -> Iterator[Goal]:
    """Check that the function is 0 at a point; where it is `a - sqrt(b)`, by squares and the sign of a."""
    there = _at(g, x, z)
    if alike(there, ZERO):
        return
    parts = with_root(there)
    require(parts is not None, "the function is not 0 at a zero")
    assert parts is not None
    _, base, by, rest = parts
    require(equal(times(by, by, base), times(rest, rest)), "the function is not 0 at a zero")
    yield Goal(make("LessEqual", (ZERO, negative(over(rest, by)))), guard)


# --- weights -------------------------------------------------------------------------------------------------------


def _has_weights(g: Term, n: int, x: Term, z: Term, masses: list[Mass]) -> Iterator[Goal]:
    """Check what stands before the masses at a zero: by 1/|g'| there, and for a derivative by the chain rule."""
    near = _near(g, x, z)
    by = slope(near, x)
    require(by is not None, "the slope is not known")
    assert by is not None
    there = _at(by, x, z)
    if n == 0:
        require(len(masses) == 1 and masses[0].order == 0, "a zero has another mass")
        yield from _is_reciprocal(masses[0].weight, there, masses[0].guard)
        return
    sign = sign_of(there)
    require(sign, "the sign of a slope is not known")
    size = there if sign == 1 else negative(there)
    weights = {0: ONE}
    for _ in range(n):
        every = range(len(weights) + 1)
        weights = {j: over(total(_slope(weights.get(j, ZERO), x), weights.get(j - 1, ZERO)), by) for j in every}
    wanted = {j: w for j, w in weights.items() if not equal(w, ZERO)}
    require(sorted(wanted) == sorted(m.order for m in masses), "a zero has other masses")
    for m in masses:
        require(alike(m.weight, over(wanted[m.order], size)), "a weight is another")


def _slope(t: Term, x: Term) -> Term:
    found = slope(t, x)
    require(found is not None, "a slope is not known")
    assert found is not None
    return found


def _near(g: Term, x: Term, z: Term) -> Term:
    """Return a function as it is around a zero, magnitudes decided; they are not 0 there."""
    if not any(occurs_in(x, e) for e in magnitudes(g)):
        return g
    for e in magnitudes(g):
        sign = sign_of(_at(e.args[1], x, z))
        require(sign, "the sign of a magnitude is not known")
        new = replaced(g, e, e.args[1] if sign == 1 else negative(e.args[1]))
        assert new is not None
        g = new
    return g


def _is_reciprocal(weight: Term, there: Term, guard: tuple[Term, ...]) -> Iterator[Goal]:
    """Check that a weight is 1/|slope|: by its square, and because none of its factors is negative."""
    sign, parts = _flat(weight)
    plain = [(e.args[1] if e.head == "Func" and e.args[0].value == "Abs" else e, below) for e, below in parts]
    square = times(joined(1, plain), joined(1, plain), there, there)
    require(alike(square, ONE), "a weight is another")
    for e, _ in parts:
        known = sign_of_factor(e)
        require(known != -1 or value_of(e) is not None, "a weight is negative")
        sign *= -1 if known == -1 else 1
        if known is None:
            yield Goal(make("LessEqual", (ZERO, e)), guard)
    require(sign == 1, "a weight is negative")


def _flat(t: Term) -> tuple[int, list[tuple[Term, bool]]]:
    """Return the sign and the factors of a product, those of its divisors apart."""
    sign, parts = factors(t)
    found: list[tuple[Term, bool]] = []
    for e, below in parts:
        if e.head in ("Mul", "Div", "Neg"):
            inner, others = _flat(e)
            sign *= inner
            found += [(f, inverse != below) for f, inverse in others]
        else:
            found.append((e, below))
    return sign, found


# --- sines ---------------------------------------------------------------------------------------------------------


def _check_every_period(q: Question, g: Term, n: int, x: Term) -> None:
    """Check a sum over every integer: a sine of `a*x + b` is 0 where that is a whole number of half turns."""
    wave = wave_of(g, x)
    require(wave is not None and n == 0, "this is no sine")
    assert wave is not None
    name, a, b, c = wave
    body, _, lo, hi = q.after.args
    require(lo is MINUS_INFINITY and hi is INFINITY, "the zeros of a sine are at every integer")
    m = _mass(body, shift(x, 1))
    require(not m.guard and m.order == 0, "a mass is another")
    turns = over(plus(times(shift(a, 1), m.zero), shift(b, 1)), PI)
    if name == "cos":
        turns = minus(turns, number(Fraction(1, 2)))
    apart = [value_of(normal(w)) for w in (minus(turns, bound(0)), plus(turns, bound(0)))]
    require(any(w is not None and w.denominator == 1 for w in apart), "a zero is another")
    size = shift(times(a, c), 1)
    require(alike(times(m.weight, m.weight, size, size), ONE) and sign_of(m.weight) == 1, "a weight is another")
