"""What continuity at a point, and the existence of an integral or a series, need by the form of an expression.

`needs(goal, place, ...)` gives statements, each with its place, from which the goal follows; an expression whose form
says nothing is refused. Sums and products of continuous functions are continuous, and so on: one rule a head.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from deltasift.domain import Density
from deltasift.judge.context import Context
from deltasift.judge.functions import ENOUGH
from deltasift.judge.linear import CONSTANT, Polynomial, Polynomials
from deltasift.judge.masses import exchanged
from deltasift.judge.meaning import unfolded
from deltasift.judge.need import needs as parts_need
from deltasift.judge.products import factors, guard
from deltasift.judge.statement import conjuncts
from deltasift.judge.term import BINDERS, NAME, ONE, ZERO, Term, bound, has, instantiate, make, occurs, shift
from deltasift.judge.verify.parts import has_mass
from deltasift.judge.verify.question import NotByFormError
from deltasift.judge.verify.statements.continuity import Continuity, Needs
from deltasift.judge.verify.statements.smooth import smooth
from deltasift.judge.verify.statements.tails import falls_off

Weight: TypeAlias = tuple[Term, bool]  # a factor, and whether it is below the fraction bar


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


class _Look(Continuity):
    """One look at an integral or a series, which also looks at the continuity of what is in it."""

    # --- integrals -------------------------------------------------------------------------------------------------

    def integrable(self, e: Term, weight: list[Weight], over: Term, place: Context) -> Needs:
        """Yield what makes the integral of `e` times the weight exist; in both the variable is the innermost index."""
        if e.head in ("Add", "Neg"):
            for a in e.args:
                yield from self.integrable(a, weight, over, place)
            return
        carriers = [a for a in e.args if _is_mass(a)] or self._sums(e, over)
        if e.head == "Sum" and carriers:
            yield from self._sum(e, weight, over, place)
        elif e.head == "Integral" and carriers:
            yield from self.integrable(self._sifted(e), weight, over, place)
        elif e.head == "Dirac" and occurs(bound(0), e):
            yield from self._mass(e, weight, over, _guarded(weight, place))
        elif e.head in ("Mul", "Div") and carriers:
            places = [i for i, a in enumerate(e.args) if a in carriers]
            at = min(places, key=lambda i: e.args[i].head != "Dirac")  # of several, the others stand at its mass
            first = e.args[at]
            several = len(places) > 1 and first.head != "Dirac" and _is_mass(first)
            if several or (e.head == "Div" and at == 1):
                raise NotByFormError("a product of Dirac deltas")
            others = [(a, e.head == "Div") for i, a in enumerate(e.args) if i != at]  # which may be the same again
            yield from self.integrable(first, [*weight, *others], over, place)
        elif e.head == "Sum" and _is_finite(e):
            yield from self._finite_sum(e, weight, over, place)
        else:
            yield from self._ordinary(e, weight, over, place)

    def _finite_sum(self, e: Term, weight: list[Weight], over: Term, place: Context) -> Needs:
        """A finite sum by its form, or else by each of its terms, whose integrals may be known to exist."""
        try:
            found = [*self._ordinary(e, weight, over, place)]
        except NotByFormError:
            each = exchanged(e, weight, over)
            found = [(make("Integrable", each.args[:1]), place.enter(each))]
        yield from found

    def _sums(self, e: Term, over: Term) -> list[Term]:
        """Return what is a finite sum, or those of a product, of which each term has an integral to infinity."""
        if all(end.head != "infinity" for end in over.args[2:]):
            return []
        parts = e.args[:1] if e.head in ("Sum", "Div") else e.args if e.head == "Mul" else ()
        sums = [e] if e.head == "Sum" else [a for a in parts if a.head == "Sum"]
        return [a for a in sums if _is_finite(a) and occurs(bound(0), a)]

    def _sum(self, e: Term, weight: list[Weight], over: Term, place: Context) -> Needs:
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
                    return _product(others)
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
        for w, _ in weight:
            self._require_no_product(w, point, 0)
            if e.args[1] is ZERO:
                yield from self.continuous(w, point, place, 0)
            else:
                yield from _smooth_at(w, point, e.args[1], place)
        yield from _parts(make("At", (_product([(e, False), *weight]), NAME, point)), place)

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
        if has_mass(e):
            raise NotByFormError("a function of a Dirac delta")
        yield from _parts(_product([(e, False), *weight]), place.enter(over))
        every = [*factors(e), *((f, below != inverse) for w, inverse in weight for f, below in factors(w))]
        parts = [(f, below) for f, below in every if f.head != "Iverson" or below]
        varying = [(f, below) for f, below in parts if occurs(bound(0), f)]
        if len(varying) == 1 and not varying[0][1] and varying[0][0].head == "Apply":
            function, *arguments = varying[0][0].args
            if isinstance(place.world.domain(function.value), Density) and arguments == [bound(0)]:
                return
        for end in over.args[2:]:
            if end.head == "infinity" and not self._is_cut_off(every, end):
                falling = falls_off(varying, end, self.polynomials, place.world)
                yield from ((shift(s, -1), _guarded(every, place)) for s in falling)
        inside = _guarded(every, place).enter(over)
        for f, below in parts:
            moved = shift(f, 1, 1)
            yield from self.continuous(moved, bound(0), inside, 0)
            if below and occurs(bound(0), f):
                yield make("Unequal", (f, ZERO)), inside

    def _is_cut_off(self, parts: Sequence[Weight], end: Term) -> bool:
        """Tell whether a bracket among the factors is 0 near an infinite end."""
        orders = (o for f, below in parts if f.head == "Iverson" and not below for o in conjuncts(f.args[0]))
        for o in orders:
            if o.head in ("Less", "LessEqual"):
                line = self.polynomials.linear_in(self.polynomials.difference(*o.args[::-1]), bound(0))
                if line is not None and line[0].keys() == {CONSTANT} and line[0][CONSTANT] * end.value < 0:
                    return True
        return False

    # --- series ----------------------------------------------------------------------------------------------------

    def summable(self, series: Term, place: Context) -> Needs:
        """A finite range; a Kronecker delta of a polynomial of the index, which leaves finitely many terms; a multiple.

        Or the terms are sums, written out or finite, of which each is a series.
        """
        body, _, lo, hi = series.args
        if all(end.head != "infinity" for end in (lo, hi)):
            return
        if body.head == "Add":
            yield from ((make("Summable", (make("Sum", (t, NAME, lo, hi)),)), place) for t in body.args)
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


def _product(parts: Sequence[Weight]) -> Term:
    """Return the product of factors, over those that are below the fraction bar."""
    t = make("Mul", (ONE, *(f for f, below in parts if not below)))
    for f in (f for f, below in parts if below):
        t = make("Div", (t, f))
    return t


def _parts(t: Term, place: Context) -> Needs:
    """Yield what an integrand needs to have a value, in what is free of the variable and in brackets, too."""
    yield from ((n.statement, n.context) for n in parts_need(t, place))


def _is_finite(t: Term) -> bool:
    """Tell whether a sum has finite ends that do not vary with the innermost index."""
    return not any(end.head == "infinity" or occurs(bound(0), end) for end in t.args[2:])


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
