"""Whole integrals: taken apart, turned, cut by brackets, exchanged with series."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from deltasift.judge.same import key, same
from deltasift.judge.statement import conjuncts
from deltasift.judge.tree import INFINITY, MINUS_INFINITY, NAME, TRUE, ZERO, Term, bound, make, number, shift
from deltasift.judge.verify.parts import (
    factors,
    has_mass,
    joined,
    keys,
    minus,
    over,
    sees,
    swapped,
    terms,
    times,
    value_of,
)
from deltasift.judge.verify.question import Goal, Question, RejectedError, require
from deltasift.judge.verify.rational import Polynomial, equal, rational, written
from deltasift.judge.verify.slope import slope

X = bound(0)
LINE = make("Integral", (TRUE, NAME, MINUS_INFINITY, INFINITY))  # a binder of a real of which nothing is known


def _ends(e: Term) -> tuple[Term, Term]:
    require(e.head == "Integral", "this is no integral")
    return e.args[2], e.args[3]


def _over(body: Term, e: Term) -> Term:
    return make("Integral", (body, NAME, *_ends(e)))


def integral_flip(q: Question) -> Iterator[Goal]:
    """The ends are exchanged, and the sign is another."""
    lo, hi = _ends(q.before)
    require(
        same(q.after, make("Neg", (make("Integral", (q.before.args[0], NAME, hi, lo)),))), "the sign or an end differs"
    )
    yield from ()


def integral_add_dirac(q: Question) -> Iterator[Goal]:
    """The integrals are over one range, each of a term with a mass, but for one of all without."""
    lo, hi = _ends(q.before)
    bodies: list[Term] = []
    plain = 0
    for t in terms(q.after):
        sign, parts = factors(t)
        require(len(parts) == 1 and not parts[0][1] and parts[0][0].head == "Integral", "this is no sum of integrals")
        e = parts[0][0]
        require(same(e.args[2], lo) and same(e.args[3], hi), "a range is another")
        inside = terms(e.args[0] if sign == 1 else make("Neg", (e.args[0],)))
        is_mass = [has_mass(s) for s in inside]
        require(len(inside) == 1 or not any(is_mass), "masses are not apart")
        plain += not any(is_mass)
        bodies += inside
    require(plain <= 1, "what has no mass is taken apart")
    require(keys(bodies) == keys(terms(q.before.args[0])), "the terms are others")
    yield from ()


def integral_series(q: Question) -> Iterator[Goal]:
    """A factor of the body is a sum of masses, or a finite one, which comes outside."""
    _ends(q.before)
    require(q.after.head == "Sum" and q.after.args[0].head == "Integral", "this is no sum of integrals")
    outer = q.after.args[0]
    require(
        all(map(same, outer.args[2:], (shift(a, 1) for a in q.before.args[2:]))), "the range of the integral is another"
    )
    sign, parts = factors(q.before.args[0])
    at = [n for n, (e, below) in enumerate(parts) if e.head == "Sum" and not below and has_mass(e)]
    require(len(at) == 1 and sum(has_mass(e) for e, _ in parts) == 1, "there is no one sum of masses")
    series = parts[at[0]][0]
    require(not any(sees(a, 0) for a in series.args[2:]), "the range of the sum depends on the variable")
    require(
        all(same(a, shift(b, 1)) for a, b in zip(series.args[2:], q.after.args[2:], strict=True)),
        "its range is another",
    )
    others = [(shift(e, 1), below) for n, (e, below) in enumerate(parts) if n != at[0]]
    require(same(swapped(joined(sign, [*others, (series.args[0], False)])), outer.args[0]), "the terms are others")
    inside = [e for e, below in factors(series.args[0])[1] if has_mass(swapped(e)) and not below]
    is_measure = len(inside) == 1 and inside[0].head == "Dirac" and inside[0].args[1] is ZERO
    is_finite = not any(a.head == "infinity" for a in series.args[2:])
    require(is_measure or (is_finite and len(inside) == 1), "a series of what is no measure")
    yield from ()


def integral_step(q: Question) -> Iterator[Goal]:
    """Some steps of what is linear in the variable have become brackets; they differ at single points."""
    require(all(map(same, _ends(q.before), _ends(q.after))), "the range is another")

    sign, parts = factors(q.before.args[0])
    other, kept = factors(q.after.args[0])
    gone, new = (keys(e for e, below in side if not below) for side in (parts, kept))
    require(sign == other and keys(e for e, b in parts if b) == keys(e for e, b in kept if b), "a factor is another")
    steps = []
    for e, below in parts:
        if e.head == "Func" and e.args[0].value == "Heaviside" and not below and key(e) in gone - new:
            by = slope(e.args[1], X)
            require(by is not None and not sees(by, 0), "the step is of what is not linear")
            assert by is not None
            steps.append(make("Iverson", (make("Less", (ZERO, e.args[1])),)))
            yield from _is_not_zero(by)
    require(sum((gone - new).values()) == len(steps) and keys(steps) == new - gone, "a step is another bracket")


def _is_not_zero(t: Term) -> Iterator[Goal]:
    """Yield that something that is free of the variable is not 0, as it reads outside of the integral."""
    if not value_of(t):
        yield Goal(make("Unequal", (t, ZERO)), (), (LINE,))


# --- brackets ------------------------------------------------------------------------------------------------------


def integral_bracket(q: Question) -> Iterator[Goal]:
    """Up to single points the variable is in one range, and what brackets say is so, where that is so in the other.

    The ends are in order; those after need not be where a bracket beside the integral says that they are.
    """
    lo, hi = _ends(q.before)
    outside, inner = _taken_out(q.after)
    require(inner.head == "Integral", "this is no integral")
    (mine, sign, rest), (theirs, other, kept) = (_system(e) for e in (q.before, inner))
    require(sign == other and rest == kept, "more than the range is another")
    yield from (Goal(order) for order in _in_order(lo, hi))
    apart = [part for s in mine for part in _between(s, *inner.args[2:])]
    given = tuple(outside) if apart == mine else ()  # what is between two ends is so where these are in order
    yield from (Goal(order, given) for order in _in_order(*inner.args[2:]))
    mine = apart
    inside = tuple(shift(s, 1) for s in outside)
    for s in (*theirs, *inside):
        yield from _follows(s, mine, (), inside)
    for s in mine:
        yield from _follows(s, theirs, inside, ())


def _follows(s: Term, known: list[Term], more: tuple[Term, ...], outside: tuple[Term, ...]) -> Iterator[Goal]:
    """Yield what makes an order follow from others, but for single points; those of a bracket outside hold anyway."""
    if any(same(s, t) for t in (*known, *more)):
        return
    if any(s is o for o in outside):  # it does not vary, and holds as it stands if there is anything between the ends
        yield Goal(s, (*map(_strict, known), *more), (LINE,))
        return
    # its sides are equal at single points only, where they differ by a polynomial in the variable
    require(s.head in ("Less", "LessEqual"), "this is no order")
    yield from _is_not_zero(_leading(minus(*s.args)))
    for t in known:
        ratio = _ratio(t, s)
        if ratio is not None:
            if (value_of(ratio) or 0) <= 0:
                yield Goal(make("Less", (ZERO, ratio)), (), (LINE,))
            return
    yield Goal(_weak(s), (*map(_strict, known), *more), (LINE,))


def _ratio(s: Term, t: Term) -> Term | None:
    """Return c, free of the variable, where the first order says `0 < c*u` and the second `0 < u`."""
    if not {s.head, t.head} <= {"Less", "LessEqual"}:
        return None
    a, b = (minus(*e.args[::-1]) for e in (s, t))
    above, below = slope(a, X), slope(b, X)
    if above is None or below is None or ZERO in (above, below) or sees(above, 0) or sees(below, 0):
        return None
    c = over(above, below)
    return c if equal(a, times(c, b)) and (value_of(c) or 1) > 0 else None


def _in_order(lo: Term, hi: Term) -> Iterator[Term]:
    """Yield that two ends are in order, of a largest and a least end that each pair is."""
    for a in _parts(lo, "Max"):
        yield from (
            make("LessEqual", (a, b)) for b in _parts(hi, "Min") if a is not MINUS_INFINITY and b is not INFINITY
        )


def _parts(end: Term, name: str) -> tuple[Term, ...]:
    """Return the ends of which an end is the largest or the least."""
    return end.args[1:] if end.head == "Func" and end.args[0].value == name else (end,)


def _between(s: Term, lo: Term, hi: Term) -> list[Term]:
    """Return two orders for one that says that `(x - lo)*(hi - x)` is positive, of ends that are in order."""
    if s.head not in ("Less", "LessEqual") or "infinity" in (lo.head, hi.head):
        return [s]
    a, b = (shift(e, 1) for e in (lo, hi))
    apart, product = minus(s.args[1], s.args[0]), times(minus(X, a), minus(b, X))
    (n, below), (m, _) = rational(apart), rational(product)
    first = next(iter(m))
    scale = n.get(first, Fraction(0)) / m[first] / below.get((), Fraction(1))
    if scale <= 0 or not equal(apart, times(number(scale), product)):
        return [s]
    return [make("Less", (a, X)), make("Less", (X, b))]


def _taken_out(t: Term) -> tuple[list[Term], Term]:
    """Return what a bracket beside an integral says, and the integral."""
    sign, parts = factors(t)
    said = [s for e, below in parts if e.head == "Iverson" and not below for s in conjuncts(e.args[0])]
    rest = [p for p in parts if p[0].head != "Iverson" or p[1]]
    require(len(rest) == 1 and not rest[0][1] and sign == 1, "this is no integral beside a bracket")
    return said, rest[0][0]


def _system(e: Term) -> tuple[list[Term], int, list[tuple[Term, bool]]]:
    """Return what is said of the variable, and the sign and the other factors of the body."""
    lo, hi = (shift(a, 1) for a in e.args[2:])
    sign, parts = factors(e.args[0])
    said = [s for f, below in parts if f.head == "Iverson" and not below for s in conjuncts(f.args[0])]
    require(lo is not INFINITY and hi is not MINUS_INFINITY, "this range has nothing in it")
    said += [make("Less", (a, X)) for a in _parts(lo, "Max") if a is not MINUS_INFINITY]
    said += [make("Less", (X, b)) for b in _parts(hi, "Min") if b is not INFINITY]
    rest = [(key(f), below) for f, below in parts if below or f.head != "Iverson"]
    return said, sign, sorted(rest, key=lambda part: (part[0].serial, part[1]))


def _strict(s: Term) -> Term:
    """Return an order without equality where that makes a difference at single points alone."""
    return make("Less", s.args) if s.head == "LessEqual" and _is_equal_at_points(s) else s


def _is_equal_at_points(s: Term) -> bool:
    """Tell whether the sides differ by a polynomial in the variable whose highest power has a number before it."""
    try:
        return bool(value_of(_leading(minus(*s.args))))
    except RejectedError:
        return False


def _weak(s: Term) -> Term:
    return make("LessEqual", s.args) if s.head == "Less" else s


def _leading(t: Term) -> Term:
    """Return the coefficient of the highest power of the variable in a polynomial in it."""
    n, d = rational(t)
    require(not any(sees(a, 0) for m in d for a, _ in m), "the variable is in a divisor")
    degrees: dict[int, dict[object, object]] = {}
    for m, c in n.items():
        power = dict(m).get(X)
        require(not any(sees(a, 0) for a, _ in m if a is not X), "this is no polynomial in the variable")
        require(power is None or power.denominator == 1, "this is no polynomial in the variable")
        degrees.setdefault(int(power or 0), {})[tuple(p for p in m if p[0] is not X)] = c
    require(degrees and max(degrees) > 0, "the variable is not in it")
    top: Polynomial = degrees[max(degrees)]  # type: ignore[assignment]
    return written(top)
