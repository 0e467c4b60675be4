"""That a function has no more zeros than are known, between two ends or on the whole line.

Of a polynomial with rational coefficients Sturm's sequence says so, of one with others its degree, of a function that
grows that it does, of a sine its period; of a root a polynomial that is 0 wherever the function is.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from deltasift.judge.statement import conjunction, contrary
from deltasift.judge.tree import INFINITY, MINUS_INFINITY, NAME, TRUE, ZERO, Term, make, number, shift
from deltasift.judge.verify.parts import (
    abstracted,
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
from deltasift.judge.verify.question import Goal, RejectedError, require
from deltasift.judge.verify.rational import TooLongError, atoms, equal, rational, written
from deltasift.judge.verify.signs import sign_of
from deltasift.judge.verify.slope import negative, slope
from deltasift.judge.verify.statements.number import UnenclosedError, enclosure
from deltasift.judge.verify.sturm import zeros_between

INCREASING = frozenset(("sinh", "tanh", "atan"))
MOST_PERIODS = 50
PI = make("constant", (), "pi")
Ends = tuple[Term | None, Term | None]


def no_others(g: Term, x: Term, at: list[Term], guard: tuple[Term, ...], lo: Term, hi: Term) -> tuple[Goal, ...]:
    """Return what makes sure that there are no more zeros between the ends, and none where the guard does not hold."""
    ends = _numbers(lo, hi)
    if not at and sign_by_form(g, x, ends[0]) is not None:
        return ()
    inside = [z for z in at if _is_between(z, *ends)]
    require(_are_all(g, x, at, (None, None)) or _are_all(g, x, inside, ends), "there may be other zeros")
    if not guard:
        return ()
    if _is_discriminant(g, x, guard):
        return ()  # where it is 0 the zero is a double one, and the delta has no value
    line = make("Integral", (TRUE, NAME, MINUS_INFINITY, INFINITY))
    return (Goal(make("Unequal", (abstracted(g, x), ZERO)), (shift(contrary(conjunction(guard)), 1),), (line,)),)


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
    if lo is INFINITY or hi is MINUS_INFINITY or (None not in known and sign_of(minus(hi, lo)) == -1):
        lo, hi = hi, lo
    if lo is INFINITY or hi is MINUS_INFINITY:
        return None, None
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
    parts = with_root(g)
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
    parts = with_root(g)
    if parts is not None and occurs_in(x, parts[0]):
        _, base, c, d = parts
        return _most(minus(times(c, c, base), times(d, d)), x, lo, hi)
    found = [e for e in magnitudes(g) if occurs_in(x, e)]
    if found:
        e = found[-1]
        ways = [replaced(g, e, new) for new in (e.args[1], negative(e.args[1]))]
        return sum(_most(way, x, lo, hi) for way in ways if way is not None)
    return _of_periods(g, x, lo, hi)


def sign_by_form(g: Term, x: Term, least: Term | None) -> int | None:
    """Return the sign of a function that is of one sign by its form, and nowhere 0."""
    positive = least is not None and sign_of(least) in (0, 1)
    signs = []
    for t in terms(g):
        sign, parts = factors(t)
        for e, _ in parts:
            known = 1 if e is x and positive else sign_of_factor(e)
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


def wave_of(g: Term, x: Term) -> tuple[str, Term, Term, Term] | None:
    """Return the name, a, b and c where a function is c, which is not 0, times the sin, cos or tan of `a*x + b`."""
    sign, parts = factors(g)
    moving = [part for part in parts if occurs_in(x, part[0])]
    if len(moving) != 1 or moving[0][1] or not all(sign_of(e) for e, _ in parts if (e, False) != moving[0]):
        return None
    wave = moving[0][0]
    if wave.head != "Func" or wave.args[0].value not in ("sin", "cos", "tan"):
        return None
    a = slope(wave.args[1], x)
    b = replaced(wave.args[1], x, ZERO)
    if a is None or b is None or not sign_of(a) or not equal(wave.args[1], plus(times(a, x), b)):
        return None
    return wave.args[0].value, a, b, joined(sign, [part for part in parts if part is not moving[0]])


def _of_periods(g: Term, x: Term, lo: Term | None, hi: Term | None) -> int:
    """Return how many zeros a sine, or one and a number, has between two numbers at most.

    Between two of its turning points it grows or falls, and has one zero if its signs differ there.
    """
    wave = next((w for t in terms(g) if (w := wave_of(t, x)) is not None), None)
    require(wave is not None and lo is not None and hi is not None, "how many zeros there are is not known")
    assert wave is not None
    assert lo is not None
    assert hi is not None
    name, a, b, _ = wave
    others = [t for t in terms(g) if occurs_in(x, t)]
    require(len(others) == 1 and (name != "tan" or len(terms(g)) == 1), "how many zeros there are is not known")
    quarter = number(Fraction(1, 2)) if name == "sin" else ZERO
    first, last = sorted(_enclosed(minus(over(plus(times(a, end), b), PI), quarter)) for end in (lo, hi))
    if name == "tan":
        return max(0, floor(last[1]) - ceil(first[0]) + 1)
    turns = range(ceil(first[0]), floor(last[1]) + 1)
    require(len(turns) < MOST_PERIODS, "there are many zeros")
    middle = [over(minus(times(plus(number(k), quarter), PI), b), a) for k in turns]
    ends = [lo, *(middle if sign_of(a) == 1 else middle[::-1]), hi]
    signs = [sign_of(_at(g, x, e)) for e in ends]
    return sum(s is None or t is None or s * t <= 0 for s, t in pairwise(signs))


def _at(g: Term, x: Term, z: Term) -> Term:
    value = replaced(g, x, z)
    require(value is not None, "a derivative is taken by the variable")
    assert value is not None
    return value


def _enclosed(t: Term) -> tuple[Fraction, Fraction]:
    value = value_of(normal(t))
    if value is not None:
        return value, value
    try:
        return enclosure(normal(t), 64)
    except UnenclosedError as reason:
        raise RejectedError("an end is no number") from reason


def with_root(g: Term) -> tuple[Term, Term, Term, Term] | None:
    """Return R, b, c and d where a function is c*R + d over something, and R is the square root of b."""
    n, _ = rational(g)
    roots = [a for a in atoms(n) if a.head == "Pow" and value_of(a.args[1]) == Fraction(1, 2)]
    if not roots:
        return None
    r = roots[0]
    linear_part: dict[tuple[tuple[Term, Fraction], ...], Fraction] = {}
    rest: dict[tuple[tuple[Term, Fraction], ...], Fraction] = {}
    for m, c in n.items():
        inside = tuple(p for p in m if p[0] is not r)
        if len(inside) < len(m):
            linear_part[inside] = c
        else:
            rest[m] = c
    return r, r.args[0], written(linear_part), written(rest)


def magnitudes(t: Term) -> list[Term]:
    found = [e for a in t.args for e in magnitudes(a)]
    return [*found, t] if t.head == "Func" and t.args[0].value == "Abs" else found


def sign_of_factor(e: Term) -> int | None:
    """Return 1 for what is not negative by its form, or the sign of a number."""
    if e.head == "Exp" or (e.head == "Func" and e.args[0].value in ("Abs", "cosh")):
        return 1
    if e.head == "Pow" and (value_of(e.args[1]) or Fraction(1)).denominator == 2:
        return 1
    if e.head in ("Mul", "Div"):
        signs = [sign_of_factor(f) for f, _ in factors(e)[1]]
        return factors(e)[0] if all(s == 1 for s in signs) else None
    return sign_of(e)
