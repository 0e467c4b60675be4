"""What continuity at a point, and the existence of an integral or a series, need by the form of an expression.

`needs(goal, place, ...)` gives statements, each with its place, from which the goal follows; an expression whose form
says nothing is refused. Sums and products of continuous functions are continuous, and so on: one rule a head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from deltasift.domain import DefinedFunction, Density
from deltasift.judge.context import Context
from deltasift.judge.functions import ENOUGH
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import CONSTANT, Polynomial, Polynomials
from deltasift.judge.meaning import definition, unfolded
from deltasift.judge.need import exchanged, factors, guard, nonzero
from deltasift.judge.statement import at_most, conjuncts, less
from deltasift.judge.term import BINDERS, NAME, ONE, ZERO, Term, bound, has, instantiate, make, occurs, shift
from deltasift.judge.verify.question import RejectedError
from deltasift.judge.verify.statements.smooth import smooth

SMOOTH = frozenset(("cos", "sin", "sinh", "cosh", "tanh", "atan", "asinh", "erf", "erfc", "sigma", "Abs", "Max", "Min"))
SMOOTH_AT_POSITIVE = frozenset(("gamma", "loggamma", "factorial"))
JUMPS_AT_ZERO = frozenset(("Heaviside", "sign"))
ROUNDED = frozenset(("floor", "ceiling", "frac"))
RELATIONS = frozenset(("Less", "LessEqual", "Equality", "Unequal"))
Needs: TypeAlias = Iterator[tuple[Term, Context]]
Weight: TypeAlias = tuple[Term, bool]  # a factor, and whether it is below the fraction bar


class NotByFormError(RejectedError):
    """The form of an expression does not say that it is continuous, or that it exists."""


def needs(goal: Term, place: Context, polynomials: Polynomials) -> Needs:
    """Yield the statements from which continuity or existence follows, each with the place where it is to hold.

    Raises
    ------
    NotByFormError
        If the form of the expression does not say so whatever holds.
    """
    look = _Look(polynomials)
    if goal.head == "Continuous":
        body, _, point = goal.args
        yield from look.continuous(body, point, place, 0)
    elif goal.head == "Integrable" and goal.args[0].head == "Integral":
        over = unfolded(goal.args[0], place.world)
        yield from look.integrable(over.args[0], [], over, place)
    elif goal.head == "Summable" and goal.args[0].head == "Sum":
        yield from look.summable(goal.args[0], place)
    elif goal.head == "HasValue":
        yield from _value(goal.args[0], place)
    else:
        raise NotByFormError(f"{goal.head} is not about existence")


def _value(t: Term, place: Context) -> Needs:
    """Yield what is enough for something to have a value whose parts have one."""
    if t.head == "Derivative" and t.args[0].head == "Derivative" and t.args[0].args[1] is t.args[1]:
        (body, by, inner), outer = t.args[0].args, t.args[2]
        if inner.head == outer.head == "number":  # one derivative of their orders together
            whole = make("Derivative", (body, by, make("number", (), inner.value + outer.value)))
            yield make("HasValue", (whole,)), place
            return
    name = str(t.args[0].value) if t.head == "Func" else ""
    found = smooth(t, place) if t.head == "Derivative" else None
    if found is not None:
        yield from found
    elif name in ENOUGH:
        yield from ((s, place) for s in ENOUGH[name](t.args[1:]))
    elif t.head == "Product":
        yield make("Summable", (make("Sum", (make("Log", t.args[:1]), *t.args[1:])),)), place
    elif t.head not in ("Continuous", "Integrable", "Summable"):  # statements, which are true or not
        raise NotByFormError(f"{t.head} may have no value")


class _Look:
    def __init__(self, polynomials: Polynomials) -> None:
        self.polynomials = polynomials

    # --- continuity ------------------------------------------------------------------------------------------------

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
        elif e.head == "Log":
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

    def _power(self, e: Term, at: object, place: Context) -> Needs:
        base, power = (at(a) for a in e.args)  # type: ignore[operator]
        if power.head == "number" and power.value.denominator == 1 and power.value >= 0:
            return
        positive = less(ZERO, base)
        if is_integer(power, place):
            yield make("Or", (at_most(ZERO, power), make("Unequal", (base, ZERO)))), place
        else:
            yield positive, place

    def _function(self, e: Term, at: object, place: Context) -> Needs:
        name, first = e.args[0].value, at(e.args[1])  # type: ignore[operator]
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
            yield from self._along(there, place)
        yield from self.continuous(body, point, inside, inner + 1)

    def _along(self, over: Term, place: Context) -> Needs:
        """Yield what makes an integrand continuous at every point of the interval."""
        body = shift(over.args[0], 1, 1)
        yield from self.continuous(body, bound(0), place.enter(over), 0)

    # --- integrals -------------------------------------------------------------------------------------------------

    def integrable(self, e: Term, weight: list[Weight], over: Term, place: Context) -> Needs:
        """Yield what makes the integral of `e` times the weight exist; in both the variable is the innermost index."""
        if e.head in ("Add", "Neg"):
            for a in e.args:
                yield from self.integrable(a, weight, over, place)
            return
        carriers = [a for a in e.args if _is_mass(a)]
        if e.head == "Sum" and carriers:
            yield from self._sum_of_masses(e, weight, over, place)
        elif e.head == "Integral" and carriers:
            yield from self.integrable(self._sifted(e), weight, over, place)
        elif e.head == "Dirac" and occurs(bound(0), e):
            yield from self._mass(e, weight, over, _guarded(weight, place))
        elif e.head in ("Mul", "Div") and carriers:
            first = min(carriers, key=lambda a: a.head != "Dirac")  # of several, the others stand at its mass
            if (len(carriers) > 1 and first.head != "Dirac") or (e.head == "Div" and e.args[1] is first):
                raise NotByFormError("a product of Dirac deltas")
            others = [(a, e.head == "Div") for a in e.args if a is not first]
            yield from self.integrable(first, [*weight, *others], over, place)
        else:
            yield from self._ordinary(e, weight, over, place)

    def _sum_of_masses(self, e: Term, weight: list[Weight], over: Term, place: Context) -> Needs:
        """A sum of integrals: the sum is taken outside of the integral; where it is infinite, that is a series."""
        if any(occurs(bound(0), end) for end in e.args[2:]):
            raise NotByFormError("a sum of masses that changes along the line")
        series = exchanged(e, weight, over)
        if any(end.head == "infinity" for end in e.args[2:]):
            yield make("Summable", (series,)), place
        body = instantiate(shift(e.args[0], 2, 2), [bound(0), bound(1)])
        further = [(shift(w, 1, 1), below) for w, below in weight]
        yield from self.integrable(body, further, series.args[0], place.enter(series))

    def _sifted(self, e: Term) -> Term:
        """Return what an inner integral over all numbers is that a point mass in its own variable decides."""
        if all(end.head == "infinity" for end in e.args[2:]):
            parts = factors(e.args[0])
            for n, (f, below) in enumerate(parts):
                is_mass = f.head == "Dirac" and f.args[1] is ZERO and not below
                line = self.polynomials.linear_in(self.polynomials.of(f.args[0]), bound(0)) if is_mass else None
                if line is not None and line[0] and line[0].keys() <= {CONSTANT}:
                    slope, rest = (shift(self.polynomials.written(p), -1) for p in line)
                    at = [make("Div", (make("Neg", (rest,)), slope))]
                    others = [(instantiate(o, at), b) for i, (o, b) in enumerate(parts) if i != n]
                    t = make("Mul", (ONE, *(o for o, b in others if not b)))
                    for o in (o for o, b in others if b):
                        t = make("Div", (t, o))
                    return t
        raise NotByFormError("an inner integral that no point mass decides")

    def _mass(self, e: Term, weight: list[Weight], over: Term, place: Context) -> Needs:
        """A point mass inside of the interval or outside, and a weight that is continuous there, or smooth."""
        line = self.polynomials.linear_in(self.polynomials.of(e.args[0]), bound(0))
        if line is None or not line[0]:
            raise NotByFormError("a Dirac delta of what is not linear")
        slope, rest = (shift(self.polynomials.written(p), -1) for p in line)
        if slope.head != "number":
            yield make("Unequal", (slope, ZERO)), place
        point = make("Div", (make("Neg", (rest,)), slope)) if slope is not ONE else make("Neg", (rest,))
        for end in over.args[2:]:
            if end.head != "infinity":
                yield make("Unequal", (end, point)), place
        for w, below in weight:
            self._require_no_product(w, point, 0)
            if e.args[1] is ZERO:
                yield from self.continuous(w, point, place, 0)
            else:
                yield from _smooth_at(w, point, e.args[1], place)
            if below:
                yield from ((n.statement, n.context) for n in nonzero(instantiate(w, [point]), place))

    def _require_no_product(self, w: Term, point: Term, inner: int) -> None:
        """Refuse a second point mass on the line of the first, wherever it is: their product has no value."""
        todo = [(w, inner)]
        while todo:
            t, level = todo.pop()
            is_mass = t.head == "Dirac" and occurs(bound(level), t)
            if is_mass and self.polynomials.of(instantiate(t.args[0], [point], level)).keys() <= {CONSTANT}:
                raise NotByFormError("a product of Dirac deltas")
            todo += [(a, level + (t.head in BINDERS and n == 0)) for n, a in enumerate(t.args)]

    def _ordinary(self, e: Term, weight: list[Weight], over: Term, place: Context) -> Needs:
        """A multiple of a density; or what is continuous on a finite interval, cut off by brackets."""
        if e is ZERO:
            return
        every = [*factors(e), *((f, below != inverse) for w, inverse in weight for f, below in factors(w))]
        parts = [(f, below) for f, below in every if f.head != "Iverson" or below]
        varying = [(f, below) for f, below in parts if occurs(bound(0), f)]
        if len(varying) == 1 and not varying[0][1] and varying[0][0].head == "Apply":
            function, *arguments = varying[0][0].args
            if isinstance(place.world.domain(function.value), Density) and arguments == [bound(0)]:
                return
        if any(end.head == "infinity" for end in over.args[2:]):
            raise NotByFormError("an infinite interval")
        inside = _guarded(every, place).enter(over)
        for f, below in parts:
            moved = shift(f, 1, 1)
            yield from self.continuous(moved, bound(0), inside, 0)
            if below and occurs(bound(0), f):
                yield make("Unequal", (f, ZERO)), inside

    # --- series ----------------------------------------------------------------------------------------------------

    def summable(self, series: Term, place: Context) -> Needs:
        """A finite range; a Kronecker delta of a polynomial of the index, which leaves finitely many terms; a multiple.

        Or the terms are finite sums, of which each is a series.
        """
        body, _, lo, hi = series.args
        if all(end.head != "infinity" for end in (lo, hi)):
            return
        for f, below in factors(body):
            if f.head == "Delta" and not below and self._has_few_roots(self.polynomials.difference(*f.args)):
                return
        if body.head == "Sum" and not any(e.head == "infinity" or occurs(bound(0), e) for e in body.args[2:]):
            t = instantiate(shift(body.args[0], 2, 2), [bound(0), bound(1)])
            outer = make("Sum", (ZERO, NAME, *(shift(e, -1) for e in body.args[2:])))
            yield make("Summable", (make("Sum", (t, NAME, shift(lo, 1), shift(hi, 1))),)), place.enter(outer)
            return
        fixed = [f for f, _ in factors(body) if not occurs(bound(0), f)]
        named = [f for f in fixed if f.head != "number"] or fixed
        if not named:
            raise NotByFormError("a series with more than one term")
        t = ONE
        for f, below in factors(body):
            if f not in named:
                t = make("Div", (t, f)) if below else f if t is ONE else make("Mul", (t, f))
        yield make("Summable", (make("Sum", (t, NAME, lo, hi)),)), place

    def _has_few_roots(self, p: Polynomial) -> bool:
        """Tell whether a polynomial of the index has a last coefficient that is a number."""
        [(own, _)] = next(iter(self.polynomials.of(bound(0))))
        degrees = {m: dict(m).get(own, 0) for m in p}
        if any(a != own and occurs(bound(0), self.polynomials.atoms[a]) for m in p for a, _ in m):
            return False
        last = [m for m, n in degrees.items() if n == max(degrees.values())]
        return len(last) == 1 and degrees[last[0]] > 0 and len(last[0]) == 1


def _is_mass(t: Term, index: int = 0) -> bool:
    """Tell whether a Dirac delta in the variable is in a term."""
    return has(t, "Dirac") and occurs(bound(index), t)


def _guarded(weight: Sequence[Weight], place: Context) -> Context:
    """Return a place where the brackets and deltas are true of which the variable is none: else the integral is 0."""
    found = (guard(w, place) for w, below in weight if not below and not occurs(bound(0), w))
    return place.assuming(*(shift(g, -1) for g in found if g is not None and not occurs(bound(0), g)))


def _smooth_at(w: Term, point: Term, order: Term, place: Context) -> Needs:
    """Yield what makes a factor differentiable so often near a point."""
    inside = place.enter(make("At", (w, NAME, point)))
    found = smooth(make("Derivative", (w, bound(0), order)), inside)
    if found is None or any(here.depth > inside.depth for _, here in found):
        raise NotByFormError("what stands beside a derivative of a Dirac delta may have none")
    yield from ((instantiate(s, [point]), place) for s, _ in found)
