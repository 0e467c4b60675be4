"""A Dirac delta of a function is one at each of its zeros, divided by the slope there.

Each zero is put in, and its slope is taken anew. That there are no others is shown: of a polynomial with rational
coefficients by Sturm's sequence, of one with others by its degree, of a function that grows by that, of a sine by its
period, of a root by a polynomial that is 0 wherever the function is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from deltasift.judge.number import UnenclosedError, enclosure
from deltasift.judge.parts import (
    abstracted,
    alike,
    conjunction,
    conjuncts,
    contrary,
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
from deltasift.judge.polynomials import coefficients
from deltasift.judge.rational import TooLongError, atoms, equal, rational, written
from deltasift.judge.signs import sign_of
from deltasift.judge.slope import negative, slope, total
from deltasift.judge.sturm import zeros_between
from deltasift.judge.tree import INFINITY, MINUS_INFINITY, NAME, ONE, TRUE, ZERO, Term, bound, make, number, shift
from deltasift.judge.verify.masses import order_of
from deltasift.judge.verify.question import Goal, Question, RejectedError, require

INCREASING = frozenset(("sinh", "tanh", "atan"))
MOST_PERIODS = 50
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
    require(not any(equal(y, z) for i, y in enumerate(at) for z in at[:i]), "a zero is there twice")
    yield from _has_no_others(g, x, at, guard, lo, hi)


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
    parts = _with_root(there)
    require(parts is not None, "the function is not 0 at a zero")
    assert parts is not None
    _, base, with_root, rest = parts
    require(equal(times(with_root, with_root, base), times(rest, rest)), "the function is not 0 at a zero")
    yield Goal(make("LessEqual", (ZERO, negative(over(rest, with_root)))), guard)


def _with_root(g: Term) -> tuple[Term, Term, Term, Term] | None:
    """Return R, b, c and d where a function is c*R + d over something, and R is the square root of b."""
    n, _ = rational(g)
    roots = [a for a in atoms(n) if a.head == "Pow" and value_of(a.args[1]) == Fraction(1, 2)]
    if not roots:
        return None
    r = roots[0]
    with_root: dict[tuple[tuple[Term, Fraction], ...], Fraction] = {}
    rest: dict[tuple[tuple[Term, Fraction], ...], Fraction] = {}
    for m, c in n.items():
        inside = tuple(p for p in m if p[0] is not r)
        if len(inside) < len(m):
            with_root[inside] = c
        else:
            rest[m] = c
    return r, r.args[0], written(with_root), written(rest)


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
    if not any(occurs_in(x, e) for e in _magnitudes(g)):
        return g
    for e in _magnitudes(g):
        sign = sign_of(_at(e.args[1], x, z))
        require(sign, "the sign of a magnitude is not known")
        new = replaced(g, e, e.args[1] if sign == 1 else negative(e.args[1]))
        assert new is not None
        g = new
    return g


def _magnitudes(t: Term) -> list[Term]:
    found = [e for a in t.args for e in _magnitudes(a)]
    return [*found, t] if t.head == "Func" and t.args[0].value == "Abs" else found


def _is_reciprocal(weight: Term, there: Term, guard: tuple[Term, ...]) -> Iterator[Goal]:
    """Check that a weight is 1/|slope|: by its square, and because none of its factors is negative."""
    sign, parts = _flat(weight)
    plain = [(e.args[1] if e.head == "Func" and e.args[0].value == "Abs" else e, below) for e, below in parts]
    square = times(joined(1, plain), joined(1, plain), there, there)
    require(alike(square, ONE), "a weight is another")
    for e, _ in parts:
        known = _sign(e)
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


def _sign(e: Term) -> int | None:
    """Return 1 for what is not negative by its form, or the sign of a number."""
    if e.head == "Exp" or (e.head == "Func" and e.args[0].value in ("Abs", "cosh")):
        return 1
    if e.head == "Pow" and (value_of(e.args[1]) or Fraction(1)).denominator == 2:
        return 1
    if e.head in ("Mul", "Div"):
        signs = [_sign(f) for f, _ in factors(e)[1]]
        return factors(e)[0] if all(s == 1 for s in signs) else None
    return sign_of(e)


# --- no others -----------------------------------------------------------------------------------------------------


def _has_no_others(g: Term, x: Term, at: list[Term], guard: tuple[Term, ...], lo: Term, hi: Term) -> Iterator[Goal]:
    """Check that there are no more zeros between the ends, and none where the guard does not hold."""
    if not at and sign_by_form(g, x, lo) is not None:
        return
    ends = _numbers(lo, hi)
    inside = [z for z in at if _is_between(z, *ends)]
    require(_are_all(g, x, at, (None, None)) or _are_all(g, x, inside, ends), "there may be other zeros")
    if not guard:
        return
    if _is_discriminant(g, x, guard):
        return  # where it is 0 the zero is a double one, and the delta has no value
    line = make("Integral", (TRUE, NAME, MINUS_INFINITY, INFINITY))
    yield Goal(make("Unequal", (abstracted(g, x), ZERO)), (shift(contrary(conjunction(guard)), 1),), (line,))


Ends = tuple[Term | None, Term | None]


def _are_all(g: Term, x: Term, at: list[Term], ends: Ends) -> bool:
    """Tell whether a function is known to have no more zeros between the ends than these."""
    try:
        return _most(g, x, *ends) <= len(at)
    except (RejectedError, TooLongError):
        return False


def _numbers(lo: Term, hi: Term) -> Ends:
    """Return the ends in order, None for an infinite one; those of the whole line where they are no numbers."""
    known = [None if e.head == "infinity" else sign_of(e) is not None for e in (lo, hi)]
    if False in known:
        return None, None
    if None not in known and sign_of(minus(hi, lo)) == -1:
        lo, hi = hi, lo
    return (lo if lo is not MINUS_INFINITY else None), (hi if hi is not INFINITY else None)


def _is_between(z: Term, lo: Term | None, hi: Term | None) -> bool:
    """Tell whether a zero is known to be between the ends."""
    apart = [minus(z, lo)] if lo is not None else []
    apart += [minus(hi, z)] if hi is not None else []
    return all(sign_of(a) in (0, 1) for a in apart)


def _is_discriminant(g: Term, x: Term, guard: tuple[Term, ...]) -> bool:
    """Tell whether the guard says that the discriminant of a quadratic is positive, or of that by which a root goes."""
    if len(guard) != 1 or guard[0].head != "Less":
        return False
    parts = _with_root(g)
    if parts is not None and occurs_in(x, parts[0]):
        _, base, c, d = parts
        g = minus(times(c, c, base), times(d, d))
    each = coefficients(g, x, over_all=False)
    if each is None or len(each) != 3:
        return False
    c, b, a = each
    return _is_positive_multiple(minus(*guard[0].args[::-1]), minus(times(b, b), times(number(4), a, c)))


def _is_positive_multiple(s: Term, t: Term) -> bool:
    (n, below), (m, under) = rational(s), rational(t)
    if not n or not m or set(below) != {()} or set(under) != {()}:
        return False
    first = next(iter(m))
    by = n.get(first, Fraction(0)) / m[first] / below[()] * under[()]
    return by > 0 and equal(s, times(number(by), t))


def _most(g: Term, x: Term, lo: Term | None, hi: Term | None) -> int:
    """Return how many zeros a function has at most between the ends."""
    each = coefficients(g, x, over_all=False)
    if each is not None:
        values = [value_of(c) for c in each]
        known = [v for v in values if v is not None]
        if len(known) == len(values):
            return zeros_between(known, *(None if e is None else value_of(e) for e in (lo, hi)))
        require(sign_of(each[-1]), "the highest coefficient may be 0")
        return len(each) - 1
    if _grows(g, x) is not None:
        return 1
    parts = _with_root(g)
    if parts is not None and occurs_in(x, parts[0]):
        _, base, c, d = parts
        return _most(minus(times(c, c, base), times(d, d)), x, lo, hi)
    found = [e for e in _magnitudes(g) if occurs_in(x, e)]
    if found:
        e = found[-1]
        ways = [replaced(g, e, new) for new in (e.args[1], negative(e.args[1]))]
        return sum(_most(way, x, lo, hi) for way in ways if way is not None)
    return _of_periods(g, x, lo, hi)


def sign_by_form(g: Term, x: Term, lo: Term) -> int | None:
    """Return the sign of a function that is of one sign by its form, and nowhere 0."""
    positive = (value_of(lo) or Fraction(-1)) >= 0
    signs = []
    for t in terms(g):
        sign, parts = factors(t)
        for e, _ in parts:
            known = 1 if e is x and positive else _sign(e)
            if known is None:
                return None
            sign *= known
        strict = all(value_of(e) or e.head == "Exp" for e, _ in parts)
        signs.append((sign, strict))
    every = {s for s, _ in signs}
    return signs[0][0] if every in ({1}, {-1}) and any(strict for _, strict in signs) else None


def _grows(g: Term, x: Term) -> int | None:
    """Return 1 for a function that increases strictly, -1 for one that decreases, 0 for a constant."""
    if not occurs_in(x, g):
        return 0
    if g is x:
        return 1
    if g.head == "Add":
        ways = {w for w in (_grows(a, x) for a in g.args) if w != 0}
        return ways.pop() if len(ways) == 1 else None
    if g.head == "Neg":
        way = _grows(g.args[0], x)
        return None if way is None else -way
    if g.head == "Func" and g.args[0].value in INCREASING:
        return _grows(g.args[1], x)
    if g.head in ("Exp", "Log"):
        return _grows(g.args[0], x)
    if g.head in ("Mul", "Div"):
        sign, parts = factors(g)
        moving = [p for p in parts if occurs_in(x, p[0])]
        signs = [sign_of(e) for e, _ in parts if not occurs_in(x, e)]
        way = _grows(moving[0][0], x) if len(moving) == 1 and not moving[0][1] else None
        if way is None or not all(signs):
            return None
        for s in signs:
            sign *= s or 0
        return sign * way
    return None


# --- sines ---------------------------------------------------------------------------------------------------------


def _wave(g: Term, x: Term) -> tuple[str, Term, Term] | None:
    """Return the name, a and b where a function is sin, cos or tan of `a*x + b`."""
    if g.head != "Func" or g.args[0].value not in ("sin", "cos", "tan"):
        return None
    a = slope(g.args[1], x)
    b = replaced(g.args[1], x, ZERO)
    if a is None or b is None or not sign_of(a) or not equal(g.args[1], plus(times(a, x), b)):
        return None
    return g.args[0].value, a, b


def _of_periods(g: Term, x: Term, lo: Term | None, hi: Term | None) -> int:
    """Return how many zeros a sine has between two numbers."""
    wave = _wave(g, x)
    require(wave is not None and lo is not None and hi is not None, "how many zeros there are is not known")
    assert wave is not None
    assert lo is not None
    assert hi is not None
    name, a, b = wave
    ends = []
    for end in (lo, hi):
        turns = over(plus(times(a, end), b), PI)  # where it is a whole number, the sine is 0
        if name == "cos":
            turns = minus(turns, number(Fraction(1, 2)))
        ends.append(_enclosed(turns))
    (low, _), (_, high) = sorted(ends)
    first, last = ceil(low), floor(high)
    require(last - first < MOST_PERIODS, "there are many zeros")
    return max(0, last - first + 1)


def _enclosed(t: Term) -> tuple[Fraction, Fraction]:
    value = value_of(normal(t))
    if value is not None:
        return value, value
    try:
        return enclosure(normal(t), 64)
    except UnenclosedError as reason:
        raise RejectedError("an end is no number") from reason


def _check_every_period(q: Question, g: Term, n: int, x: Term) -> None:
    """Check a sum over every integer: the sine of `a*x + b` is 0 where that is a whole number of half turns."""
    wave = _wave(g, x)
    require(wave is not None and n == 0, "this is no sine")
    assert wave is not None
    name, a, b = wave
    body, _, lo, hi = q.after.args
    require(lo is MINUS_INFINITY and hi is INFINITY, "the zeros of a sine are at every integer")
    m = _mass(body, shift(x, 1))
    require(not m.guard and m.order == 0, "a mass is another")
    turns = over(plus(times(shift(a, 1), m.zero), shift(b, 1)), PI)
    if name == "cos":
        turns = minus(turns, number(Fraction(1, 2)))
    apart = [value_of(normal(w)) for w in (minus(turns, bound(0)), plus(turns, bound(0)))]
    require(any(w is not None and w.denominator == 1 for w in apart), "a zero is another")
    size = shift(a, 1)
    require(alike(times(m.weight, m.weight, size, size), ONE) and sign_of(m.weight) == 1, "a weight is another")
