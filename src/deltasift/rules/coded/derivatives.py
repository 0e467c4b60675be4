"""How derivatives are taken: one step of one rule, by a name or by an entry of a table.

The entries of a table vary apart from each other, whatever facts tie them at the point. Each step keeps a value that
is there: where the derivative before it exists, what it becomes exists and is equal. So sums and products are taken
apart only where all that varies in them is made of functions that are differentiable wherever they are defined around
the point, an undefined function being so where that is assumed; and a power or a logarithm whose argument may be 0 at
the point needs that it is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Integer, S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Rational

import deltasift.inert as ex
from deltasift.inert import free, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.functions import known_of
from deltasift.inert.substitution import fresh
from deltasift.line.linear import difference
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.line.views import Factor, factors, peeled, product, terms, total
from deltasift.rule import Rewritten, Witnessed, method

Part = tuple[Basic, bool]


def varies(e: Basic, d: ex.Derivative, scope: Scope) -> bool:
    """Tell whether an expression depends on what is differentiated by, definitions put in."""
    return scope.depends(e, d.varied)


def taken(expr: Basic, scope: Scope) -> ex.Derivative | None:
    """Return a first derivative by a real name or by a real entry of a table, None for whatever else."""
    if not isinstance(expr, ex.Derivative) or expr.args[2] != 1:
        return None
    by = expr.args[1]
    if scope.is_integer(by) or scope.unfold(by) is not None:
        return None
    if isinstance(by, ex.Node) and any(scope.depends(i, expr.varied) for i in by.args[1:]):
        return None
    if isinstance(by, ex.Apply) and not all(map(scope.is_integer, by.arguments)):
        return None  # a function of a real is no table
    return expr


def smooth(e: Basic, d: ex.Derivative, scope: Scope) -> bool:
    """Tell whether an expression is differentiable where it has a value at the point and around it."""
    if not varies(e, d, scope):
        return True
    if e == d.args[1] or (isinstance(e, ex.Entry) and isinstance(d.args[1], ex.Entry) and e.table == d.varied):
        return True
    if isinstance(e, ex.Apply) and isinstance(d.args[1], ex.Apply) and e.function == d.varied:
        return True
    if isinstance(e, (ex.Entry, Symbol)):
        behind = scope.unfold(e)
        return behind is not None and smooth(behind, d, scope)
    if isinstance(e, ex.Apply):
        known = len(e.arguments) == 1 and scope.smoothness(e.function, S.One) is not None
        return known and smooth(e.arguments[0], d, scope)
    if isinstance(e, ex.Derivative):
        body, by, count = e.args
        of_function = by == d.args[1] and isinstance(body, ex.Apply) and body.arguments == (by,) and count.is_Integer
        return of_function and scope.smoothness(body.args[0], count + 1) is not None
    if isinstance(e, (ex.Sum, ex.Product)):
        ends = (e.lo, e.hi)
        inside = scope.enter(e)
        return INFINITE.isdisjoint(ends) and not any(varies(a, d, scope) for a in ends) and smooth(e.body, d, inside)
    if isinstance(e, ex.Func):
        return known_of(e.name).derivative is not None and all(smooth(a, d, scope) for a in e.arguments)
    return isinstance(e, (ex.Add, ex.Mul, ex.Div, ex.Neg, ex.Exp, ex.Log, ex.Pow)) and all(
        smooth(a, d, scope) for a in e.args
    )


def _by(d: ex.Derivative, e: Basic) -> Basic:
    return ex.Derivative.make((e, *d.args[1:]))


def _smooth_one(head: type[ex.Node], expr: Basic, scope: Scope) -> ex.Derivative | None:
    """Return the first derivative of what is smooth and has that head; signs before it that cancel are left out."""
    d = taken(expr, scope)
    if d is None:
        return None
    e = peeled(d.args[0])[0]
    return ex.Derivative.make((e, *d.args[1:])) if isinstance(e, head) and smooth(e, d, scope) else None


def _times(*parts: Basic) -> Basic:
    return product(1, [(p, False) for p in parts if p != 1])


# --- names, entries and constants ---------------------------------------------------------------------------------


@method(ref="lang1997, chapter 3", verifier="derivatives")
def deriv_const(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """What does not vary has the derivative 0.

    Yield 0 for what does not depend on what is differentiated by.
    """
    d = taken(expr, scope)
    if d is not None and not varies(d.args[0], d, scope):
        yield S.Zero, ()


@method(ref="lang1997, chapter 3", verifier="derivatives")
def deriv_self(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The derivative of a name by itself is 1.

    Yield `dx/dx = 1`.
    """
    d = taken(expr, scope)
    if d is not None and peeled(d.args[0])[0] == d.args[1]:
        yield S.One, ()


@method(ref="murphy2022, section 7.8", verifier="derivatives")
def deriv_entry(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The derivative of an entry by an entry is 1 if it is the same, and else 0.

    Yield `dx[j]/dx[i] = delta(i, j)`, a product of deltas for several indices.
    """
    d = taken(expr, scope)
    if d is None:
        return
    e, by = peeled(d.args[0])[0], d.args[1]
    if not isinstance(by, (ex.Entry, ex.Apply)) or type(e) is not type(by) or len(e.args) != len(by.args):
        return
    if e.args[0] != d.varied or any(varies(i, d, scope) for i in e.args[1:]):
        return
    if isinstance(e, ex.Apply) and not all(map(scope.is_integer, e.arguments)):
        return
    yield _times(*(ex.Delta.make(pair) for pair in zip(by.args[1:], e.args[1:], strict=True))), ()


@method(ref="lang1997, chapter 3", verifier="derivatives")
def deriv_deriv(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A higher derivative is the derivative of the one before it.

    Yield a derivative of order n as the first derivative of that of order n - 1.
    """
    if isinstance(expr, ex.Derivative) and expr.args[2].is_Integer and expr.args[2] > 1:
        body, by, count = expr.args
        yield ex.Derivative.make((ex.Derivative.make((body, by, count - 1)), by, S.One)), ()


# --- sums and products --------------------------------------------------------------------------------------------


@method(ref="lang1997, chapter 3", verifier="derivatives")
def deriv_add(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The derivative of a sum is the sum of the derivatives.

    Yield the sum of the derivatives of the terms, those that do not vary left out.
    """
    d = taken(expr, scope)
    found = [] if d is None else terms(d.args[0])
    if d is None or (len(found) == 1 and found[0].expr is d.args[0]):
        return
    moving = [t for t in found if varies(t.expr, d, scope)]
    if moving and (len(moving) == 1 or all(smooth(t.expr, d, scope) for t in moving)):
        yield total([(t.sign, _by(d, t.expr)) for t in moving]), ()


@method(ref="lang1997, chapter 3", verifier="derivatives")
def deriv_mul(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The rule for products and quotients.

    Yield, for each factor that varies, the product with that factor differentiated, and quotients likewise.
    """
    d = taken(expr, scope)
    if d is None or not isinstance(d.args[0], (ex.Mul, ex.Div, ex.Neg)):
        return
    sign, parts = factors(d.args[0])
    moving = [n for n, f in enumerate(parts) if varies(f.expr, d, scope)]
    if not moving or (len(parts) == 1 and not parts[0].inverse):
        return
    if not all(smooth(parts[n].expr, d, scope) for n in moving) and not _is_scaled(parts, moving):
        return
    signed = []
    for n in moving:
        f = parts[n].expr
        others: list[Part] = [(g.expr, g.inverse) for m, g in enumerate(parts) if m != n]
        if parts[n].inverse:
            signed.append((-sign, product(1, [*others, (_by(d, f), False), (ex.Pow.make((f, Integer(2))), True)])))
        else:
            signed.append((sign, product(1, [*others[:n], (_by(d, f), False), *others[n:]])))
    yield total(signed), tuple(_without_convention(parts, d, scope))


def _is_scaled(parts: list[Factor], moving: list[int]) -> bool:
    """Tell whether one factor varies, and the others are numbers that are not 0."""
    return (
        len(moving) == 1
        and all(n in moving or (isinstance(f.expr, Rational) and f.expr != 0) for n, f in enumerate(parts))
        and not parts[moving[0]].inverse
    )


def _without_convention(parts: list[Factor], d: ex.Derivative, scope: Scope) -> Iterator[Basic]:
    """Yield that no factor `x*log(x)` has its value by the convention 0 log 0 = 0, where that is seen no more."""
    for n, f in enumerate(parts):
        if isinstance(f.expr, ex.Log) and not f.inverse and not _is_variable(f.expr.args[0], d):
            argument = f.expr.args[0]
            above = [g.expr for g in factors(argument)[1] if not g.inverse]
            others = [g.expr for m, g in enumerate(parts) if m != n and not g.inverse]
            if any(same(o, a) for o in others for a in (argument, *above)) or any(map(scope.is_probability, others)):
                yield ex.Less.make((S.Zero, argument))


def _is_variable(e: Basic, d: ex.Derivative) -> bool:
    """Tell whether this varies freely if it varies at all, so that it is not 0 where its logarithm is defined."""
    by = d.args[1]
    return e == by or (isinstance(by, ex.Node) and type(e) is type(by) and e.args[0] == d.varied)


@method(ref="lang1997, chapter 3", verifier="derivatives")
def deriv_sum(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A finite sum is differentiated term by term.

    Yield the sum of the derivatives of the terms of a finite sum, whose range does not vary.
    """
    d = _smooth_one(ex.Sum, expr, scope)
    if d is not None:
        body, name, lo, hi = _apart(d.args[0], d)
        yield ex.Sum.make((_by(d, body), name, lo, hi)), ()


@method(ref="lang1997, chapter 3", verifier="derivatives")
def deriv_prod(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """One factor after the other is differentiated.

    Yield the sum over the factors of a finite product: the derivative of one times the others.
    """
    d = _smooth_one(ex.Product, expr, scope)
    if d is None:
        return
    body, name, lo, hi = _apart(d.args[0], d)
    one = fresh(name, free(d) | free(body) | scope.mentioned)
    before = ex.Product.make((body, name, lo, difference(one, S.One)))
    after = ex.Product.make((body, name, difference(one, S.NegativeOne), hi))
    term = _times(_by(d, substitute(body, {name: one})), before, after)
    yield ex.Sum.make((term, one, lo, hi)), ()


def _apart(e: ex.Node, d: ex.Derivative) -> tuple[Basic, Basic, Basic, Basic]:
    """Return the parts of a binder, its name none of those in what is differentiated by."""
    body, name, lo, hi = e.args
    if name in free(d.args[1]):
        new = fresh(name, free(d.args[1]) | free(body))
        return substitute(body, {name: new}), new, lo, hi
    return body, name, lo, hi


# --- powers and functions -----------------------------------------------------------------------------------------


@method(ref="lang1997, chapter 4", verifier="derivatives")
def deriv_pow(expr: Basic, scope: Scope) -> Iterator[Witnessed | Rewritten]:
    """The rule for powers.

    Yield `n*f**(n - 1)*f'`, `a**g*log(a)*g'` and what is of both kinds.
    """
    d = _smooth_one(ex.Pow, expr, scope)
    if d is None:
        return
    f, g = d.args[0].args
    if varies(g, d, scope):
        positive = (ex.Less.make((S.Zero, f)),)
        slope = _times(_by(d, g), ex.Log.make((f,)))
        if varies(f, d, scope):
            slope = ex.Add.make((slope, _times(g, ex.Div.make((_by(d, f), f)))))
        yield _times(d.args[0], slope), positive
        return
    inner = _by(d, f)
    if isinstance(g, ex.Delta):
        yield _times(g, inner), ()  # f**0 = 1, f**1 = f
        return
    lowered = difference(g, S.One)
    power = S.One if lowered == 0 else f if lowered == 1 else ex.Pow.make((f, lowered))
    new = _times(g, power, inner)
    if g.is_Integer:
        yield (S.Zero if g == 0 else new), ()
    elif scope.is_integer(g):
        for need in (ex.LessEqual.make((S.One, g)), ex.Unequal.make((f, S.Zero))):
            yield new, (need,), need
    else:
        yield new, () if _is_variable(f, d) and g.is_number else (ex.Less.make((S.Zero, f)),)


@method(ref="lang1997, chapter 4", verifier="derivatives")
def deriv_exp(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The exponential is its own derivative.

    Yield `exp(f)*f'`.
    """
    d = _smooth_one(ex.Exp, expr, scope)
    if d is not None:
        yield _times(d.args[0], _by(d, d.args[0].args[0])), ()


@method(ref="lang1997, chapter 4", verifier="derivatives")
def deriv_log(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The derivative of the logarithm is the reciprocal.

    Yield `f'/f`: where the logarithm has a value, f is positive.
    """
    d = _smooth_one(ex.Log, expr, scope)
    if d is not None:
        f = d.args[0].args[0]
        yield ex.Div.make((_by(d, f), f)), ()


@method(ref="lang1997, chapter 4", verifier="derivatives")
def deriv_function(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """The derivative of an elementary function.

    Yield the derivative of a trigonometric or hyperbolic function, of the arc tangent and of the logistic one.
    """
    d = _smooth_one(ex.Func, expr, scope)
    if d is not None:
        e = d.args[0]
        slope = known_of(e.name).derivative
        if slope is not None:  # others are smooth where they do not vary
            yield _times(slope(e), _by(d, e.arguments[0])), ()
