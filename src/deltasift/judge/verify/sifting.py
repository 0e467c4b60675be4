"""What a Dirac delta, or a derivative of it, sifts out of an integral: a value or a derivative at a point.

Where the other factors jump or have a corner they are looked at on either side of the point, which must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deltasift.judge.statement import conjunction
from deltasift.judge.tree import INFINITY, MINUS_INFINITY, NAME, ONE, ZERO, Term, bound, instantiate, make
from deltasift.judge.verify.masses import order_of
from deltasift.judge.verify.parts import alike, factors, joined, value_of
from deltasift.judge.verify.question import Goal, Question, RejectedError, require
from deltasift.judge.verify.sides import Beside
from deltasift.judge.verify.slope import negative, slope, with_points

X = bound(0)  # the variable of the integral, where its body stands


class Sifted(NamedTuple):
    """What a delta sifts out: the point, the value with its sign, and what is to be proved for it."""

    point: Term
    value: Term
    goals: tuple[Goal, ...]


def _masses(e: Term) -> list[tuple[Term, Term]]:
    """Return the deltas in the variable among the factors, and the points at which they are."""
    found = []
    for mass, below in factors(e.args[0])[1]:
        if mass.head == "Dirac" and not below and value_of(slope(mass.args[0], X) or ZERO) in (1, -1):
            at_zero = instantiate(mass.args[0], [ZERO])
            found.append((mass, negative(at_zero) if value_of(slope(mass.args[0], X) or ZERO) == 1 else at_zero))
    return found


def _sifted(e: Term, mass: Term, point: Term, beside: bool) -> Sifted:
    """Return what a delta sifts out of an integral by the other factors or their derivatives.

    A value is what it is at the point, unless it is to be what it is `beside` it, on both sides.
    """
    sign, parts = factors(e.args[0])
    n = order_of(mass)
    at = parts.index((mass, False))
    rest = joined(1, [*parts[:at], *parts[at + 1 :]])  # the same mass once more stays, and is not continuous
    turns = -1 if n % 2 and value_of(slope(mass.args[0], X) or ZERO) == 1 else 1
    if n == 0 and not beside:
        value = instantiate(rest, [point])
        return Sifted(point, value if sign == 1 else negative(value), (_continuous(rest, point),))
    above = Beside(point, 1)
    seen = above.seen(rest)
    every = _derivatives(seen, n)
    goals = [_continuous(d, point) for d in every]
    if seen is not rest:
        below = Beside(point, -1)
        other = _derivatives(below.seen(rest), n)
        goals += [*above.goals, *below.goals, *(_continuous(d, point) for d in other)]
        agree = all(_same_at(d, f, point) for d, f in zip(every, other, strict=True))
        require(agree, "what the mass sifts out differs on its two sides")
        decided = above.is_at_a_zero or below.is_at_a_zero
        require(not decided or _same_at(rest, seen, point), "at the point it is another than beside it")
    value = instantiate(every[-1], [point])
    return Sifted(point, value if sign * turns == 1 else negative(value), tuple(goals))


def _continuous(d: Term, point: Term) -> Goal:
    return Goal(make("Continuous", (d, NAME, point)))


def _derivatives(e: Term, n: int) -> list[Term]:
    every = [e]
    for _ in range(n):
        by = slope(every[-1], X)
        require(by is not None, "a derivative is not known")
        assert by is not None
        every.append(by)
    return every


def _same_at(a: Term, b: Term, point: Term) -> bool:
    return _is(*(instantiate(t, [point]) for t in (a, b)))


def _is(a: Term, b: Term) -> bool:
    return alike(with_points(a), with_points(b))


def _bounds(e: Term, point: Term) -> list[Term]:
    """Return that a point lies inside of the interval."""
    orders = ((e.args[2], point), (point, e.args[3]))
    return [make("Less", o) for o in orders if o[0] is not MINUS_INFINITY and o[1] is not INFINITY]


def _forward(e: Term) -> Iterator[Goal]:
    """Yield that the interval is not reversed."""
    lo, hi = e.args[2:]
    if not (lo.head == "infinity" and lo.value == -1) and not (hi.head == "infinity" and hi.value == 1):
        yield Goal(make("LessEqual", (lo, hi)))


def integral_dirac_derivative(q: Question) -> Iterator[Goal]:
    """A derivative at a point inside of the interval; 0 where the point is outside."""
    e = q.before
    require(e.head == "Integral", "this is no integral")
    if q.after is ZERO and q.witness is not None and q.witness.head == "Less":
        outside = [o for _, a in _masses(e) for o in ((a, e.args[2]), (e.args[3], a))]
        require(any(alike(q.witness, make("Less", o)) for o in outside), "the point is not outside")
        yield from (Goal(q.witness), *_forward(e))
        return
    found = _first(e, q, beside=False)
    require(found is not None, "it sifts out something else")
    assert found is not None
    yield from (*(Goal(b) for b in _bounds(e, found.point)), *found.goals)


def _first(e: Term, q: Question, *, beside: bool) -> Sifted | None:
    """Return what one of the deltas sifts out, where that is what comes after."""
    for mass, point in _masses(e):
        try:
            found = _sifted(e, mass, point, beside)
        except RejectedError:
            continue
        if _is(found.value, q.after):
            return found
    return None


def integral_dirac_sides(q: Question) -> Iterator[Goal]:
    """The value on both sides of the point."""
    require(q.before.head == "Integral", "this is no integral")
    found = _first(q.before, q, beside=True)
    require(found is not None, "it sifts out something else")
    assert found is not None
    yield from (*(Goal(b) for b in _bounds(q.before, found.point)), *found.goals)


def integral_dirac_bracket(q: Question) -> Iterator[Goal]:
    """The value beside a bracket that says that the point is inside of the interval."""
    e = q.before
    require(e.head == "Integral", "this is no integral")
    for mass, point in _masses(e):
        try:
            found = _sifted(e, mass, point, q.witness is ONE)
        except RejectedError:
            continue
        sign, parts = factors(found.value)
        inside = make("Iverson", (conjunction(_bounds(e, point)),))
        turned = make("Iverson", (conjunction([make("Less", (e.args[3], point)), make("Less", (point, e.args[2]))]),))
        both = make("Add", (inside, make("Neg", (turned,))))
        for bracket, goals in ((inside, tuple(_forward(e))), (both, ())):
            if _is(joined(sign, [(bracket, False), *parts]), q.after):
                yield from (*goals, *found.goals)
                return
    require(False, "it sifts out something else")
