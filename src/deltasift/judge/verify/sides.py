"""A function as it is a little below or above a point: what jumps there, or has a corner, is decided on that side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor

from deltasift.judge.statement import contrary
from deltasift.judge.tree import FALSE, NAME, ONE, TRUE, ZERO, Term, bound, instantiate, make, number, shift
from deltasift.judge.verify.parts import minus, normal, plus, sees, times, value_of
from deltasift.judge.verify.question import Goal, RejectedError
from deltasift.judge.verify.signs import sign_of
from deltasift.judge.verify.slope import negative, slope

MOST_FLAT = 6  # derivatives that are looked at to see on which side of a zero a function is positive
STEPPED = frozenset(("Abs", "Heaviside", "Max", "Min", "ceiling", "floor", "sign"))
X = bound(0)


class Beside:
    """A look at functions of the innermost loose name, a little beside a point that is written outside of it.

    Attributes
    ----------
    goals : list of Goal
        What makes sure that it is so, as it reads outside.
    is_at_a_zero : bool
        Whether a side decided something, so that at the point it may be another.
    """

    def __init__(self, point: Term, side: int) -> None:
        self.point = point
        self.side = side
        self.goals: list[Goal] = []
        self.is_at_a_zero = False

    def seen(self, e: Term) -> Term:
        """Return a function with what jumps or has a corner decided."""
        if not sees(e, 0) or not e.args or e.head in ("At", "Derivative"):
            return e
        if e.head == "Iverson":
            truth = self._truth(e.args[0])
            return ONE if truth is TRUE else ZERO if truth is FALSE else make("Iverson", (truth,))
        if e.head == "Piecewise":
            return self._cases(e)
        if e.head in ("Sum", "Product", "Integral", "Delta", "Dirac"):
            raise RejectedError("a function that cannot be seen through")
        new = make(e.head, [self.seen(a) for a in e.args], e.value)
        is_stepped = new.head == "Func" and new.args[0].value in STEPPED
        return STEPS[new.args[0].value](self, new) if is_stepped and sees(new, 0) else new

    def _at(self, e: Term) -> Term:
        return instantiate(e, [self.point])

    def _as_at_the_point(self, e: Term) -> Term:
        return shift(self._at(e), 1)

    def sign(self, u: Term) -> int:
        """Return the sign of a function near the point on the side; 0 where it is as at the point, and not 0 there."""
        self.goals.append(Goal(make("Continuous", (u, NAME, self.point))))
        at = self._at(u)
        known = sign_of(at)
        if known:
            return known
        if known is None:
            self.goals.append(Goal(make("Unequal", (at, ZERO))))
            return 0
        turn, by = 1, u
        for _ in range(MOST_FLAT):
            found = slope(by, X)
            if found is None:
                break
            by, turn = found, turn * self.side
            value = sign_of(self._at(by))
            if value is None:
                break
            if value:
                self.is_at_a_zero = True
                return turn * value
        raise RejectedError("on which side it is positive is not known")

    # --- brackets and cases ----------------------------------------------------------------------------------------

    def _truth(self, s: Term) -> Term:
        """Return a statement, decided where that is possible."""
        if not sees(s, 0):
            return s
        if s.head in ("Less", "LessEqual", "Equality", "Unequal"):
            a, b = map(self.seen, s.args)
            sign = self.sign(minus(b, a))
            if sign == 0:
                return self._as_at_the_point(s)
            if s.head in ("Equality", "Unequal"):
                return TRUE if s.head == "Unequal" else FALSE
            return TRUE if sign > 0 else FALSE
        if s.head == "Not":
            return contrary(self._truth(s.args[0]))
        if s.head in ("And", "Or"):
            decides, kept = (FALSE, TRUE) if s.head == "And" else (TRUE, FALSE)
            left = [a for a in map(self._truth, s.args) if a is not kept]
            return (
                decides if decides in left else kept if not left else left[0] if len(left) == 1 else make(s.head, left)
            )
        raise RejectedError("a statement that cannot be seen through")

    def _cases(self, e: Term) -> Term:
        kept: list[Term] = []
        for value, condition in zip(e.args[::2], e.args[1::2], strict=True):
            truth = self._truth(condition)
            if truth is FALSE:
                continue
            kept += [self.seen(value), truth]
            if truth is TRUE:
                break
        if not kept:
            raise RejectedError("no case is left")
        return kept[0] if kept[1] is TRUE else make("Piecewise", kept)

    # --- steps and corners -----------------------------------------------------------------------------------------

    def step(self, e: Term) -> Term:
        sign = self.sign(e.args[1])
        return self._as_at_the_point(e) if sign == 0 else ONE if sign > 0 else ZERO

    def signum(self, e: Term) -> Term:
        sign = self.sign(e.args[1])
        return number(sign) if sign else self._as_at_the_point(e)

    def magnitude(self, e: Term) -> Term:
        u = e.args[1]
        sign = self.sign(u)
        if sign == 0:
            return times(self._as_at_the_point(make("Func", (make("text", (), "sign"), u))), u)
        return u if sign > 0 else negative(u)

    def extreme(self, e: Term) -> Term:
        if len(e.args) != 3:
            raise RejectedError("an extreme of more than two")
        _, u, v = e.args
        larger, smaller = (u, v) if e.args[0].value == "Max" else (v, u)
        sign = self.sign(minus(u, v))
        if sign:
            return larger if sign > 0 else smaller
        orders = (make("Less", (v, u)), larger), (make("Less", (u, v)), smaller)
        return plus(*(times(self._as_at_the_point(make("Iverson", (o,))), w) for o, w in orders))

    def rounded(self, e: Term) -> Term:
        u = e.args[1]
        at = value_of(normal(self._at(u)))
        if at is None:
            raise RejectedError("what is rounded is no number")
        down = e.args[0].value == "floor"
        if at.denominator != 1:
            self.goals.append(Goal(make("Continuous", (u, NAME, self.point))))
            return number(Fraction(floor(at) if down else ceil(at)))
        sign = self.sign(minus(u, number(at)))
        return number(at + (min(sign, 0) if down else max(sign, 0)))


STEPS: Mapping[str, Callable[[Beside, Term], Term]] = {
    "Abs": Beside.magnitude,
    "Heaviside": Beside.step,
    "Max": Beside.extreme,
    "Min": Beside.extreme,
    "ceiling": Beside.rounded,
    "floor": Beside.rounded,
    "sign": Beside.signum,
}
