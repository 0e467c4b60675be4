"""Standard integrals: an antiderivative is differentiated, a moment is worked out from the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from deltasift.judge.same import same
from deltasift.judge.tree import (
    INFINITY,
    MINUS_INFINITY,
    NAME,
    ONE,
    ZERO,
    Term,
    bound,
    instantiate,
    make,
    number,
    shift,
)
from deltasift.judge.verify.parts import (
    alike,
    factors,
    joined,
    minus,
    over,
    plus,
    rebuilt,
    replaced,
    sees,
    times,
    to_the,
    value_of,
)
from deltasift.judge.verify.polynomials import coefficients
from deltasift.judge.verify.question import Goal, Question, require
from deltasift.judge.verify.rational import Polynomial, atoms, equal, rational, written
from deltasift.judge.verify.slope import negative, slope

X = bound(0)
PI = make("constant", (), "pi")
HALF = number(Fraction(1, 2))


def _parts(q: Question) -> tuple[Term, Term, Term]:
    require(q.before.head == "Integral", "this is no integral")
    body, _, lo, hi = q.before.args
    return body, lo, hi


def integral_pow(q: Question) -> Iterator[Goal]:
    """The integral of each power of the variable."""
    body, lo, hi = _parts(q)
    require("infinity" not in (lo.head, hi.head), "an end is infinite")
    each = coefficients(body, X)
    require(each is not None, "this is no polynomial in the variable")
    assert each is not None
    made = []
    for n, c in enumerate(each):
        ends = [to_the(end, n + 1) for end in (hi, lo)]
        made.append(times(_outside(c), over(minus(*ends), number(n + 1))))
    require(alike(q.after, plus(*made)), "this is not its integral")
    yield from ()


def _outside(t: Term) -> Term:
    """Return what is free of the variable as it reads outside of the integral."""
    require(not sees(t, 0), "this depends on the variable")
    return instantiate(t, [ZERO])


def integral_exp(q: Question) -> Iterator[Goal]:
    """The witness is an antiderivative, under an integral; at an infinite end it goes to 0 as its exponential does."""
    body, lo, hi = _parts(q)
    require(q.witness is not None and q.witness.head == "Integral", "there is no antiderivative")
    assert q.witness is not None
    f = q.witness.args[0]
    n, d = rational(f)
    require(not any(sees(a, 0) for a in atoms(d) if a.head != "Exp"), "the variable is in a divisor")
    rates = []
    for a in (*atoms(n), *atoms(d)):
        if sees(a, 0) and a is not X:
            rate = slope(a.args[0], X) if a.head == "Exp" else None
            require(rate is not None and not sees(rate, 0), "this is no exponential of what is linear")
            assert rate is not None
            rates.append(_outside(rate) if a in set(atoms(n)) else negative(_outside(rate)))
    by = slope(f, X)
    require(by is not None and alike(by, body), "the derivative of the antiderivative is another function")
    divisor = joined(1, [(e, b) for e, b in factors(written(d))[1] if not sees(e, 0)])
    if value_of(_outside(divisor)) is None:
        yield Goal(make("Unequal", (_outside(divisor), ZERO)))
    value = ZERO
    for end, sign in ((hi, 1), (lo, -1)):
        if end.head != "infinity":
            there = instantiate(f, [end])
            value = plus(value, there if sign == 1 else negative(there))
            continue
        require(end is (INFINITY if sign == 1 else MINUS_INFINITY), "an end is infinite on the wrong side")
        require(
            len(n) > 0 and len(rates) == 1 and _every_term_has_it(n, d), "what does not go to 0 is at an infinite end"
        )
        falls = (rates[0], ZERO) if sign == 1 else (ZERO, rates[0])
        yield Goal(make("Less", falls))
    require(alike(q.after, value), "this is not the difference at the ends")


def _every_term_has_it(n: Polynomial, d: Polynomial) -> bool:
    """Tell whether every term of an antiderivative has the exponential as a factor, or its divisor grows like it."""
    if all(any(_is_exponential(a) for a, _ in m) for m in n):
        return True
    if len(d) == 1:
        return any(map(_is_exponential, atoms(d)))
    last = max(sum((e for a, e in m if _is_exponential(a)), Fraction(0)) for m in d)
    highest = [m for m in d if sum((e for a, e in m if _is_exponential(a)), Fraction(0)) == last]
    return last > 0 and len(highest) == 1 and all(_is_exponential(a) for a, _ in highest[0])  # a number before it


def _is_exponential(a: Term) -> bool:
    return a.head == "Exp" and sees(a, 0)


def integral_gauss(q: Question) -> Iterator[Goal]:
    """The square is completed: `exp(-(x - m)**2/(2*v) + c)`, whose moments follow from those before them by parts.

    The witness, if there is one, is the root of v.
    """
    body, lo, hi = _parts(q)
    require(lo is MINUS_INFINITY and hi is INFINITY, "this is not over the whole line")
    power, rest = _bell(body)
    exponent, weights = coefficients(power, X), coefficients(rest, X)
    require(exponent is not None and len(exponent) == 3 and weights is not None, "this is no moment of a bell curve")
    assert exponent is not None
    assert weights is not None
    constant, slope, square = map(_outside, exponent)
    variance = over(number(-1), times(number(2), square))
    mean = times(slope, variance)
    peak = make("Exp", (plus(constant, over(times(slope, mean), number(2))),))
    width = to_the(times(number(2), PI, variance), HALF)
    if q.witness is not None:
        require(alike(times(q.witness, q.witness), variance), "this is not the root of the variance")
        width = times(q.witness, to_the(times(number(2), PI), HALF))
    last, moment, made = ZERO, ONE, []
    for n, weight in enumerate(map(_outside, weights)):
        made.append(times(weight, moment, width, peak))
        last, moment = moment, plus(times(mean, moment), times(number(n), variance, last))
    require(alike(q.after, plus(*made)), "this is not its integral")
    yield Goal(make("Less", (ZERO, negative(square) if q.witness is None else q.witness)))


def _bell(body: Term) -> tuple[Term, Term]:
    """Return the exponent of a product with exponentials in the variable, and what is beside them."""
    sign, powers = 1, []
    todo, others = [(body, False)], []
    while todo:
        e, below = todo.pop()
        if e.head == "Exp" and sees(e, 0):
            powers.append(negative(e.args[0]) if below else e.args[0])
        elif e.head == "Pow" and e.args[0].head == "Exp" and sees(e.args[0], 0) and value_of(e.args[1]) is not None:
            power = times(e.args[1], e.args[0].args[0])
            powers.append(negative(power) if below else power)
        elif e.head in ("Mul", "Div", "Neg"):
            inner, parts = factors(e)
            sign *= inner
            todo += [(f, divides != below) for f, divides in parts]
        else:
            others.append((e, below))
    return plus(*powers), joined(sign, others)


def integral_arcsine(q: Question) -> Iterator[Goal]:
    """`c/sqrt(h**2 - x**2)` from -h to h."""
    body, lo, hi = _parts(q)
    require(equal(lo, negative(hi)), "the ends are not opposite")
    root = to_the(minus(times(shift(hi, 1), shift(hi, 1)), times(X, X)), HALF)
    plain = rebuilt(body, _without_magnitude)
    require(alike(times(plain, root), over(shift(q.after, 1), PI)), "this is not its integral")
    yield Goal(make("Less", (ZERO, hi)))


def _without_magnitude(e: Term, level: int) -> Term | None:
    """Return a square root for its magnitude: it is not negative."""
    if e.head != "Func" or e.args[0].value != "Abs" or e.args[1].head != "Pow":
        return None
    return e.args[1] if value_of(e.args[1].args[1]) == Fraction(1, 2) else None


def integral_even(q: Question) -> Iterator[Goal]:
    """Twice the half on which the magnitude is the variable itself; the body is one for the negative as well."""
    body, lo, hi = _parts(q)
    require(
        same(lo, negative(hi)) or equal(lo, negative(hi)) or (lo is MINUS_INFINITY and hi is INFINITY), "not even ends"
    )
    magnitude = make("Func", (make("text", (), "Abs"), X))
    plain = replaced(body, magnitude, X)
    apart = replaced(shift(body, 1, 1), magnitude, bound(1))  # a name that stands nowhere else
    require(plain is not None and apart is not None, "a derivative is taken by the variable")
    assert plain is not None
    assert apart is not None
    turned = replaced(apart, X, negative(X))
    require(turned is not None and alike(turned, apart), "this is no even function")
    half = make("Integral", (plain, NAME, ZERO, hi))
    require(same(q.after, times(number(2), half)), "this is not twice the half")
    if hi is not INFINITY:
        yield Goal(make("LessEqual", (ZERO, hi)))
