"""Dirac deltas and their derivatives, as what is integrated over a real variable around them."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.judge.meaning import unfolded
from deltasift.judge.same import same
from deltasift.judge.tree import NAME, ONE, ZERO, Term, bound, make, number
from deltasift.judge.verify.parts import (
    Factor,
    abstracted,
    alike,
    factors,
    joined,
    keys,
    minus,
    normal,
    over,
    sees,
    terms,
    times,
    to_the,
    value_of,
)
from deltasift.judge.verify.question import Goal, Question, require
from deltasift.judge.verify.rational import atoms, equal, rational
from deltasift.judge.verify.slope import slope


def order_of(mass: Term) -> int:
    """Return which derivative of a delta it is."""
    n = value_of(mass.args[1])
    require(n is not None and n.denominator == 1 and 0 <= n < 20, "the order is no number")
    assert n is not None
    return int(n)


def dirac_linear(q: Question) -> Iterator[Goal]:
    """`dirac^(n)(c*h) = dirac^(n)(h)/(|c|*c**n)`, where c does not depend on the variable."""
    sign, parts = factors(q.after)
    masses = [e for e, below in parts if e.head == "Dirac" and not below]
    require(q.before.head == "Dirac" and len(masses) == 1, "this is no delta for a delta")
    [mass] = masses
    require(same(mass.args[1], q.before.args[1]), "the order is another")
    n = order_of(mass)
    g, h = q.before.args[0], mass.args[0]
    weight = joined(sign, [p for p in parts if p[0] is not mass])
    real = [i for i in range(len(q.binders)) if q.is_real(i) and sees(h, i)]
    found = next((x for x in real if _scale(g, h, x) is not None), None)
    require(found is not None, "one argument is no multiple of the other")
    assert found is not None
    scale = _scale(g, h, found)
    assert scale is not None
    whole = times(weight, to_the(scale, n)) if n else weight
    value = value_of(scale)
    if value is not None:
        require(value != 0 and equal(whole, over(ONE, number(abs(value)))), "the weight is another")
        return
    if not _vanishes_on_a_null_set(scale, q):
        yield Goal(make("Unequal", (scale, ZERO)))
    if equal(times(whole, scale), ONE):
        yield Goal(make("LessEqual", (ZERO, scale)))
    elif equal(times(whole, scale), number(-1)):
        yield Goal(make("LessEqual", (scale, ZERO)))
    else:
        magnitude = make("Func", (make("text", (), "Abs"), scale))
        require(alike(times(whole, magnitude), ONE), "the weight is another")


def _scale(g: Term, h: Term, x: int) -> Term | None:
    """Return c where `g = c*h` is linear in a loose index of which c is free."""
    above, below = slope(g, bound(x)), slope(h, bound(x))
    if above is None or below is None or below is ZERO:
        return None
    c = above if equal(below, ONE) else over(above, below)
    is_free = not sees(above, x) and not sees(below, x)
    return c if is_free and equal(g, times(c, h)) else None


def _vanishes_on_a_null_set(c: Term, q: Question) -> bool:
    """Tell whether it is a number other than 0 times powers of variables of integrals further out."""
    for e, _ in factors(c)[1]:
        base = e.args[0] if e.head == "Pow" else e
        if not (base.head == "bound" and q.is_real(base.value)) and not value_of(base):
            return False
    return True


def dirac_ne(q: Question) -> Iterator[Goal]:
    """The argument is free of all variables, and not 0."""
    require(q.before.head == "Dirac" and q.after is ZERO, "this is no delta that is 0")
    (n, d) = rational(q.before.args[0])
    real = [a for p in (n, d) for a in atoms(p) if any(q.is_real(i) and sees(a, i) for i in range(len(q.binders)))]
    require(not real, "the argument varies")
    if value_of(q.before.args[0]) in (None, 0):
        yield Goal(make("Unequal", (q.before.args[0], ZERO)))


def mul_dirac_zero(q: Question) -> Iterator[Goal]:
    """One factor is the argument of the delta or its negative, and the others are continuous where that is 0."""
    require(q.after is ZERO, "this is not 0")
    _, parts = factors(q.before)
    for n, (mass, below) in enumerate(parts):
        if mass.head != "Dirac" or below or order_of(mass) != 0:
            continue
        h = unfolded(mass.args[0], q.world)  # type: ignore[arg-type]
        at = [m for m, (e, inverse) in enumerate(parts) if not inverse and m != n and _is_multiple(e, mass.args[0])]
        names = [x for x in _names(h) if value_of(slope(h, x) or ZERO)]
        if not at or not names:
            continue
        rest = unfolded(joined(1, [p for m, p in enumerate(parts) if m not in (n, at[0])]), q.world)  # type: ignore[arg-type]
        integrated = [x for x in names if x.head == "bound" and q.is_real(x.value)]
        # without an integral around it is not known which of them will be integrated over
        yield from (Goal(continuous(rest, x, _root(h, x))) for x in integrated or names)
        return
    require(False, "no factor is 0 where the mass is")


def _names(t: Term) -> list[Term]:
    return [a for p in rational(t) for a in atoms(p) if a.head in ("free", "bound")]


def _is_multiple(e: Term, h: Term) -> bool:
    return equal(e, h) or equal(e, make("Neg", (h,)))


def _root(h: Term, x: Term) -> Term:
    """Return where something that is linear in a name is 0."""
    by = slope(h, x)
    assert by is not None
    return normal(minus(x, over(h, by)))


def continuous(e: Term, x: Term, point: Term) -> Term:
    """Return that an expression is continuous in a name at a point."""
    return make("Continuous", (abstracted(e, x), NAME, point))


def derivative_dirac(q: Question) -> Iterator[Goal]:
    """`d^k/dx^k dirac^(n)(c*x + b) = c**k*dirac^(n+k)(c*x + b)`."""
    require(q.before.head == "Derivative" and q.before.args[0].head == "Dirac", "this is no derivative of a delta")
    _differentiated(q, q.before.args[0].args[0], order_of(q.before.args[0]))
    yield from ()


def derivative_step(q: Question) -> Iterator[Goal]:
    """`d^k/dx^k Heaviside(c*x + b) = c**k*dirac^(k-1)(c*x + b)`."""
    body = q.before.args[0] if q.before.head == "Derivative" else ZERO
    require(body.head == "Func" and body.args[0].value == "Heaviside", "this is no derivative of a step")
    _differentiated(q, body.args[1], -1)
    yield from ()


def _differentiated(q: Question, argument: Term, order: int) -> None:
    _, x, count = q.before.args
    n = value_of(count)
    require(n is not None and n.denominator == 1 and n > 0, "the order is no number")
    assert n is not None
    by = slope(unfolded(argument, q.world), x)  # type: ignore[arg-type]
    require(by is not None and x.head in ("free", "bound") and slope(by, x) is ZERO, "the argument is not linear")
    assert by is not None
    mass = make("Dirac", (argument, number(order + n)))
    require(alike(q.after, times(to_the(by, int(n)), mass)), "the weight or the order is another")


# --- sums of them --------------------------------------------------------------------------------------------------


def mul_add_dirac(q: Question) -> Iterator[Goal]:
    """Each term of one of the factors is multiplied by the others."""
    sign, parts = factors(q.before)
    wanted = keys(terms(q.after))
    require(any(keys(made) == wanted for made in _distributed(sign, parts)), "the terms are others")
    yield from ()


def add_mul_dirac(q: Question) -> Iterator[Goal]:
    """Several terms have a delta as a factor, which is taken out of them."""
    wanted = keys(terms(q.before))
    every = terms(q.after)
    for n, t in enumerate(every):
        sign, parts = factors(t)
        if not any(e.head == "Dirac" and not below for e, below in parts):
            continue
        others = every[:n] + every[n + 1 :]
        if any(keys([*others, *made]) == wanted for made in _distributed(sign, parts)):
            return
    require(False, "the terms are others")
    yield from ()


def _distributed(sign: int, parts: list[Factor]) -> Iterator[list[Term]]:
    """Yield the terms that a product has by each of its factors that is a sum."""
    for n, (e, below) in enumerate(parts):
        if e.head == "Add" and not below:
            others = [p for m, p in enumerate(parts) if m != n]
            yield [joined(sign * s, [*others, *inner]) for s, inner in map(factors, terms(e))]
