"""Continuity at a point, and the existence of integrals and infinite sums, from the structure of an expression."""

from __future__ import annotations

from collections.abc import Callable

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import DefinedFunction, Density
from deltasift.inert import free, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.functions import named
from deltasift.inert.substitution import fresh
from deltasift.line.calculus import derivatives
from deltasift.line.linear import difference, linear, root
from deltasift.line.numbers import worked_out
from deltasift.line.scope import Scope
from deltasift.line.statements import conjuncts
from deltasift.line.views import factors, product
from deltasift.said import Said

CONTINUOUS, CONTINUOUS_ABOVE_ZERO, JUMPS_AT_ZERO = (named(continuous=w) for w in ("everywhere", "above 0", "but at 0"))
Holds = Callable[[Basic, Scope], bool]
Because = tuple[str, ...]


def continuous(c: ex.Continuous, scope: Scope, holds: Holds) -> Because | None:
    """Return why a function is continuous at a point, None where that is not known."""
    body, x, point = c.args
    look = _Look(scope, holds)
    return look.because("it is built of continuous functions") if look.continuous(body, x, point) else None


def integrable(c: ex.Integrable, scope: Scope, holds: Holds) -> Because | None:
    """Return why an integral exists, None where that is not known."""
    integral = c.args[0]
    assert isinstance(integral, ex.Integral)
    look = _Look(scope, holds)
    whole = scope.unfold_all(integral)
    assert isinstance(whole, ex.Integral)
    return look.because("its form") if look.integrable(whole.body, [], whole) else None


def summable(c: ex.Summable, scope: Scope) -> Because | None:
    """Return why an infinite sum exists, None where that is not known: a delta leaves it one term."""
    series = c.args[0]
    assert isinstance(series, ex.Sum)
    if not {series.lo, series.hi} & set(INFINITE):
        return ("a finite range",)
    for f in factors(series.body)[1]:
        if isinstance(f.expr, ex.Delta) and not f.inverse:
            line = linear(difference(*f.expr.args), series.var)
            if line is not None and line[0].is_Integer and line[0] != 0:
                return ("a delta leaves it one term",)
    return None


def _is_fraction(e: Basic) -> bool:
    value = worked_out(e)
    return bool(value.is_Rational) and not value.is_Integer


class _Look:
    """One look at an expression, which gathers the reasons."""

    def __init__(self, scope: Scope, holds: Holds) -> None:
        self.scope = scope
        self.holds = holds
        self.reasons: dict[str, None] = {}
        self.ranges = scope.ranges
        self.outer = [r.name for r in scope.ranges if not r.integer]  # the variables of the integrals around

    def because(self, otherwise: str) -> Because:
        """Return the reasons, or what to say where there are none."""
        return tuple(self.reasons) or (otherwise,)

    # --- continuity ------------------------------------------------------------------------------------------------

    def continuous(self, e: Basic, x: Basic, a: Basic) -> bool:
        """Tell whether `e`, as a function of x, is known to be continuous at a."""
        if e == x or x not in free(e):
            return True
        if not isinstance(e, ex.Node):
            return False
        if isinstance(e, (ex.Mul, ex.Div)) and self._vanishes(e, x, a):
            return True
        parts = e.args
        if isinstance(e, ex.Apply):
            domain = self.scope.domain(e.function)
            if isinstance(domain, DefinedFunction):
                behind = self.scope.unfold(e)
                return behind is not None and self.continuous(behind, x, a)
            parts = e.arguments
            if self._assumed_continuous(e.function):
                self.reasons[Said(e.function, " is taken to be continuous")] = None
            elif isinstance(domain, Density) and domain.continuous:
                self.reasons[Said(domain.symbol, " is continuous")] = None
            else:
                return False
        elif isinstance(e, ex.Log):
            if not self._at(ex.Less.make((S.Zero, e.args[0])), x, a):
                return False
        elif isinstance(e, ex.Div):
            if x in free(e.args[1]) and not self._at(ex.Unequal.make((e.args[1], S.Zero)), x, a):
                return False
        elif isinstance(e, ex.Pow):
            power = e.args[1]
            natural = self.scope.is_integer(power) and self.holds(ex.LessEqual.make((S.Zero, power)), self.scope)
            if not natural and not self._at(ex.Less.make((S.Zero, e.args[0])), x, a):
                return False
        elif isinstance(e, ex.Func):
            parts = e.arguments
            jumps = e.name in JUMPS_AT_ZERO and self._at(ex.Unequal.make((e.arguments[0], S.Zero)), x, a)
            steps = e.name in ("floor", "ceiling", "frac") and _is_fraction(substitute(e.arguments[0], {x: a}))
            positive = e.name in CONTINUOUS_ABOVE_ZERO and self._at(ex.Less.make((S.Zero, e.arguments[0])), x, a)
            if e.name not in CONTINUOUS and not jumps and not steps and not positive:
                return False
        elif isinstance(e, ex.At):
            body, _, point = e.args
            parts = (point,)
            if not isinstance(body, ex.Derivative) or not self._assumed_smooth(body.args[0], body.args[2]):
                return False
        elif isinstance(e, ex.Dirac):
            return self._in_an_outer_variable(e, x, a)
        elif isinstance(e, ex.Integral):
            return self._integral(e, x, a)
        elif isinstance(e, ex.Iverson):
            orders = conjuncts(e.args[0])
            parts = tuple(side for o in orders for side in o.args)
            plain = all(isinstance(o, (ex.Less, ex.LessEqual, ex.Equality, ex.Unequal)) for o in orders)
            if not plain or not all(self._at(ex.Unequal.make(o.args), x, a) for o in orders if x in free(o)):
                return False
        elif isinstance(e, (ex.Sum, ex.Product)):
            return self._finite(e, x, a)
        elif not isinstance(e, (ex.Add, ex.Mul, ex.Neg, ex.Exp)):
            return False
        return all(self.continuous(p, x, a) for p in parts)

    def _assumed_continuous(self, function: Basic) -> bool:
        """Tell whether it is assumed that a function is continuous at every point: `Continuous(f(x), x, x)`."""
        return any(
            isinstance(s, ex.Continuous) and isinstance(s.args[0], ex.Apply) and s.args[0].function == function
            for s in self.scope.assumed
            if isinstance(s, ex.Continuous) and s.args[1] == s.args[2]
        )

    def _assumed_smooth(self, body: Basic, order: Basic) -> bool:
        """Tell whether it is assumed that a derivative of a function is continuous at every point."""
        known = self.scope.smoothness(body.function, order) if isinstance(body, ex.Apply) else None
        if known is not None:
            self.reasons[Said(known, " is taken to be continuous")] = None
        return known is not None

    def _vanishes(self, e: ex.Node, x: Basic, a: Basic) -> bool:
        """Tell whether a product is 0 at a, a continuous factor being 0 there and brackets being bounded."""
        _, parts = factors(e)
        brackets = [f for f in parts if isinstance(f.expr, ex.Iverson) and not f.inverse and x in free(f.expr)]
        if not brackets or any(f.inverse and x in free(f.expr) for f in parts):
            return False
        others = [f.expr for f in parts if f not in brackets and not f.inverse]
        zero = any(worked_out(substitute(o, {x: a})) == 0 for o in others)
        return zero and all(self.continuous(o, x, a) for o in others)

    def _in_an_outer_variable(self, e: ex.Dirac, x: Basic, a: Basic) -> bool:
        """Tell whether a delta is, at x = a, a delta in the variable of an outer integral, which will sift by it."""
        there = substitute(e.args[0], {x: a})
        outer = {r.name for r in self.scope.ranges if not r.integer} - {x}
        line = linear(there, next((n for n in sorted(outer & free(there), key=str)), S.NaN))
        return e.args[1] == 0 and (line is None or line[0] != 0) and not outer.isdisjoint(free(there))

    def _integral(self, e: ex.Integral, x: Basic, a: Basic) -> bool:
        """An integral over a finite interval of what is continuous in all that it depends on; its ends may move."""
        if {e.lo, e.hi} & set(INFINITE):
            return False
        if e.var in free(a):
            new = fresh(e.var, free(a) | free(e.body) | {x})
            e = e.rebuild((substitute(e.body, {e.var: new}), new, e.lo, e.hi))
        if any(isinstance(d, (ex.Dirac, ex.Iverson)) for d in postorder(e.body)):
            return False
        moves = x in free(e.lo) | free(e.hi)
        if moves and not all(self.continuous(end, x, a) for end in (e.lo, e.hi)):
            return False
        outer = self.scope
        self.scope = outer.enter(e)
        try:
            return self.continuous(e.body, x, a) and (not moves or self.continuous(e.body, e.var, e.var))
        finally:
            self.scope = outer

    def _at(self, condition: Basic, x: Basic, a: Basic) -> bool:
        there = substitute(condition, {x: a}) if a != x else condition
        if self.holds(there, self.scope):
            self.reasons[Said(there)] = None
            return True
        # a point that moves with an outer variable meets what is there only on a null set of that
        if a == x or self.scope.ranges[len(self.ranges) :] or not self._is_almost_so(there):
            return False
        self.reasons[Said(there, " almost everywhere")] = None
        return True

    def _is_almost_so(self, condition: Basic) -> bool:
        """Tell whether two sides are equal only on a null set of an outer variable, and else in this order."""
        if not isinstance(condition, (ex.Less, ex.Unequal)):
            return False
        apart = difference(*condition.args)
        lines = [linear(apart, name) for name in self.outer]
        if not any(line is not None and line[0].is_Rational and line[0] != 0 for line in lines):
            return False
        return isinstance(condition, ex.Unequal) or self.holds(ex.LessEqual.make(condition.args), self.scope)

    def _finite(self, e: ex.Sum | ex.Product, x: Basic, a: Basic) -> bool:
        """A sum or product of finitely many parts, however many they are, that are all continuous."""
        if {e.lo, e.hi} & set(INFINITE) or x in free(e.lo) | free(e.hi) or e.var in free(a):
            return False
        outer = self.scope
        self.scope = outer.enter(e)
        try:
            return self.continuous(e.body, x, a)
        finally:
            self.scope = outer

    # --- integrals -------------------------------------------------------------------------------------------------

    def integrable(self, e: Basic, weight: list[tuple[Basic, bool]], over: ex.Integral) -> bool:
        """Tell whether the integral of `e` times the weight is known to exist."""
        x = over.var
        if isinstance(e, ex.Add):
            return all(self.integrable(a, weight, over) for a in e.args)
        if isinstance(e, ex.Neg):
            return self.integrable(e.args[0], weight, over)
        if isinstance(e, ex.Sum) and any(isinstance(d, ex.Dirac) for d in postorder(e)):
            taken = {s for w, _ in weight for s in free(w)} | {x}
            if {e.lo, e.hi} & set(INFINITE) or x in free(e.lo) | free(e.hi) or e.var in taken:
                return False
            outer = self.scope
            self.scope = outer.enter(e)
            try:
                return self.integrable(e.body, weight, over)
            finally:
                self.scope = outer
        if isinstance(e, ex.Dirac):
            return self._mass(e, weight, over)
        if isinstance(e, (ex.Mul, ex.Div)):
            carriers = [i for i, a in enumerate(e.args) if any(isinstance(d, ex.Dirac) for d in postorder(a))]
            if len(carriers) > 1 or (isinstance(e, ex.Div) and carriers == [1]):
                return False
            if carriers:
                others = [(a, isinstance(e, ex.Div)) for i, a in enumerate(e.args) if i != carriers[0]]
                return self.integrable(e.args[carriers[0]], [*weight, *others], over)
        return self._ordinary(product(1, [*weight, (e, False)]) if weight else e, over)

    def _mass(self, e: ex.Dirac, weight: list[tuple[Basic, bool]], over: ex.Integral) -> bool:
        """A point mass within the interval or without, and a weight that is continuous there with its derivatives."""
        line = linear(e.args[0], over.var)
        if over.var not in free(e):
            return self._in_an_outer_variable(e, over.var, over.var) and self.integrable(S.One, weight, over)
        if line is None or not e.args[1].is_Integer:
            return False
        if e.args[1] > 0:
            every = derivatives(product(1, weight), over.var, int(e.args[1])) if weight else []
            if every is None:
                return False
            weight = [(d, False) for d in every]
        slope, constant = line
        if not (slope.is_number and slope != 0) and not self.holds(ex.Unequal.make((slope, S.Zero)), self.scope):
            return False
        point = root(slope, constant)
        for end in (over.lo, over.hi):
            if end not in INFINITE and not self.holds(ex.Unequal.make((end, point)), self.scope):
                return False
        return all(
            self.continuous(w, over.var, point)
            and (not inverse or self._at(ex.Unequal.make((w, S.Zero)), over.var, point))
            for w, inverse in weight
        )

    def _ordinary(self, e: Basic, over: ex.Integral) -> bool:
        """A multiple of a density, or a continuous function on a finite interval, cut off by brackets."""
        if e == 0:
            return True
        x = over.var
        _, parts = factors(e)
        if any(isinstance(f.expr, ex.Iverson) and not f.inverse for f in parts):
            parts = [f for f in parts if not isinstance(f.expr, ex.Iverson) or f.inverse]
            e = product(1, [(f.expr, f.inverse) for f in parts])
        varying = [f for f in parts if x in free(f.expr)]
        if len(varying) == 1 and not varying[0].inverse and isinstance(varying[0].expr, ex.Apply):
            domain = self.scope.domain(varying[0].expr.function)
            if isinstance(domain, Density) and varying[0].expr.arguments == (x,):
                self.reasons[Said(domain.symbol, " is a density")] = None
                return True
        if {over.lo, over.hi} & set(INFINITE):
            return False
        assert isinstance(x, Symbol)
        outer = self.scope
        self.scope = outer.enter(over)
        try:
            return self.continuous(e, x, x)
        finally:
            self.scope = outer
