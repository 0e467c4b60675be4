"""The value of a SymPy expression in a world: one closure a node, explicit loops for sums and products.

A sum over an empty or reversed range is 0 and a product 1. A factor that is exactly 0 by a Kronecker delta makes its
term 0, whatever the other factors are. An infinite range is cut off: further out the inner a sum is, so that what an
inner sum leaves of the outer one's range is not lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import BooleanAtom

from .functions import FUNCTIONS, less
from .values import ARITHMETIC, ONE, ZERO, NotCovered, Number, Undefined, add, inexact, is_zero, mul, power, same, whole
from .world import World

Value = Callable[[], Number]

CONSTANTS = {
    sympy.pi: ARITHMETIC.pi(),
    sympy.E: ARITHMETIC.e(),
    sympy.I: ARITHMETIC.mpc(0, 1),
    sympy.oo: ARITHMETIC.inf,
    -sympy.oo: -ARITHMETIC.inf,
    sympy.EulerGamma: ARITHMETIC.euler(),
}
STEP = ARITHMETIC.mpf(10) ** -12  # of a derivative: the error is of the order of its square
DEEPER = 8  # how much further an infinite range inside of another is followed
BUDGET = 400_000  # terms of all loops of one value


def compiled(expr: Any, world: World, depth: int = 0) -> Value:
    """Return a function that gives the value of an expression; it reads the world's symbols at each call."""
    for kind in type(expr).__mro__:
        if kind in HEADS:
            return HEADS[kind](expr, world, depth)
    name = type(expr).__name__
    if name in FUNCTIONS:
        function, args = FUNCTIONS[name], [compiled(a, world, depth) for a in expr.args]
        return lambda: function(*[a() for a in args])
    raise NotCovered(f"no rule for {name}")


def _constant(expr: Any, world: World, depth: int) -> Value:
    if expr in (sympy.nan, sympy.zoo):

        def undefined() -> Number:
            raise Undefined(str(expr))

        return undefined
    if expr.is_Rational:
        value: Number = Fraction(int(expr.p), int(expr.q))
    elif expr.is_Float:
        value = ARITHMETIC.mpf(str(expr))
    elif expr in CONSTANTS:
        value = CONSTANTS[expr]
    else:
        raise NotCovered(str(expr))
    return lambda: value


def _symbol(expr: Any, world: World, depth: int) -> Value:
    def value() -> Number:
        if expr not in world.symbols:
            raise NotCovered(f"{expr} has no value")
        return world.symbols[expr]

    return value


def _truth(expr: Any, world: World, depth: int) -> Value:
    value = bool(expr)
    return lambda: value


def _entry(expr: Any, world: World, depth: int) -> Value:
    name, indices = str(expr.base.label), [compiled(i, world, depth) for i in expr.indices]
    return lambda: world.entry(name, tuple(i() for i in indices))


def _applied(expr: Any, world: World, depth: int) -> Value:
    name, args = expr.func.__name__, [compiled(a, world, depth) for a in expr.args]
    return lambda: world.function(name, tuple(a() for a in args))


def _and(expr: Any, world: World, depth: int) -> Value:
    parts = [compiled(a, world, depth) for a in expr.args]
    return lambda: all(p() for p in parts)


def _or(expr: Any, world: World, depth: int) -> Value:
    parts = [compiled(a, world, depth) for a in expr.args]
    return lambda: any(p() for p in parts)


def _not(expr: Any, world: World, depth: int) -> Value:
    part = compiled(expr.args[0], world, depth)
    return lambda: not part()


def _choice(expr: Any, world: World, depth: int) -> Value:
    condition, yes, no = (compiled(a, world, depth) for a in expr.args)
    return lambda: yes() if condition() else no()


def _relation(expr: Any, world: World, depth: int) -> Value:
    left, right, sign = compiled(expr.lhs, world, depth), compiled(expr.rhs, world, depth), expr.rel_op
    if sign in ("==", "!="):
        return lambda: same(left(), right()) == (sign == "==")
    if sign in (">", ">="):
        left, right = right, left
    return lambda: less(left(), right(), "=" in sign)


def _piecewise(expr: Any, world: World, depth: int) -> Value:
    branches = [(compiled(e, world, depth), compiled(c, world, depth)) for e, c in expr.args]

    def value() -> Number:
        for branch, condition in branches:
            if condition():
                return branch()
        raise Undefined("no branch of a Piecewise holds")

    return value


def _sum_of(expr: Any, world: World, depth: int) -> Value:
    parts = [compiled(a, world, depth) for a in expr.args]

    def value() -> Number:
        total: Number = ZERO
        for part in parts:
            total = add(total, part())
        return total

    return value


def _product_of(expr: Any, world: World, depth: int) -> Value:
    parts = [compiled(a, world, depth) for a in expr.args]
    strong = [p for p, a in zip(parts, expr.args, strict=True) if a.has(sympy.KroneckerDelta)]

    def value() -> Number:
        for part in strong:
            try:
                if is_zero(part()):
                    return ZERO
            except Undefined:
                continue  # another factor may still make the term 0
        total: Number = ONE
        for part in parts:
            total = mul(total, part())
        return total

    return value


def _power(expr: Any, world: World, depth: int) -> Value:
    base, exponent = compiled(expr.base, world, depth), compiled(expr.exp, world, depth)
    return lambda: power(base(), exponent())


def _kronecker(expr: Any, world: World, depth: int) -> Value:
    left, right = (compiled(a, world, depth) for a in expr.args[:2])
    span = [compiled(a, world, depth) for a in expr.args[2]] if len(expr.args) > 2 else []

    def value() -> Number:
        x = left()
        if not same(x, right()):
            return ZERO
        return ONE if not span or (less(span[0](), x, True) and less(x, span[1](), True)) else ZERO

    return value


def _loop(expr: Any, world: World, depth: int) -> Value:
    if any(len(limit) != 3 for limit in expr.limits):
        raise NotCovered("a loop without both limits")
    infinite = [any(abs(bound) is sympy.oo for bound in limit[1:]) for limit in expr.limits]
    limits = []
    for place, (name, low, high) in enumerate(expr.limits):
        outer = depth + sum(infinite[place + 1 :])  # the last limit is the outermost
        limits.append((name, compiled(low, world, outer), compiled(high, world, outer), world.window + DEEPER * outer))
    body = compiled(expr.function, world, depth + sum(infinite))
    start, combine = (ZERO, add) if isinstance(expr, sympy.Sum) else (ONE, mul)

    def undone(term: Number) -> Number:
        """Return what a term of a reversed range counts for in Karr's convention."""
        return mul(-ONE, term) if isinstance(expr, sympy.Sum) else power(term, -ONE)

    def terms(level: int) -> Iterator[Number]:
        if level < 0:
            world.spent += 1
            if world.spent > BUDGET:
                raise NotCovered("too many terms")
            yield body()
            return
        name, low, high, window = limits[level]
        bounds = (low(), high())
        if bounds[0] == ARITHMETIC.inf or bounds[1] == -ARITHMETIC.inf:
            return
        first = -window if bounds[0] == -ARITHMETIC.inf else whole(bounds[0], f"the lower limit of {name}")
        last = window if bounds[1] == ARITHMETIC.inf else whole(bounds[1], f"the upper limit of {name}")
        kept = world.symbols.get(name)  # a limit further out may speak of another symbol of this name
        reversed_ = world.karr and last < first - 1
        for i in range(last + 1, first) if reversed_ else range(first, last + 1):
            world.symbols[name] = Fraction(i)
            for term in terms(level - 1):
                yield undone(term) if reversed_ else term
        if kept is not None:
            world.symbols[name] = kept

    def value() -> Number:
        total: Number = start
        kept = {name: world.symbols[name] for name, *_ in limits if name in world.symbols}
        try:
            for term in terms(len(limits) - 1):
                total = combine(total, term)
        finally:  # a term without a value leaves the loops in the middle
            for name, *_ in limits:
                world.symbols.pop(name, None)
            world.symbols.update(kept)
        return total

    return value


def _derivative(expr: Any, world: World, depth: int) -> Value:
    """Return a difference quotient in a symbol or in an entry of a table."""
    if len(expr.variable_count) != 1 or expr.variable_count[0][1] != 1:
        raise NotCovered("a higher derivative")
    variable = expr.variable_count[0][0]
    body = compiled(expr.expr, world, depth)
    if isinstance(variable, sympy.Indexed):
        name, indices = str(variable.base.label), [compiled(i, world, depth) for i in variable.indices]

        def by_entry() -> Number:
            key = (name, tuple(i() for i in indices))
            return _quotient(body, world.changed, key, world.entry(*key))

        return by_entry
    if variable.is_Symbol:
        # a name that is differentiated by and does not occur has no value, and needs none
        return lambda: _quotient(body, world.symbols, variable, world.symbols.get(variable, ZERO))
    raise NotCovered(f"a derivative by {variable}")


def _quotient(body: Value, store: dict[Any, Number], key: Any, at: Number) -> Number:
    kept = store.get(key)
    values = []
    try:
        for step in (STEP, -STEP):
            store[key] = inexact(at) + step
            values.append(inexact(body()))
    finally:
        if kept is None:
            del store[key]
        else:
            store[key] = kept
    return (values[0] - values[1]) / (2 * STEP)


def _substituted(expr: Any, world: World, depth: int) -> Value:
    return compiled(expr.expr.subs(dict(zip(expr.variables, expr.point, strict=True))), world, depth)


HEADS: dict[type, Callable[[Any, World, int], Value]] = {
    sympy.Number: _constant,
    sympy.NumberSymbol: _constant,
    type(sympy.I): _constant,
    type(sympy.zoo): _constant,
    sympy.Symbol: _symbol,
    BooleanAtom: _truth,
    sympy.Indexed: _entry,
    AppliedUndef: _applied,
    sympy.And: _and,
    sympy.Or: _or,
    sympy.Not: _not,
    sympy.ITE: _choice,
    sympy.core.relational.Relational: _relation,
    sympy.Piecewise: _piecewise,
    sympy.Add: _sum_of,
    sympy.Mul: _product_of,
    sympy.Pow: _power,
    sympy.KroneckerDelta: _kronecker,
    sympy.Sum: _loop,
    sympy.Product: _loop,
    sympy.Derivative: _derivative,
    sympy.Subs: _substituted,
}
