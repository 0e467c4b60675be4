"""What continuity at a point needs by the form of an expression: one rule a head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from deltasift.domain import DefinedFunction
from deltasift.judge.context import Context
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import CONSTANT, Polynomials
from deltasift.judge.meaning import definition
from deltasift.judge.products import factors
from deltasift.judge.statement import at_most, conjuncts, less
from deltasift.judge.term import ZERO, Term, bound, has, instantiate, make, occurs, shift
from deltasift.judge.verify.question import NotByFormError

SMOOTH = frozenset(("cos", "sin", "sinh", "cosh", "tanh", "atan", "asinh", "erf", "erfc", "sigma", "Abs", "Max", "Min"))
SMOOTH_AT_POSITIVE = frozenset(("gamma", "loggamma", "factorial"))
JUMPS_AT_ZERO = frozenset(("Heaviside", "sign"))
ROUNDED = frozenset(("floor", "ceiling", "frac"))
RELATIONS = frozenset(("Less", "LessEqual", "Equality", "Unequal"))
Needs: TypeAlias = Iterator[tuple[Term, Context]]


class Continuity:
    """One look at a function of a real, by its form."""

    def __init__(self, polynomials: Polynomials) -> None:
        self.polynomials = polynomials

    def continuous(self, e: Term, point: Term, place: Context, inner: int) -> Needs:
        """Yield what makes `e` continuous in its index `inner` at a point, `inner` binders being open since.

        The place is where the point reads, those binders entered.
        """
        x = bound(inner)

        def at(t: Term) -> Term:
            return instantiate(t, [point], inner)

        def all_of(parts: tuple[Term, ...]) -> Needs:
            for p in parts:
                yield from self.continuous(p, point, place, inner)

        if e is x or not occurs(x, e):
            return
        if e.head in ("Mul", "Div"):
            vanishing = self._vanishing(e, x)
            if vanishing is not None:
                brackets, others = vanishing
                jumps = [
                    make("Unequal", tuple(map(at, o.args)))
                    for b in brackets
                    for o in conjuncts(b.args[0])
                    if occurs(x, o)
                ]
                zeros = [make("Equality", (at(o), ZERO)) for o in others]
                yield make("Or", (make("And", jumps), *zeros)), place
                yield from all_of(others)
                yield from all_of(tuple(s for b in brackets for o in conjuncts(b.args[0]) for s in o.args))
                return
        if e.head == "Div" and occurs(x, e.args[1]):
            yield make("Unequal", (at(e.args[1]), ZERO)), place
        elif e.head == "Apply":
            yield from self._value(e, point, place, inner)
            return
        elif e.head == "Log" or (e.head == "Pow" and occurs(x, e.args[1])):
            yield less(ZERO, at(e.args[0])), place
        elif e.head == "Pow":
            yield from self._power(e, at, place)
        elif e.head == "Func":
            yield from self._function(e, at, place)
            yield from all_of(e.args[1:])
            return
        elif e.head == "At":
            self._require_smooth(e, place)
            yield from all_of(e.args[2:])
            return
        elif e.head == "Dirac":
            self._require_outer(e, point, place, inner)
            return
        elif e.head == "Iverson":
            for order in conjuncts(e.args[0]):
                if order.head not in RELATIONS:
                    raise NotByFormError("a bracket of what is no order")
                if occurs(x, order):
                    yield make("Unequal", tuple(map(at, order.args))), place
                yield from all_of(order.args)
            return
        elif e.head in ("Sum", "Product", "Integral"):
            yield from self._binder(e, point, place, inner)
            return
        elif e.head not in ("Add", "Mul", "Div", "Neg", "Exp"):
            raise NotByFormError(f"{e.head} is not continuous by its form")
        yield from all_of(e.args)

    def _vanishing(self, e: Term, x: Term) -> tuple[list[Term], tuple[Term, ...]] | None:
        """Return the brackets in x of a product and its other factors, None where there are none of either kind.

        Where a continuous factor is 0, brackets may jump.
        """
        parts = factors(e)
        if any(below and occurs(x, f) for f, below in parts):
            return None
        brackets = [f for f, _ in parts if f.head == "Iverson" and occurs(x, f)]
        others = tuple(f for f, below in parts if not below and f not in brackets)
        plain = all(o.head in RELATIONS for b in brackets for o in conjuncts(b.args[0]))
        return (brackets, others) if brackets and others and plain else None

    def _value(self, e: Term, point: Term, place: Context, inner: int) -> Needs:
        function, *arguments = e.args
        body = definition(e, place.world)
        if body is not None and isinstance(place.world.domain(function.value), DefinedFunction):
            yield from self.continuous(body, point, place, inner)
        elif function.value in place.world.smooth:
            for a in arguments:
                yield from self.continuous(a, point, place, inner)
        else:
            raise NotByFormError(f"{function} may be not continuous")

    def _require_smooth(self, e: Term, place: Context) -> None:
        """Refuse the value of a derivative, unless the function has so many derivatives that are continuous."""
        body = e.args[0]
        function = body.args[0] if body.head == "Derivative" else body
        order = body.args[2] if body.head == "Derivative" else ZERO
        plain = function.head == "Apply" and function.args[1:] == (bound(0),) and order.head == "number"
        if not plain or (body.head == "Derivative" and body.args[1] is not bound(0)):
            raise NotByFormError("a value of what is no function of one name")
        if order.value > place.world.smooth.get(function.args[0].value, -1):
            raise NotByFormError("its derivative may be not continuous")

    def _power(self, e: Term, at: Callable[[Term], Term], place: Context) -> Needs:
        base, power = map(at, e.args)
        if power.head == "number" and power.value.denominator == 1 and power.value >= 0:
            return
        positive = less(ZERO, base)
        if is_integer(power, place):
            yield make("Or", (at_most(ZERO, power), make("Unequal", (base, ZERO)))), place
        else:
            yield positive, place

    def _function(self, e: Term, at: Callable[[Term], Term], place: Context) -> Needs:
        name, first = e.args[0].value, at(e.args[1])
        if name in JUMPS_AT_ZERO:
            yield make("Unequal", (first, ZERO)), place
        elif name in SMOOTH_AT_POSITIVE:
            yield less(ZERO, first), place
        elif name in ROUNDED:
            value = self.polynomials.of(first)
            if not value.keys() <= {CONSTANT} or value.get(CONSTANT, ZERO.value).denominator == 1:
                raise NotByFormError(f"{name} may jump")
        elif name not in SMOOTH:
            raise NotByFormError(f"{name} may be not continuous")

    def _require_outer(self, e: Term, point: Term, place: Context, inner: int) -> None:
        """Refuse a delta, unless it is 0 nearby, or in the variable of an integral around, which will sift by it."""
        there = instantiate(e.args[0], [point], inner)
        value = self.polynomials.of(there)
        if value.keys() == {CONSTANT}:
            return
        for distance, binder in enumerate(reversed(place.binders)):
            if distance >= inner and binder.head == "Integral" and occurs(bound(distance), there):
                line = self.polynomials.linear_in(value, bound(distance))
                if e.args[1] is ZERO and (line is None or line[0]):
                    return
        raise NotByFormError("a Dirac delta is not continuous")

    def _binder(self, e: Term, point: Term, place: Context, inner: int) -> Needs:
        """A finite sum or product of continuous parts; an integral over a finite interval, whose ends may move."""
        body, _, lo, hi = e.args
        x = bound(inner)
        if any(end.head == "infinity" for end in (lo, hi)):
            raise NotByFormError("an infinite range")
        moves = occurs(x, lo) or occurs(x, hi)
        there = instantiate(e, [point], inner)
        inside = place.enter(there)
        if e.head != "Integral":
            if moves:
                raise NotByFormError("the number of terms changes")
            yield from self.continuous(body, point, inside, inner + 1)
            return
        if has(body, "Dirac", "Iverson"):
            raise NotByFormError("an integral over what may jump")
        if moves:
            yield from self.continuous(lo, point, place, inner)
            yield from self.continuous(hi, point, place, inner)
        yield from self._along(there, place)  # in each of the two it may be continuous alone, and not in both
        yield from self.continuous(body, point, inside, inner + 1)

    def _along(self, over: Term, place: Context) -> Needs:
        """Yield what makes an integrand continuous at every point of the interval."""
        body = shift(over.args[0], 1, 1)
        yield from self.continuous(body, bound(0), place.enter(over), 0)
