"""A function as it is around a point: what jumps, or has a corner, decided on its two sides."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Dummy, Integer, Rational, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import free, mentions, postorder, substitute
from deltasift.line.calculus import ordinary, settled
from deltasift.line.linear import difference, linear
from deltasift.line.statements import conjunction, conjuncts, contrary

UNKNOWN = (ex.Apply, ex.At, ex.Binder, ex.Delta, ex.Derivative, ex.Dirac, ex.Iverson, ex.Piecewise)
MOST_FLAT = 6  # derivatives that are looked at to see on which side of a zero a function is positive


def is_stepped(e: Basic) -> bool:
    """Tell whether a head may jump, or have a corner."""
    return isinstance(e, (ex.Iverson, ex.Piecewise)) or (isinstance(e, ex.Func) and e.name in STEPS)


class OneSided:
    """A look at a function of x on one side of a point, with what it needs.

    Attributes
    ----------
    needs : list of Basic
        Statements under which what was found is so in a neighbourhood of the point, without it.
    is_at_a_zero : bool
        Whether something was decided by its side alone, so that it may be another at the point.
    """

    def __init__(self, x: Symbol, point: Basic, side: int, *, by_need: bool = False) -> None:
        self.x = x
        self.point = point
        self.side = side  # -1 a little below, 1 a little above
        self.by_need = by_need  # what a name decides is taken to be as it is at the point, and not 0 there
        self.needs: list[Basic] = []
        self.is_at_a_zero = False  # whether something was decided by its side alone: at the point it may differ

    def seen(self, e: Basic) -> Basic:
        """Return an expression in which what jumps or has a corner is decided where that is known."""
        if not isinstance(e, ex.Node) or e.binds or not mentions(e, self.x):
            return e
        if isinstance(e, ex.Iverson):
            return self._bracket(e)
        if isinstance(e, ex.Piecewise):
            return self._cases(e)
        args = tuple(map(self.seen, e.args))
        new = e if all(a is b for a, b in zip(args, e.args, strict=True)) else e.rebuild(args)
        if isinstance(new, ex.Func) and new.name in STEPS:
            decided = STEPS[new.name](self, new)
            return new if decided is None else decided
        return new

    # --- steps and corners -----------------------------------------------------------------------------------------

    def step(self, e: ex.Func) -> Basic | None:
        """Decide a Heaviside step."""
        u = e.arguments[0]
        sign = self.sign(u)
        if sign is None:
            return self._as_at_the_point(e) if self._is_not_zero(u) else None
        return S.One if sign > 0 else S.Zero

    def signum(self, e: ex.Func) -> Basic | None:
        """Decide a sign."""
        (u,) = e.arguments
        sign = self.sign(u)
        if sign is None:
            return self._as_at_the_point(e) if self._is_not_zero(u) else None
        return Integer(sign)

    def magnitude(self, e: ex.Func) -> Basic | None:
        """Decide a magnitude."""
        (u,) = e.arguments
        sign = self.sign(u)
        if sign is None:
            return ex.Mul.make((self._as_at_the_point(ex.Func("sign", u)), u)) if self._is_not_zero(u) else None
        return u if sign > 0 else ex.Neg.make((u,))

    def extreme(self, e: ex.Func) -> Basic | None:
        """Decide a minimum or a maximum of two."""
        if len(e.arguments) != 2:
            return None
        u, v = e.arguments
        larger, smaller = (u, v) if e.name == "Max" else (v, u)
        sign = self.sign(difference(u, v))
        if sign is not None:
            return larger if sign > 0 else smaller
        if not self._is_not_zero(difference(u, v)):
            return None
        first = self._as_at_the_point(ex.Iverson.make((ex.Less.make((v, u)),)))
        second = self._as_at_the_point(ex.Iverson.make((ex.Less.make((u, v)),)))
        return ex.Add.make((ex.Mul.make((first, larger)), ex.Mul.make((second, smaller))))

    def rounded(self, e: ex.Func) -> Basic | None:
        """Decide a number that is rounded down or up."""
        (u,) = e.arguments
        at = self._at(u)
        if not isinstance(at, Rational):
            return None
        if not at.is_Integer:
            self._is_continuous(u)
            return at.floor() if e.name == "floor" else at.ceiling()
        sign = self.sign(difference(u, at))
        if sign is None:
            return None
        return at + (min(sign, 0) if e.name == "floor" else max(sign, 0))

    # --- brackets and cases ----------------------------------------------------------------------------------------

    def _bracket(self, e: ex.Iverson) -> Basic:
        left = []
        for s in conjuncts(e.args[0]):
            truth = self._truth(s)
            if truth is S.false:
                return S.Zero
            if truth is not S.true:
                left.append(truth)
        return e.rebuild((conjunction(tuple(left)),)) if left else S.One

    def _cases(self, e: ex.Piecewise) -> Basic:
        kept: list[Basic] = []
        for value, condition in e.cases:
            truth = self._truth(condition)
            if truth is S.false:
                continue
            if truth is S.true and not kept:
                return self.seen(value)
            kept += [self.seen(value), truth]
            if truth is S.true:
                break
        return e.rebuild(tuple(kept)) if kept else e

    def _truth(self, s: Basic) -> Basic:
        """Return a statement, decided where that is possible."""
        if not mentions(s, self.x) or not isinstance(s, ex.Node):
            return s
        if isinstance(s, ex.Relation) and isinstance(s, (ex.Equality, ex.Less, ex.LessEqual, ex.Unequal)):
            apart = difference(*(self.seen(a) for a in reversed(s.args)))
            sign = self.sign(apart)
            if sign is None:
                return self._as_at_the_point(s) if self._is_not_zero(apart) else s
            if isinstance(s, (ex.Equality, ex.Unequal)):
                return S.true if isinstance(s, ex.Unequal) else S.false
            return S.true if sign > 0 else S.false
        if isinstance(s, ex.Relation):
            return s
        args = tuple(map(self._truth, s.args))
        if isinstance(s, ex.Not):
            return contrary(args[0])
        if isinstance(s, (ex.And, ex.Or)):
            decides, kept = (S.false, S.true) if isinstance(s, ex.And) else (S.true, S.false)
            left = tuple(a for a in args if a is not kept)
            return decides if decides in left else kept if not left else left[0] if len(left) == 1 else s.rebuild(left)
        return s

    # --- what decides ----------------------------------------------------------------------------------------------

    def sign(self, u: Basic) -> int | None:
        """Return the sign of a function near the point on its side, None where that is not known."""
        if not mentions(u, self.x):
            return None
        at = self._at(u)
        value = at if free(at) else ordinary(at)
        if value is not None and value.is_number and value.is_extended_real and value.is_finite and value.is_nonzero:
            self._is_continuous(u)
            return 1 if value.is_positive else -1
        line = linear(u, self.x)
        if line is not None and isinstance(line[0], Rational):
            if difference(at, S.Zero) != 0 or line[0] == 0:
                return None
            self.is_at_a_zero = True
            return self.side * (1 if line[0] > 0 else -1)
        if at != 0:
            return None
        self.is_at_a_zero = True
        return self._beside_a_zero(u)

    def _beside_a_zero(self, u: Basic) -> int | None:
        """Return the sign of a smooth function beside a zero of it: that of its first derivative that is not 0."""
        if free(self.point) or any(isinstance(e, UNKNOWN) for e in postorder(u)):
            return None
        if any(map(is_stepped, postorder(u))):
            return None
        t = Dummy("t", real=True)
        g, at = ordinary(substitute(u, {self.x: t})), ordinary(self.point)
        if g is None or at is None:
            return None
        turn = 1
        for _ in range(MOST_FLAT):
            g, turn = g.diff(t), turn * self.side
            value = g.subs(t, at)
            if not (value.is_number and value.is_extended_real and value.is_finite):
                return None
            if value.is_nonzero:
                self._is_continuous(u)
                return turn if value.is_positive else -turn
            if value.is_zero is None:
                return None
        return None

    def _at(self, u: Basic) -> Basic:
        return settled(substitute(u, {self.x: self.point}) if isinstance(u, ex.Node) else self.point)

    def _as_at_the_point(self, e: ex.Node) -> Basic:
        return substitute(e, {self.x: self.point})

    def _is_not_zero(self, u: Basic) -> bool:
        """Say that a function is not 0 at the point, where names decide it and may say so."""
        at = self._at(u)
        if not self.by_need or not free(at) or difference(at, S.Zero) == 0:
            return False
        self._is_continuous(u)
        self.needs.append(ex.Unequal.make((at, S.Zero)))
        return True

    def _is_continuous(self, u: Basic) -> None:
        self.needs.append(ex.Continuous.make((u, self.x, self.point)))


STEPS: dict[str, Callable[[OneSided, ex.Func], Basic | None]] = {
    "Abs": OneSided.magnitude,
    "Heaviside": OneSided.step,
    "Max": OneSided.extreme,
    "Min": OneSided.extreme,
    "ceiling": OneSided.rounded,
    "floor": OneSided.rounded,
    "sign": OneSided.signum,
}
