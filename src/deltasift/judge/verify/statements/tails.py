"""How fast an integrand falls off: whether the integral of what is continuous exists over an infinite interval.

Near an infinite end x each part is compared with `exp(p(x)) |x|**d`, p a polynomial, up to a constant and powers of
log |x|: it is at most a multiple of a sum of such growths, and where it divides, at least a multiple of one of them. A
product of them has an integral where the leading coefficient of p makes it fall, or where p is constant and d < -1;
powers of a logarithm change neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from deltasift.judge.context import World
from deltasift.judge.functions import rational
from deltasift.judge.linear import CONSTANT, Monomial, Polynomial, Polynomials, Rational, added, multiplied
from deltasift.judge.statement import less, unequal
from deltasift.judge.term import ZERO, Term, bound, occurs
from deltasift.judge.verify.question import NotByFormError

BOUNDED = frozenset(("cos", "sin", "sinc", "atan", "acot", "tanh", "sech", "erf", "erfc", "sigma", "sign", "Heaviside"))
MOST = 64  # products of growths of one integrand
X = bound(0)


class Growth(NamedTuple):
    """`exp(p(x)) |x|**degree`, up to a constant and powers of log |x|."""

    exponent: Polynomial
    degree: Fraction

    def times(self, other: Growth) -> Growth:
        return Growth(added([(1, self.exponent), (1, other.exponent)]), self.degree + other.degree)

    def to_the(self, power: Fraction) -> Growth:
        return Growth(added([(power, self.exponent)]), self.degree * power)


STEADY = Growth({}, Fraction(0))


def falls_off(parts: Sequence[tuple[Term, bool]], end: Term, polynomials: Polynomials, world: World) -> Iterator[Term]:
    """Yield what makes the integral of a product of continuous factors exist near an infinite end.

    Parameters
    ----------
    parts : sequence of pairs
        The factors in the variable, which is the innermost index, each with whether it divides.
    end : Term
        The infinite end.
    polynomials : Polynomials
    world : World

    Yields
    ------
    Term
        Statements that are free of the variable.

    Raises
    ------
    NotByFormError
        If a factor is of no form whose growth is known, or the product does not fall off whatever holds.
    """
    if not all(polynomials.is_real(polynomials.of(f), world) for f, _ in parts):
        raise NotByFormError("an integrand that may be complex")
    tail = _Tail(polynomials, int(end.value))
    choices = [[tail.below(f).to_the(Fraction(-1))] if divides else tail.above(f) for f, divides in parts]
    falling = []
    for count, chosen in enumerate(product(*choices)):
        if count == MOST:
            raise NotByFormError("an integrand of too many terms")
        whole = STEADY
        for growth in chosen:
            whole = whole.times(growth)
        falling.append(tail.falling(whole))
    yield from dict.fromkeys(s for s in (*tail.asked, *falling) if s is not None)


class _Tail:
    """One infinite end, and what was asked of the coefficients there."""

    def __init__(self, polynomials: Polynomials, sign: int) -> None:
        self.polynomials = polynomials
        self.sign = sign
        self.asked: list[Term] = []
        [((self.own, _),)] = polynomials.of(X)

    def falling(self, g: Growth) -> Term | None:
        """Return what makes a growth fall off fast enough, None where it does."""
        if g.exponent:
            degree = max(map(self._degree, g.exponent))
            leading = self._coefficient(g.exponent, degree, self.sign**degree)
            is_number = leading.keys() == {CONSTANT}
            return None if is_number and leading[CONSTANT] < 0 else less(self.polynomials.written(leading), ZERO)
        if g.degree >= -1:
            raise NotByFormError("an integrand that may not fall off fast enough")
        return None

    # --- bounds ----------------------------------------------------------------------------------------------------

    def above(self, e: Term) -> list[Growth]:
        """Return growths, a multiple of whose sum a term is at most."""
        if e.head == "Iverson" or not occurs(X, e):
            return [STEADY]
        if e is X:
            return [Growth({}, Fraction(1))]
        if e.head in ("Add", "Neg"):
            return _distinct(g for a in e.args for g in self.above(a))
        if e.head == "Mul":
            return self._products([self.above(a) for a in e.args])
        if e.head == "Div":
            return self._products([self.above(e.args[0]), [self.below(e.args[1]).to_the(Fraction(-1))]])
        if e.head == "Exp":
            return [Growth(self._in_x(e.args[0]), Fraction(0))]
        if e.head == "Pow":
            power = self._power(e)
            return [g.to_the(power) for g in (self.above(e.args[0]) if power > 0 else [self.below(e.args[0])])]
        if e.head == "Log":
            both = [*self.above(e.args[0]), self.below(e.args[0])]
            return [Growth({}, Fraction(max((self._degree(m) for g in both for m in g.exponent), default=0)))]
        name = e.args[0].value if e.head == "Func" else None
        if name in BOUNDED:
            return [STEADY]
        if name in ("Abs", "Max", "Min"):
            return _distinct(g for a in e.args[1:] for g in self.above(a))
        raise NotByFormError(f"how {name or e.head} grows is not known")

    def below(self, e: Term) -> Growth:
        """Return a growth, a multiple of which a term is at least, in magnitude."""
        if e.head == "Exp":
            return Growth(self._in_x(e.args[0]), Fraction(0))
        if not occurs(X, e):
            self.asked += [] if e.head == "number" and e.value else [unequal(e, ZERO)]
            return STEADY
        if e.head in ("Mul", "Neg") or (e.head == "Func" and e.args[0].value == "Abs"):
            whole = STEADY
            for a in e.args[e.head == "Func" :]:
                whole = whole.times(self.below(a))
            return whole
        if e.head == "Div":
            [above, *others] = self.above(e.args[1])
            if not others:
                return self.below(e.args[0]).times(above.to_the(Fraction(-1)))
        if e.head == "Pow":
            power = self._power(e)
            if power > 0:
                return self.below(e.args[0]).to_the(power)
            [above, *others] = self.above(e.args[0])
            if not others:
                return above.to_the(power)
        if e.head == "Add" and all(map(_is_positive, e.args)):
            return self._largest([self.below(a) for a in e.args if occurs(X, a) or a.head in ("Exp", "number")])
        return self._polynomial(e)

    def _polynomial(self, e: Term) -> Growth:
        """A polynomial grows like its last term, if that has a coefficient other than 0."""
        p = self.polynomials.of(e)
        self._require_polynomial(p)
        degree = max(map(self._degree, p), default=0)
        leading = self._coefficient(p, degree, 1)
        if leading.keys() != {CONSTANT}:
            self.asked.append(unequal(self.polynomials.written(leading), ZERO))
        return Growth({}, Fraction(degree))

    def _largest(self, growths: list[Growth]) -> Growth:
        """Return one of several growths: no other is known to be larger."""
        best = growths[0]
        for g in growths[1:]:
            ratio = g.times(best.to_the(Fraction(-1)))
            degree = max(map(self._degree, ratio.exponent), default=0)
            leading = self._coefficient(ratio.exponent, degree, self.sign**degree)
            if leading.get(CONSTANT, 0) > 0 if degree else ratio.degree > 0:
                best = g
        return best

    def _products(self, choices: list[list[Growth]]) -> list[Growth]:
        found = [STEADY]
        for growths in choices:
            found = _distinct(a.times(b) for a in found for b in growths)
            if len(found) > MOST:
                raise NotByFormError("an integrand of too many terms")
        return found

    # --- polynomials in x ------------------------------------------------------------------------------------------

    def _power(self, e: Term) -> Fraction:
        power = rational(e.args[1])
        if not power:
            raise NotByFormError("a power that is no number")
        return power

    def _in_x(self, e: Term) -> Polynomial:
        """Return the terms of a polynomial in which the variable is."""
        p = self._signed(self.polynomials.of(e))
        self._require_polynomial(p)
        return {m: c for m, c in p.items() if self._degree(m)}

    def _signed(self, p: Polynomial) -> Polynomial:
        """Return a polynomial with magnitudes of what is linear in the variable as what they are near the end."""
        values = {a: self._magnitude(self.polynomials.atoms[a]) for m in p for a, _ in m}
        parts = []
        for m, c in p.items():
            powers = [values[a] or {((a, 1),): 1} for a, n in m for _ in range(n)]
            parts.append((c, multiplied(powers)))
        return added(parts)

    def _magnitude(self, t: Term) -> Polynomial | None:
        """Return what a magnitude is near the end, None where that is not known, or it is none."""
        if t.head != "Func" or t.args[0].value != "Abs":
            return None
        p = self.polynomials.of(t.args[1])
        line = self.polynomials.linear_in(p, X)
        if line is None or line[0].keys() != {CONSTANT}:
            return None
        return added([(self.sign if line[0][CONSTANT] > 0 else -self.sign, p)])

    def _require_polynomial(self, p: Polynomial) -> None:
        if any(a != self.own and occurs(X, self.polynomials.atoms[a]) for m in p for a, _ in m):
            raise NotByFormError("what is no polynomial in the variable")

    def _degree(self, m: Monomial) -> int:
        return dict(m).get(self.own, 0)

    def _coefficient(self, p: Polynomial, degree: int, sign: int) -> Polynomial:
        found: dict[Monomial, Rational] = {}
        for m, c in p.items():
            if self._degree(m) == degree:
                found[tuple(power for power in m if power[0] != self.own)] = sign * c
        return found


def _is_positive(e: Term) -> bool:
    """Tell whether a term is not negative by its form."""
    if e.head in ("Mul", "Div"):
        return all(map(_is_positive, e.args)) or (e.head == "Mul" and len(e.args) == 2 and e.args[0] is e.args[1])
    if e.head == "Pow":
        power = rational(e.args[1])
        return power is not None and power.denominator == 1 and power % 2 == 0
    is_function = e.head == "Func" and e.args[0].value in ("Abs", "sigma", "erfc", "Heaviside", "sech")
    return e.head in ("Exp", "Iverson") or is_function or (e.head == "number" and e.value > 0)


def _distinct(growths: Iterable[Growth]) -> list[Growth]:
    found: list[Growth] = []
    for g in growths:
        if g not in found:
            found.append(g)
    return found
