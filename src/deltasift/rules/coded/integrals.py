"""The methods about whole integrals: taken apart, cut by brackets, exchanged with series."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as pairs

import sympy
from sympy import Dummy, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import free, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.reading import from_sympy
from deltasift.inert.substitution import fresh
from deltasift.line.calculus import ordinary
from deltasift.line.linear import linear, root
from deltasift.line.scope import Scope
from deltasift.line.statements import conjunction, conjuncts
from deltasift.line.views import factors, product, terms, total
from deltasift.rule import Rewritten, method


def has_mass(e: Basic, x: Basic) -> bool:
    """Tell whether a Dirac delta in a name stands in an expression."""
    return any(isinstance(d, ex.Dirac) and x in free(d) for d in postorder(e))


@method(ref="rudin1987, theorem 1.32", verifier="integrals")
def integral_add_dirac(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Point masses are integrated apart from the rest.

    Yield the integrals of the terms with a delta, and that of the others together.

    Point masses are singular to what has a density, so the whole has an integral where each of the two has one.
    """
    if not isinstance(expr, ex.Integral) or not isinstance(expr.body, ex.Add):
        return
    masses = [t for t in terms(expr.body) if has_mass(t.expr, expr.var)]
    others = [t for t in terms(expr.body) if not has_mass(t.expr, expr.var)]
    if not masses or len(masses) + bool(others) < 2:
        return
    parts = [(t.sign, ex.Integral.make((t.expr, *expr.args[1:]))) for t in masses]
    if others:
        parts.append((1, ex.Integral.make((total([(t.sign, t.expr) for t in others]), *expr.args[1:]))))
    yield total(parts), ()


@method(ref="lang2002, chapter II", verifier="masses")
def mul_add_dirac(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A product with a sum of point masses is the sum of the products.

    Yield a product with a sum of point masses as the sum of the products, all of its terms at once.
    """
    if not isinstance(expr, (ex.Mul, ex.Neg, ex.Div)):
        return
    sign, parts = factors(expr)
    for f in parts:
        if f.inverse or not isinstance(f.expr, ex.Add) or not any(isinstance(d, ex.Dirac) for d in postorder(f.expr)):
            continue
        others = [(g.expr, g.inverse, g is f) for g in parts]
        products = []
        for t in terms(f.expr):
            inner_sign, inside = factors(t.expr)
            own = [(g.expr, g.inverse) for g in inside]
            every = [p for e, inverse, here in others for p in (own if here else [(e, inverse)])]
            products.append((sign * t.sign * inner_sign, product(1, every)))
        yield total(products), ()


@method(ref="rudin1987, chapter 1", verifier="integrals")
def integral_flip(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """An interval read backwards changes the sign.

    Yield `integral from lo to hi = -integral from hi to lo`.
    """
    if isinstance(expr, ex.Integral):
        yield ex.Neg.make((ex.Integral.make((*expr.args[:2], expr.hi, expr.lo)),)), ()


@method(ref="rudin1987, theorem 1.27", verifier="integrals")
def integral_series(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """An integral over a series of point masses is the series.

    Yield the integral over a sum or a series of point masses as the sum of the integrals.

    The masses are a measure, over which an integral is the sum of the values, wherever that converges absolutely.
    """
    if not isinstance(expr, ex.Integral):
        return
    x = expr.var
    sign, parts = factors(expr.body)
    found = [f for f in parts if has_mass(f.expr, x)]
    if len(found) != 1 or found[0].inverse or not isinstance(found[0].expr, ex.Sum):
        return
    series = found[0].expr
    others = [(f.expr, f.inverse) for f in parts if f is not found[0]]
    taken = frozenset({x}).union(*(free(f) for f, _ in others), free(expr.lo), free(expr.hi))
    term, name = series.body, series.var
    if name in taken:
        new = fresh(name, taken | free(term))
        term, name = substitute(term, {name: new}), new
    inner_sign, inside = factors(term)
    masses = [f for f in inside if has_mass(f.expr, x)]
    if len(masses) != 1 or masses[0].inverse or x in free(series.lo) | free(series.hi):
        return
    is_measure = isinstance(masses[0].expr, ex.Dirac) and masses[0].expr.args[1] == 0
    if not is_measure and not INFINITE.isdisjoint(series.args[2:]):
        return
    body = product(sign * inner_sign, [*others, *((f.expr, f.inverse) for f in inside)])
    yield ex.Sum.make((ex.Integral.make((body, *expr.args[1:])), name, *series.args[2:])), ()


# --- brackets -----------------------------------------------------------------------------------------------------


@method(ref="rudin1987, theorem 1.32", verifier="integrals")
def integral_bracket(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A bracket that bounds the variable cuts the interval.

    Yield an integral over the part of its interval in which the bounds on its variable in brackets hold.

    Whether an end belongs to it does not matter.
    """
    if not isinstance(expr, ex.Integral):
        return
    x = expr.var
    sign, parts = factors(expr.body)
    lower: list[Basic] = []
    upper: list[Basic] = []
    kept: list[tuple[Basic, bool]] = []
    for f in parts:
        if f.inverse or not isinstance(f.expr, ex.Iverson):
            kept.append((f.expr, f.inverse))
            continue
        left = []
        for s in conjuncts(f.expr.args[0]):
            found = _bound(s, x)
            within = _radius(s, x) if found is None else None
            if found is not None:
                (upper if found[0] else lower).append(found[1])
            elif within is not None:
                lower.append(ex.Neg.make((within,)) if isinstance(within, ex.Node) or within.is_Symbol else -within)
                upper.append(within)
            else:
                left.append(s)
        if left:
            kept.append((ex.Iverson.make((conjunction(tuple(left)),)), False))
    if not lower and not upper:
        return
    body = product(sign, kept)
    for (lo, more), (hi, less) in pairs(_ends(expr.lo, lower, True), _ends(expr.hi, upper, False)):
        ahead = _ahead(lo, hi)
        inner = ex.Integral.make((body, x, _written(lo, "Max"), _written(hi, "Min")))
        straight = _ahead([expr.lo], [expr.hi])
        yield inner, (*more, *less, *straight, *ahead)
        if ahead:
            yield ex.Mul.make((ex.Iverson.make((conjunction(ahead),)), inner)), (*more, *less, *straight)


@method(ref="rudin1987, theorem 1.39", verifier="integrals")
def integral_step(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A step is a bracket, but at a single point.

    Yield an integral with steps of its variable written as brackets: they differ at single points at most.
    """
    if not isinstance(expr, ex.Integral):
        return
    sign, parts = factors(expr.body)
    kept: list[tuple[Basic, bool]] = []
    for f in parts:
        u = f.expr.arguments[0] if isinstance(f.expr, ex.Func) and f.expr.name == "Heaviside" else S.Zero
        line = None if f.inverse else linear(u, expr.var)
        if line is not None and _sign(line[0]):
            kept.append((ex.Iverson.make((ex.Less.make((S.Zero, u)),)), False))
        else:
            kept.append((f.expr, f.inverse))
    if any(new is not f.expr for (new, _), f in zip(kept, parts, strict=True)):
        yield ex.Integral.make((product(sign, kept), *expr.args[1:])), ()


def _bound(s: Basic, x: Basic) -> tuple[bool, Basic] | None:
    """Return a linear order as a bound on x: whether it is an upper one, and the bound; the slope is a number."""
    if not isinstance(s, (ex.Less, ex.LessEqual)):
        return None
    line = linear(ex.Add.make((s.args[1], ex.Neg.make((s.args[0],)))), x)
    if line is None or line[0] == 0 or not _sign(line[0]):
        return None
    return _sign(line[0]) < 0, root(*line)


def _radius(s: Basic, x: Symbol) -> Basic | None:
    """Return r where an order says `x**2 < r**2` for a positive r."""
    if not isinstance(s, (ex.Less, ex.LessEqual)) or x not in free(s):
        return None
    t = Dummy("t", real=True)
    slack = ordinary(substitute(ex.Add.make((s.args[1], ex.Neg.make((s.args[0],)))), {x: t}))
    if slack is None or not slack.is_polynomial(t):
        return None
    coefficients = sympy.Poly(slack, t).all_coeffs()
    if len(coefficients) != 3 or coefficients[1] != 0 or not coefficients[0].is_number or not coefficients[0] < 0:
        return None
    square = -coefficients[2] / coefficients[0]
    return from_sympy(sympy.sqrt(square)) if square.is_positive else None


def _sign(slope: Basic) -> int:
    """Return the sign of a slope that its form or the assumptions of its names tell, else 0."""
    value = ordinary(slope)
    return 0 if value is None else 1 if value.is_positive else -1 if value.is_negative else 0


def _ends(end: Basic, others: list[Basic], is_lower: bool) -> Iterator[tuple[list[Basic], tuple[Basic, ...]]]:
    """Yield which of some bounds may be the end, each with the conditions for it; last all of them."""
    every = list(dict.fromkeys([end, *others])) if end not in INFINITE else list(dict.fromkeys(others)) or [end]
    if len(every) > 1:
        for e in every:
            rest = [o for o in every if o is not e]
            yield [e], tuple(ex.LessEqual.make((o, e) if is_lower else (e, o)) for o in rest)
    yield every, ()


def _ahead(lo: list[Basic], hi: list[Basic]) -> tuple[Basic, ...]:
    return tuple(ex.LessEqual.make(p) for p in pairs(lo, hi) if INFINITE.isdisjoint(p))


def _written(ends: list[Basic], head: str) -> Basic:
    return ends[0] if len(ends) == 1 else ex.Func(head, *ends)
